import type { Db } from "#src/platform/database/client.ts";
import { sweepIncoming, type Uploads } from "#src/platform/uploads/uploads.ts";
import { storeKeyOf } from "./stored-document.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A form that was not handed in within a day is given up, unless its business keeps it longer. */
const DRAFT_HOURS = 24;
/** A file gets its row within seconds; one that has none by now was left by a crash. Gone within the hour. */
const ORPHAN_AGE_MS = 40 * 60_000;
/** Rows and files part only while a draft lives, so older days need no look. */
const DAYS_LOOKED_AT = 4;
const AT_ONCE = 500;

/**
 * Clears up behind forms that were given up and processes that were killed: drafts older than a day, or
 * than what their business keeps them for, with their files, files that no row names, and what was still on its way. `clockNow` is the time of the rows,
 * `storeNow` that of the store, which stamps its files itself.
 */
export async function sweepDocuments(
  deps: { db: Db; uploads: Uploads },
  clockNow: Date,
  storeNow = new Date(),
): Promise<void> {
  await sweepDrafts(deps, clockNow);
  const olderThan = new Date(storeNow.getTime() - ORPHAN_AGE_MS);
  for (let day = 0; day < DAYS_LOOKED_AT; day += 1) {
    const date = new Date(clockNow.getTime() - day * DAY_MS).toISOString().slice(0, 10);
    await sweepOrphans(deps, date, olderThan);
  }
  await sweepIncoming(deps.uploads.incoming, olderThan);
}

async function sweepDrafts({ db, uploads }: { db: Db; uploads: Uploads }, now: Date) {
  const before = new Date(now.getTime() - DRAFT_HOURS * HOUR_MS);
  const old = db
    .selectFrom("supporting_document")
    .select("id")
    .where("application_id", "is", null)
    .where("uploaded_at", "<", before)
    .where((eb) => eb.or([eb("kept_until", "is", null), eb("kept_until", "<", now)]))
    .limit(AT_ONCE);
  for (;;) {
    const rows = await db
      .deleteFrom("supporting_document")
      .where("id", "in", old)
      .where("application_id", "is", null)
      .returning(["id", "uploaded_at"])
      .execute();
    for (const { id, uploaded_at } of rows) {
      await uploads.store.remove(storeKeyOf({ id, uploadedAt: uploaded_at }));
    }
    if (rows.length < AT_ONCE) return;
  }
}

async function sweepOrphans(
  { db, uploads }: { db: Db; uploads: Uploads },
  day: string,
  olderThan: Date,
): Promise<void> {
  const files = (await uploads.store.list(day)).filter(({ storedAt }) => storedAt < olderThan);
  for (let at = 0; at < files.length; at += AT_ONCE) {
    const some = files.slice(at, at + AT_ONCE);
    const names = some.map(({ key }) => key.slice(key.indexOf("/") + 1));
    const rows = await db
      .selectFrom("supporting_document")
      .select("id")
      .where("id", "in", names.filter((name) => /^[0-9a-f-]{36}$/.test(name)).concat(NO_DOCUMENT))
      .where("state", "<>", "refused")
      .execute();
    const kept = new Set(rows.map(({ id }) => id));
    for (const [index, { key }] of some.entries()) {
      if (!kept.has(names[index] ?? "")) await uploads.store.remove(key);
    }
  }
}

/** A list to look in is never empty. */
const NO_DOCUMENT = "00000000-0000-0000-0000-000000000000";
