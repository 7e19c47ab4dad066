import { createHash, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import {
  type Draft,
  type StoreOutcome,
  storeDocument,
} from "#src/applications/documents/store-document.ts";
import { findApplication } from "#src/applications/find-application.ts";
import { openUploads, type Uploads } from "#src/platform/uploads/uploads.ts";
import { openVirusScanner, type ScannerAddress } from "#src/platform/uploads/virus-scanner.ts";
import { buildHouse, NOW, type TestCity } from "./builders.ts";
import type { ChosenFile } from "./document-files.ts";
import { buildNotice } from "./payment-builders.ts";

/** Uploads in a folder of the test's own. */
export interface TestUploads extends Uploads {
  folder: string;
  /** Lets a scanner judge from now on; null takes it away. */
  scanWith(address: ScannerAddress | null): void;
}

/** Opens them; close() removes the folder too. */
export async function buildUploads(): Promise<TestUploads> {
  const folder = mkdtempSync(join(tmpdir(), "uploads-"));
  const uploads = await openUploads(
    { dataDir: folder, documentStore: "disk" },
    Buffer.alloc(32, 7),
  );
  const test: TestUploads = {
    ...uploads,
    folder,
    scanWith: (address) => {
      test.scanner = address && openVirusScanner(address, { answerWithinMs: 500 });
    },
    close: async () => {
      await uploads.close();
      rmSync(folder, { recursive: true });
    },
  };
  return test;
}

/** A browser's form. */
export function newDraft(overrides: Partial<Draft> = {}): Draft {
  const browserHash = createHash("sha256").update(randomUUID()).digest();
  return { submissionKey: randomUUID(), browserHash, code: "contract", now: NOW, ...overrides };
}

/** Stores a file as if a browser had sent it. */
export async function storeFile(
  city: TestCity,
  uploads: Uploads,
  draft: Draft,
  { name, content }: ChosenFile,
): Promise<StoreOutcome> {
  const path = join(uploads.incoming, randomUUID());
  writeFileSync(path, content);
  try {
    const sha256 = createHash("sha256").update(content).digest();
    const received = { field: "", name, path, sizeBytes: content.length, sha256, isTooLong: false };
    return await storeDocument({ ...city, uploads }, received, draft);
  } finally {
    rmSync(path, { force: true });
  }
}

/** Gives a form a paper that was looked through already, without a file behind it. */
export async function buildCheckedDocument(
  { owner, personalData }: TestCity,
  { submissionKey, browserHash, code }: Pick<Draft, "submissionKey" | "browserHash" | "code">,
): Promise<void> {
  await sql`insert into supporting_document (id, submission_key, browser_hash, code, name_cipher, media_type,
      size_bytes, sent_sha256, kept_sha256, page_count, state, uploaded_at, checked_at)
    values (gen_random_uuid(), ${submissionKey}::uuid, ${browserHash}, ${code}, ${personalData.encrypt("要件.pdf")},
      'application/pdf', 10, sha256(gen_random_uuid()::text::bytea), sha256('b'), 1, 'clean', ${NOW}, ${NOW})`.execute(
    owner,
  );
}

/** An application that documents can belong to. */
export async function buildApplication(city: TestCity): Promise<{ id: bigint; number: string }> {
  const { no } = await buildNotice(city, await buildHouse(city));
  const application = await findApplication(city.db, no);
  if (application === null) throw new Error("the notice was issued with its application");
  return application;
}
