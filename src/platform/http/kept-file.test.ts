import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type ServedRoutes, serveRoutes } from "#tests/support/served-routes.ts";
import { isTaken, type PublicFile, readFilePart, sendFilePart } from "./kept-file.ts";

const CONTENT = Buffer.from("0123456789");
const FILE: PublicFile = {
  mediaType: "application/pdf",
  name: "示例.pdf",
  sizeBytes: CONTENT.length,
  sha256: createHash("sha256").update(CONTENT).digest("hex"),
};
const ETAG = `"${FILE.sha256}"`;

let served: ServedRoutes;
let taken = 0;
beforeAll(async () => {
  served = await serveRoutes([
    {
      method: "GET",
      path: "/file",
      permission: "anyone",
      audit: null,
      handle: async (visit) => {
        const part = readFilePart(visit, FILE);
        if (isTaken(part)) taken += 1;
        return sendFilePart(visit, FILE, part, CONTENT);
      },
    },
  ]);
});
beforeEach(() => {
  taken = 0;
});
afterAll(() => served?.stop());

const ask = (headers = {}, method = "GET") => served.visitor().send(method, "/file", headers);

test("a file is sent whole with its hash and length, and counted", async () => {
  const { status, headers, text } = await ask();
  expect([status, text, taken]).toEqual([200, "0123456789", 1]);
  expect(headers).toMatchObject({
    etag: ETAG,
    "cache-control": "no-cache",
    "content-length": "10",
    "accept-ranges": "bytes",
  });
});

test("whoever has it is told so, and the head says its length; neither takes it", async () => {
  for (const mark of [ETAG, `"a", W/${ETAG}`, "*"]) {
    const { status, text, headers } = await ask({ "if-none-match": mark });
    expect([status, text, headers.etag]).toEqual([304, "", ETAG]);
  }
  const head = await ask({}, "HEAD");
  expect([head.status, head.headers["content-length"], head.headers.etag]).toEqual([
    200,
    "10",
    ETAG,
  ]);
  expect(taken).toBe(0);
});

test.each([
  ["bytes=0-3", "0123", "bytes 0-3/10", 1],
  ["bytes=4-", "456789", "bytes 4-9/10", 0],
  ["bytes=-2", "89", "bytes 8-9/10", 0],
  ["bytes=-99", "0123456789", "bytes 0-9/10", 1],
  ["bytes=9-99", "9", "bytes 9-9/10", 0],
])("%s sends %s", async (range, text, said, count) => {
  const answer = await ask({ range });
  expect([answer.status, answer.text, answer.headers["content-range"], taken]).toEqual([
    206,
    text,
    said,
    count,
  ]);
  expect(answer.headers["content-length"]).toBe(String(text.length));
});

test.each(["bytes=10-", "bytes=99-100", "bytes=-0", "bytes=999999999999999-"])(
  "%s is beyond its end",
  async (range) => {
    const { status, headers, text } = await ask({ range });
    expect([status, headers["content-range"], text, taken]).toEqual([416, "bytes */10", "", 0]);
  },
);

test.each([
  "bytes=3-1",
  "bytes=0-1,3-4",
  "lines=0-1",
  "bytes=-",
  "bytes=a-b",
  "",
  "bytes=9".repeat(99),
])("%j is no range that is known: all is sent", async (range) => {
  expect(await ask({ range })).toMatchObject({ status: 200, text: "0123456789" });
});

test("a range of an older content is answered with all of it", async () => {
  expect((await ask({ range: "bytes=0-1", "if-range": '"old"' })).status).toBe(200);
  expect((await ask({ range: "bytes=0-1", "if-range": ETAG })).status).toBe(206);
});
