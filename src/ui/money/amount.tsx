import { type Fen, formatYuan } from "#src/kernel/money.ts";

export interface AmountProps {
  fen: Fen;
  /** `due` on forms, `balance` on the detail page, `desk` at the bank. */
  size?: "text" | "due" | "balance" | "desk";
  /** Shows ¥ before the figure. */
  hasSign?: boolean;
  /** Shows a change: + in green, − in red. */
  isChange?: boolean;
}

/** A figure with two decimals and thousands separators that never breaks. */
export function Amount({ fen, size = "text", hasSign, isChange }: AmountProps) {
  const hue = isChange ? (fen < 0n ? " out" : fen > 0n ? " in" : "") : "";
  return (
    <span class={`amount${size === "text" ? "" : ` ${size}`}${hue}`}>
      {hasSign && <span class="yuan">¥</span>}
      {isChange && fen > 0n ? "+" : ""}
      {formatYuan(fen)}
    </span>
  );
}
