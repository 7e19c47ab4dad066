import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listServiceTexts } from "#src/business/site-search/service-texts.ts";
import { HOSTILE, letsMarkupThrough } from "../support/hostile-values.ts";
import { readPage } from "../support/read-page.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";
import type { WebVisitor } from "../support/web-visitor.ts";

let site: ServedSite;
let editor: WebVisitor;
let second: WebVisitor;
beforeAll(async () => {
  site = await serveSite();
  editor = await site.staff("editor-demo");
  second = await site.staff("editor2-demo");
});
afterAll(() => site?.stop());

/** What the manual itself calls by two names: the entry on the home page, and the page it opens. */
const TWO_NAMES = new Map([["进入我的小区", "物业区域查询"]]);

const FORM = { category: "公告", source: "管理中心", summary: "", version: "" };
const anyone = (path: string) => site.visitor().get(path);

async function write(headline: string): Promise<number> {
  const body = "正文里的话";
  const answer = await editor.post("/review/news", { ...FORM, headline, body });
  return Number.parseInt(/news\/(\d+)/.exec(answer.headers.location ?? "")?.[1] ?? "", 10);
}

const step = (who: WebVisitor, id: number, name: string, more = {}) =>
  who.post(`/review/news/${id}/${name}`, { version: "1", ...more });

const LATER = { timing: "later", day: "2026-12-24", time: "8:00" };

describe("an article that was taken down", () => {
  test("says so at its address and tells nothing of what it said", async () => {
    const id = await write("写错了的公告");
    await step(editor, id, "submit");
    await step(second, id, "publish", { timing: "now" });
    expect((await anyone(`/news/${id}`)).status).toBe(200);
    await step(editor, id, "withdraw", { withdrawReason: "数字有误" });
    const gone = await anyone(`/news/${id}`);
    expect([gone.status, readPage(gone.text).headings]).toEqual([410, ["这篇新闻已经撤下"]]);
    expect(gone.text).not.toMatch(/写错了的公告|正文里的话|数字有误/);
    expect(gone.headers["cache-control"]).toBe("no-store");
    expect(gone.text).toContain('content="noindex"');
    await editor.post(`/review/news/${id}/edit`, {
      ...{ ...FORM, headline: "改好的公告", body: "新的正文", version: "1" },
    });
    expect((await anyone(`/news/${id}`)).status).toBe(410);
    await step(editor, id, "submit", { version: "2" });
    await step(second, id, "publish", { version: "2", timing: "now" });
    expect((await anyone(`/news/${id}`)).status).toBe(200);
  });

  test("before anybody could read it was never there", async () => {
    const [draft, scheduled] = [await write("草稿"), await write("定时的")];
    await step(editor, scheduled, "submit");
    await step(second, scheduled, "publish", LATER);
    for (const id of [draft, scheduled]) {
      expect((await anyone(`/news/${id}`)).status).toBe(404);
      await step(second, id, "withdraw", { withdrawReason: "不发了" });
      expect((await anyone(`/news/${id}`)).status).toBe(404);
    }
    expect((await anyone("/news/999999999")).status).toBe(404);
  });
});

test("publishing what somebody saves anew at that moment is refused, and never publishes the new text", async () => {
  const id = await write("同时改");
  await step(editor, id, "submit");
  const { db } = site.city;
  const publishing = await db.transaction().execute(async (tx) => {
    await tx.selectFrom("news_article").select("id").where("id", "=", id).forUpdate().execute();
    const answer = step(second, id, "publish", { timing: "now" });
    await wait(300);
    await tx
      .insertInto("news_version")
      .values({
        ...{ article_id: id, version: 2, category: "公告" as const, title: "别的" },
        ...{ summary: "", source: "中心", body: "<p>别的</p>", words: "别的" },
        ...{ author: "staff:editor2-demo", saved_at: site.clock.now },
      })
      .execute();
    await tx
      .updateTable("news_article")
      .set({ state: "draft", latest_version: 2, changed_by: "staff:editor2-demo" })
      .where("id", "=", id)
      .execute();
    return { answer };
  });
  const { status, text } = await publishing.answer;
  expect([status, readPage(text).text]).toEqual([
    409,
    expect.stringContaining("别人已经保存了第 2 版"),
  ]);
  expect((await anyone(`/news/${id}`)).status).toBe(404);
});

test("asking for the head of a file, for one that is there, or for its rest does not count as a download", async () => {
  const { owner } = site.database;
  await owner
    .insertInto("download_file")
    .values({
      ...{ title: "示例", category: "规范", file_name: "示例.pdf", media_type: "application/pdf" },
      ...{ content: Buffer.from("%PDF-1.4"), published_on: "2026-11-01" },
    } as never)
    .execute();
  const path = `/downloads/${encodeURIComponent("示例.pdf")}`;
  const counted = async () =>
    (
      await owner
        .selectFrom("download_file")
        .select("download_count")
        .where("file_name", "=", "示例.pdf")
        .executeTakeFirstOrThrow()
    ).download_count;
  for (let n = 0; n < 5; n += 1) {
    expect((await site.visitor().send("HEAD", path)).status).toBe(200);
  }
  expect(await counted()).toBe(0);
  const { headers } = await site.visitor().send("HEAD", path);
  expect(headers).toMatchObject({
    "content-length": "8",
    etag: expect.stringMatching(/^"[0-9a-f]{64}"$/),
  });
  const had = await site.visitor().get(path, { "if-none-match": String(headers.etag) });
  const rest = await site.visitor().get(path, { range: "bytes=5-" });
  expect([had.status, rest.status, rest.text]).toEqual([304, 206, "1.4"]);
  expect(await counted()).toBe(0);
  await Promise.all(Array.from({ length: 5 }, () => anyone(path)));
  expect(await counted()).toBe(5);
});

test("an article that was taken down leaves the home within five seconds and the search within fifteen", async () => {
  const before = site.clock.now;
  const later = (seconds: number) => {
    site.clock.now = new Date(site.clock.now.getTime() + seconds * 1_000);
  };
  const title = "马上要撤下的公告";
  const id = await write(title);
  const stands = async () => {
    const pages = ["/", `/search?q=${encodeURIComponent(title)}`];
    const answers = await Promise.all(pages.map((path) => anyone(path)));
    return answers.map(({ text }) => text.includes(`href="/news/${id}"`));
  };
  try {
    expect(await stands()).toEqual([false, false]);
    await step(editor, id, "submit");
    await step(second, id, "publish", { timing: "now" });
    later(5);
    expect((await stands())[0]).toBe(true);
    later(10);
    expect(await stands()).toEqual([true, true]);
    await step(editor, id, "withdraw", { withdrawReason: "数字有误" });
    later(5);
    expect((await stands())[0]).toBe(false);
    later(10);
    expect(await stands()).toEqual([false, false]);
    const desk = await editor.get(`/review/news/${await write("还在写的")}`);
    expect(desk.text).toContain(
      "撤下后，文章、图片和附件立即打不开，首页上的标题 5 秒内、搜索里的 15 秒内消失",
    );
  } finally {
    site.clock.now = before;
  }
});

describe("every public page with a question in its address", () => {
  test.each(HOSTILE)("answers %s without a fault", async (_, value) => {
    const bad = encodeURIComponent(value.slice(0, 1_000));
    for (const path of [
      `/news?q=${bad}&category=${bad}&page=${bad}`,
      `/search?q=${bad}&kind=${bad}&page=${bad}`,
      `/downloads?category=${bad}`,
      `/downloads/${bad}`,
      `/downloads/forms/${bad}`,
      `/guides/${bad}`,
      `/policies/${bad}`,
      `/news/${bad}`,
      `/news/files/${bad}`,
      `/help/branches?q=${bad}&district=${bad}`,
      `/verify/${bad}?code=${bad}`,
      `/calculator?area=${bad}&houseUse=${bad}&lift=${bad}&floors=${bad}&price=${bad}&contractDate=${bad}`,
    ]) {
      const answer = await anyone(path);
      expect(answer.status, path).toBeLessThan(500);
      expect(letsMarkupThrough(answer.text), path).toBe(false);
    }
  });
});

describe("a page bears the name of what leads to it", () => {
  const LINK = /<a\b[^>]*href="(\/[^"]*)"[^>]*>(?:\s*<[^>]*>)*([^<]+)</g;
  const ENTRY = /<a class="row-link" href="(\/[^"]*)">.*?<span class="row-title">(.*?)<\/span>/g;
  type Entry = readonly [href: string, label: string];

  async function entriesOf(path: string, part: RegExp, link: RegExp): Promise<Entry[]> {
    const html = part.exec((await anyone(path)).text)?.[0] ?? "";
    return [...html.matchAll(link)].map(([, href = "", label = ""]) => [href, label] as const);
  }

  async function misnamed(entries: readonly Entry[]): Promise<string[]> {
    const wrong: string[] = [];
    for (const [href, label] of new Map(entries)) {
      const answer = await anyone(href);
      const door = answer.headers.location;
      const { title, headings } = readPage((door ? await anyone(door) : answer).text);
      const names = [title.split(" - ")[0], ...headings];
      const isNamed = names.includes(label) || names.includes(TWO_NAMES.get(label));
      if (!isNamed) wrong.push(`${label} ${href}: ${names}`);
    }
    return wrong;
  }

  test.each<[string, string, RegExp, RegExp]>([
    ["the menu", "/help", /<nav class="nav".*?<\/nav>/s, LINK],
    ["the home page", "/", /<main.*<\/main>/s, ENTRY],
    ["办事指南", "/guides", /<main.*<\/main>/s, ENTRY],
    ["网站地图", "/sitemap", /<div class="sitemap">.*?<\/main>/s, LINK],
  ])("on %s", async (_, path, part, link) => {
    const entries = await entriesOf(path, part, link);
    expect(entries.length).toBeGreaterThan(5);
    // A feed has no heading.
    expect(await misnamed(entries.filter(([href]) => !href.endsWith(".xml")))).toEqual([]);
  });

  test("in the search over the site", async () => {
    const services = await listServiceTexts();
    expect(await misnamed(services.map(({ href, title }) => [href, title] as const))).toEqual([]);
  });
});
