import type { Fen } from "./money.ts";

const DIGITS = "零壹贰叁肆伍陆柒捌玖";
const PLACES = ["", "拾", "佰", "仟"];

const TEN_THOUSAND = 10_000n;
const HUNDRED_MILLION = 100_000_000n;

/**
 * Writes an amount in capitals as banks require it on slips (支付结算办法, annex 1):
 * "人民币壹万零柒佰肆拾贰元肆角整". Whole yuan and whole jiao end in 整, fen do not. Between 万 and 仟
 * and between 元 and 角 the optional 零 is left out. A negative amount, which only reversal slips show,
 * has 负 before its digits. With withoutPrefix the words 人民币 are left out.
 */
export function rmbInCapitals(amount: Fen, options: { withoutPrefix?: boolean } = {}): string {
  const size = amount < 0n ? -amount : amount;
  const yuan = size / 100n;
  const jiao = digit((size / 10n) % 10n);
  const lastFen = digit(size % 10n);
  const words = [
    options.withoutPrefix ? "" : "人民币",
    amount < 0n ? "负" : "",
    yuan > 0n || size === 0n ? `${wholeInCapitals(yuan)}元` : "",
    jiao !== "零" ? `${jiao}角` : yuan > 0n && lastFen !== "零" ? "零" : "",
    lastFen !== "零" ? `${lastFen}分` : "整",
  ];
  return words.join("");
}

function wholeInCapitals(whole: bigint): string {
  if (whole >= HUNDRED_MILLION) return joined(whole, HUNDRED_MILLION, "亿");
  if (whole >= TEN_THOUSAND) return joined(whole, TEN_THOUSAND, "万");
  return whole === 0n ? "零" : sectionInCapitals(Number(whole));
}

/** Reads the part above a unit, the unit, and the part below, with 零 where its highest place is empty. */
function joined(whole: bigint, unit: bigint, word: string): string {
  const rest = whole % unit;
  const head = wholeInCapitals(whole / unit) + word;
  if (rest === 0n) return head;
  return head + (rest < unit / 10n ? "零" : "") + wholeInCapitals(rest);
}

function sectionInCapitals(section: number): string {
  let words = "";
  for (const [index, character] of [...String(section)].entries()) {
    const place = String(section).length - 1 - index;
    if (character !== "0") words += digit(BigInt(character)) + (PLACES[place] ?? "");
    else if (!words.endsWith("零")) words += "零";
  }
  return words.replace(/零$/, "");
}

function digit(value: bigint): string {
  return DIGITS.charAt(Number(value));
}
