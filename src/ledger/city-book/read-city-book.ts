import { sql } from "kysely";
import { type CalendarDate, shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { Clock } from "#src/kernel/clock.ts";
import type { DisclosurePolicy } from "#src/platform/config.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import { keptWhile } from "#src/platform/kept-while.ts";
import {
  countsByMonth,
  firstYearOfMonths,
  type Joined,
  tellTogetherInPeriods,
} from "../disclosure/small-groups.ts";
import { addFundNow, type FundNow, type FundNowRow, fundNowSums, toFundNow } from "./fund-now.ts";
import { type FundYear, fundYears, type YearMovement } from "./fund-years.ts";
import { toYearMovement, type YearRow, yearSums } from "./year-rows.ts";

/** One district, or several small ones that may only be told together. */
export interface DistrictBook {
  codes: string[];
  name: string;
  estateCount: number;
  now: FundNow;
  years: FundYear[];
  /** Estates that are too small to be told by themselves: only their sum is. */
  together: number[];
}

/** The city's fund at one moment: how it stands, and what moved in each year. Its districts add up to it. */
export interface CityBook {
  /** Changes with any figure. */
  mark: string;
  refreshedAt: Date;
  bookedUntil: CalendarDate | null;
  estateCount: number;
  now: FundNow;
  years: FundYear[];
  /** The first year whose months may be told; Infinity for none. */
  monthsFrom: number;
  districts: DistrictBook[];
  /** Estates that may be told by themselves where the policy does not open every house; not filled where it does. */
  toldAlone: ReadonlySet<number>;
}

/**
 * Why there is no book to show: nobody has made it yet (the first minutes of a large city), or the whole city is too
 * small for any total to be told.
 */
export type CityBookMissing = "not-begun" | "too-small";

/** The estates of the whole city that are told only together. */
export function hiddenEstates({ districts }: Pick<CityBook, "districts">): Set<number> {
  return new Set(districts.flatMap(({ together }) => together));
}

/**
 * Decides whether the figures of an estate may be told by themselves, wherever that is: only what 公示 tells alone, or
 * the one that it holds back is the difference. Where the policy opens every house all may; without a book, or for an
 * estate that the book does not know yet, nothing is told alone.
 */
export function isToldAlone(
  book: CityBook | CityBookMissing,
  estateId: number,
  policy: DisclosurePolicy,
): boolean {
  return policy === "open" || (typeof book !== "string" && book.toldAlone.has(estateId));
}

/** Reads the city's book as it was refreshed last. */
export type ReadCityBook = () => Promise<CityBook | CityBookMissing>;

/** The moment of refreshing is on the pages, so that a book is no older than what they say. */
const KEPT_MS = 60_000;

/** Opens the city's book. It is summed once for all who ask, and anew when one of its rows has changed. */
export function openCityBook(deps: {
  db: Db;
  clock: Clock;
  policy: DisclosurePolicy;
}): ReadCityBook {
  const { db, clock, policy } = deps;
  const read = keptWhile({ clock, ms: KEPT_MS, keysMax: 2 }, (today) =>
    readBook(db, today as CalendarDate, policy),
  );
  return async () => {
    const { mark } = await db.selectFrom("city_book").select("mark").executeTakeFirstOrThrow();
    return await read(shanghaiDate(clock()), `${mark}`);
  };
}

async function readBook(
  db: Db,
  today: CalendarDate,
  policy: DisclosurePolicy,
): Promise<CityBook | CityBookMissing> {
  const snapshot = db.transaction().setIsolationLevel("repeatable read").setAccessMode("read only");
  return await snapshot.execute((tx) => readCityBook(tx, today, policy));
}

/** Reads the city's book within a snapshot of the database. */
export async function readCityBook(
  tx: Tx,
  today: CalendarDate,
  policy: DisclosurePolicy,
): Promise<CityBook | CityBookMissing> {
  const head = await tx.selectFrom("city_book").selectAll().executeTakeFirstOrThrow();
  if (head.refreshed_at === null) return "not-begun";
  const parts = await readDistricts(tx);
  const small = policy === "open" ? [] : await listSmallCandidates(tx);
  const groups = policy === "open" ? parts.map((part) => [part]) : groupDistricts(parts, small);
  if (groups === null) return "too-small";
  const until = Number.parseInt(today.slice(0, 4), 10);
  const years = await readDistrictYears(tx);
  const districts = groups.map((group) => districtBook(group, { years, until, small }));
  const hidden = hiddenEstates({ districts });
  const booked = parts.map((part) => part.bookedUntil ?? "").toSorted();
  return {
    mark: `${head.mark}`,
    refreshedAt: head.refreshed_at,
    bookedUntil: (booked.at(-1) || null) as CalendarDate | null,
    estateCount: parts.reduce((sum, part) => sum + part.estateCount, 0),
    now: addFundNow(parts.map((part) => part.now)),
    years: fundYears([...years.values()].flat(), until),
    monthsFrom: policy === "open" ? 0 : firstYearOfMonths(small),
    districts,
    toldAlone: new Set(small.map(({ id }) => id).filter((id) => !hidden.has(id))),
  };
}

interface DistrictPart {
  code: string;
  name: string;
  estateCount: number;
  now: FundNow;
  bookedUntil: CalendarDate | null;
}

async function readDistricts(tx: Tx): Promise<DistrictPart[]> {
  const { rows } = await sql<
    FundNowRow & { code: string; name: string; estates: number; until: CalendarDate | null }
  >`
    select district.code, district.name, count(*)::int as estates, max(n.booked_until) as until, ${fundNowSums}
      from estate_now n join estate on estate.id = n.estate_id
        join district on district.code = estate.district_code
      group by district.code order by district.code`.execute(tx);
  return rows.map((row) => ({
    code: row.code,
    name: row.name,
    estateCount: row.estates,
    now: toFundNow(row),
    bookedUntil: row.until,
  }));
}

/** Districts of so few houses that they are told together stand last; null where the city itself is too small. */
function groupDistricts(
  parts: readonly DistrictPart[],
  estates: readonly SmallCandidate[],
): DistrictPart[][] | null {
  const byCode = Map.groupBy(estates, ({ code }) => code);
  const told = tellTogetherInPeriods(
    parts,
    ({ now }) => now.houseCount,
    countsByMonth(estates).map(
      (countIn) =>
        ({ code }: DistrictPart) =>
          (byCode.get(code) ?? []).reduce((sum, one) => sum + countIn(one), 0),
    ),
  );
  if (told === null) return null;
  const alone = told.alone.map((part) => [part]);
  return told.together.length === 0 ? alone : [...alone, told.together];
}

async function readDistrictYears(tx: Tx): Promise<ReadonlyMap<string, YearMovement[]>> {
  const { rows } = await sql<YearRow & { code: string }>`
    select estate.district_code as code, y.year, ${yearSums}
      from estate_year y join estate on estate.id = y.estate_id group by 1, 2 order by 1, 2`.execute(
    tx,
  );
  const byCode = Map.groupBy(rows, (row) => row.code);
  return new Map([...byCode].map(([code, some]) => [code, some.map(toYearMovement)]));
}

interface SmallCandidate extends Joined {
  id: number;
  code: string;
}

/** Every estate with the houses that it has: a larger one may have to join those that are too small. */
async function listSmallCandidates(tx: Tx): Promise<SmallCandidate[]> {
  return await tx
    .selectFrom("estate_now as n")
    .innerJoin("estate", "estate.id", "n.estate_id")
    .leftJoinLateral(
      (from) =>
        from
          .selectFrom("estate_month as m")
          .whereRef("m.estate_id", "=", "n.estate_id")
          .orderBy("m.year")
          .orderBy("m.month")
          .limit(1)
          .select(sql<number>`m.year * 12 + m.month - 1`.as("firstMonth"))
          .as("moved"),
      (join) => join.onTrue(),
    )
    .select(["estate.id", "estate.district_code as code", "n.house_count as houseCount"])
    .select("moved.firstMonth")
    .orderBy("estate.code")
    .execute();
}

function districtBook(
  group: readonly DistrictPart[],
  from: {
    years: ReadonlyMap<string, YearMovement[]>;
    until: number;
    small: readonly SmallCandidate[];
  },
): DistrictBook {
  const codes = group.map(({ code }) => code);
  const estates = from.small.filter(({ code }) => codes.includes(code));
  const told = tellTogetherInPeriods(
    estates,
    ({ houseCount }) => houseCount,
    countsByMonth(estates),
  );
  return {
    codes,
    name: group.map(({ name }) => name).join("、"),
    estateCount: group.reduce((sum, one) => sum + one.estateCount, 0),
    now: addFundNow(group.map(({ now }) => now)),
    years: fundYears(
      codes.flatMap((code) => from.years.get(code) ?? []),
      from.until,
    ),
    together: (told?.together ?? estates).map(({ id }) => id),
  };
}
