import { randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rm, utimes } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { listBoundEstates } from "#src/accounts/institutions/bound-estates.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { Clock } from "#src/kernel/clock.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import type { Uploads } from "#src/platform/uploads/uploads.ts";
import { importRegister } from "#src/register/import/import-register.ts";
import type { BadRow } from "#src/register/import/row.ts";
import {
  addProblems,
  endImport,
  failImport,
  giveImportBack,
  noteProgress,
  type TakenImport,
  takeImport,
} from "./queries.ts";

/** What running an import needs. */
export interface ImportWorkerDeps {
  db: Db;
  clock: Clock;
  personalData: PersonalData;
  uploads: Pick<Uploads, "incoming" | "store">;
}

/** A worker that has not been heard of for so long is gone; a batch of rows takes a second or two. */
const SILENCE_MS = 180_000;
/** A file that has ended three processes is not tried a fourth time. */
const ATTEMPTS_MAX = 3;
/** Somebody reads these; a file with more mistakes is wrong as a whole, and its counts say how wrong. */
const PROBLEMS_KEPT = 20_000;

/**
 * Imports the files that wait, one after the other, until there is none or `signal` says stop. Rows are held to the
 * estates that the institution is bound to at that moment. What a killed process had stored stays, and the next
 * process starts the file again, which changes nothing that is in already.
 */
export async function runHouseImports(deps: ImportWorkerDeps, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const now = deps.clock();
    const heartbeatBefore = new Date(now.getTime() - SILENCE_MS);
    const taken = await takeImport(deps.db, { now, heartbeatBefore });
    if (taken === null) return;
    await runOne(deps, taken, signal);
  }
}

async function runOne(
  deps: ImportWorkerDeps,
  taken: TakenImport,
  signal: AbortSignal,
): Promise<void> {
  const { db, uploads } = deps;
  const path = join(uploads.incoming, randomBytes(16).toString("hex"));
  try {
    if (taken.attempts > ATTEMPTS_MAX) {
      return await fail(deps, taken, "这个文件几次都没有导入完，已经停止。请分成几个文件再导入");
    }
    const content = await uploads.store.read(taken.fileKey);
    await pipeline(Readable.from(content), createWriteStream(path, { flags: "wx", mode: 0o600 }));
    await importFile(deps, taken, path, signal);
  } catch (error) {
    // Tried again by the next turn, until it has been tried often enough.
    if (taken.attempts >= ATTEMPTS_MAX) {
      await fail(deps, taken, "系统出了问题，没有导入完。已经登记的房屋都在，请过一会儿再导入");
    } else {
      await giveImportBack(db, taken.id);
    }
    throw error;
  } finally {
    await rm(path, { force: true });
  }
}

async function fail({ db, clock, uploads }: ImportWorkerDeps, taken: TakenImport, stopped: string) {
  await failImport(db, taken.id, { now: clock(), stopped });
  await uploads.store.remove(taken.fileKey);
}

async function importFile(
  deps: ImportWorkerDeps,
  taken: TakenImport,
  path: string,
  signal: AbortSignal,
): Promise<void> {
  const { db, clock, personalData, uploads } = deps;
  const bound = await boundEstates(deps, taken);
  if (bound.size === 0) {
    return await fail(deps, taken, "本单位现在没有绑定的物业区域，不能导入房屋");
  }
  const problems = new ProblemWriter(db, taken.id);
  let noting: Promise<void> = Promise.resolve();
  const report = await importRegister({
    db,
    source: { path },
    personalData,
    clock,
    onlyEstates: bound,
    signal,
    onBadRow: (bad) => problems.write(bad),
    onProgress: ({ part, rows, badRows }) => {
      noting = noting.then(async () => {
        await noteProgress(db, taken.id, { now: clock(), part, rows, badRows });
        // Whoever sweeps what lies about in the folder sees that this file is in use.
        await utimes(path, new Date(), new Date());
      });
      noting.catch(() => {});
    },
  });
  await noting;
  await problems.flush();
  if (signal.aborted) return await giveImportBack(db, taken.id);
  await endImport(db, taken.id, { now: clock(), report });
  await uploads.store.remove(taken.fileKey);
}

async function boundEstates(
  { db, clock }: ImportWorkerDeps,
  { institutionId }: TakenImport,
): Promise<ReadonlySet<number>> {
  const { state } = await db
    .selectFrom("institution")
    .select("state")
    .where("id", "=", institutionId)
    .executeTakeFirstOrThrow();
  if (state !== "active") return new Set();
  const estates = await listBoundEstates(db, institutionId, shanghaiDate(clock()));
  return new Set(estates.map(({ estateId }) => estateId));
}

/** Keeps what was wrong, some hundred rows at a time, up to a bound. */
class ProblemWriter {
  readonly #db: Db;
  readonly #importId: string;
  #waiting: BadRow[] = [];
  #next = 1;

  constructor(db: Db, importId: string) {
    this.#db = db;
    this.#importId = importId;
  }

  async write(bad: BadRow): Promise<void> {
    if (this.#next > PROBLEMS_KEPT) return;
    this.#waiting.push(bad);
    if (this.#waiting.length >= 500) await this.flush();
  }

  async flush(): Promise<void> {
    const some = this.#waiting;
    this.#waiting = [];
    this.#next += await addProblems(this.#db, this.#importId, this.#next, some);
  }
}
