import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seedLocalRules } from "#src/demo/local-rules.ts";
import { NOW } from "../support/builders.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";

let site: ServedSite;
beforeAll(async () => {
  site = await serveSite({}, async (database) => {
    await seedLocalRules(database.owner);
  });
  const editor = await site.staff("editor-demo");
  const second = await site.staff("editor2-demo");
  for (const headline of ["电梯更新公告", "屋面维修公示"]) {
    const form = {
      category: "公告",
      source: "管理中心",
      summary: `${headline}：哪几幢、什么时候开工、用多少钱`,
      version: "",
    };
    const kept = await editor.post("/review/news", { ...form, headline, body: "正文里的话" });
    const [address = ""] = /\/review\/news\/\d+/.exec(kept.headers.location ?? "") ?? [];
    await editor.post(`${address}/submit`, { version: "1" });
    await second.post(`${address}/publish`, { version: "1", timing: "now" });
  }
  site.clock.now = new Date(NOW.getTime() + 60_000);
});
afterAll(() => site?.stop());

const anyone = (path: string, headers = {}) => site.visitor().get(path, headers);

async function sitemapPaths(): Promise<string[]> {
  const { text } = await anyone("/sitemap.xml");
  return [...text.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, at = ""]) => new URL(at).pathname);
}

test("each address for search engines is a page's own, open to them, and says what only it has", async () => {
  const paths = await sitemapPaths();
  expect(paths).toEqual(
    expect.arrayContaining(["/", "/fund", "/guides/top-up", "/policies/top-up-rules"]),
  );
  expect(paths.filter((path) => path.startsWith("/news/"))).toHaveLength(2);
  const descriptions = new Map<string, string>();
  for (const path of paths) {
    const { status, text } = await anyone(path);
    expect([path, status]).toEqual([path, 200]);
    expect(text, path).not.toMatch(/<meta name="robots" content="[^"]*noindex/);
    expect(path).toMatch(/^\/$|[^/]$/);
    const [, said = ""] = /<meta name="description" content="([^"]*)"/.exec(text) ?? [];
    expect(said.length, path).toBeGreaterThan(15);
    expect(said.length, path).toBeLessThanOrEqual(110);
    expect(said, path).not.toMatch(/\d{11}/);
    expect(`${path} as ${descriptions.get(said) ?? path}`).toBe(`${path} as ${path}`);
    descriptions.set(said, path);
  }
});

describe("an address with a slash too many", () => {
  test.each([
    ["/news/12/", "/news/12"],
    ["/guides/owner-refund/", "/guides/owner-refund"],
    ["/guides//", "/guides"],
    ["/search/?q=a%2Fb", "/search?q=a%2Fb"],
    ["/%2Fevil.example/", "/%2Fevil.example"],
  ])("%s leads to %s", async (path, target) => {
    for (const method of ["GET", "HEAD"]) {
      const answer = await site.visitor().send(method, path);
      expect([method, answer.status, answer.headers.location]).toEqual([method, 308, target]);
    }
    expect((await site.visitor().send("POST", path)).status).toBe(404);
  });

  test.each([
    "//",
    "///",
    "//evil.example/",
    "/\\evil.example/",
    "/./\\/evil.example/",
    "/.//evil.example/",
    `/a${"/".repeat(15_000)}b/`,
  ])("%s leads nowhere else", async (path) => {
    const { status, headers } = await anyone(path);
    expect([400, 404]).toContain(status);
    expect(headers.location).toBeUndefined();
  });
});

describe("words that nobody can see", () => {
  test.each(["", "%E2%80%8B", "%E2%80%8B%EF%BB%BF", "%E3%80%80%E2%81%A0"])(
    "%j is nothing typed",
    async (typed) => {
      const news = await anyone(`/news?q=${typed}`);
      expect(news.text).toContain("您没有输入要找的字，下面是全部新闻。");
      const search = await anyone(`/search?q=${typed}`);
      expect(search.text).toContain("您没有输入要找的字。");
      expect(search.text).not.toContain("没有找到");
    },
  );

  test("without a query nothing is said of it, and traditional characters find news", async () => {
    expect((await anyone("/news")).text).not.toContain("您没有输入");
    expect((await anyone("/search")).text).not.toContain("您没有输入");
    const found = await anyone(`/news?q=${encodeURIComponent("屋面維修")}`);
    expect(found.text).toContain("找到 1 篇");
  });
});

test("the feed and the site map are known again by their mark", async () => {
  for (const path of ["/news/feed.xml", "/sitemap.xml"]) {
    const first = await anyone(path);
    const etag = String(first.headers.etag);
    expect([first.status, etag]).toEqual([200, expect.stringMatching(/^W\/".{22}"$/)]);
    const again = await anyone(path, { "if-none-match": etag });
    expect([again.status, again.text, again.headers.etag]).toEqual([304, "", etag]);
    expect((await anyone(path, { "if-none-match": '"other"' })).status).toBe(200);
  }
});
