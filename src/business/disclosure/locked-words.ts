import { type Fen, formatYuan } from "#src/kernel/money.ts";
import type { YEAR_AMOUNTS } from "#src/ledger/locked-years/content.ts";

/** The figures of a locked year as they are called on screen. */
export const FIGURE_WORDS: Readonly<Record<(typeof YEAR_AMOUNTS)[number], string>> = {
  opening: "年初余额",
  deposited: "交存",
  interest: "利息",
  used: "使用",
  refunded: "退款",
  other: "其他",
  closing: "年末余额",
  firstDeposits: "到年末的首次交存",
};

/** An amount with the sign of a change. More used is neither good nor bad: it has no hue. */
export function signedYuan(amount: Fen): string {
  return `${amount > 0n ? "+" : ""}${formatYuan(amount)}`;
}

/** Tenths of a per cent with the sign of a change: +3.2%, −0.4%; a dash where there was nothing before. */
export function changeText(tenths: bigint | null): string {
  if (tenths === null) return "—";
  const size = tenths < 0n ? -tenths : tenths;
  const sign = tenths > 0n ? "+" : tenths < 0n ? "−" : "";
  return `${sign}${size / 10n}.${size % 10n}%`;
}
