import type { ComponentChildren } from "preact";
import type { Fen } from "#src/kernel/money.ts";
import { Amount } from "./amount.tsx";

export interface AmountPanelProps {
  /** What the amount is: 应交金额. */
  label: string;
  fen: Fen;
  /** The amount in capitals. */
  capitals?: string;
  /** How it comes about: area × standard − paid, the standard's basis. */
  children?: ComponentChildren;
}

/** The amount that is due, with where it comes from one step away. */
export function AmountPanel({ label, fen, capitals, children }: AmountPanelProps) {
  return (
    <section class="amount-panel" aria-labelledby="amount-title">
      <h2 class="label" id="amount-title">
        {label}
      </h2>
      <p>
        <Amount fen={fen} size="due" hasSign />
      </p>
      {capitals && <p class="quiet">{capitals}</p>}
      {children && <div class="below quiet">{children}</div>}
    </section>
  );
}
