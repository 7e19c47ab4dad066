import { sql } from "kysely";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { findEstateHouses } from "#src/ledger/estate-houses.ts";
import { type AuditContext, recordAudit } from "#src/platform/audit.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import { PrinterError } from "#src/platform/pdf/printer-error.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { printTopUpNotices, readTopUpRule, type TopUpPrintDeps } from "./print-top-up.ts";

/** A print of notices for many houses, as it stands. */
export interface TopUpBatch {
  id: string;
  estateId: number;
  estateCode: string;
  estateName: string;
  /** "" for the whole estate. */
  buildingLabel: string;
  requestedAt: Date;
  houseCount: number;
  printedCount: number;
  /** Given up: it was tried often and could not be printed. */
  isGivenUp: boolean;
  files: readonly { n: number; firstHouse: number; lastHouse: number }[];
}

/** One file holds so many notices: a print shop's handful, and a second or two of work. */
export const NOTICES_IN_FILE = 50;
const KEPT_DAYS = 7;
const TRIES_MAX = 5;
const RETRY_MS = 60_000;

/**
 * Asks for the notices of some houses; they are printed by `printWaitingTopUps` outside of the request. `id` is made
 * when the form is shown: the same form asks once.
 */
export async function requestTopUpBatch(
  db: Db,
  asked: {
    id: string;
    institutionId: number;
    estate: { estateId: number; code: string };
    buildingLabel: string;
    houseIds: readonly bigint[];
    actor: string;
    audit: AuditContext;
    now: Date;
  },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const added = await tx
      .insertInto("top_up_batch")
      .values({
        id: asked.id,
        institution_id: asked.institutionId,
        estate_id: asked.estate.estateId,
        building_label: asked.buildingLabel,
        requested_by: asked.actor,
        requested_at: asked.now,
        house_ids: [...asked.houseIds],
        next_try_at: asked.now,
        not_after: new Date(asked.now.getTime() + KEPT_DAYS * 86_400_000),
      })
      .onConflict((conflict) => conflict.column("id").doNothing())
      .returning("id")
      .executeTakeFirst();
    if (added === undefined) return;
    await recordAudit(tx, asked.audit, asked.estate.code, `${asked.houseIds.length}`);
  });
}

/** Finds a print of an institution; null for another's, and for one that was swept. */
export async function findTopUpBatch(
  db: Db,
  institutionId: number,
  id: string,
): Promise<TopUpBatch | null> {
  const [found] = await listBatches(db, institutionId, { id });
  return found ?? null;
}

/** Lists the prints of an institution for one estate that are still kept, newest first. */
export async function listTopUpBatches(
  db: Db,
  institutionId: number,
  estateId: number,
): Promise<TopUpBatch[]> {
  return await listBatches(db, institutionId, { estateId });
}

async function listBatches(
  db: Db,
  institutionId: number,
  which: { id?: string; estateId?: number },
): Promise<TopUpBatch[]> {
  const rows = await db
    .selectFrom("top_up_batch as batch")
    .innerJoin("estate", "estate.id", "batch.estate_id")
    .where("batch.institution_id", "=", institutionId)
    .$if(which.id !== undefined, (q) => q.where("batch.id", "=", which.id ?? ""))
    .$if(which.estateId !== undefined, (q) => q.where("batch.estate_id", "=", which.estateId ?? 0))
    .select(["batch.id", "batch.estate_id", "estate.code", "estate.name", "batch.building_label"])
    .select(["batch.requested_at", "batch.printed_count", "batch.failed_count"])
    .select((eb) => eb.fn<number>("cardinality", ["batch.house_ids"]).as("house_count"))
    .orderBy("batch.requested_at", "desc")
    .execute();
  const files =
    rows.length === 0
      ? []
      : await db
          .selectFrom("top_up_file")
          .select(["batch_id", "n", "first_house", "last_house"])
          .where(
            "batch_id",
            "in",
            rows.map(({ id }) => id),
          )
          .orderBy("n")
          .execute();
  return rows.map((row) => ({
    id: row.id,
    estateId: row.estate_id,
    estateCode: row.code,
    estateName: row.name,
    buildingLabel: row.building_label,
    requestedAt: row.requested_at,
    houseCount: row.house_count,
    printedCount: row.printed_count,
    isGivenUp: row.failed_count >= TRIES_MAX && row.printed_count < row.house_count,
    files: files
      .filter(({ batch_id }) => batch_id === row.id)
      .map(({ n, first_house, last_house }) => ({
        n,
        firstHouse: first_house,
        lastHouse: last_house,
      })),
  }));
}

/** Reads one printed file of a batch; null while there is none of that number. */
export async function readTopUpFile(
  db: Db,
  personalData: PersonalData,
  batchId: string,
  n: number,
): Promise<Buffer | null> {
  const row = await db
    .selectFrom("top_up_file")
    .select("file_cipher")
    .where("batch_id", "=", batchId)
    .where("n", "=", n)
    .executeTakeFirst();
  if (row === undefined) return null;
  return Buffer.from(personalData.decrypt(row.file_cipher), "base64");
}

/** What the printing of batches needs. */
export interface TopUpWorkerDeps extends TopUpPrintDeps {
  db: Db;
  personalData: PersonalData;
  clock: () => Date;
}

/** Longer than a print may take; a process that was killed is followed by another after it. */
const LEASE_MS = 120_000;

/**
 * Prints what waits, one file after another until nothing waits. Whoever prints holds the batch by a lease, not by a
 * transaction: printing may take longer than a transaction may idle. A file and the count of what is printed are
 * written together, so that a process that is killed leaves whole files behind and the next one goes on after them.
 */
export async function printWaitingTopUps(deps: TopUpWorkerDeps): Promise<void> {
  for (;;) {
    const batch = await leaseBatch(deps.db, deps.clock());
    if (batch === null) return;
    await printNextFile(deps, batch);
  }
}

interface LeasedBatch {
  id: string;
  estateId: number;
  houseIds: bigint[];
  printedCount: number;
  failedCount: number;
  issuer: string;
}

/** Takes the batch that has waited longest; of two who ask at one moment each gets another. */
async function leaseBatch(db: Db, now: Date): Promise<LeasedBatch | null> {
  const { rows } = await sql<LeasedBatch>`
    update top_up_batch batch set next_try_at = ${new Date(now.getTime() + LEASE_MS)}
      from institution
      where institution.id = batch.institution_id and batch.id = (
        select id from top_up_batch
          where printed_count < cardinality(house_ids) and next_try_at <= ${now}
            and failed_count < ${TRIES_MAX}
          order by requested_at limit 1 for update skip locked)
      returning batch.id, batch.estate_id as "estateId", batch.house_ids as "houseIds",
        batch.printed_count as "printedCount", batch.failed_count as "failedCount",
        institution.name as issuer`.execute(db);
  return rows[0] ?? null;
}

async function printNextFile(deps: TopUpWorkerDeps, batch: LeasedBatch): Promise<void> {
  const { db } = deps;
  try {
    const pdf = await printPiece(deps, batch);
    await db.transaction().execute((tx) => keepPiece(deps, tx, batch, pdf));
  } catch (error) {
    if (!(error instanceof PrinterError) || error.code === "printer-closed") throw error;
    await db
      .updateTable("top_up_batch")
      .set({
        failed_count: batch.failedCount + (error.code === "printer-busy" ? 0 : 1),
        next_try_at: new Date(deps.clock().getTime() + RETRY_MS),
        problem: error.code,
      })
      .where("id", "=", batch.id)
      .execute();
  }
}

/** The houses of the next file. */
function pieceOf({ houseIds, printedCount }: LeasedBatch): bigint[] {
  return houseIds.slice(printedCount, printedCount + NOTICES_IN_FILE);
}

/** Prints the next file; null when every house of it has topped up since it was asked for. */
async function printPiece(deps: TopUpWorkerDeps, batch: LeasedBatch): Promise<Uint8Array | null> {
  const { db } = deps;
  const now = deps.clock();
  const today = shanghaiDate(now);
  const { estateId, issuer } = batch;
  const rule = await readTopUpRule(db, today);
  const found = await findEstateHouses(db, estateId, rule.triggerPercent, pieceOf(batch));
  const houses = found.filter(({ standing }) => standing === "below-trigger");
  if (houses.length === 0) return null;
  return await printTopUpNotices(deps, db, { estateId, issuer, rule, houses, today, now });
}

/** Writes a file and how far the batch is, together; somebody whose lease ran out meanwhile writes nothing. */
async function keepPiece(
  { personalData, clock }: TopUpWorkerDeps,
  tx: Tx,
  batch: LeasedBatch,
  pdf: Uint8Array | null,
): Promise<void> {
  const first = batch.printedCount;
  const last = first + pieceOf(batch).length;
  const moved = await tx
    .updateTable("top_up_batch")
    .set({ printed_count: last, failed_count: 0, problem: "", next_try_at: clock() })
    .where("id", "=", batch.id)
    .where("printed_count", "=", first)
    .returning("id")
    .executeTakeFirst();
  if (moved === undefined || pdf === null) return;
  await tx
    .insertInto("top_up_file")
    .values({
      batch_id: batch.id,
      n: Math.floor(first / NOTICES_IN_FILE) + 1,
      first_house: first + 1,
      last_house: last,
      file_cipher: personalData.encrypt(Buffer.from(pdf).toString("base64")),
    })
    .execute();
}

/** Removes the prints whose days are over, with their files. */
export async function sweepTopUps(db: Db, now: Date): Promise<void> {
  await db.deleteFrom("top_up_batch").where("not_after", "<=", now).execute();
}
