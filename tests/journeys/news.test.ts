import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectNoAxeFindings, openBrowser, type TestBrowser } from "../support/browser.ts";
import { jpegBytes, pdfBytes } from "../support/document-files.ts";
import { type Journey, startJourney, WAYS, wordsOf } from "../support/journey.ts";
import { signInAtWorkbench } from "../support/workbench.ts";

/** Two people sign in, one after the other, on a machine that does more than this. */
const LONG_MS = 240_000;

/** What Word puts on the clipboard, much shortened, and what somebody hostile would add. */
const FROM_WORD = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- p.MsoNormal {margin:0} --></style></head><body lang=ZH-CN style='tab-interval:21pt'><!--StartFragment-->
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]-->
<h1 style='mso-outline-level:1'>检修安排<o:p></o:p></h1>
<p class=MsoNormal style='text-indent:21pt;color:red'><b style='mso-bidi-font-weight:normal'>请提前</b>安排<span style='mso-spacerun:yes'>&nbsp;</span>出行。<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1.<span style='font:7pt "Times New Roman"'>&nbsp;</span></span><![endif]>一号楼</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>2.<span>&nbsp;</span></span><![endif]>二号楼</p>
<table border=1 style='border-collapse:collapse' width=400><tr style='height:1cm'><td width=200 style='width:5cm'><p class=MsoNormal>日期</p></td><td><p class=MsoNormal>12 月 1 日</p></td></tr></table>
<p onclick="alert(1)"><a href="javascript:alert(1)">坏的</a><a href="https://example.com/">好的</a><img src="data:image/svg+xml,<svg onload=alert(1)>" onerror="alert(1)"></p><!--EndFragment--></body></html>`;

const HOSTILE = `<h2 style="color:red">标题</h2><p onmouseover="alert(1)">字<script>alert(1)</script><svg/onload=alert(1)></svg><img src=x onerror=alert(1)><iframe src="javascript:alert(1)"></iframe></p><p><a href="java&#10;script:alert(1)">一</a><a href="//elsewhere.example">二</a><a href="data:text/html,<script>alert(1)</script>">三</a></p><p>左\u202e右\u200b中</p><style>body{display:none}</style><math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math><link rel=stylesheet href=https://elsewhere.example/x.css><base href=https://elsewhere.example><meta http-equiv=refresh content="0;url=/bank"><form action=/review/sign-out method=post><button>按</button></form>`;

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

async function pasteIntoEditor(page: Page, html: string): Promise<void> {
  await page.getByRole("textbox", { name: "正文" }).click();
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/html", pasted);
    const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    document.querySelector(".tiptap")?.dispatchEvent(event);
  }, html);
}

/** Fills in the facts of a new article at the desk. */
async function beginArticle({ page }: Journey, title: string): Promise<void> {
  await page.getByRole("link", { name: "新闻", exact: true }).first().click();
  await page.getByRole("link", { name: "写新闻" }).click();
  await page.getByLabel("标题", { exact: true }).fill(title);
  await page.getByText("公告", { exact: true }).click();
}

/** Saves and hands in; answers with the address of the article at the desk. */
async function saveAndSubmit({ page, look, way }: Journey): Promise<string> {
  await page.getByRole("button", { name: "保存", exact: true }).click();
  await page.getByText("版已保存").waitFor();
  // The editor that came before weighs more than a page may.
  await (way.javaScript ? expectNoAxeFindings(page) : look());
  await page.getByRole("button", { name: /^提交第/ }).click();
  await page.getByText("要由另一位编辑发布").waitFor();
  return new URL(page.url()).pathname;
}

async function publishAs(way: Journey["way"], username: string, address: string): Promise<string> {
  const { page, look } = await startJourney(browser, way, "/review");
  await signInAtWorkbench(page, username);
  await page.goto(address);
  await look();
  await page.getByRole("button", { name: /^发布第/ }).click();
  await page.getByRole("link", { name: "看公开的页面" }).waitFor();
  await look();
  const href = await page.getByRole("link", { name: "看公开的页面" }).getAttribute("href");
  return href ?? "";
}

describe("新闻", () => {
  test(
    "is written with the editor, from Word and with a picture; another person publishes; a citizen reads and prints",
    async () => {
      const journey = await startJourney(browser, WAYS[0], "/review");
      const { page } = journey;
      await signInAtWorkbench(page, "editor-demo");
      await beginArticle(journey, "试验小区电梯检修公告");
      await pasteIntoEditor(page, FROM_WORD);
      const text = page.getByRole("textbox", { name: "正文" });
      expect(await text.locator("h2").textContent()).toBe("检修安排");
      expect(await text.locator("ol li").count()).toBe(2);
      await page.getByLabel("图片说明").fill("电梯门上的检修告示");
      await page.getByLabel("图片", { exact: true }).setInputFiles({
        name: "告示.jpg",
        mimeType: "image/jpeg",
        buffer: await jpegBytes(5, { width: 640, height: 360 }),
      });
      await page.getByRole("button", { name: "上传图片，放进正文" }).click();
      await page.getByText("图片已放进正文").waitFor();
      await expectNoAxeFindings(page);
      const address = await saveAndSubmit(journey);
      const href = await publishAs(WAYS[1], "editor2-demo", address);
      const citizen = await startJourney(browser, WAYS[0], "/news?q=电梯检修");
      await citizen.look();
      await citizen.page.getByRole("link", { name: /试验小区电梯检修公告/ }).click();
      expect(new URL(citizen.page.url()).pathname).toBe(href);
      const article = citizen.page.getByRole("article");
      expect(await article.locator("ol li").allTextContents()).toEqual(["一号楼", "二号楼"]);
      expect(await article.getByRole("table").textContent()).toContain("12 月 1 日");
      expect(await article.locator("[style], [class^=Mso], [onclick]").count()).toBe(0);
      expect(await article.getByRole("link", { name: "坏的" }).count()).toBe(0);
      expect(await article.getByRole("link", { name: "好的" }).count()).toBe(1);
      const picture = article.getByRole("img", { name: "电梯门上的检修告示" });
      const isSeen = () => picture.evaluate((one) => (one as HTMLImageElement).naturalWidth);
      await expect.poll(isSeen).toBe(640);
      await citizen.look();
      await citizen.page.emulateMedia({ media: "print" });
      expect(await citizen.page.getByRole("banner").isVisible()).toBe(false);
      expect(await citizen.page.getByText(/^网址：/).isVisible()).toBe(true);
    },
    LONG_MS,
  );

  test(
    "is written, published and read without script, and what is hostile in it does nothing where script runs",
    async () => {
      const journey = await startJourney(browser, WAYS[3], "/review");
      const { page, look } = journey;
      await signInAtWorkbench(page, "editor2-demo");
      await beginArticle(journey, "不用脚本写的公告");
      await look();
      await page
        .getByLabel("正文", { exact: true })
        .fill("## 第一节\n\n一段**要紧**的话。\n\n- 甲\n- 乙");
      await page.getByLabel("附件文件").setInputFiles({
        name: "附表.pdf",
        mimeType: "application/pdf",
        buffer: pdfBytes(),
      });
      await page.getByRole("button", { name: "上传附件" }).click();
      await page.getByRole("link", { name: "附表.pdf" }).waitFor();
      await look();
      const address = await saveAndSubmit(journey);
      await page.goto(`${address}/edit`);
      expect(await page.getByLabel("正文", { exact: true }).inputValue()).toContain("**要紧**");
      await page.getByLabel("正文", { exact: true }).fill(HOSTILE);
      await saveAndSubmit(journey);
      await page.goto(`${address}/compare`);
      expect(await wordsOf(page.locator("del").first())).not.toBe("");
      await look();
      const href = await publishAs(WAYS[2], "editor-demo", address);
      const reader = await startJourney(browser, WAYS[0], href);
      await reader.page.waitForLoadState("networkidle");
      expect(new URL(reader.page.url()).pathname).toBe(href);
      const article = reader.page.getByRole("article");
      expect(await wordsOf(article)).toContain("标题字一二三左右中");
      expect(
        await article
          .locator("script, svg, iframe, style, form, [style], a[href^='/']:not([download])")
          .count(),
      ).toBe(0);
      expect(await article.getByRole("link", { name: "附表.pdf" }).count()).toBe(1);
      await reader.look();
    },
    LONG_MS,
  );

  test(
    "is not lost where the session ended before saving, without script: sign in elsewhere and save again",
    async () => {
      const { page, look } = await startJourney(browser, WAYS[3], "/review");
      await signInAtWorkbench(page, "editor2-demo");
      await page.goto("/review/news/new");
      await page.getByLabel("标题", { exact: true }).fill("写了很久的公告");
      await page.getByText("公告", { exact: true }).click();
      await page.getByLabel("正文", { exact: true }).fill("很久的**正文**");
      const session = await page.context().cookies();
      await page.context().clearCookies();
      await page.getByRole("button", { name: "保存", exact: true }).click();
      await page.getByRole("heading", { name: "还没有保存：登录已经结束" }).waitFor();
      expect(await page.getByLabel("正文", { exact: true }).inputValue()).toBe("很久的**正文**");
      await look();
      await page.context().addCookies(session);
      await page.getByRole("button", { name: "保存", exact: true }).click();
      await page.getByText("第 1 版已保存").waitFor();
      expect(await page.getByText("很久的正文").count()).toBeGreaterThan(0);
    },
    LONG_MS,
  );
});
