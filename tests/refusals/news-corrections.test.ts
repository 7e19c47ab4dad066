import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { jpegBytes } from "../support/document-files.ts";
import { refusalOf } from "../support/guard-control.ts";
import { readPage } from "../support/read-page.ts";
import { MULTIPART, multipartBody, sendFiles } from "../support/send-files.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";
import type { WebVisitor } from "../support/web-visitor.ts";

let site: ServedSite;
let editor: WebVisitor;
let second: WebVisitor;
let begin: Date;
beforeAll(async () => {
  site = await serveSite();
  begin = site.clock.now;
  await comeAt(begin);
});
afterAll(() => site?.stop());
afterEach(async () => {
  if (site.clock.now > new Date(begin.getTime() + 20 * MINUTE)) await comeAt(begin);
  site.clock.now = begin;
});

/** Both editors sign in at a moment: sessions do not last from one day to the other. */
async function comeAt(moment: Date): Promise<void> {
  site.clock.now = moment;
  editor = await site.staff("editor-demo");
  second = await site.staff("editor2-demo");
}

const FORM = { headline: "更正的公告", category: "公告", source: "中心", summary: "", version: "" };
const MINUTE = 60_000;
/** 2026-11-23 in Shanghai, as the test system begins. */
const LATER = { timing: "later", day: "2026-11-25", time: "9:30" };
const ITS_TIME = new Date("2026-11-25T01:30:00Z");

async function write(body: string, more: Record<string, string> = {}): Promise<number> {
  const answer = await editor.post("/review/news", { ...FORM, ...more, body });
  return Number.parseInt(/news\/(\d+)/.exec(answer.headers.location ?? "")?.[1] ?? "", 10);
}

const step = (who: WebVisitor, id: number, name: string, more: Record<string, string> = {}) =>
  who.post(`/review/news/${id}/${name}`, { version: "1", ...more });

async function publish(id: number, version: number, time: Record<string, string>): Promise<void> {
  const at = { version: String(version) };
  expect((await step(editor, id, "submit", at)).status).toBe(303);
  expect((await step(second, id, "publish", { ...at, ...time })).status).toBe(303);
}

async function correct(id: number, body: string): Promise<void> {
  const sent = { ...FORM, body, version: "1" };
  expect((await editor.post(`/review/news/${id}/edit`, sent)).status).toBe(303);
}

const minutesLater = (minutes: number) => {
  site.clock.now = new Date(site.clock.now.getTime() + minutes * MINUTE);
};
const read = (path: string) => site.visitor().get(path);
const textOf = async (path: string, who = editor) => readPage((await who.get(path)).text).text;

/** The numbers of the articles that the desk lists under a filter. */
async function listed(state: string): Promise<number[]> {
  const { text } = await editor.get(`/review/news?state=${state}`);
  return [...text.matchAll(/href="\/review\/news\/(\d+)"/g)].map(([, id]) => Number(id));
}

describe("a version that waits for its time", () => {
  test("is published by the clock no more once it was written over, and the desk says so", async () => {
    const id = await write("每平方米 120 元。");
    await publish(id, 1, LATER);
    expect(await textOf(`/review/news/${id}`)).toContain(
      "定时发布 第 1 版将在 2026-11-25 09:30 公开，现在公众还看不到。",
    );
    expect(await textOf(`/review/news/${id}/edit`)).toContain(
      "第 1 版定于 2026-11-25 09:30 公开。保存以后，这次定时发布就取消",
    );
    minutesLater(1);
    await correct(id, "每平方米 100 元。");
    expect(await listed("scheduled")).not.toContain(id);
    expect(await listed("draft")).toContain(id);
    const shown = await textOf(`/review/news/${id}`);
    expect(shown).toContain(
      "现在没有公开，公众看不到这篇新闻。第 1 版原定 2026-11-25 09:30 公开，因为保存了第 2 版，已经取消。",
    );
    expect(shown).toContain("保存，定时发布取消");
    expect(shown).not.toContain("公开的仍是");
    await comeAt(new Date(ITS_TIME.getTime() + MINUTE));
    expect((await read(`/news/${id}`)).status).toBe(404);
    await publish(id, 2, { timing: "now" });
    expect(await textOf(`/news/${id}`)).toContain("每平方米 100 元。");
    expect(await textOf(`/review/news/${id}`)).not.toContain("原定");
  });

  test("stays out when a save began before its time and arrived after it", async () => {
    const id = await write("按时公开");
    await publish(id, 1, LATER);
    await comeAt(new Date(ITS_TIME.getTime() - MINUTE));
    const sent = multipartBody({ ...FORM, body: "路上的更正", version: "1" }, []);
    const slow = new ReadableStream({
      async start(controller) {
        controller.enqueue(sent.subarray(0, 50));
        await sleep(500);
        minutesLater(2);
        controller.enqueue(sent.subarray(50));
        controller.close();
      },
    });
    const cookie = [...editor.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const saved = await fetch(new URL(`/review/news/${id}/edit`, site.url), {
      method: "POST",
      headers: { ...MULTIPART, cookie },
      body: slow,
      duplex: "half",
      redirect: "manual",
    } as RequestInit);
    expect(saved.status).toBe(303);
    expect(await textOf(`/news/${id}`)).toContain("按时公开");
    expect(await listed("published")).toContain(id);
  });

  test("stays out when it is written over after its time", async () => {
    const id = await write("按时公开");
    await publish(id, 1, LATER);
    await comeAt(ITS_TIME);
    await correct(id, "后来的话");
    expect(await textOf(`/news/${id}`)).toContain("按时公开");
    expect(await textOf(`/review/news/${id}`)).toContain("公开的仍是第 1 版");
  });

  test("is cancelled whoever saves: the database takes nothing else", async () => {
    const id = await write("定时的");
    await publish(id, 1, LATER);
    const saved = site.city.db.transaction().execute(async (tx) => {
      await sql`insert into news_version select article_id, 2, category, title, summary, source, body, words, author,
        saved_at from news_version where article_id = ${id}`.execute(tx);
      await sql`update news_article set state = 'draft', latest_version = 2, changed_by = 'staff:editor-demo'
        where id = ${id}`.execute(tx);
    });
    expect(await refusalOf(saved)).toBe("WX060");
  });
});

describe("an article that is out", () => {
  test("stands under 已发布 while a new version of it is written, marked in both lists", async () => {
    const id = await write("公开的");
    await publish(id, 1, { timing: "now" });
    await correct(id, "新的草稿");
    expect(await listed("published")).toContain(id);
    expect(await listed("draft")).toContain(id);
    const rows = async (state: string) => {
      const { text } = await editor.get(`/review/news?state=${state}`);
      const [row = ""] = text.split("<tr").filter((one) => one.includes(`/review/news/${id}"`));
      return readPage(`<tr${row}`).text;
    };
    for (const state of ["published", "draft"]) {
      expect(await rows(state)).toContain("已发布 有新草稿");
    }
    await step(editor, id, "submit", { version: "2" });
    expect(await rows("submitted")).toContain("已发布 新的一版待发布");
    expect(await listed("published")).toContain(id);
    const [draft, published] = [await write("又一篇"), await listed("published")];
    expect(published).not.toContain(draft);
    const tabs = await textOf("/review/news");
    expect(tabs).toContain(`已发布 ${published.length}`);
    expect(tabs).toContain(`全部 ${(await listed("")).length}`);
  });

  test("says when it was corrected, on its page, in the feed and in the site map, and keeps its place", async () => {
    const id = await write("第一次的话");
    await publish(id, 1, { timing: "now" });
    minutesLater(1);
    const newer = await write("更新的一篇", { headline: "后发的公告" });
    await publish(newer, 1, { timing: "now" });
    expect(await textOf(`/news/${id}`)).not.toContain("更正于");
    await comeAt(new Date("2026-11-26T02:00:00Z"));
    await correct(id, "第二次的话");
    expect(await textOf(`/news/${id}`)).not.toContain("更正于");
    await publish(id, 2, { timing: "now" });
    const page = await textOf(`/news/${id}`);
    expect(page).toContain("更正于 2026-11-26 10:00");
    expect(page).toContain("2026-11-23 更正于");
    const feed = (await read("/news/feed.xml")).text;
    const item = feed.split("<item>").find((one) => one.includes(`/news/${id}<`)) ?? "";
    expect(item).toContain("<pubDate>Mon, 23 Nov 2026");
    expect(item).toContain("<atom:updated>2026-11-26T02:00:00.000Z</atom:updated>");
    expect(feed).toContain("<lastBuildDate>Thu, 26 Nov 2026 02:00:00 GMT</lastBuildDate>");
    expect(feed.indexOf(`/news/${newer}<`)).toBeLessThan(feed.indexOf(`/news/${id}<`));
    expect((await read("/sitemap.xml")).text).toContain(
      `/news/${id}</loc><lastmod>2026-11-26</lastmod>`,
    );
    expect(await textOf(`/review/news/${id}`)).toContain(
      "第 2 版自 2026-11-26 10:00 起公开（更正；首次公开是 2026-11-23",
    );
    minutesLater(1);
    const known = site.visitor();
    const mark = (await known.get(`/news/${id}`)).headers["etag"] ?? "";
    expect((await known.get(`/news/${id}`, { "if-none-match": mark })).status).toBe(304);
  });

  test("is corrected at once or not yet: a time to come is refused at its field", async () => {
    const id = await write("旧的话");
    await publish(id, 1, { timing: "now" });
    minutesLater(1);
    await correct(id, "新的话");
    await step(editor, id, "submit", { version: "2" });
    const form = await second.get(`/review/news/${id}`);
    expect(form.text).not.toContain('value="later"');
    const answer = await step(second, id, "publish", { ...LATER, version: "2" });
    const page = readPage(answer.text);
    expect([answer.status, page.errors["timing"], page.choices["timing"]]).toEqual([
      422,
      expect.stringContaining("新的一版只能立即发布，不能定时"),
      "now",
    ]);
    expect(await textOf(`/news/${id}`)).toContain("旧的话");
    expect((await step(second, id, "publish", { timing: "now", version: "2" })).status).toBe(303);
    expect(await textOf(`/news/${id}`)).toContain("新的话");
  });
});

describe("a summary", () => {
  const OLD = "每平方米 120 元。";
  const NEW = "每平方米 100 元。";

  test("that nobody typed follows the text, and the form comes back without one", async () => {
    // Later than what other tests published, so that it leads on the home page.
    minutesLater(5);
    const id = await write(OLD, { headline: "交存标准" });
    await publish(id, 1, { timing: "now" });
    expect((await read("/news/feed.xml")).text).toContain(`<description>${OLD}</description>`);
    const form = await editor.get(`/review/news/${id}/edit`);
    expect(/name="summary"[^>]*>([^<]*)<\/textarea>/.exec(form.text)?.[1]).toBe("");
    expect(await textOf(`/review/news/${id}`)).toContain(`没有填，用正文的第一段）：${OLD}`);
    minutesLater(1);
    await correct(id, NEW);
    await publish(id, 2, { timing: "now" });
    minutesLater(1);
    for (const path of ["/news/feed.xml", "/"]) {
      const { text } = await read(path);
      expect(text).toContain(NEW);
      expect(text).not.toContain(OLD);
    }
  });

  test("that older versions hold as their first words counts as none", async () => {
    const id = await write("占位");
    const first = `${"长".repeat(90)}\n第二段`;
    const kept = `${"长".repeat(80)}…`;
    await site.city.db.transaction().execute(async (tx) => {
      await sql`insert into news_version values (${id}, 2, '公告', '旧的一版', ${kept}, '中心', '<p>长</p>', ${first},
        'staff:editor-demo', ${site.clock.now})`.execute(tx);
      await sql`update news_article set state = 'draft', latest_version = 2, changed_by = 'staff:editor-demo'
        where id = ${id}`.execute(tx);
    });
    const form = await editor.get(`/review/news/${id}/edit`);
    expect(/name="summary"[^>]*>([^<]*)<\/textarea>/.exec(form.text)?.[1]).toBe("");
    expect(await textOf(`/review/news/${id}`)).toContain(kept);
  });

  test("that was typed stays as it was typed", async () => {
    const id = await write("正文的话", { summary: "写下的摘要" });
    const form = await editor.get(`/review/news/${id}/edit`);
    expect(form.text).toMatch(/name="summary"[^>]*>写下的摘要<\/textarea>/);
  });
});

describe("saving after the session is over", () => {
  const typed = { ...FORM, headline: "写了很久 <b>", summary: "一句话", body: "<p>很久的正文</p>" };
  const counted = () => site.countRows();

  test.each([
    ["a new article", "/review/news"],
    ["an article", "/review/news/999999/edit"],
  ])(
    "gives everything typed back, keeps nothing, and saves after signing in: %s",
    async (_, path) => {
      const before = await counted();
      const gone = site.visitor();
      const answer = await sendFiles(gone, path, { ...typed, act: "save" }, [
        {
          field: "picture",
          name: "照片.jpg",
          content: await jpegBytes(3, { width: 64, height: 64 }),
        },
      ]);
      expect([answer.status, answer.headers.location]).toEqual([401, undefined]);
      expect(answer.headers["cache-control"]).toBe("no-store");
      const page = readPage(answer.text);
      expect(page.headings).toEqual(["还没有保存：登录已经结束"]);
      expect(page.text).toContain("刚才选的图片或附件没有收到");
      expect(page.values).toMatchObject({
        headline: "写了很久 <b>",
        category: "公告",
        source: "中心",
        version: "",
      });
      expect(answer.text).toContain("&lt;p>很久的正文&lt;/p></textarea>");
      expect(answer.text).toContain(`action="${path}"`);
      expect(answer.text).toContain('href="/review/sign-in"');
      expect(await counted()).toEqual(before);
    },
  );

  test("the page's own form is saved once its reader is signed in", async () => {
    const answer = await sendFiles(site.visitor(), "/review/news", { ...typed, act: "save" }, []);
    expect(readPage(answer.text).text).not.toContain("没有收到");
    const { "": _unsent, ...values } = readPage(answer.text).values;
    const again = { ...values, summary: typed.summary, body: typed.body, act: "save" };
    const saved = await sendFiles(editor, "/review/news", again, []);
    expect(saved.status).toBe(303);
    expect(await textOf(saved.headers.location ?? "")).toContain("很久的正文");
  });

  test("a text of the greatest length comes back whole, a greater form is refused", async () => {
    const body = "长".repeat(200_000);
    const whole = await sendFiles(site.visitor(), "/review/news", { ...typed, body }, []);
    expect(whole.status).toBe(401);
    expect(whole.text).toContain(`${body}</textarea>`);
    const more = { ...typed, body: body.repeat(2), source: body };
    const refused = await sendFiles(site.visitor(), "/review/news", more, []);
    expect([refused.status, refused.text]).toEqual([413, expect.stringContaining("还在上一页")]);
  });

  test("another site's page gets nothing out of it, and what is no form is sent to sign in", async () => {
    const foreign = await site
      .visitor()
      .post("/review/news", typed, { "sec-fetch-site": "cross-site" });
    expect([foreign.status, foreign.text.includes("很久的正文")]).toEqual([403, false]);
    const json = await site
      .visitor()
      .send("POST", "/review/news", { "content-type": "application/json" }, "{}");
    expect([json.status, json.headers.location]).toEqual([303, "/review/sign-in"]);
    const broken = multipartBody(typed, []).subarray(0, 200);
    const cut = await site
      .visitor()
      .send("POST", "/review/news", { "content-type": "multipart/form-data" }, broken);
    expect(cut.status).toBe(303);
  });

  test("somebody signed in who is no editor is refused as before", async () => {
    const other = await site.staff("auditor-demo");
    expect((await other.post("/review/news", typed)).status).toBe(403);
  });
});

test("what was kept before is put right: an overwritten plan is cancelled, a correction has its time", async () => {
  const [waiting, corrected] = [await write("要改的"), await write("公开的")];
  await publish(waiting, 1, { timing: "now" });
  await publish(corrected, 1, { timing: "now" });
  minutesLater(1);
  await correct(corrected, "更正的");
  await publish(corrected, 2, { timing: "now" });
  await correct(waiting, "另写的");
  const { owner } = site.database;
  const file = new URL("../../migrations/0041-news-as-shown.sql", import.meta.url);
  const [, ofRows = ""] =
    /(alter table news_article disable trigger user;[\s\S]*enable trigger user;)/.exec(
      await readFile(file, "utf8"),
    ) ?? [];
  await owner.transaction().execute(async (tx) => {
    await sql`alter table news_article disable trigger user`.execute(tx);
    await sql`update news_article set shown_since = null`.execute(tx);
    await sql`update news_article set visible_from = '2030-01-01' where id = ${waiting}`.execute(
      tx,
    );
    await sql`set constraints all immediate`.execute(tx);
    for (const statement of ofRows.split(/;\n/)) await sql.raw(statement).execute(tx);
  });
  const rows = await owner
    .selectFrom("news_article")
    .select(["state", "published_version", "visible_from", "shown_since"])
    .where("id", "in", [waiting, corrected])
    .orderBy("id")
    .execute();
  expect(rows).toEqual([
    { state: "draft", published_version: null, visible_from: null, shown_since: null },
    {
      ...{ state: "published", published_version: 2 },
      ...{ visible_from: begin, shown_since: new Date(begin.getTime() + MINUTE) },
    },
  ]);
});
