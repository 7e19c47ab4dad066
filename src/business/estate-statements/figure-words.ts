import { type Fen, fen, formatYuan, parseYuanText, ZERO_FEN } from "#src/kernel/money.ts";
import type { StatementFigures } from "./content.ts";

/** What each figure of a statement is called, in the order of the addition. */
export const FIGURE_WORDS: Readonly<Record<keyof StatementFigures, string>> = {
  opening: "期初余额",
  deposited: "交存",
  interest: "利息",
  used: "使用",
  refunded: "退款",
  other: "其他",
  closing: "期末余额",
};

/** The figures in the order of the addition; what is always nothing is left out. */
export function figuresShown(totals: StatementFigures): (keyof StatementFigures)[] {
  const all = Object.keys(FIGURE_WORDS) as (keyof StatementFigures)[];
  return all.filter((figure) => figure !== "other" || totals.other !== "0.00");
}

/** Writes yuan for machines as yuan for people: 10742.40 becomes 10,742.40. */
export function shownYuan(plain: string): string {
  return formatYuan(readYuan(plain));
}

/** Reads yuan as a statement keeps them; what is no amount counts as nothing. */
export function readYuan(plain: string): Fen {
  const isNegative = plain.startsWith("-");
  const parsed = parseYuanText(isNegative ? plain.slice(1) : plain);
  const amount = parsed.ok ? parsed.fen : ZERO_FEN;
  return isNegative ? fen(-amount) : amount;
}
