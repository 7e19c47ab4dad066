import { recordAudit } from "#src/platform/audit.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import { sealYear } from "./content.ts";
import {
  bringUpToDate,
  findNewestLocked,
  findNewestPrepared,
  reckonChecked,
  type YearAct,
} from "./prepare-year.ts";

export type LockOutcome =
  | { kind: "locked"; version: number }
  /** Nothing waits, or something else than what was looked at. */
  | { kind: "replaced" }
  /** He prepared it himself: four eyes. */
  | { kind: "own-preparation" }
  /** The books say something else by now: it has to be prepared again. */
  | { kind: "outdated" }
  /** Somebody else locked it at this moment. */
  | { kind: "locked-meanwhile" };

/**
 * Locks what another person prepared, as the next version of its year. The figures are reckoned once more in the same
 * transaction: what is locked is what the books say at that moment. The database holds four eyes and versions besides.
 */
export async function lockYear(
  db: Db,
  act: YearAct & { preparedYearId: bigint },
): Promise<LockOutcome> {
  await bringUpToDate(db, act.now);
  try {
    return await db
      .transaction()
      .setIsolationLevel("repeatable read")
      .execute((tx) => lockIn(tx, act));
  } catch (error) {
    if (isTaken(error)) return { kind: "locked-meanwhile" };
    throw error;
  }
}

async function lockIn(tx: Tx, act: YearAct & { preparedYearId: bigint }): Promise<LockOutcome> {
  const waiting = await findNewestPrepared(tx, act.year);
  if (waiting === undefined || waiting.id !== act.preparedYearId) return { kind: "replaced" };
  const last = await findNewestLocked(tx, act.year);
  if (last?.id === waiting.id) return { kind: "locked-meanwhile" };
  if (waiting.prepared_by === act.staffId) return { kind: "own-preparation" };
  const content = await reckonChecked(tx, act);
  if (content === null || !sealYear(content).hash.equals(waiting.content_hash)) {
    return { kind: "outdated" };
  }
  const version = (last?.version ?? 0) + 1;
  await tx
    .insertInto("locked_year")
    .values({
      prepared_year_id: waiting.id,
      year: act.year,
      version,
      locked_by: act.staffId,
      locked_at: act.now,
    })
    .execute();
  await recordAudit(tx, act.audit, `${act.year}-${version}`, "locked");
  return { kind: "locked", version };
}

/** The version was taken, or a newer preparation came, in another transaction. */
function isTaken(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === "23505" || code === "WX072" || code === "WX073" || code === "40001";
}
