import { addFen, type Fen, subtractFen, ZERO_FEN } from "#src/kernel/money.ts";
import type { FundYear } from "../city-book/fund-years.ts";
import { fenOf, writtenYear, YEAR_AMOUNTS, type YearContent, type YearFigures } from "./content.ts";
import type { EstateOfYear } from "./reckon-year.ts";

/** Two amounts and how they differ. */
export interface AmountChange {
  beforeFen: Fen;
  afterFen: Fen;
  changeFen: Fen;
  /** In tenths of a per cent of what it was before, rounded half away from zero; null where that was nothing. */
  changeTenths: bigint | null;
}

/** Compares two amounts exactly. */
export function changeOf(beforeFen: Fen, afterFen: Fen): AmountChange {
  const changeFen = subtractFen(afterFen, beforeFen);
  return { beforeFen, afterFen, changeFen, changeTenths: tenthsOf(changeFen, beforeFen) };
}

function tenthsOf(change: bigint, before: bigint): bigint | null {
  if (before === 0n) return null;
  const size = (value: bigint) => (value < 0n ? -value : value);
  const tenths = (size(change) * 2_000n + size(before)) / (size(before) * 2n);
  return change < 0n === before < 0n ? tenths : -tenths;
}

/** A figure by which the live books differ from what was locked. */
export interface LaterChange {
  /** The estate, or "" for the whole city. */
  name: string;
  figure: (typeof YEAR_AMOUNTS)[number];
  lockedFen: Fen;
  nowFen: Fen;
}

/**
 * Finds where the books of a year say something else by now than what was locked: a correction that was booked back, or
 * a house that was imported late. Estates that were told together are compared together.
 */
export function findLaterChanges(
  locked: YearContent,
  now: { city: FundYear; estates: readonly EstateOfYear[] },
): LaterChange[] {
  const byCode = new Map(now.estates.map((one) => [one.code, one.year]));
  const ofEstates = locked.estates.flatMap((row) => {
    const years = row.numbers.flatMap((number) => byCode.get(number) ?? []);
    const name = row.name || `户数少的 ${row.numbers.length} 个小区`;
    return differences(name, row, (figure) => sumOf(years, figure));
  });
  const city = writtenYear(now.city);
  return [...differences("", locked.city, (figure) => fenOf(city[figure])), ...ofEstates];
}

function sumOf(years: readonly FundYear[], figure: LaterChange["figure"]): Fen {
  return addFen(ZERO_FEN, ...years.map((year) => fenOf(writtenYear(year)[figure])));
}

function differences(
  name: string,
  locked: YearFigures,
  nowOf: (figure: LaterChange["figure"]) => Fen,
): LaterChange[] {
  return YEAR_AMOUNTS.flatMap((figure) => {
    const lockedFen = fenOf(locked[figure]);
    const nowFen = nowOf(figure);
    return lockedFen === nowFen ? [] : [{ name, figure, lockedFen, nowFen }];
  });
}
