import type { ComponentChildren } from "preact";
import { type Fen, formatYuan } from "#src/kernel/money.ts";

export interface AdditionLine {
  /** The sign before the words; the first line has none. */
  sign: "" | "+" | "−" | "=";
  words: string;
  fen: Fen;
  /** Where the figure comes from. */
  from?: ComponentChildren;
}

/** 这些钱怎么来的: an addition on paper, with the sum under a line at the end. */
export function Addition({ lines }: { lines: readonly AdditionLine[] }) {
  return (
    <dl class="sum">
      {lines.map((line) => (
        <div key={line.words}>
          <dt>
            <span class="sign">{line.sign}</span>
            <span>
              {line.words}
              {line.from && <span class="quiet">{line.from}</span>}
            </span>
          </dt>
          <dd>{formatYuan(line.fen)}</dd>
        </div>
      ))}
    </dl>
  );
}

export interface BalanceSplitProps {
  label: string;
  fen: Fen;
  /** A tag under the balance. */
  state?: ComponentChildren;
  /** What the balance consists of. */
  parts: readonly { label: string; fen: Fen }[];
}

/** The balance in large figures beside its parts. */
export function BalanceSplit({ label, fen, state, parts }: BalanceSplitProps) {
  return (
    <section class="card split" aria-label="余额">
      <div>
        <p class="quiet">{label}</p>
        <p>
          <span class="amount balance">
            <span class="yuan">¥</span>
            {formatYuan(fen)}
          </span>
        </p>
        {state}
      </div>
      <dl class="split-parts">
        {parts.map((part) => (
          <div key={part.label}>
            <dt>{part.label}</dt>
            <dd>{formatYuan(part.fen)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
