import { sql } from "kysely";
import { type CalendarDate, calendarDate } from "#src/kernel/calendar-date.ts";
import { fen } from "#src/kernel/money.ts";
import type { DisclosurePolicy } from "#src/platform/config.ts";
import type { Tx } from "#src/platform/database/client.ts";
import { addFundYears, closingOf, emptyYear, type FundYear } from "../city-book/fund-years.ts";
import { ALL_USES, type ListedUse, streamUses } from "../city-book/list-uses.ts";
import { type DistrictBook, hiddenEstates, readCityBook } from "../city-book/read-city-book.ts";
import { HOUSES_TOGETHER_MIN } from "../disclosure/small-groups.ts";
import { writtenYear, type YearContent } from "./content.ts";
import { writtenUse } from "./written-use.ts";

/**
 * Reckons what a year says now, within a snapshot of the database; null where there is nothing to be told, or where the
 * whole city was too few houses in that year for any total.
 */
export async function reckonYear(
  tx: Tx,
  year: number,
  at: { today: CalendarDate; policy: DisclosurePolicy },
): Promise<YearContent | null> {
  const book = await readCityBook(tx, at.today, at.policy);
  if (typeof book === "string") return null;
  const estates = await readEstatesOfYear(tx, year);
  if (at.policy !== "open" && isTooFew(estates)) return null;
  const uses = await readUsesOfYear(tx, year);
  const manners = { hidden: hiddenEstates(book), policy: at.policy };
  return {
    format: "locked-year/1",
    year,
    endsOn: calendarDate(`${year}-12-31`),
    city: { estateCount: estates.length, ...writtenYear(yearOf(book.years, year)) },
    districts: book.districts.map((district) => ({
      codes: district.codes,
      name: district.name,
      estateCount: estates.filter((one) => district.codes.includes(one.districtCode)).length,
      ...writtenYear(yearOf(district.years, year)),
    })),
    estates: book.districts.flatMap((district) => tellEstates(district, estates)),
    uses: uses.map((use) => writtenUse(use, manners)),
  };
}

function isTooFew(estates: readonly EstateOfYear[]): boolean {
  const houseCount = estates.reduce((sum, one) => sum + one.houseCount, 0);
  return houseCount > 0 && houseCount < HOUSES_TOGETHER_MIN;
}

/** A fund in which nothing moved by then opens and closes with nothing. */
function yearOf(years: readonly FundYear[], year: number): FundYear {
  return years.find((one) => one.year === year) ?? emptyYear(year);
}

/** An estate with what one year moved. */
export interface EstateOfYear {
  id: number;
  code: string;
  name: string;
  districtCode: string;
  districtName: string;
  /** As it stands now. */
  houseCount: number;
  year: FundYear;
}

/** Reads every estate that the ledger knew by the end of a year, by code, in one pass of the book. */
export async function readEstatesOfYear(tx: Tx, year: number): Promise<EstateOfYear[]> {
  const { rows } = await sql<EstateYearRow>`
    with moved as materialized (
      select y.estate_id,
          coalesce(sum(y.deposited_fen + y.interest_fen - y.used_fen - y.refunded_fen + y.other_fen)
            filter (where y.year < ${year}), 0)::bigint as opening,
          coalesce(sum(y.deposited_fen) filter (where y.year = ${year}), 0)::bigint as deposited,
          coalesce(sum(y.interest_fen) filter (where y.year = ${year}), 0)::bigint as interest,
          coalesce(sum(y.used_fen) filter (where y.year = ${year}), 0)::bigint as used,
          coalesce(sum(y.refunded_fen) filter (where y.year = ${year}), 0)::bigint as refunded,
          coalesce(sum(y.other_fen) filter (where y.year = ${year}), 0)::bigint as other,
          sum(y.first_paid_fen)::bigint as first
        from estate_year y where y.year <= ${year} group by y.estate_id)
    select estate.id, estate.code, estate.name, district.code as "districtCode",
        district.name as "districtName", coalesce(n.house_count, 0) as "houseCount", moved.opening, moved.deposited, moved.interest, moved.used,
        moved.refunded, moved.other, moved.first
      from moved join estate on estate.id = moved.estate_id
        join district on district.code = estate.district_code
        left join estate_now n on n.estate_id = estate.id
      order by estate.code`.execute(tx);
  return rows.map(({ id, code, name, districtCode, districtName, houseCount, ...amounts }) => {
    const moved = {
      openingFen: fen(amounts.opening),
      depositedFen: fen(amounts.deposited),
      interestFen: fen(amounts.interest),
      usedFen: fen(amounts.used),
      refundedFen: fen(amounts.refunded),
      otherFen: fen(amounts.other),
    };
    const closed = { ...moved, closingFen: closingOf(moved), firstPaidFen: fen(amounts.first) };
    const estate = { id, code, name, districtCode, districtName, houseCount };
    return { ...estate, year: { year, ...closed } };
  });
}

interface EstateYearRow extends Omit<EstateOfYear, "year"> {
  opening: bigint;
  deposited: bigint;
  interest: bigint;
  used: bigint;
  refunded: bigint;
  other: bigint;
  first: bigint;
}

function tellEstates(district: DistrictBook, all: readonly EstateOfYear[]): YearContent["estates"] {
  const own = all.filter(({ districtCode }) => district.codes.includes(districtCode));
  const hidden = new Set(district.together);
  const small = own.filter(({ id }) => hidden.has(id));
  const sum = addFundYears(small.map(({ year }) => year));
  const alone = own
    .filter(({ id }) => !hidden.has(id))
    .map(({ code, name, districtName, year }) => ({
      numbers: [code],
      name,
      district: districtName,
      ...writtenYear(year),
    }));
  if (sum === null) return alone;
  const numbers = small.map(({ code }) => code);
  return [...alone, { numbers, name: "", district: district.name, ...writtenYear(sum) }];
}

async function readUsesOfYear(tx: Tx, year: number): Promise<ListedUse[]> {
  const all: ListedUse[] = [];
  for await (const some of streamUses(tx, { ...ALL_USES, year })) all.push(...some);
  return all;
}
