import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { jpegBytes, pdfBytes } from "../support/document-files.ts";
import { refusalOf } from "../support/guard-control.ts";
import { readPage } from "../support/read-page.ts";
import { sendFiles } from "../support/send-files.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";
import type { WebAnswer, WebVisitor } from "../support/web-visitor.ts";

let site: ServedSite;
let editor: WebVisitor;
let second: WebVisitor;
let anyone: WebVisitor;

beforeAll(async () => {
  site = await serveSite();
  editor = await site.staff("editor-demo");
  second = await site.staff("editor2-demo");
  anyone = site.visitor();
});
afterAll(() => site?.stop());

const FORM = {
  headline: "试验公告",
  category: "公告",
  source: "管理中心",
  summary: "",
  version: "",
};
const MINUTE = 60_000;

/** Writes an article; answers with its number. */
async function write(body: string, more: Record<string, string> = {}): Promise<number> {
  const answer = await editor.post("/review/news", { ...FORM, ...more, body });
  const [, id = ""] = /^\/review\/news\/(\d+)\?saved=1$/.exec(answer.headers.location ?? "") ?? [];
  expect([answer.status, id]).toEqual([303, expect.stringMatching(/^\d+$/)]);
  return Number.parseInt(id, 10);
}

const step = (who: WebVisitor, id: number, name: string, more: Record<string, string> = {}) =>
  who.post(`/review/news/${id}/${name}`, { version: "1", ...more });

/** Writes an article and lets a second person publish it at once. */
async function publish(body: string, more: Record<string, string> = {}): Promise<number> {
  const id = await write(body, more);
  expect((await step(editor, id, "submit")).status).toBe(303);
  expect((await step(second, id, "publish", { timing: "now" })).status).toBe(303);
  return id;
}

const read = (id: number) => anyone.get(`/news/${id}`);

function textIn({ text }: WebAnswer): string {
  return (
    /<div class="prose rich">([\s\S]*?)<\/div><(?:section|p class="print-only)/.exec(text)?.[1] ??
    ""
  );
}

describe("publishing", () => {
  test("is for a second person, and the public reads nothing before", async () => {
    const id = await write("第一段\n\n第二段");
    expect((await read(id)).status).toBe(404);
    const early = await step(second, id, "publish", { timing: "now" });
    expect([early.status, readPage(early.text).text]).toEqual([
      409,
      expect.stringContaining("现在不在待发布"),
    ]);
    const others = await step(second, id, "submit");
    expect([others.status, readPage(others.text).text]).toEqual([
      409,
      expect.stringContaining("要由写的人提交"),
    ]);
    expect((await step(editor, id, "submit")).status).toBe(303);
    const own = await step(editor, id, "publish", { timing: "now" });
    expect([own.status, readPage(own.text).text]).toEqual([
      409,
      expect.stringContaining("要由另一位编辑发布"),
    ]);
    expect((await read(id)).status).toBe(404);
    expect((await step(second, id, "publish", { timing: "now" })).status).toBe(303);
    const shown = await read(id);
    expect([shown.status, textIn(shown)]).toEqual([200, "<p>第一段</p><p>第二段</p>"]);
    const { rows } = await sql<{ event: string; actor: string }>`
      select event, actor from audit_event where subject = ${`news/${id}`} order by id`.execute(
      site.database.owner,
    );
    expect(rows).toEqual([
      { event: "news-saved", actor: "staff:editor-demo" },
      { event: "news-submitted", actor: "staff:editor-demo" },
      { event: "news-published", actor: "staff:editor2-demo" },
    ]);
  });

  test("at a time makes it visible by the clock alone", async () => {
    const id = await write("定时的正文");
    await step(editor, id, "submit");
    const before = site.clock.now;
    const wrong = { timing: "later", day: "2026-11-22", time: "9:00" };
    const past = await step(second, id, "publish", wrong);
    expect([past.status, readPage(past.text).errors["day"]]).toEqual([
      422,
      expect.stringContaining("已经过去"),
    ]);
    expect(readPage(past.text).values).toMatchObject({ day: "2026-11-22", time: "9:00" });
    const later = { timing: "later", day: "2026-11-25", time: "9：30" };
    expect((await step(second, id, "publish", later)).status).toBe(303);
    expect((await read(id)).status).toBe(404);
    expect((await anyone.get("/news/feed.xml")).text).not.toContain(`/news/${id}<`);
    expect(readPage((await editor.get("/review/news?state=scheduled")).text).text).toContain(
      "定时发布",
    );
    try {
      site.clock.now = new Date("2026-11-25T01:29:59Z");
      expect((await read(id)).status).toBe(404);
      site.clock.now = new Date("2026-11-25T01:30:00Z");
      const shown = await read(id);
      expect([shown.status, readPage(shown.text).text]).toEqual([
        200,
        expect.stringContaining("2026-11-25"),
      ]);
      expect((await anyone.get("/news/feed.xml")).text).toContain(`/news/${id}<`);
      expect((await anyone.get("/sitemap.xml")).text).toContain(`/news/${id}</loc>`);
    } finally {
      site.clock.now = before;
    }
  });

  test("is undone by 撤下 with its reason, at once", async () => {
    const id = await publish("要撤下的");
    const none = await step(second, id, "withdraw", { withdrawReason: " " });
    expect([none.status, readPage(none.text).errors["withdrawReason"]]).toEqual([
      422,
      "请填写撤下原因",
    ]);
    expect((await step(editor, id, "withdraw", { withdrawReason: "数字有误" })).status).toBe(303);
    expect((await read(id)).status).toBe(410);
    expect(readPage((await editor.get(`/review/news/${id}`)).text).text).toContain("数字有误");
  });

  test("a later version leaves the earlier one to the public until it is published too", async () => {
    const id = await publish("旧的正文");
    const saved = await second.post(`/review/news/${id}/edit`, {
      ...FORM,
      body: "新的正文",
      version: "1",
    });
    expect(saved.headers.location).toBe(`/review/news/${id}?saved=2`);
    expect(textIn(await read(id))).toBe("<p>旧的正文</p>");
    await step(second, id, "submit", { version: "2" });
    await step(editor, id, "publish", { version: "2", timing: "now" });
    expect(textIn(await read(id))).toBe("<p>新的正文</p>");
    const compared = await editor.get(`/review/news/${id}/compare?from=1&to=2`);
    expect(compared.text).toContain("\n<del>旧的</del><ins>新的</ins>正文");
  });
});

test("a page that the browser has is answered 304, and one of a later text anew", async () => {
  const id = await publish("先前的正文");
  const first = await read(id);
  const known = { "if-none-match": first.headers["etag"] ?? "" };
  const again = await anyone.get(`/news/${id}`, known);
  expect([again.status, again.text]).toEqual([304, ""]);
  const many = await Promise.all([site.visitor().get(`/news/${id}`), read(id), read(id)]);
  expect(many.map((answer) => textIn(answer))).toEqual(Array(3).fill("<p>先前的正文</p>"));
  await second.post(`/review/news/${id}/edit`, { ...FORM, body: "后来的正文", version: "1" });
  await step(second, id, "submit", { version: "2" });
  await step(editor, id, "publish", { version: "2", timing: "now" });
  const later = await anyone.get(`/news/${id}`, known);
  expect([later.status, textIn(later)]).toEqual([200, "<p>后来的正文</p>"]);
});

describe("the database holds it whoever writes", () => {
  const attempt = (change: string, id: number) =>
    refusalOf(
      sql`update news_article set ${sql.raw(change)} where id = ${id}`.execute(site.city.db),
    );

  test("that a second person publishes what was handed in", async () => {
    const id = await write("正文");
    const published = (who: string) =>
      `state = 'published', published_version = 1, visible_from = '2026-12-01', changed_at = '2026-11-23', changed_by = 'staff:${who}'`;
    expect(await attempt(published("editor2-demo"), id)).toBe("WX060");
    expect(await attempt("state = 'submitted', changed_by = 'staff:editor2-demo'", id)).toBe(
      "WX061",
    );
    expect(await attempt("state = 'submitted', changed_by = 'staff:editor-demo'", id)).toBe(
      "accepted",
    );
    expect(await attempt(published("editor-demo"), id)).toBe("WX062");
    expect(await attempt("visible_from = '2026-11-01', published_version = 1", id)).toBe("WX060");
    expect(await attempt(published("editor2-demo").replace("2026-12-01", "2026-11-01"), id)).toBe(
      "WX060",
    );
    expect(await attempt(published("editor2-demo"), id)).toBe("accepted");
    expect(await attempt("published_version = null, visible_from = null", id)).toBe("WX060");
    expect(
      await attempt("state = 'withdrawn', published_version = null, visible_from = null", id),
    ).toBe("23514");
  });

  test("that versions, files and steps stay", async () => {
    const { db, owner } = site.city;
    expect(await refusalOf(sql`update news_version set body = ''`.execute(owner))).toBe("WX001");
    expect(await refusalOf(sql`update news_version set body = ''`.execute(db))).toBe("42501");
    expect(await refusalOf(sql`delete from news_event`.execute(owner))).toBe("WX001");
    expect(await refusalOf(sql`delete from news_article`.execute(owner))).toBe("WX001");
    const id = await publish("正文");
    await sql`insert into news_file (id, kind, name, alt, media_type, content, uploaded_by, uploaded_at)
      values ('6ccb660e-434a-469c-8520-5577962e4599', 'file', 'a.pdf', '', 'application/pdf', '\\x00', 'x', now())`.execute(
      db,
    );
    const added = sql`insert into news_version_file values (${id}, 1, '6ccb660e-434a-469c-8520-5577962e4599', 'file', 0)`;
    expect(await refusalOf(added.execute(db))).toBe("WX060");
  });
});

describe("saving", () => {
  test("with something missing is answered 422 beside the field, and loses nothing", async () => {
    const typed = { ...FORM, headline: " ", category: "其他", body: "写了\n很久" };
    const answer = await editor.post("/review/news", typed);
    const page = readPage(answer.text);
    expect(answer.status).toBe(422);
    expect(page.errors).toMatchObject({ headline: "请填写标题", category: "请选择类别" });
    expect(answer.text).toContain("写了\n很久</textarea>");
  });

  test("a text of ten megabytes is refused with its sentence and given back", async () => {
    const body = "长".repeat(3_500_000);
    const answer = await sendFiles(editor, "/review/news", { ...FORM, body }, []);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain("正文太长（约 350 万字），最多 20 万字");
    expect(answer.text).toContain(body.slice(0, 200_000));
    const more = await sendFiles(editor, "/review/news", { ...FORM, body: body.repeat(2) }, []);
    expect([more.status, more.text]).toEqual([413, expect.stringContaining("删减后再提交")]);
  });

  test("what holds nothing that may stay is refused", async () => {
    const answer = await editor.post("/review/news", {
      ...FORM,
      body: "<p><script>1</script></p>\u200b",
    });
    expect([answer.status, readPage(answer.text).errors["body"]]).toEqual([
      422,
      "正文里没有可以保留的文字或图片，请重新填写",
    ]);
  });

  test.each([
    ["a drawing held words", "<p>甲</p><svg onload=1><text>乙</text></svg>", true],
    ["a drawing was left open, its words stay", "<p>甲</p><svg onload=1><p>乙</p>", false],
    ["a comment was left open, its words stay", "<p>甲</p><!-- <p>乙</p>", false],
    ["nothing seen is missing", "<p>甲</p><style>a{}</style><button>乙</button><!-- 丙 -->", false],
  ])("tells whether words were not kept: %s", async (_, body, isTold) => {
    const saved = await editor.post("/review/news", { ...FORM, body });
    expect(saved.status).toBe(303);
    const shown = await editor.get(saved.headers.location ?? "");
    expect(readPage(shown.text).text.includes("粘贴的内容有一部分没有保留")).toBe(isTold);
    if (!isTold && !body.includes("丙")) expect(shown.text).toMatch(/<p>(?:&lt;!-- )?乙<\/p>/);
    expect(readPage(shown.text).text.includes("第 1 版已保存")).toBe(true);
  });

  test("tells that a link was taken away, and keeps its words", async () => {
    const body = "<p>甲<a href='javascript:alert(1)'>乙</a><a href='www.example.com'>丙</a></p>";
    const saved = await editor.post("/review/news", { ...FORM, body });
    expect(saved.status).toBe(303);
    const shown = await editor.get(saved.headers.location ?? "");
    expect(readPage(shown.text).text).toContain("有的链接没有保留");
    expect(shown.text).toContain("<p>甲乙丙</p>");
    expect(shown.text).not.toContain("javascript:");
  });

  test("after somebody else saved is answered 409, with what was typed and where to compare", async () => {
    const id = await write("第一版");
    await second.post(`/review/news/${id}/edit`, { ...FORM, body: "第二版", version: "1" });
    const answer = await editor.post(`/review/news/${id}/edit`, {
      ...FORM,
      body: "我的",
      version: "1",
    });
    expect(answer.status).toBe(409);
    expect(readPage(answer.text).text).toContain("王编例在您打开以后保存了第 2 版");
    expect(answer.text).toContain(`/review/news/${id}/compare?from=1&amp;to=2`);
    expect(answer.text).toContain("我的</textarea>");
    expect(readPage(answer.text).values["version"]).toBe("2");
  });

  test.each(["\u0000", "\u202e倒", "a".repeat(81)])(
    "a title %j is refused or cleaned",
    async (title) => {
      const answer = await editor.post("/review/news", { ...FORM, headline: title, body: "正文" });
      expect([303, 422]).toContain(answer.status);
      expect((await editor.get("/review/news")).text).not.toMatch(/\p{Cf}/u);
    },
  );
});

describe("pictures and files", () => {
  const picture = async () => ({
    field: "picture",
    name: "照片.jpg",
    content: await jpegBytes(3, { width: 2400, height: 1200 }),
  });

  test("a picture needs its words, is written anew and smaller, and is the public's with the article alone", async () => {
    const without = await sendFiles(
      editor,
      "/review/news",
      { ...FORM, body: "前文", act: "picture", pictureAlt: "" },
      [await picture()],
    );
    expect(without.status).toBe(422);
    expect(readPage(without.text).errors["pictureAlt"]).toContain("请填写图片说明");
    const added = await sendFiles(
      editor,
      "/review/news",
      { ...FORM, body: "前文", act: "picture", pictureAlt: "施工现场" },
      [await picture()],
    );
    expect(added.status).toBe(200);
    const [, body = "", id = ""] =
      /<textarea[^>]*name="body"[^>]*>([^<]*\/files\/([0-9a-f-]{36})\))<\/textarea>/.exec(
        added.text,
      ) ?? [];
    expect(body).toBe(`前文\n\n![施工现场](/review/news/files/${id})`);
    expect((await anyone.get(`/news/files/${id}`)).status).toBe(404);
    expect((await anyone.get(`/review/news/files/${id}`)).status).toBe(303);
    expect((await editor.get(`/review/news/files/${id}`)).headers["content-type"]).toBe(
      "image/jpeg",
    );
    const article = await publish(body);
    expect(textIn(await read(article))).toBe(
      `<p>前文</p><img loading="lazy" decoding="async" src="/news/files/${id}" alt="施工现场" width="1280" height="640" />`,
    );
    const sent = await anyone.get(`/news/files/${id}`);
    expect([sent.status, sent.headers["content-type"]]).toEqual([200, "image/jpeg"]);
    // A browser that has it asks again, and learns at once when it was taken down.
    expect(sent.headers["cache-control"]).toBe("private, no-cache");
    const known = { "if-none-match": sent.headers["etag"] ?? "" };
    expect((await anyone.get(`/news/files/${id}`, known)).status).toBe(304);
    await step(editor, article, "withdraw", { withdrawReason: "撤下看看" });
    expect((await anyone.get(`/news/files/${id}`, known)).status).toBe(404);
  });

  test("a file to save stands below the article with kind and size, until it is taken out", async () => {
    const file = { field: "file", name: "附表\u202efdp.pdf", content: pdfBytes() };
    const added = await sendFiles(editor, "/review/news", { ...FORM, body: "正文", act: "file" }, [
      file,
    ]);
    expect(added.status).toBe(200);
    const ids = readPage(added.text).values["files"] ?? "";
    const id = await publish("正文", { files: ids });
    const shown = await read(id);
    expect(shown.text).toMatch(/download="附表fdp\.pdf"[\s\S]*PDF[\s\S]*2 KB/);
    const saved = await anyone.get(`/news/files/${ids}`);
    expect(saved.headers["content-disposition"]).toMatch(/^attachment; /);
    const out = await editor.post(`/review/news/${id}/edit`, {
      ...FORM,
      body: "正文",
      version: "1",
      files: ids,
      removeFile: ids,
    });
    expect([out.status, readPage(out.text).values["files"]]).toEqual([200, ""]);
  });

  test.each([
    ["坏.pdf", Buffer.from("<script>alert(1)</script>"), "内容却不是"],
    ["图.svg", Buffer.from("<svg onload='alert(1)'/>"), "只能上传 PDF、JPG 或 PNG"],
    ["空.pdf", Buffer.alloc(0), "文件是空的"],
    ["脚本.pdf", pdfBytes({ catalog: "/OpenAction << /S /JavaScript /JS (1) >>" }), "有脚本"],
  ])("%s is refused, and the text stays", async (name, content, words) => {
    const answer = await sendFiles(
      editor,
      "/review/news",
      { ...FORM, body: "我的正文", act: "file" },
      [{ field: "file", name, content }],
    );
    expect(answer.status).toBe(422);
    expect(readPage(answer.text).errors["file"]).toContain(words);
    expect(answer.text).toContain("我的正文</textarea>");
  });

  test("the script's picture is answered with its address or the sentence", async () => {
    const path = "/review/news/new/picture";
    const good = await sendFiles(editor, path, { pictureAlt: "图" }, [await picture()]);
    expect(JSON.parse(good.text)).toEqual({
      src: expect.stringMatching(/^\/review\/news\/files\//),
      alt: "图",
    });
    const bad = await sendFiles(editor, path, {}, [await picture()]);
    expect([bad.status, JSON.parse(bad.text)]).toEqual([
      422,
      { errors: expect.objectContaining({ pictureAlt: expect.any(String) }) },
    ]);
  });
});

describe("reading", () => {
  test("finds by words of title and text, in any order, with the filters in the address", async () => {
    const id = await publish("屋顶的防水层在雨季以前检修", {
      headline: "关于雨季检修的通知",
      category: "通知",
    });
    const found = readPage((await anyone.get(`/news?q=${encodeURIComponent("检修 防水层")}`)).text);
    expect(found.text).toContain("关于雨季 检修 的通知 屋顶的 防水 层在雨季以前 检修");
    expect((await anyone.get(`/news?q=${encodeURIComponent("防水层")}`)).text).toContain(
      "<mark>防水</mark>",
    );
    const other = await anyone.get(
      `/news?category=${encodeURIComponent("政策")}&q=${encodeURIComponent("防水层")}`,
    );
    expect(readPage(other.text).text).toContain("没有找到“防水层”");
    for (const q of ["%", "_", "\\", "'", "<b>", "\u0000", "(", "的".repeat(500)]) {
      expect(
        (await anyone.get(`/news?q=${encodeURIComponent(q)}&page=99999&category=x`)).status,
      ).toBe(200);
    }
    expect(readPage((await anyone.get("/news?q=%25")).text).text).not.toContain("雨季检修");
    expect(id).toBeGreaterThan(0);
  });

  test("a feed reader finds the feed, and it is well formed whatever a title holds", async () => {
    await publish("正文", { headline: 'A & B <c> ]]> "引"' });
    expect((await anyone.get("/news")).text).toContain(
      '<link rel="alternate" type="application/rss+xml" title="新闻和公告" href="/news/feed.xml"/>',
    );
    const feed = await anyone.get("/news/feed.xml");
    expect(feed.headers["content-type"]).toBe("application/rss+xml; charset=utf-8");
    expect(feed.text).toContain("<title>A &amp; B &lt;c&gt; ]]&gt; &quot;引&quot;</title>");
    expect(feed.text.match(/<item>/g)?.length).toBe(
      feed.text.match(/<pubDate>\w{3}, \d\d \w{3} 2026 /g)?.length,
    );
    expect((await anyone.get("/robots.txt")).text).toContain(`Sitemap: ${site.url}/sitemap.xml`);
  });
});

test("nobody but an editor reads or writes at the desk", async () => {
  const id = await write("正文");
  for (const role of ["intake", "reviewer", "approver", "finance", "admin", "auditor"]) {
    const other = await site.staff(`${role}-demo`);
    expect((await other.get(`/review/news/${id}`)).status).toBe(403);
    expect((await step(other, id, "submit")).status).toBe(403);
    expect((await other.post("/review/news", { ...FORM, body: "正文" })).status).toBe(403);
  }
  expect((await step(anyone, id, "submit")).headers.location).toBe("/review/sign-in");
  site.clock.now = new Date(site.clock.now.getTime() + MINUTE);
});
