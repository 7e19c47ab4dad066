import { createHash, randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { scanPending } from "#src/applications/documents/scan-document.ts";
import { storeKeyOf } from "#src/applications/documents/stored-document.ts";
import { sweepDocuments } from "#src/applications/documents/sweep-documents.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { S3Settings } from "#src/platform/uploads/s3-store.ts";
import { openUploads, type Uploads } from "#src/platform/uploads/uploads.ts";
import { buildCity } from "../support/builders.ts";
import type { DeathStep } from "../support/die-at.ts";
import { jpegBytes } from "../support/document-files.ts";
import { startFakeS3 } from "../support/fake-s3.ts";
import { sendFiles } from "../support/send-files.ts";
import { addressOf } from "../support/served-site.ts";
import { type RunningSystem, startSystem } from "../support/system.ts";
import { type TestDatabase, testDatabase } from "../support/test-database.ts";
import { newWebVisitor, type WebVisitor } from "../support/web-visitor.ts";

const TRAPS = pathToFileURL(join(import.meta.dirname, "../support/die-at.ts")).href;
const DATA_KEY = Buffer.alloc(32, 7);
/** A process that starts twice in a test may take a while on a busy machine. */
const START_MS = 120_000;
const HOUR_MS = 3_600_000;

const ON_DISK: readonly DeathStep[] = [
  ...(["receiving", "received", "judged", "half written", "written", "flushed", "stored"] as const),
  ...(["row written", "scanned"] as const),
];
const IN_S3: readonly DeathStep[] = ["judged", "stored", "row written"];
/** From here on the file is there; before, it is not. */
const WITH_ROW: readonly DeathStep[] = ["row written", "scanned"];

/** A system whose process dies where it is told, and comes back on the same data. */
class DyingSystem {
  readonly dataDir = mkdtempSync(join(tmpdir(), "fund-upload-"));
  readonly #order = join(this.dataDir, "die-at");
  readonly #database: TestDatabase;
  readonly #s3: S3Settings | null;
  readonly #cookies = new Map<string, string>();
  #system: RunningSystem | undefined;

  constructor(database: TestDatabase, s3: S3Settings | null) {
    this.#database = database;
    this.#s3 = s3;
  }

  async start(): Promise<void> {
    const s3 = this.#s3;
    this.#system = await startSystem({
      dataDir: this.dataDir,
      env: {
        LOG_LEVEL: "silent",
        DATABASE_URL: addressOf(this.#database.applicationConnection),
        MIGRATION_DATABASE_URL: addressOf(this.#database.ownerConnection),
        DATA_KEY: DATA_KEY.toString("hex"),
        NODE_OPTIONS: `--import=${TRAPS}`,
        DIE_AT_FILE: this.#order,
        ...(s3 === null
          ? {}
          : {
              DOCUMENT_STORE: "s3",
              S3_ENDPOINT: s3.endpoint,
              S3_BUCKET: s3.bucket,
              S3_REGION: s3.region,
              S3_ACCESS_KEY: s3.accessKey,
              S3_SECRET_KEY: s3.secretKey,
            }),
      },
    });
  }

  /** The same browser each time, whatever port the system answers on. */
  visitor(): WebVisitor {
    const visitor = this.stranger();
    for (const [name, value] of this.#cookies) visitor.cookies.set(name, value);
    return visitor;
  }

  stranger(): WebVisitor {
    return newWebVisitor(this.#system?.url ?? "");
  }

  remember({ cookies }: WebVisitor): void {
    for (const [name, value] of cookies) this.#cookies.set(name, value);
  }

  /** Lets the process die at that step of whatever `act` uploads, and starts it again. */
  async dieDuring(step: DeathStep, act: () => Promise<unknown>): Promise<void> {
    writeFileSync(this.#order, step);
    await expect(act()).rejects.toThrow();
    expect(await this.#system?.stop()).toMatchObject({ signal: "SIGKILL" });
    rmSync(this.#order);
    await this.start();
  }

  /** Reads beside the running system, as one of its commands does. */
  async look<Answer>(
    use: (deps: { db: Db; uploads: Uploads }) => Promise<Answer>,
  ): Promise<Answer> {
    const { dataDir } = this;
    const uploads = await openUploads({ dataDir, documentStore: this.#s3 ?? "disk" }, DATA_KEY);
    try {
      return await use({ db: this.#database.db, uploads });
    } finally {
      await uploads.close();
    }
  }

  async stop(): Promise<void> {
    await this.#system?.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

interface SentDraft {
  submissionKey: string;
  content: Buffer;
}

const send = (visitor: WebVisitor, { submissionKey, content }: SentDraft) =>
  sendFiles(visitor, "/documents", { submissionKey }, [
    { field: "document-purchase-contract", name: "合同.jpg", content },
  ]);

const rowsOf = (system: DyingSystem, { submissionKey }: SentDraft) =>
  system.look(({ db }) =>
    db
      .selectFrom("supporting_document")
      .select(["id", "state", "sent_sha256", "kept_sha256", "uploaded_at"])
      .where("submission_key", "=", submissionKey)
      .execute(),
  );

const sha256 = (content: Buffer) => createHash("sha256").update(content).digest();

describe.each([
  ["disk", ON_DISK],
  ["s3", IN_S3],
] as const)("an upload kept on %s, in a process that is killed", (kind, steps) => {
  let fake: Awaited<ReturnType<typeof startFakeS3>> | null = null;
  let database: TestDatabase;
  let system: DyingSystem;
  beforeAll(async () => {
    database = await testDatabase();
    await buildCity(database);
    fake = kind === "s3" ? await startFakeS3() : null;
    if (fake !== null) fake.storedAt = () => new Date();
    system = new DyingSystem(database, fake?.settings ?? null);
    await system.start();
    const visitor = system.visitor();
    const first = await send(visitor, { submissionKey: randomUUID(), content: await jpegBytes(1) });
    expect(first.status).toBe(200);
    system.remember(visitor);
  }, START_MS);
  afterAll(async () => {
    await system?.stop();
    await fake?.close();
    await database?.drop();
  });

  /** Whole, hashed, and its owner's alone. */
  async function expectWhole(draft: SentDraft): Promise<void> {
    const [row, ...others] = await rowsOf(system, draft);
    expect(others).toEqual([]);
    expect(row?.sent_sha256).toEqual(sha256(draft.content));
    const shown = await system.visitor().get(`/documents/${row?.id}`);
    expect(shown.status).toBe(200);
    expect(sha256(shown.bytes)).toEqual(row?.kept_sha256);
    expect((await system.stranger().get(`/documents/${row?.id}`)).status).toBe(404);
  }

  test.each(steps)(
    "when it is %s: the file is absent or whole, and the same form again brings it",
    async (step) => {
      const draft = {
        submissionKey: randomUUID(),
        content: await jpegBytes(steps.indexOf(step) + 2),
      };
      await system.dieDuring(step, () => send(system.visitor(), draft));
      expect(await rowsOf(system, draft)).toHaveLength(WITH_ROW.includes(step) ? 1 : 0);
      if (WITH_ROW.includes(step)) await expectWhole(draft);

      expect((await send(system.visitor(), draft)).status).toBe(200);
      await expectWhole(draft);
      await system.look((deps) => scanPending(deps, new Date()));
      expect((await rowsOf(system, draft)).map(({ state }) => state)).toEqual(["clean"]);
    },
    START_MS,
  );

  test("leaves nothing behind that the sweep does not find", async () => {
    const now = new Date();
    const { kept, named, found } = await system.look(async (deps) => {
      const rows = await deps.db.selectFrom("supporting_document").selectAll().execute();
      const keys = rows.map((row) => storeKeyOf({ id: row.id, uploadedAt: row.uploaded_at }));
      const days = [...new Set(keys.map((key) => key.slice(0, 10)))];
      const list = async () =>
        (await Promise.all(days.map((day) => deps.uploads.store.list(day)))).flat().length;
      const found = await list();
      await sweepDocuments(deps, now, new Date(now.getTime() + HOUR_MS));
      return { found, kept: await list(), named: keys.length };
    });
    // Killed between file and row, it did leave something.
    expect(found).toBeGreaterThan(named);
    expect(kept).toBe(named);
    expect(readdirSync(join(system.dataDir, "documents", "incoming"))).toEqual([]);
  });
});
