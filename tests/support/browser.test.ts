import type { AssertionError } from "node:assert";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectNoAxeFindings, openBrowser, type TestBrowser } from "./browser.ts";

const PAGE = `<!doctype html><html lang="zh-CN"><head><title>示例</title>
<meta name="viewport" content="width=device-width"></head>
<body><main><h1>示例花园</h1><p id="how">无脚本</p><a href="/notice.pdf">打印</a></main>
<script src="/how.js"></script></body></html>`;

let server: Server;
let baseUrl: string;
let browser: TestBrowser;

beforeAll(async () => {
  server = createServer((request, response) => {
    const headers = {
      "content-security-policy": "default-src 'none'; script-src 'self'; img-src data:",
    };
    if (request.url === "/notice.pdf") {
      response.writeHead(200, {
        "content-type": "application/pdf",
        "content-disposition": 'attachment; filename="notice.pdf"',
      });
      response.end("%PDF-1.7 sample");
    } else if (request.url === "/how.js") {
      response.writeHead(200, { "content-type": "text/javascript" });
      response.end("document.getElementById('how').textContent = '有脚本';");
    } else if (request.url === "/favicon.ico") {
      response.writeHead(204).end();
    } else {
      response.writeHead(200, { ...headers, "content-type": "text/html; charset=utf-8" });
      response.end(
        request.url === "/bad" ? PAGE.replace("</main>", '<img src="data:,"></main>') : PAGE,
      );
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  server?.close();
});

describe.each([
  { javaScript: true, words: "有脚本" },
  { javaScript: false, words: "无脚本" },
])("with script $javaScript", ({ javaScript, words }) => {
  test.each([390, 1280] as const)(
    "shows the page %i px wide and axe finds nothing",
    async (width) => {
      const { page } = await browser.newPage({ javaScript, width, baseUrl });
      await page.goto("/");
      expect(await page.locator("#how").textContent()).toBe(words);
      await expectNoAxeFindings(page);
    },
  );

  test("axe finds a picture without words", async () => {
    const { page } = await browser.newPage({ javaScript, width: 1280, baseUrl });
    await page.goto("/bad");
    const finding = await expectNoAxeFindings(page).catch((error: AssertionError) => error.actual);
    expect(finding).toEqual([expect.stringContaining("image-alt")]);
  });

  test("a click on a PDF's link downloads it", async () => {
    const { page } = await browser.newPage({ javaScript, width: 390, baseUrl });
    await page.goto("/");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "打印" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("notice.pdf");
  });
});

test("Chinese characters are drawn from a real font, each with its own shape", async () => {
  const { page } = await browser.newPage({ javaScript: true, width: 1280, baseUrl });
  await page.goto("/");
  const pictures = [];
  for (const character of ["维", "修", "䶮"]) {
    await page.locator("h1").evaluate((node, words) => {
      node.textContent = words;
    }, character);
    pictures.push((await page.locator("h1").screenshot()).toString("base64"));
  }
  expect(new Set(pictures).size).toBe(3);
});
