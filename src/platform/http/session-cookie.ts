import type { Db } from "../database/client.ts";
import {
  type Audience,
  endSession,
  type Proof,
  startProvenSession,
  startSession,
} from "../sessions.ts";
import { browserWords } from "./browser-words.ts";
import type { Visit } from "./visit.ts";

/** A desk is opened at its own address; owners and institutions also come by a link from elsewhere. */
const SAME_SITE: Record<Audience, "Strict" | "Lax"> = {
  bank: "Strict",
  staff: "Strict",
  owner: "Lax",
  institution: "Lax",
};

/** The token that a browser holds for an audience; undefined while it has none. The cookie has the audience's name. */
export function sessionToken(visit: Visit, audience: Audience): string | undefined {
  return visit.cookies.read(visit.c, audience);
}

/** Signs a user of an audience in: a new session each time, whatever cookie the browser brought. */
export async function signIn(
  db: Db,
  visit: Visit,
  audience: Audience,
  userId: number,
): Promise<void> {
  await signOut(db, visit, audience);
  const words = browserWords(visit);
  const session = { audience, userId, now: visit.now, browserWords: words };
  const token = await startSession(db, session);
  visit.cookies.write(visit.c, audience, token, { sameSite: SAME_SITE[audience] });
}

/**
 * Signs an owner or somebody of an institution in, unless his account was closed, or given another password or phone,
 * since he proved himself: false then, and nothing is opened.
 */
export async function signInProven(
  db: Db,
  visit: Visit,
  who: { audience: "owner" | "institution"; userId: number },
  proof: Proof,
): Promise<boolean> {
  const session = { ...who, now: visit.now, browserWords: browserWords(visit) };
  const token = await startProvenSession(db, session, proof);
  if (token === null) return false;
  await signOut(db, visit, who.audience);
  visit.cookies.write(visit.c, who.audience, token, { sameSite: SAME_SITE[who.audience] });
  return true;
}

/** Ends the session on the server, not only in the browser. */
export async function signOut(db: Db, visit: Visit, audience: Audience): Promise<void> {
  const token = sessionToken(visit, audience);
  if (token) await endSession(db, token);
  visit.cookies.clear(visit.c, audience);
}
