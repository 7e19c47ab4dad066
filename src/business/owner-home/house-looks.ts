import { sql } from "kysely";
import { ownerActor } from "#src/accounts/owners/owner-account.ts";
import type { HouseKey } from "#src/ledger/house-balances.ts";
import type { Db } from "#src/platform/database/client.ts";

/** Who looked: what may be told of somebody is what he is, never who he is or from where. */
export type LookerKind = "self" | "other-owner" | "visitor" | "staff" | "bank" | "institution";

/** One look at the money of a house, or at the personal data in an application about it. */
export interface HouseLook {
  id: bigint;
  at: Date;
  event: string;
  looker: LookerKind;
}

/** How far back the list goes. The audit trail itself keeps everything. */
export const LOOK_DAYS = 90;
export const LOOKS_ON_PAGE = 20;

/** Reading that shows a house's money; an outcome that showed nothing, such as a gate, is no look. */
const MONEY_EVENTS = ["fund-detail-read", "fund-detail-exported", "deposit-form-opened"];
const MONEY_OUTCOMES = ["open", "money-told"];
/** What staff open in clear under the number of an application about the house. */
const STAFF_EVENTS = ["personal-data-revealed"];
const OWNER_EVENTS = ["owner-statement-printed"];

/**
 * Lists the looks at a house in the last ninety days, newest first: look-ups of its money by anybody, and what the
 * fund centre opened of the applications about it. One page, and how many there are.
 */
export async function listHouseLooks(
  db: Db,
  house: HouseKey & { code: string },
  query: { ownerId: number; page: number },
): Promise<{ rows: HouseLook[]; totalCount: number }> {
  // The trail is dated by the database's clock.
  const since = sql`now() - make_interval(days => ${LOOK_DAYS})`;
  const { rows } = await sql<{
    id: bigint;
    at: Date;
    event: string;
    actor: string;
    total: bigint;
  }>`
    with looks as (
      select id, at, event, actor from audit_event
        where subject = ${house.code} and at >= ${since}
          and ((event in (${sql.join(MONEY_EVENTS)}) and outcome in (${sql.join(MONEY_OUTCOMES)}))
            or event in (${sql.join(OWNER_EVENTS)}))
      union all
      select e.id, e.at, e.event, e.actor from application a join audit_event e on e.subject = a.number
        where a.estate_id = ${house.estateId} and a.house_id = ${house.houseId.toString()}::bigint
          and e.at >= ${since} and e.event in (${sql.join(STAFF_EVENTS)})
          and e.actor like 'staff:%'
    )
    select looks.*, count(*) over () as total from looks
      order by at desc, id desc limit ${LOOKS_ON_PAGE} offset ${(query.page - 1) * LOOKS_ON_PAGE}`.execute(
    db,
  );
  return {
    rows: rows.map(({ id, at, event, actor }) => ({
      id,
      at,
      event,
      looker: lookerOf(actor, query.ownerId),
    })),
    totalCount: Number.parseInt(`${rows[0]?.total ?? 0n}`, 10),
  };
}

function lookerOf(actor: string, ownerId: number): LookerKind {
  if (actor === ownerActor({ id: ownerId })) return "self";
  switch (actor.split(":")[0]) {
    case "owner":
      return "other-owner";
    case "staff":
      return "staff";
    case "teller":
      return "bank";
    case "institution":
      return "institution";
    default:
      return "visitor";
  }
}
