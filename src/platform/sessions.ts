import { createHash, randomBytes } from "node:crypto";
import { type RawBuilder, sql } from "kysely";
import type { Db } from "./database/client.ts";
import { listParameter } from "./database/list-parameter.ts";

/** Each audience has its own cookie and its own limits: one sign-in never opens another door. */
export type Audience = "bank" | "staff" | "owner" | "institution";

/** A desk left alone is closed after this long, in minutes (GB/T 22239 asks for 15 to 30). */
export const IDLE_MINUTES: Record<Audience, number> = {
  bank: 30,
  staff: 30,
  owner: 30,
  institution: 30,
};
/** A working day at the counter, in hours; then one signs in again whatever happened. */
const ABSOLUTE_HOURS: Record<Audience, number> = {
  bank: 12,
  staff: 12,
  owner: 12,
  institution: 12,
};
/** Enough for one decision with its second look, too short to leave a desk with it, in minutes. */
const STEP_UP_MINUTES = 10;
/** Writing the last use on every click would double the writes of a desk. */
const TOUCH_EVERY_MS = 60_000;

/**
 * Starts a session and answers with the token for the cookie; only its hash is kept. `browserWords` is what the
 * user will know the session by in a list of his own: 'Chrome · Windows'.
 */
export async function startSession(
  db: Db,
  session: { audience: Audience; userId: number; now: Date; browserWords?: string },
): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await db
    .insertInto("session")
    .values({
      token_hash: hashToken(token),
      audience: session.audience,
      user_id: session.userId,
      browser_words: session.browserWords ?? "",
      created_at: session.now,
      last_seen_at: session.now,
      expires_at: new Date(session.now.getTime() + ABSOLUTE_HOURS[session.audience] * 3_600_000),
    })
    .execute();
  return token;
}

/** What somebody has just proven, and what his account must still say when his session begins. */
export type Proof = { passwordHash: string } | { phoneHash: Buffer };

const ACCOUNTS = { owner: "owner_account", institution: "institution_user" } as const;

/**
 * Starts a session only while the account is open and still has the password or phone that was proven; null when it
 * was closed, or given another one, while the proof was looked at. The account is held until the session stands, so
 * that whoever ends its sessions finds this one too.
 */
export async function startProvenSession(
  db: Db,
  session: { audience: keyof typeof ACCOUNTS; userId: number; now: Date; browserWords?: string },
  proof: Proof,
): Promise<string | null> {
  const isProven =
    "passwordHash" in proof
      ? sql`password_hash = ${proof.passwordHash}`
      : sql`phone_hash = ${proof.phoneHash}`;
  return await db.transaction().execute(async (tx) => {
    const { rows } = await sql`select id from ${sql.table(ACCOUNTS[session.audience])}
      where id = ${session.userId} and not is_disabled and ${isProven} for share`.execute(tx);
    return rows.length === 0 ? null : await startSession(tx, session);
  });
}

/** Finds whose session a token is; null when it is unknown, ended, idle too long or past its limit. */
export async function findSessionUser(
  db: Db,
  query: { audience: Audience; token: string; now: Date },
): Promise<number | null> {
  const session = await db
    .selectFrom(liveSessions(query.audience, [query]).as("session"))
    .select(["user_id", "last_seen_at"])
    .executeTakeFirst();
  if (session === undefined) return null;
  await keepSession(db, query, session.last_seen_at);
  return session.user_id;
}

/** Somebody who comes with a token. */
export interface SessionQuery {
  token: string;
  now: Date;
}

/** A session that can be used; `n` counts the queries from 1. */
interface LiveSession {
  n: number;
  user_id: number;
  last_seen_at: Date;
  /** When it ends whatever happens. */
  expires_at: Date;
}

/**
 * The sessions of an audience that can still be used, of all tokens that are asked for, as a table to join with
 * whose they are: one statement for many visitors. Whoever reads it calls `keepSession` for each.
 */
export function liveSessions(
  audience: Audience,
  queries: readonly SessionQuery[],
): RawBuilder<LiveSession> {
  const tokens = queries.map(({ token }) => hashToken(token));
  const moments = queries.map(({ now }) => now);
  return sql<LiveSession>`(
    select asked.n::int as n, live.user_id, live.last_seen_at, live.expires_at
      from unnest(${listParameter("bytea", tokens)}, ${listParameter("timestamptz", moments)})
        with ordinality as asked(token_hash, now, n)
      join session live on live.token_hash = asked.token_hash
      where live.audience = ${audience} and live.expires_at > asked.now
        and live.last_seen_at >= asked.now - make_interval(mins => ${IDLE_MINUTES[audience]}::int))`;
}

/** Writes down that a session was used, when that was last done a while ago. */
export async function keepSession(
  db: Db,
  { token, now }: SessionQuery,
  lastSeenAt: Date,
): Promise<void> {
  if (now.getTime() - lastSeenAt.getTime() <= TOUCH_EVERY_MS) return;
  await db
    .updateTable("session")
    .set({ last_seen_at: now })
    .where("token_hash", "=", hashToken(token))
    .execute();
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

/** A session as its user stands in it: of which audience, whose, and by which token. */
export interface HeldSession {
  audience: Audience;
  userId: number;
  token: string;
}

/** One of a user's own sessions, as a list shows it. */
export interface ListedSession {
  id: number;
  /** 'Chrome · Windows', or empty when the browser did not say. */
  browserWords: string;
  startedAt: Date;
  lastSeenAt: Date;
  /** Whether it is the one that the list is read in. */
  isThis: boolean;
}

/** Lists the sessions of a user that still open something, the last used first. */
export async function listSessions(db: Db, held: HeldSession, now: Date): Promise<ListedSession[]> {
  const idleSince = new Date(now.getTime() - IDLE_MINUTES[held.audience] * 60_000);
  const rows = await db
    .selectFrom("session")
    .select(["id", "browser_words", "created_at", "last_seen_at", "token_hash"])
    .where("audience", "=", held.audience)
    .where("user_id", "=", held.userId)
    .where("expires_at", ">", now)
    .where("last_seen_at", ">=", idleSince)
    .orderBy("last_seen_at", "desc")
    .orderBy("id", "desc")
    .execute();
  const own = hashToken(held.token);
  return rows.map((row) => ({
    id: row.id,
    browserWords: row.browser_words,
    startedAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    isThis: row.token_hash.equals(own),
  }));
}

/** Ends one of the user's own sessions; false when there is none of that number that is his. */
export async function endSessionById(
  db: Db,
  held: Omit<HeldSession, "token">,
  id: number,
): Promise<boolean> {
  const ended = await db
    .deleteFrom("session")
    .where("id", "=", id)
    .where("audience", "=", held.audience)
    .where("user_id", "=", held.userId)
    .returning("id")
    .executeTakeFirst();
  return ended !== undefined;
}

/** Ends every session of the user but the one he stands in: after a new password, or because he says so. */
export async function endOtherSessions(db: Db, held: HeldSession): Promise<number> {
  const ended = await db
    .deleteFrom("session")
    .where("audience", "=", held.audience)
    .where("user_id", "=", held.userId)
    .where("token_hash", "!=", hashToken(held.token))
    .returning("id")
    .execute();
  return ended.length;
}

/**
 * Remembers that the user has just proven once more who he is, so that decisions about money and accounts are open
 * to this session for a few minutes. Signing in alone does not count: a desk may have been left since.
 */
export async function stepUp(db: Db, held: HeldSession, now: Date): Promise<void> {
  await db
    .updateTable("session")
    .set({ stepped_up_until: new Date(now.getTime() + STEP_UP_MINUTES * 60_000) })
    .where("token_hash", "=", hashToken(held.token))
    .where("audience", "=", held.audience)
    .where("user_id", "=", held.userId)
    .execute();
}

/** Tells whether decisions about money and accounts are open to this session at this moment. */
export async function isSteppedUp(db: Db, held: HeldSession, now: Date): Promise<boolean> {
  const found = await db
    .selectFrom("session")
    .select("id")
    .where("token_hash", "=", hashToken(held.token))
    .where("audience", "=", held.audience)
    .where("user_id", "=", held.userId)
    .where("stepped_up_until", ">", now)
    .executeTakeFirst();
  return found !== undefined;
}

/** Removes sessions that can no longer be used. */
export async function sweepSessions(db: Db, now: Date): Promise<void> {
  await db.deleteFrom("session").where("expires_at", "<=", now).execute();
}

function hashToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
