import { cleanText, toHalfWidth } from "./typed-text.ts";

/** An amount of money in fen (分). Made only by this file; never a float, never yuan. */
export type Fen = bigint & { readonly __brand: "Fen" };

/** Far above any city's fund (nine million million yuan), and still exact where a float holds it. */
const LARGEST_FEN = 900_000_000_000_000n;

const COEFFICIENT_SCALE = 10_000n;

export type YuanTextRefusal = "empty" | "not-a-number" | "negative" | "too-precise" | "too-large";

/** Makes an amount from whole fen. Throws RangeError on fractions and beyond ±9×10¹⁴ fen. */
export function fen(amount: bigint | number): Fen {
  if (typeof amount === "number" && !Number.isSafeInteger(amount)) {
    throw new RangeError(`not a whole number of fen: ${amount}`);
  }
  const whole = BigInt(amount);
  if (whole > LARGEST_FEN || whole < -LARGEST_FEN) {
    throw new RangeError(`amount beyond the largest that is kept: ${whole} fen`);
  }
  return whole as Fen;
}

/** No money. */
export const ZERO_FEN: Fen = fen(0n);

/** Sums amounts; of none the sum is zero. Throws when the sum is too large to be kept. */
export function addFen(...amounts: readonly Fen[]): Fen {
  return fen(amounts.reduce<bigint>((sum, amount) => sum + amount, 0n));
}

/** Takes the second amount from the first; the result may be negative. */
export function subtractFen(from: Fen, amount: Fen): Fen {
  return fen(from - amount);
}

/** Turns a debit into a credit of the same size and back. */
export function negateFen(amount: Fen): Fen {
  return fen(-amount);
}

/** Chooses the smallest of the amounts. */
export function minFen(first: Fen, ...others: readonly Fen[]): Fen {
  let least = first;
  for (const amount of others) if (amount < least) least = amount;
  return least;
}

/** Chooses the largest of the amounts. */
export function maxFen(first: Fen, ...others: readonly Fen[]): Fen {
  let most = first;
  for (const amount of others) if (amount > most) most = amount;
  return most;
}

/**
 * Reads an amount in yuan as a person types it. Accepts full-width digits, well-placed thousands
 * separators, ¥ in front and 元 behind. Reads the text itself, never through a float. A minus sign
 * before a number is refused as negative, even before zero; more than two decimals as too precise.
 */
export function parseYuanText(
  text: string,
): { ok: true; fen: Fen } | { ok: false; reason: YuanTextRefusal } {
  const typed = toHalfWidth(cleanText(text)).replace(/\s/g, "");
  if (typed === "") return { ok: false, reason: "empty" };
  const match =
    /^([-\u2212])?[¥\uFFE5]?([-\u2212])?([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]+))?元?$/.exec(
      typed,
    );
  if (!match) return { ok: false, reason: "not-a-number" };
  const [, signBefore, signAfter, grouped = "", decimals = ""] = match;
  if (signBefore && signAfter) return { ok: false, reason: "not-a-number" };
  if (signBefore || signAfter) return { ok: false, reason: "negative" };
  if (decimals.length > 2) return { ok: false, reason: "too-precise" };
  const yuan = grouped.replaceAll(",", "").replace(/^0+/, "");
  // Measured before BigInt sees it: ten thousand typed digits must cost nothing.
  if (yuan.length > 13) return { ok: false, reason: "too-large" };
  const amount = BigInt(yuan + decimals.padEnd(2, "0"));
  if (amount > LARGEST_FEN) return { ok: false, reason: "too-large" };
  return { ok: true, fen: fen(amount) };
}

/** Writes an amount in yuan for people: "10,742.40", with the typographic minus (U+2212). */
export function formatYuan(amount: Fen): string {
  const { sign, yuan, decimals } = partsOfYuan(amount);
  return `${sign && "\u2212"}${yuan.replace(/\B(?=(?:\d{3})+$)/g, ",")}.${decimals}`;
}

/** Writes an amount in yuan for machines (CSV, bank files): "10742.40", with an ASCII minus. */
export function plainYuan(amount: Fen): string {
  const { sign, yuan, decimals } = partsOfYuan(amount);
  return `${sign}${yuan}.${decimals}`;
}

/**
 * Computes area × yuan per ㎡, rounded half up to the fen. The area is in hundredths of ㎡, the
 * coefficient in ten-thousandths of a yuan: 8997 and 850000n give 7,647.45 (Decree 165, art. 7).
 */
export function timesAreaHalfUp(areaHundredths: number, coefficientE4: bigint): Fen {
  if (!Number.isSafeInteger(areaHundredths)) {
    throw new RangeError(`not a whole number of hundredths of ㎡: ${areaHundredths}`);
  }
  return fen(divideHalfUp(BigInt(areaHundredths) * coefficientE4, COEFFICIENT_SCALE));
}

/**
 * Computes a share of an amount, rounded half up to the fen. The share is in ten-thousandths: 200n is
 * 2 %. Negative amounts mirror positive ones, so that a reversal undoes exactly what it reverses.
 */
export function timesShareHalfUp(amount: Fen, coefficientE4: bigint): Fen {
  return fen(divideHalfUp(amount * coefficientE4, COEFFICIENT_SCALE));
}

/**
 * Divides an amount among equal units, rounded half up to the fen: what a house holds on average, or a ㎡ where the units
 * are hundredths and `per` is 100. Null of no units.
 */
export function perUnitHalfUp(amount: Fen, units: bigint, per = 1n): Fen | null {
  return units <= 0n ? null : fen(divideHalfUp(amount * per, units));
}

/** Computes a whole percentage of an amount, rounded down to the fen (a debt rounds to the larger debt). */
export function percentFloor(amount: Fen, percent: number): Fen {
  const product = amount * BigInt(percent);
  const quotient = product / 100n;
  return fen(product % 100n < 0n ? quotient - 1n : quotient);
}

/**
 * Decides exactly, without rounding a threshold, whether a balance is below a whole percentage of a
 * base: the top-up rule of 30 % of the first deposit (Decree 165, art. 17). Equal is not below.
 */
export function isBelowShare(balance: Fen, base: Fen, percent: number): boolean {
  return balance * 100n < base * BigInt(percent);
}

/** Rounds an amount half up to whole fen, jiao (角) or yuan, as a deposit standard's roundTo asks. */
export function roundHalfUpTo(amount: Fen, unit: "FEN" | "JIAO" | "YUAN"): Fen {
  const size = { FEN: 1n, JIAO: 10n, YUAN: 100n }[unit];
  return fen(divideHalfUp(amount, size) * size);
}

/**
 * Divides a total by weights so that the parts sum to it exactly: each part is rounded down, then the
 * remaining fen go one each to the largest remainders, on a tie to the part that comes first. Throws
 * RangeError when a weight is negative or all are zero. Serves apportionment (Decree 165, art. 20) and
 * the allocation of pooled interest.
 */
export function apportion(total: Fen, weights: readonly bigint[]): Fen[] {
  if (weights.some((weight) => weight < 0n)) throw new RangeError("a weight is negative");
  const whole = weights.reduce((sum, weight) => sum + weight, 0n);
  if (whole === 0n) throw new RangeError("nothing to apportion by: all weights are zero");
  const size = magnitude(total);
  const parts = weights.map((weight) => (size * weight) / whole);
  const missing = size - parts.reduce((sum, part) => sum + part, 0n);
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (size * weight) % whole }))
    .sort((a, b) =>
      a.remainder === b.remainder ? a.index - b.index : a.remainder < b.remainder ? 1 : -1,
    );
  // Fewer fen are missing than there are parts: every floor loses less than one.
  const lucky = new Set(byRemainder.slice(0, Number(missing)).map(({ index }) => index));
  return parts.map((part, index) => {
    const amount = lucky.has(index) ? part + 1n : part;
    return fen(total < 0n ? -amount : amount);
  });
}

function magnitude(amount: bigint): bigint {
  return amount < 0n ? -amount : amount;
}

function divideHalfUp(dividend: bigint, divisor: bigint): bigint {
  const rounded = (magnitude(dividend) * 2n + divisor) / (divisor * 2n);
  return dividend < 0n ? -rounded : rounded;
}

function partsOfYuan(amount: Fen): { sign: "" | "-"; yuan: string; decimals: string } {
  const digits = magnitude(amount).toString().padStart(3, "0");
  return { sign: amount < 0n ? "-" : "", yuan: digits.slice(0, -2), decimals: digits.slice(-2) };
}
