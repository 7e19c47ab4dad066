import { readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Uploads } from "#src/platform/uploads/uploads.ts";
import { buildCity, NOW, type TestCity } from "#tests/support/builders.ts";
import {
  buildApplication,
  buildUploads,
  newDraft,
  storeFile,
  type TestUploads,
} from "#tests/support/document-builders.ts";
import { pdfBytes } from "#tests/support/document-files.ts";
import { startFakeClamd, VIRUS_MARKER } from "#tests/support/fake-clamd.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { attachDocuments, removeFromApplication } from "./attach-documents.ts";
import { findCaseDocument, findDraft } from "./find-document.ts";
import { scanPending } from "./scan-document.ts";
import { listDocuments } from "./stored-document.ts";
import { sweepDocuments } from "./sweep-documents.ts";

const HOUR = 3_600_000;
const later = (hours: number) => new Date(NOW.getTime() + hours * HOUR);
let database: TestDatabase;
let city: TestCity;
let uploads: TestUploads;
let made = 0;
beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
  uploads = await buildUploads();
});
afterAll(async () => {
  await uploads?.close();
  await database.drop();
});

/** A PDF that nobody sent before. */
function newFile(words = "") {
  made += 1;
  const title = `/Info << /Title (file ${made} ${words}) >>`;
  return { name: `文件${made}.pdf`, content: pdfBytes({ trailer: title }) };
}
const store = (draft = newDraft(), file = newFile(), into: Uploads = uploads) =>
  storeFile(city, into, draft, file);
const attach = (handIn: Parameters<typeof attachDocuments>[1]) =>
  city.db.transaction().execute((tx) => attachDocuments(tx, handIn));
const namesOf = async (owner: Parameters<typeof listDocuments>[1]) =>
  (await listDocuments(city, owner)).map(({ name }) => name);
const filesOf = (day: string) =>
  readdirSync(join(uploads.folder, "documents", day)).map((name) => name.slice(0, 36));

describe("handing documents in", () => {
  test("makes a browser's drafts of one form part of the application, once", async () => {
    const [draft, other] = [newDraft(), newDraft()];
    const [file, second] = [newFile(), newFile()];
    await store(draft, file);
    await store({ ...draft, code: "id-card" }, second);
    await store(other);
    const { id: applicationId } = await buildApplication(city);
    expect(await attach({ ...draft, applicationId })).toBe(2);
    expect(await attach({ ...draft, applicationId })).toBe(0);
    expect(await namesOf({ applicationId })).toEqual([file.name, second.name]);
    expect(await namesOf(draft)).toEqual([]);
    expect(await namesOf(other)).toHaveLength(1);
  });

  test("takes nothing from another browser that knows the form's key", async () => {
    const draft = newDraft();
    await store(draft);
    const { id: applicationId } = await buildApplication(city);
    const thief = newDraft({ submissionKey: draft.submissionKey });
    expect(await attach({ ...thief, applicationId })).toBe(0);
    expect(await namesOf(draft)).toHaveLength(1);
  });

  test("leaves out papers that the application does not ask for", async () => {
    const draft = newDraft();
    await store(draft);
    await store({ ...draft, code: "old-choice" });
    const { id: applicationId } = await buildApplication(city);
    const rules = [{ code: "contract", title: "合同", isRequired: true, max: 1 }];
    expect(await attach({ ...draft, applicationId, rules })).toBe(1);
  });

  test("of two applications at once gives the drafts to one of them", async () => {
    const draft = newDraft();
    await store(draft);
    const [one, two] = [await buildApplication(city), await buildApplication(city)];
    const counts = await Promise.all([
      attach({ ...draft, applicationId: one.id }),
      attach({ ...draft, applicationId: two.id }),
    ]);
    expect(counts.toSorted()).toEqual([0, 1]);
  });

  test("again, as a correction, adds, takes out and keeps what was there as history", async () => {
    const [first, file] = [newDraft(), newFile()];
    await store(first, file);
    const { id: applicationId, number } = await buildApplication(city);
    await attach({ ...first, applicationId });
    const [old] = await listDocuments(city, { applicationId });
    const [second, better] = [newDraft(), newFile()];
    await store(second, better);
    // What the application has already is not added again.
    await store(second, file);
    expect(await attach({ ...second, applicationId, now: later(30) })).toBe(1);
    const removal = { applicationId, documentIds: [old?.id ?? ""], now: later(30) };
    const remove = () => city.db.transaction().execute((tx) => removeFromApplication(tx, removal));
    expect([await remove(), await remove()]).toEqual([1, 0]);
    expect(await namesOf({ applicationId })).toEqual([better.name]);
    expect(
      await findCaseDocument(city, { applicationNumber: number, id: old?.id ?? "" }),
    ).toBeNull();
    await sweepDocuments({ ...city, uploads }, later(72), later(999_999));
    expect(filesOf("2026-11-23")).toContain(old?.id);
  });

  test("another application's document cannot be taken out or seen by this one's number", async () => {
    const draft = newDraft();
    await store(draft);
    const [mine, other] = [await buildApplication(city), await buildApplication(city)];
    await attach({ ...draft, applicationId: mine.id });
    const [document] = await listDocuments(city, { applicationId: mine.id });
    const id = document?.id ?? "";
    const removal = { applicationId: other.id, documentIds: [id], now: NOW };
    expect(await city.db.transaction().execute((tx) => removeFromApplication(tx, removal))).toBe(0);
    expect(await findCaseDocument(city, { applicationNumber: other.number, id })).toBeNull();
    expect(await findCaseDocument(city, { applicationNumber: mine.number, id })).not.toBeNull();
    expect(await findDraft(city, { id, browserHash: draft.browserHash })).toBeNull();
  });
});

describe("a deployment with a scanner", () => {
  test("relies on nothing before the scanner has spoken, and asks again", async () => {
    const draft = newDraft();
    uploads.scanWith({ host: "127.0.0.1", port: 1 });
    expect(await store(draft)).toEqual({ kind: "stored" });
    const [waiting] = await listDocuments(city, draft);
    expect(waiting?.state).toBe("pending");
    const { id: applicationId, number } = await buildApplication(city);
    await attach({ ...draft, applicationId });
    const wanted = { applicationNumber: number, id: waiting?.id ?? "" };
    expect(await findCaseDocument(city, wanted)).toBeNull();
    await scanPending({ ...city, uploads }, later(1));
    expect(await findCaseDocument(city, wanted)).toBeNull();

    const clamd = await startFakeClamd();
    uploads.scanWith(clamd.address);
    await scanPending({ ...city, uploads }, later(1));
    expect(await findCaseDocument(city, wanted)).toMatchObject({ state: "clean" });
    await clamd.close();
    uploads.scanWith(null);
  });

  test("refuses what it finds, with a sentence, and keeps no file of it", async () => {
    const clamd = await startFakeClamd();
    uploads.scanWith(clamd.address);
    const draft = newDraft();
    const file = newFile(VIRUS_MARKER);
    expect(await store(draft, file)).toMatchObject({
      kind: "refused",
      sentence: expect.stringContaining("没有通过安全检查"),
    });
    expect(await namesOf(draft)).toEqual([]);
    const rows = await city.owner
      .selectFrom("supporting_document")
      .select(["id", "state"])
      .where("submission_key", "=", draft.submissionKey)
      .execute();
    expect(rows.map(({ state }) => state)).toEqual(["refused"]);
    expect(filesOf("2026-11-23")).not.toContain(rows[0]?.id);
    const { id: applicationId } = await buildApplication(city);
    expect(await attach({ ...draft, applicationId })).toBe(0);
    await clamd.close();
    uploads.scanWith(null);
  });

  test("tells of a virus that was found after the document was handed in", async () => {
    const draft = newDraft();
    uploads.scanWith({ host: "127.0.0.1", port: 1 });
    await store(draft, newFile(VIRUS_MARKER));
    const { id: applicationId } = await buildApplication(city);
    await attach({ ...draft, applicationId });
    const clamd = await startFakeClamd();
    uploads.scanWith(clamd.address);
    await scanPending({ ...city, uploads }, later(2));
    const [document] = await listDocuments(city, { applicationId });
    expect(document?.state).toBe("refused");
    await clamd.close();
    uploads.scanWith(null);
  });
});

describe("the sweep", () => {
  test("removes drafts that were given up a day ago, and no younger one", async () => {
    const [old, young] = [newDraft(), newDraft({ now: later(20) })];
    await store(old);
    await store(young);
    const [given] = await listDocuments(city, old);
    await sweepDocuments({ ...city, uploads }, later(23));
    expect(await namesOf(old)).toHaveLength(1);
    await sweepDocuments({ ...city, uploads }, later(25));
    expect(await namesOf(old)).toEqual([]);
    expect(await namesOf(young)).toHaveLength(1);
    expect(filesOf("2026-11-23")).not.toContain(given?.id);
  });

  test("removes within the hour what a killed process left, and touches nothing that is named", async () => {
    const draft = newDraft();
    await store(draft);
    const [kept] = await listDocuments(city, draft);
    const folder = join(uploads.folder, "documents");
    const left = [
      join(folder, "2026-11-23", "6ccb660e-434a-469c-8520-5577962e4599"),
      join(folder, "2026-11-23", `${kept?.id}.0a1b2c3d.part`),
      join(folder, "incoming", "5f2a"),
    ];
    for (const path of left) writeFileSync(path, "left behind");
    const young = join(folder, "2026-11-23", "00000000-434a-469c-8520-5577962e4599");
    writeFileSync(young, "its row is on the way");
    for (const path of left) utimesSync(path, 1_000, 1_000);
    await sweepDocuments({ ...city, uploads }, later(1));
    const files = readdirSync(join(folder, "2026-11-23"));
    expect(files).toContain(kept?.id);
    expect(files).toContain("00000000-434a-469c-8520-5577962e4599");
    expect(files.filter((name) => name.endsWith(".part") || name.startsWith("6ccb"))).toEqual([]);
    expect(readdirSync(join(folder, "incoming"))).toEqual([]);
  });
});

test("a row that cannot be written leaves no file", async () => {
  const before = filesOf("2026-11-23").length;
  const elsewhere = { ...city, db: city.db.withSchema("elsewhere") };
  const nowhere = { ...newDraft(), code: "Not A Code" };
  await expect(storeFile(elsewhere, uploads, newDraft(), newFile())).rejects.toThrow();
  await expect(storeFile(city, uploads, nowhere, newFile())).rejects.toThrow(/code_check/);
  expect(filesOf("2026-11-23")).toHaveLength(before);
});

test("one browser leaves no more than sixty files lying about", async () => {
  const draft = newDraft();
  await city.owner
    .insertInto("supporting_document")
    .values(
      Array.from({ length: 60 }, (_, n) => ({
        id: `10000000-0000-4000-8000-${String(n).padStart(12, "0")}`,
        submission_key: draft.submissionKey,
        browser_hash: draft.browserHash,
        code: "contract",
        name_cipher: Buffer.alloc(1),
        media_type: "application/pdf" as const,
        size_bytes: 1,
        sent_sha256: Buffer.alloc(32, n),
        kept_sha256: Buffer.alloc(32, n),
        page_count: 1,
        uploaded_at: NOW,
      })),
    )
    .execute();
  expect(await store(newDraft({ browserHash: draft.browserHash }))).toMatchObject({
    kind: "refused",
    sentence: expect.stringContaining("太多"),
  });
});
