import type { Db } from "#src/platform/database/client.ts";
import { seeOther } from "#src/platform/http/responses.ts";
import { sessionToken } from "#src/platform/http/session-cookie.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { keepSession } from "#src/platform/sessions.ts";
import { findSeat, type Teller, tellerActor } from "./tellers.ts";

const tellers = new WeakMap<Visit, Teller>();

/**
 * Lets a signed-in teller through and sends everybody else to the sign-in page, with the way back. The
 * teller is read again on every request: one who is disabled is out at once.
 */
export async function authenticateTeller(db: Db, visit: Visit): Promise<Response | null> {
  const token = sessionToken(visit, "bank");
  const query = { token: token ?? "", now: visit.now };
  const seat = token ? await findSeat(db, query) : null;
  if (seat === null) return seeOther(visit, "/bank/sign-in");
  await keepSession(db, query, seat.lastSeenAt);
  const { teller } = seat;
  tellers.set(visit, teller);
  visit.actor = tellerActor(teller);
  visit.audit.actor = visit.actor;
  return null;
}

/** The teller of a visit that the permission `bank-teller` let through. */
export function tellerOf(visit: Visit): Teller {
  const teller = tellers.get(visit);
  if (teller === undefined) throw new Error("the route does not ask for a teller");
  return teller;
}
