import { randomUUID } from "node:crypto";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attachDocuments } from "#src/applications/documents/attach-documents.ts";
import { listCaseDocuments } from "#src/applications/documents/case-documents.ts";
import { Forbidden } from "#src/platform/http/errors.ts";
import { buildCity, type TestCity } from "#tests/support/builders.ts";
import {
  buildApplication,
  buildUploads,
  newDraft,
  storeFile,
  type TestUploads,
} from "#tests/support/document-builders.ts";
import { jpegBytes, pdfBytes } from "#tests/support/document-files.ts";
import { type ServedRoutes, serveRoutes } from "#tests/support/served-routes.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { reviewDocumentRoutes } from "./review-routes.ts";

const RULES = [
  { code: "id-card", title: "身份证", isRequired: true, max: 2 },
  { code: "contract", title: "购房合同", isRequired: true, max: 2 },
];
const PDF = pdfBytes({ pages: 2 });
let database: TestDatabase;
let city: TestCity;
let uploads: TestUploads;
let site: ServedRoutes;
let application: { id: bigint; number: string };
/** Who the next visits come from; null is nobody. */
let reader: string | null = "staff:zhou";

beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
  uploads = await buildUploads();
  site = await serveRoutes(reviewDocumentRoutes({ ...city, uploads }), (visit, permission) => {
    expect(permission).toBe("case-worker");
    if (reader === null) throw new Forbidden();
    visit.actor = reader;
    visit.audit.actor = reader;
    return null;
  });
  application = await buildApplication(city);
  const draft = newDraft();
  await storeFile(city, uploads, draft, { name: "合同.pdf", content: PDF });
  const photo = { name: "身份证.jpg", content: await jpegBytes(1) };
  await storeFile(city, uploads, { ...draft, code: "id-card" }, photo);
  uploads.scanWith({ host: "127.0.0.1", port: 1 });
  await storeFile(city, uploads, draft, { name: "待查.pdf", content: pdfBytes({ pages: 3 }) });
  uploads.scanWith(null);
  const handIn = { ...draft, applicationId: application.id };
  await city.db.transaction().execute((tx) => attachDocuments(tx, handIn));
});
afterAll(async () => {
  await site?.stop();
  await uploads?.close();
  await database.drop();
});

const list = (who = "staff:zhou") => listCaseDocuments(city, application, RULES, who);
async function listed(title: string) {
  const found = (await list()).find((one) => one.fileName === title);
  if (found === undefined) throw new Error(`${title} is not listed`);
  return found;
}
const viewsOf = async (id: string) =>
  await city.owner
    .selectFrom("audit_event")
    .select(["event", "actor", "outcome"])
    .where("subject", "=", `${application.number}/${id}`)
    .orderBy("id")
    .execute();

test("documents stand in the order of the rules, each with its pages and its hash", async () => {
  const documents = await list();
  expect(documents.map(({ title, fileName, pages }) => [title, fileName, pages.length])).toEqual([
    ["身份证", "身份证.jpg", 1],
    ["购房合同", "合同.pdf", 2],
    ["购房合同", "待查.pdf", 0],
  ]);
  for (const { sha256 } of documents) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
});

test("what waits for its scan is named, not shown, and not found under its address", async () => {
  const waiting = await listed("待查.pdf");
  expect(waiting.note).toContain("还在做安全检查");
  expect(waiting.downloadHref).toBe("");
  const path = `/review/${application.number}/documents/${waiting.id}`;
  expect((await site.visitor().get(path)).status).toBe(404);
  expect((await site.visitor().get(`${path}/pages/1`)).status).toBe(404);
});

test("a page of a PDF comes as a picture that we drew, as large as it is asked for", async () => {
  const { pages } = await listed("合同.pdf");
  const page = await site.visitor().get(pages[1] ?? "");
  expect(page.status).toBe(200);
  expect(page.headers["content-type"]).toBe("image/png");
  expect(page.headers["content-security-policy"]).toMatch(/^sandbox;/);
  expect(page.headers["cache-control"]).toContain("no-store");
  expect(await sharp(page.bytes).metadata()).toMatchObject({ width: 1_240, height: 1_753 });
  // The page's blue box is there: something was drawn.
  const box = { left: 150, top: 1_100, width: 200, height: 200 };
  const { dominant } = await sharp(await sharp(page.bytes).extract(box).toBuffer()).stats();
  expect(dominant.b).toBeGreaterThan(dominant.r);
  const large = await site.visitor().get(`${pages[0]}?width=2000`);
  expect((await sharp(large.bytes).metadata()).width).toBe(2_000);
  const odd = await site.visitor().get(`${pages[0]}?width=999999999`);
  expect((await sharp(odd.bytes).metadata()).width).toBe(1_240);
});

test("the file itself is saved, byte by byte, and opens nowhere in our origin", async () => {
  const { downloadHref } = await listed("合同.pdf");
  const answer = await site.visitor().get(downloadHref);
  expect(answer.bytes.equals(PDF)).toBe(true);
  expect(answer.headers["content-disposition"]).toMatch(/^attachment; filename\*=UTF-8''/);
  expect(answer.headers["content-security-policy"]).toMatch(/^sandbox;/);
  expect(answer.headers["x-content-type-options"]).toBe("nosniff");
  const photo = await listed("身份证.jpg");
  const saved = await site.visitor().get(photo.downloadHref);
  expect(saved.headers["content-disposition"]).toMatch(/^attachment;/);
});

test("each look is in the audit trail, and tells its reader alone what he has seen", async () => {
  const photo = await listed("身份证.jpg");
  expect(photo.isViewed).toBe(false);
  const answer = await site.visitor().get(photo.pages[0] ?? "");
  expect(answer.headers["content-disposition"]).toMatch(/^inline;/);
  expect((await viewsOf(photo.id)).at(-1)).toEqual({
    event: "document-viewed",
    actor: "staff:zhou",
    outcome: "page 1 of 1",
  });
  expect((await listed("身份证.jpg")).isViewed).toBe(true);
  expect((await list("staff:qian")).some(({ isViewed }) => isViewed)).toBe(false);
});

test("wrong pages, wrong numbers and other applications are not found, and leave no trace", async () => {
  const { id, downloadHref } = await listed("合同.pdf");
  const before = await viewsOf(id);
  const other = await buildApplication(city);
  for (const path of [
    ...["0", "3", "x", "1e9", "-1", "%00"].map((page) => `${downloadHref}/pages/${page}`),
    `/review/${other.number}/documents/${id}`,
    `/review/${other.number}/documents/${id}/pages/1`,
    `/review/${application.number}/documents/${randomUUID()}`,
    `/review/${application.number}/documents/x`,
  ]) {
    expect((await site.visitor().get(path)).status, path).toBe(404);
  }
  expect(await viewsOf(id)).toEqual(before);
});

test("who is no case worker gets nothing", async () => {
  const { pages, downloadHref, id } = await listed("合同.pdf");
  const before = await viewsOf(id);
  reader = null;
  for (const path of [downloadHref, ...pages]) {
    expect((await site.visitor().get(path)).status).toBe(403);
  }
  reader = "staff:zhou";
  expect(await viewsOf(id)).toEqual(before);
});
