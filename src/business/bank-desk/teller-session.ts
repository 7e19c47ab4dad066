import type { Db } from "#src/platform/database/client.ts";
import { seeOther } from "#src/platform/http/responses.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { endSession, keepSession, startSession } from "#src/platform/sessions.ts";
import { findSeat, type Teller, tellerActor } from "./tellers.ts";

const COOKIE = "bank";
const tellers = new WeakMap<Visit, Teller>();

/**
 * Lets a signed-in teller through and sends everybody else to the sign-in page, with the way back. The
 * teller is read again on every request: one who is disabled is out at once.
 */
export async function authenticateTeller(db: Db, visit: Visit): Promise<Response | null> {
  const token = visit.cookies.read(visit.c, COOKIE);
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

/** Signs a teller in: a new session each time, whatever cookie the browser brought. */
export async function signIn(db: Db, visit: Visit, teller: Teller): Promise<void> {
  await signOut(db, visit);
  const token = await startSession(db, { audience: "bank", userId: teller.id, now: visit.now });
  visit.cookies.write(visit.c, COOKIE, token, { sameSite: "Strict" });
}

/** Ends the session on the server, not only in the browser. */
export async function signOut(db: Db, visit: Visit): Promise<void> {
  const token = visit.cookies.read(visit.c, COOKIE);
  if (token) await endSession(db, token);
  visit.cookies.clear(visit.c, COOKIE);
}
