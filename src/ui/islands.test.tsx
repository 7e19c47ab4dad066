import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { VNode } from "preact";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, type TestBrowser } from "#tests/support/browser.ts";
import { loadAssets } from "./assets.ts";
import { Button, CopyButton, PrintButton } from "./form/button.tsx";
import { ErrorSummary } from "./form/error-summary.tsx";
import { Form } from "./form/form.tsx";
import { SearchBox } from "./form/search-box.tsx";
import { TextField } from "./form/text-field.tsx";
import { Page } from "./layout.tsx";
import { LockCountdown } from "./progress/lock-countdown.tsx";
import { ResendCountdown } from "./progress/resend-countdown.tsx";
import { renderPage } from "./render.ts";

const assets = loadAssets();
const posts: string[] = [];
let server: Server;
let baseUrl: string;
let browser: TestBrowser;

const PAGES: Record<string, VNode> = {
  "/search": (
    <SearchBox
      id="fund"
      title="维修资金查询"
      icon="coin"
      why="看余额。"
      action="/fund"
      name="q"
      label="房屋地址"
      suggests="houses"
    />
  ),
  "/errors": (
    <>
      <ErrorSummary errors={{ payer: "请填写交款人姓名" }} />
      <TextField name="payer" label="交款人" error="请填写交款人姓名" hasFocus />
    </>
  ),
  "/form": (
    <Form action="/slow">
      <TextField name="payer" label="交款人" value="张示例" hasFocus />
      <Button kind="primary" hotkey="F9">
        提交
      </Button>
    </Form>
  ),
  "/extras": (
    <>
      <CopyButton text="112611230482719537">复制编号</CopyButton>
      <PrintButton />
      <LockCountdown until={new Date(2_000)} now={new Date(0)}>
        到 10:52 为止
      </LockCountdown>
      <ResendCountdown from={new Date(2_000)} now={new Date(0)} href="/search">
        重新获取
      </ResendCountdown>
    </>
  ),
};

const SUGGESTED = {
  houses: [{ address: "示例花园 12幢 3单元 502" }, { address: "<b>示例花园二期</b>" }],
  estates: [{ name: "示例花园" }],
};

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = (request.url ?? "").split("?")[0] as string;
    const asset = assets.find(path);
    if (asset) return response.setHeader("content-type", asset.mediaType).end(asset.body);
    if (path === "/search.json") return response.end(JSON.stringify(SUGGESTED));
    if (request.method === "POST") {
      posts.push(path);
      return setTimeout(() => response.end("<!doctype html><title>好</title>"), 400);
    }
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.setHeader("content-security-policy", "default-src 'self'");
    return response.end(renderPage(draw(path)));
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  baseUrl = `http://localhost:${(server.address() as AddressInfo).port}`;
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
});

function draw(path: string): VNode {
  const shell = {
    ...{ cssHref: assets.cssHref, jsHref: assets.jsHref, path },
    ...{ mode: "standard" as const, theme: "auto" as const, isDemo: false },
    ...{ authorityName: "示例", fundCentreName: "示例中心", cityName: "示例市" },
  };
  return (
    <Page shell={shell} title="试验">
      {PAGES[path] ?? <p>没有</p>}
    </Page>
  );
}

async function open(path: string, javaScript = true) {
  const { page, context } = await browser.newPage({ javaScript, width: 1280, baseUrl });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(path);
  return page;
}

test("the error summary takes the focus, not the field that asked for it", async () => {
  const page = await open("/errors");
  expect(await page.evaluate(() => document.activeElement?.className)).toBe("error-summary");
});

test("suggestions are links below a box that stays a text box, reached with the arrow keys", async () => {
  const page = await open("/search");
  const box = page.getByRole("region", { name: "维修资金查询" }).getByRole("textbox");
  await box.fill("示例花园");
  const first = page.getByRole("link", { name: "示例花园 12幢 3单元 502" });
  await first.waitFor();
  expect(await page.getByRole("link", { name: "<b>示例花园二期</b>" }).count()).toBe(1);
  expect(await page.getByRole("status").textContent()).toContain("有 3 个建议");
  await box.press("ArrowDown");
  expect(await first.evaluate((link) => link === document.activeElement)).toBe(true);
  expect(await first.getAttribute("href")).toBe(
    `/fund?q=${encodeURIComponent("示例花园 12幢 3单元 502")}`,
  );
  await page.keyboard.press("Escape");
  expect(await first.isVisible()).toBe(false);
  expect(await box.evaluate((element) => element === document.activeElement)).toBe(true);
});

test("one character asks for no suggestion", async () => {
  const page = await open("/search");
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.getByRole("textbox").fill("示");
  await page.waitForTimeout(400);
  expect(asked).toEqual([]);
});

test("a form pressed twice is sent once, by mouse or by its key", async () => {
  const page = await open("/form");
  posts.length = 0;
  await page.evaluate(() => {
    const button = document.querySelector<HTMLButtonElement>("form.fields button");
    button?.click();
    button?.click();
  });
  await page.keyboard.press("F9");
  await page.waitForURL("**/slow");
  expect(posts).toEqual(["/slow"]);
});

test("F9 presses the button that names it", async () => {
  const page = await open("/form");
  posts.length = 0;
  await page.keyboard.press("F9");
  await page.waitForURL("**/slow");
  expect(posts).toEqual(["/slow"]);
});

test("copying says that it has copied, and the lock runs out with what to do", async () => {
  const page = await open("/extras");
  await page.getByRole("button", { name: "复制编号" }).click();
  await page.getByRole("button", { name: "已复制" }).waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("112611230482719537");
  await page.getByText("锁定已结束，请重新查询").waitFor();
});

test("a message can be asked for again when its time has come", async () => {
  const page = await open("/extras");
  const again = page.getByRole("link", { name: "重新获取" });
  expect(await again.isVisible()).toBe(false);
  await page.getByText(/^[12] 秒后可重新获取$/).waitFor();
  await again.waitFor();
  expect(await page.getByText("秒后可重新获取").isVisible()).toBe(false);
});

test("without script nothing is offered that needs it, and the lock says until when", async () => {
  const page = await open("/extras", false);
  expect(await page.getByRole("button", { name: "复制编号" }).count()).toBe(0);
  expect(await page.getByRole("button", { name: "打印本页" }).count()).toBe(0);
  expect(await page.getByText("到 10:52 为止").isVisible()).toBe(true);
  expect(await page.getByRole("link", { name: "重新获取" }).isVisible()).toBe(true);
  expect(await page.getByText("秒后可重新获取").count()).toBe(0);
});
