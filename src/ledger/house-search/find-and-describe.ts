import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Db } from "#src/platform/database/client.ts";
import { getCitySettings } from "#src/register/city-settings.ts";
import { listHouses } from "#src/register/find-house.ts";
import type { HouseHit, HouseSearch, SearchAnswer } from "#src/register/search/search-houses.ts";
import { listHouseBalances } from "../house-balances.ts";
import { type HouseStanding, houseStanding } from "../house-standing.ts";

/** What a search found, each house with how it stands with its deposits. */
export interface DescribedAnswer {
  answer: SearchAnswer;
  standings: ReadonlyMap<bigint, HouseStanding>;
}

/** Searches the register for typed words and looks up the standing of every house found. */
export async function findAndDescribe(
  deps: { db: Db; search: HouseSearch },
  text: string,
  today: CalendarDate,
): Promise<DescribedAnswer> {
  const answer = await deps.search.search(text);
  const hits = answer.kind === "answer" ? [...answer.exact, ...answer.near] : [];
  return { answer, standings: await standingsOf(deps.db, hits, today) };
}

async function standingsOf(db: Db, hits: readonly HouseHit[], today: CalendarDate) {
  if (hits.length === 0) return new Map<bigint, HouseStanding>();
  const [settings, houses] = await Promise.all([getCitySettings(db, today), listHouses(db, hits)]);
  const balances = await listHouseBalances(db, houses);
  return new Map(
    houses.flatMap((house, index) => {
      const balance = balances[index];
      return balance ? [[house.houseId, houseStanding(house, balance, settings)] as const] : [];
    }),
  );
}
