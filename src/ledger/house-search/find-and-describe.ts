import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { DisclosurePolicy } from "#src/platform/config.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { HouseSearch, SearchAnswer } from "#src/register/search/search-houses.ts";
import type { HouseStanding } from "../house-standing.ts";
import { listStandings } from "./list-standings.ts";

/** What a search found, each house with how it stands with its deposits. */
export interface DescribedAnswer {
  answer: SearchAnswer;
  standings: ReadonlyMap<bigint, HouseStanding>;
}

/**
 * Searches the register for typed words and looks up the standing of every house found. Where the detail
 * of a house is not open to everybody, neither is whether it was paid (manual, D3).
 */
export async function findAndDescribe(
  deps: { db: Db; search: HouseSearch; policy: DisclosurePolicy },
  text: string,
  today: CalendarDate,
): Promise<DescribedAnswer> {
  const answer = await deps.search.search(text);
  const isShown = answer.kind === "answer" && deps.policy === "open";
  const hits = isShown ? [...answer.exact, ...answer.near] : [];
  return { answer, standings: await listStandings(deps.db, hits, today) };
}
