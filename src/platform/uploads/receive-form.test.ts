import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sendFiles } from "#tests/support/send-files.ts";
import { type ServedRoutes, serveRoutes } from "#tests/support/served-routes.ts";
import { BadRequest, TooManyRequests, Unavailable } from "../http/errors.ts";
import { json } from "../http/responses.ts";
import { receiveForm } from "./receive-form.ts";

const folder = mkdtempSync(join(tmpdir(), "receive-"));
/** What the receiver of the next form breaks with: before a file, or with it. */
let before: Error | null = null;
let withFile: Error | null = null;
let site: ServedRoutes;

beforeAll(async () => {
  site = await serveRoutes([
    {
      method: "POST",
      path: "/files",
      permission: "anyone",
      audit: "document-uploaded",
      handle: async (visit) =>
        json(
          visit,
          await receiveForm(visit, {
            folder,
            beforeFile: () => {
              if (before !== null) throw before;
            },
            onFile: async () => {
              if (withFile !== null) throw withFile;
            },
          }),
        ),
    },
  ]);
});
afterAll(async () => {
  await site?.stop();
  rmSync(folder, { recursive: true });
});

const send = () =>
  sendFiles(site.visitor(), "/files", { a: "1" }, [
    { field: "document-a", name: "a.pdf", content: Buffer.from("some bytes") },
    { field: "document-a", name: "b.pdf", content: Buffer.alloc(100_000) },
  ]);

test("a form is received, and what it waited in is empty again", async () => {
  expect(await send()).toMatchObject({ status: 200, text: '{"a":"1"}' });
  expect(readdirSync(folder)).toEqual([]);
});

test.each([
  ["comes too often", new TooManyRequests(30), 429],
  ["sends what no form of ours sends", new BadRequest("这张表单不完整"), 400],
])("who %s hears that, and not that his line broke", async (_, error, status) => {
  before = error;
  expect((await send()).status).toBe(status);
  before = null;
  expect(readdirSync(folder)).toEqual([]);
});

test.each([
  ["the store is away", new Unavailable("no answer"), 503],
  ["the database is away", Object.assign(new Error("gone"), { code: "57P01" }), 503],
  ["something of ours breaks", new Error("a mistake"), 500],
])("when %s it is not the sender's doing", async (_, error, status) => {
  withFile = error;
  expect((await send()).status).toBe(status);
  withFile = null;
  expect(readdirSync(folder)).toEqual([]);
});
