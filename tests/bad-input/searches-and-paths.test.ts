import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildHouse } from "../support/builders.ts";
import { HOSTILE, HOSTILE_ENCODED, letsMarkupThrough } from "../support/hostile-values.ts";
import { buildNotice, type TestNotice } from "../support/payment-builders.ts";
import { readPage } from "../support/read-page.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";
import type { WebAnswer, WebVisitor } from "../support/web-visitor.ts";

let site: ServedSite;
let notice: TestNotice;
let teller: WebVisitor;

beforeAll(async () => {
  site = await serveSite();
  notice = await buildNotice(site.city, await buildHouse(site.city));
  teller = await site.teller("teller-one");
});
afterAll(() => site?.stop());

const HOUSE_SEARCHES = ["/owner-service?q=", "/fund?q="];
/** Nothing that is sent in an address makes a page much longer than it is anyway. */
const MOST_BYTES = 150_000;

function expectSane(answer: WebAnswer, what: string): void {
  expect(answer.status, what).toBeLessThan(500);
  expect(letsMarkupThrough(answer.text), `markup let through by ${what}`).toBe(false);
  expect(answer.text, what).not.toMatch(/syntax error|invalid byte|\.tsx?:\d+|node_modules/);
  expect(answer.headers["set-cookie"]?.join() ?? "", what).not.toContain("a=b");
}

describe("the searches for a house", () => {
  test.each(HOSTILE)("keep %s and say what to do", async (_, value) => {
    for (const search of HOUSE_SEARCHES) {
      const answer = await site.visitor().get(search + encodeURIComponent(value));
      expectSane(answer, search);
      expect(answer.status).toBe(value.length >= 10_000 ? 422 : 200);
      const page = readPage(answer.text);
      expect(page.values["q"]).toBe(value);
      expect(page.text).toMatch(/请|没有找到/);
    }
  });
});

describe("/search.json", () => {
  test.each(HOSTILE)("answers %s with JSON that stays small", async (_, value) => {
    const answer = await site.visitor().get(`/search.json?q=${encodeURIComponent(value)}`);
    expectSane(answer, "/search.json");
    expect(answer.status).toBe(value.length >= 10_000 ? 400 : 200);
    expect(answer.headers["content-type"]).toContain("application/json");
    const read = JSON.parse(answer.text);
    expect(Object.keys(read).sort()).toEqual([
      "estates",
      "guidance",
      "houses",
      "understood",
      "unknown",
    ]);
    expect(read.houses.length + read.estates.length).toBeLessThanOrEqual(40);
    expect(answer.bytes.length).toBeLessThan(20_000);
  });

  test("is bounded too when a whole city answers", async () => {
    for (const word of ["试验花园", "试", "12幢", "1", "shiyan", "sy"]) {
      const answer = await site.visitor().get(`/search.json?q=${encodeURIComponent(word)}`);
      const read = JSON.parse(answer.text);
      expect(read.houses.length + read.estates.length).toBeLessThanOrEqual(40);
      expect(answer.bytes.length).toBeLessThan(20_000);
    }
  });
});

describe("业务受理状态查询", () => {
  test.each(HOSTILE)("keeps %s and tells what is wrong with it", async (_, value) => {
    const answer = await site.visitor().get(`/status?number=${encodeURIComponent(value)}`);
    expectSane(answer, "/status");
    const page = readPage(answer.text);
    expect(page.values["number"]).toBe(value);
    const isEmpty = value.replace(/[\s\u200B\u202E\u2060\uFEFF]/g, "") === "";
    expect(answer.status).toBe(isEmpty ? 200 : 422);
    if (!isEmpty) expect(page.text).toMatch(/业务单编号(只有数字|应是 18 位数字)/);
  });
});

describe("addresses that no page of ours leads to", () => {
  const paths: [string, number[]][] = [
    ["/deposit/", [404]],
    ["/fund/", [404]],
    ["/refund/", [200, 404]],
    ["/applications/", [404]],
    ["/news/", [404]],
    ["/downloads/", [404]],
    ["/bank/notices/", [404]],
    ["/assets/", [404]],
  ];

  test.each(HOSTILE)(
    "%s in place of a number, a code or a name is a page not found",
    async (_, value) => {
      for (const [path, statuses] of paths) {
        const visitor = path.startsWith("/bank") ? teller : site.visitor();
        for (const rest of ["", "/slips/payment-notice", "/lines.csv"]) {
          const answer = await visitor.get(path + encodeURIComponent(value) + rest);
          expectSane(answer, path + rest);
          if (value !== "" && rest === "") expect(statuses, path).toContain(answer.status);
        }
      }
    },
  );

  test.each(HOSTILE)(
    "%s in place of a slip, a page or a display breaks nothing",
    async (_, value) => {
      const typed = encodeURIComponent(value);
      const statuses: [string, number[]][] = [
        [`/applications/${notice.no}/slips/${typed}`, [403, 404]],
        [`/news?page=${typed}`, [200]],
        [`/display?back=/${typed}`, [303]],
        [`/display?mode=${typed}`, [303]],
        [`/display?theme=${typed}`, [303]],
        [`/?${typed}=`, [200]],
        [`/bank/notices/${notice.no}?done=${typed}`, [200]],
      ];
      for (const [path, expected] of statuses) {
        const visitor = path.startsWith("/bank") ? teller : site.visitor();
        const answer = await visitor.get(path);
        expectSane(answer, path.slice(0, 60));
        if (value !== "") expect(expected, path.slice(0, 60)).toContain(answer.status);
        expect(answer.bytes.length).toBeLessThan(MOST_BYTES);
      }
    },
  );
});

test.each(HOSTILE_ENCODED)("%s, which no text can be made of, breaks no address", async (bytes) => {
  for (const path of [
    ...["/owner-service?q=", "/fund?q=", "/search.json?q=", "/status?number=", "/my-estate?q="],
    ...["/news?page=", "/display?back=", "/display?mode=", "/news/", "/downloads/", "/fund/"],
    ...["/deposit/", "/refund/", "/applications/", "/assets/", "/", "/?"],
  ]) {
    expectSane(await site.visitor().get(path + bytes), path + bytes);
  }
  expectSane(await teller.get(`/bank/notices/${bytes}`), `/bank/notices/${bytes}`);
});

test("a parameter sent twice, as a list or under a prototype's name is one text or none", async () => {
  for (const query of [
    "q=a&q=b",
    "q[]=a&q[]=b",
    "q[a]=1",
    "__proto__=1&q=ab",
    "constructor=1",
    "__proto__[q]=1",
    "q=ab&toString=1&hasOwnProperty=2",
    Array.from({ length: 2_000 }, (_, n) => `p${n}=1`).join("&"),
  ]) {
    for (const path of ["/owner-service", "/fund", "/search.json", "/status", "/display", "/"]) {
      const answer = await site.visitor().get(`${path}?${query}`);
      expectSane(answer, `${path}?${query.slice(0, 40)}`);
      expect([200, 303]).toContain(answer.status);
    }
  }
});

test("headers and cookies that nobody sends break nothing", async () => {
  const long = "x".repeat(60_000);
  for (const headers of [
    { cookie: `browser=${long}` },
    { cookie: "display=\u00ff; browser=%00; bank=%E0%A4%A" },
    { cookie: "display=__proto__.constructor" },
    { cookie: `look=${"A".repeat(500)}.${"B".repeat(500)}; verified=..` },
    { "accept-encoding": long },
    { "accept-encoding": "br;q=0, gzip;q=0" },
    { "x-forwarded-for": "1.2.3.4, ::1, <script>" },
    { host: "elsewhere.example" },
    { "if-none-match": "*", range: "bytes=0-1" },
    { "content-length": "5" },
  ]) {
    for (const path of ["/", `/fund/${notice.house.code}`, "/bank"]) {
      const answer = await site
        .visitor()
        .send("GET", path, headers as never)
        .catch(() => null);
      if (answer !== null) expectSane(answer, path);
    }
  }
  expect((await site.visitor().get("/healthz")).status).toBe(200);
});

test("a start page that is not ours is never named in an answer", async () => {
  const answer = await site
    .visitor()
    .get(`/applications/${notice.no}`, { host: "elsewhere.example" });
  expect(answer.text + JSON.stringify(answer.headers)).not.toContain("elsewhere");
});

test("an address longer than any is refused by the server itself, and the next one is served", async () => {
  // The server closes while the rest is still on its way, so that its 431 may not be heard.
  const asking = site.visitor().get(`/fund?q=${"a".repeat(200_000)}`);
  const status = await asking.then(
    (answer) => answer.status,
    (error) => error.code,
  );
  expect([431, "ECONNRESET", "EPIPE"]).toContain(status);
  expect((await site.visitor().get("/")).status).toBe(200);
});
