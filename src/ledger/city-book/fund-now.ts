import { type RawBuilder, sql } from "kysely";
import { addFen, type Fen, fen, ZERO_FEN } from "#src/kernel/money.ts";

/** How the houses of an estate, a district or the city stand now. */
export interface FundNow {
  houseCount: number;
  areaHundredths: bigint;
  principalFen: Fen;
  interestFen: Fen;
  /** Deposited towards first deposits by houses that are not closed. */
  firstPaidFen: Fen;
  /** Houses that made their first deposit in full. */
  paidCount: number;
  /** Of them those whose balance is below the top-up line. */
  belowCount: number;
  partPaidCount: number;
  unpaidCount: number;
}

/** Principal and interest together. */
export function balanceNow(now: FundNow): Fen {
  return addFen(now.principalFen, now.interestFen);
}

/** How many houses have to deposit at all. */
export function liableNow(now: FundNow): number {
  return now.paidCount + now.partPaidCount + now.unpaidCount;
}

/** Adds several funds up; of none nothing. */
export function addFundNow(all: readonly FundNow[]): FundNow {
  const count = (of: (one: FundNow) => number) => all.reduce((sum, one) => sum + of(one), 0);
  const sum = (of: (one: FundNow) => Fen) => addFen(ZERO_FEN, ...all.map(of));
  return {
    houseCount: count((one) => one.houseCount),
    areaHundredths: all.reduce((total, one) => total + one.areaHundredths, 0n),
    principalFen: sum((one) => one.principalFen),
    interestFen: sum((one) => one.interestFen),
    firstPaidFen: sum((one) => one.firstPaidFen),
    paidCount: count((one) => one.paidCount),
    belowCount: count((one) => one.belowCount),
    partPaidCount: count((one) => one.partPaidCount),
    unpaidCount: count((one) => one.unpaidCount),
  };
}

/** Columns of `estate_now` as one statement's sums. */
export interface FundNowRow {
  house_count: bigint;
  area_hundredths: bigint;
  principal_fen: bigint;
  interest_fen: bigint;
  first_paid_fen: bigint;
  paid_count: bigint;
  below_count: bigint;
  part_paid_count: bigint;
  unpaid_count: bigint;
}

/** Sums `estate_now` under the alias `n`; of no rows all are zero. */
export const fundNowSums: RawBuilder<unknown> = sql`
  coalesce(sum(n.house_count), 0)::bigint as house_count,
  coalesce(sum(n.area_hundredths), 0)::bigint as area_hundredths,
  coalesce(sum(n.principal_fen), 0)::bigint as principal_fen,
  coalesce(sum(n.interest_fen), 0)::bigint as interest_fen,
  coalesce(sum(n.first_paid_fen), 0)::bigint as first_paid_fen,
  coalesce(sum(n.paid_count), 0)::bigint as paid_count,
  coalesce(sum(n.below_count), 0)::bigint as below_count,
  coalesce(sum(n.part_paid_count), 0)::bigint as part_paid_count,
  coalesce(sum(n.unpaid_count), 0)::bigint as unpaid_count`;

/** Reads such sums; a city's counts of houses are far below what a number holds. */
export function toFundNow(row: FundNowRow): FundNow {
  const count = (value: bigint) => Number.parseInt(`${value}`, 10);
  return {
    houseCount: count(row.house_count),
    areaHundredths: row.area_hundredths,
    principalFen: fen(row.principal_fen),
    interestFen: fen(row.interest_fen),
    firstPaidFen: fen(row.first_paid_fen),
    paidCount: count(row.paid_count),
    belowCount: count(row.below_count),
    partPaidCount: count(row.part_paid_count),
    unpaidCount: count(row.unpaid_count),
  };
}
