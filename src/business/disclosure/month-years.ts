import type { FundYear } from "#src/ledger/city-book/fund-years.ts";
import type { CityBook } from "#src/ledger/city-book/read-city-book.ts";
import type { DisclosurePolicy } from "#src/platform/config.ts";
import { NotFound } from "#src/platform/http/errors.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { readYear } from "./schema.ts";

/**
 * Decides whether an estate's months are told: only where the policy opens every house. In a single month often one
 * house alone pays or is paid, so that its amount would stand there; a year is told, as article 30 wants it.
 */
export function areEstateMonthsTold(policy: DisclosurePolicy): boolean {
  return policy === "open";
}

/** The years of a fund whose months are told, the newest first. */
export function monthYears(
  { monthsFrom }: Pick<CityBook, "monthsFrom">,
  years: readonly FundYear[],
): number[] {
  const all = years.map(({ year }) => year).filter((year) => year >= monthsFrom);
  return all.toReversed();
}

/**
 * Reads of which year a page is to tell the months: the one that is asked for, or the newest. Null where no month is
 * told at all; NotFound for a year that has none.
 */
export function askedMonthYear(visit: Visit, years: readonly number[]): number | null {
  const asked = readYear(visit.c.req.query("year"));
  if (asked !== null && !years.includes(asked)) throw new NotFound();
  return asked ?? years[0] ?? null;
}
