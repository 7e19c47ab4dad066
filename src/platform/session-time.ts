import type { Db } from "./database/client.ts";
import { type Audience, IDLE_MINUTES, liveSessions, type SessionQuery } from "./sessions.ts";

/** How long a session still lasts, in whole seconds, none of them too many. */
export interface TimeLeft {
  /** Until it ends when nothing is done. */
  idleSeconds: number;
  /** Until it ends whatever is done. */
  limitSeconds: number;
  /** Since it was used; a use within a minute of the one before is not written down. */
  unusedSeconds: number;
}

/**
 * Tells how long a session still lasts; null when it is over or unknown. Asking is no use of it: it ends when it would
 * have ended.
 */
export async function readTimeLeft(
  db: Db,
  query: SessionQuery & { audience: Audience },
): Promise<TimeLeft | null> {
  const session = await db
    .selectFrom(liveSessions(query.audience, [query]).as("session"))
    .select(["last_seen_at", "expires_at"])
    .executeTakeFirst();
  if (session === undefined) return null;
  const now = query.now.getTime();
  const idleEnd = session.last_seen_at.getTime() + IDLE_MINUTES[query.audience] * 60_000;
  return {
    idleSeconds: Math.max(0, Math.floor((idleEnd - now) / 1000)),
    limitSeconds: Math.floor((session.expires_at.getTime() - now) / 1000),
    unusedSeconds: Math.max(0, Math.floor((now - session.last_seen_at.getTime()) / 1000)),
  };
}
