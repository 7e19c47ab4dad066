import { createHash, randomBytes } from "node:crypto";
import type { Db } from "./database/client.ts";

/** Each audience has its own cookie and its own limits: one sign-in never opens another door. */
export type Audience = "bank" | "staff" | "owner" | "institution";

/** A desk left alone is closed after this long, in minutes (GB/T 22239 asks for 15 to 30). */
const IDLE_MINUTES: Record<Audience, number> = { bank: 30, staff: 30, owner: 30, institution: 30 };
/** A working day at the counter, in hours; then one signs in again whatever happened. */
const ABSOLUTE_HOURS: Record<Audience, number> = {
  bank: 12,
  staff: 12,
  owner: 12,
  institution: 12,
};
/** Writing the last use on every click would double the writes of a desk. */
const TOUCH_EVERY_MS = 60_000;

/** Starts a session and answers with the token for the cookie; only its hash is kept. */
export async function startSession(
  db: Db,
  session: { audience: Audience; userId: number; now: Date },
): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await db
    .insertInto("session")
    .values({
      token_hash: hashToken(token),
      audience: session.audience,
      user_id: session.userId,
      created_at: session.now,
      last_seen_at: session.now,
      expires_at: new Date(session.now.getTime() + ABSOLUTE_HOURS[session.audience] * 3_600_000),
    })
    .execute();
  return token;
}

/** Finds whose session a token is; null when it is unknown, ended, idle too long or past its limit. */
export async function findSessionUser(
  db: Db,
  query: { audience: Audience; token: string; now: Date },
): Promise<number | null> {
  const session = await db
    .selectFrom("session")
    .select(["user_id", "last_seen_at"])
    .where("token_hash", "=", hashToken(query.token))
    .where("audience", "=", query.audience)
    .where("expires_at", ">", query.now)
    .executeTakeFirst();
  if (session === undefined) return null;
  const idleMs = query.now.getTime() - session.last_seen_at.getTime();
  if (idleMs > IDLE_MINUTES[query.audience] * 60_000) return null;
  if (idleMs > TOUCH_EVERY_MS) {
    await db
      .updateTable("session")
      .set({ last_seen_at: query.now })
      .where("token_hash", "=", hashToken(query.token))
      .execute();
  }
  return session.user_id;
}

/** Ends a session for good: signing out is done here, not in the browser. */
export async function endSession(db: Db, token: string): Promise<void> {
  await db.deleteFrom("session").where("token_hash", "=", hashToken(token)).execute();
}

/** Ends every session of some users of an audience: their accounts were closed. */
export async function endSessionsOf(
  db: Db,
  audience: Audience,
  userIds: readonly number[],
): Promise<void> {
  if (userIds.length === 0) return;
  await db
    .deleteFrom("session")
    .where("audience", "=", audience)
    .where("user_id", "in", userIds)
    .execute();
}

/** Removes sessions that can no longer be used. */
export async function sweepSessions(db: Db, now: Date): Promise<void> {
  await db.deleteFrom("session").where("expires_at", "<=", now).execute();
}

function hashToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
