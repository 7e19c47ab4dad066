import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { HouseHit, HouseSearch, SearchAnswer } from "#src/register/search/search-houses.ts";
import type { HouseStanding } from "../house-standing.ts";
import { listStandings } from "./list-standings.ts";

/** What a search found, with how some of its houses stand with their deposits. */
export interface DescribedAnswer {
  answer: SearchAnswer;
  standings: ReadonlyMap<bigint, HouseStanding>;
  /** A house that was asked for is shown without its standing. */
  isWithheld: boolean;
}

/**
 * Searches the register for typed words and looks up the standing of the houses that were asked for, as far as
 * this visitor may be told (manual, D3). Houses that are merely near keep theirs to themselves: a list
 * would tell of twenty at a time.
 */
export async function findAndDescribe(
  deps: { db: Db; search: HouseSearch },
  text: string,
  today: CalendarDate,
  mayTell: (houseCode: string) => Promise<boolean>,
): Promise<DescribedAnswer> {
  const answer = await deps.search.search(text);
  const asked = answer.kind === "answer" ? answer.exact : [];
  const told: HouseHit[] = [];
  for (const hit of asked) if (await mayTell(hit.code)) told.push(hit);
  const standings = await listStandings(deps.db, told, today);
  return { answer, standings, isWithheld: told.length < asked.length };
}
