import type { Locator, Page, Response } from "playwright-core";
import { expect, inject } from "vitest";
import { expectNoAxeFindings, type TestBrowser, type Visitor } from "./browser.ts";
import "./journeys-setup.ts";

const SITE_NAME = "物业专项维修资金公众服务平台";

/** Page, style sheet and script together, as they come over the line. */
const PAGE_BYTES_MAX = 30 * 1024;

/** The narrowest screen that still counts: 1280 px enlarged four times (WCAG 1.4.10). */
const NARROWEST = 320;

/** How a citizen comes. A section of the manual is walked in each of these ways, or in two that differ in both. */
export const WAYS = [
  { how: "with script at 1280 px", javaScript: true, width: 1280 },
  { how: "with script at 390 px", javaScript: true, width: 390 },
  { how: "without script at 1280 px", javaScript: false, width: 1280 },
  { how: "without script at 390 px", javaScript: false, width: 390 },
] as const;
export type Way = (typeof WAYS)[number];

/** A citizen on the way through the shared system. */
export interface Journey extends Visitor {
  way: Way;
  /** Judges the page that is open now, whatever it is; see the assertions. */
  look(): Promise<void>;
}

/** Sends a citizen to a page of a system, which is the one that all journeys share unless told. */
export async function startJourney(
  browser: TestBrowser,
  way: Way,
  at = "/",
  baseUrl = inject("systemUrl"),
): Promise<Journey> {
  const visitor = await browser.newPage({ ...way, baseUrl });
  const weigh = watchWeight(visitor.page);
  await visitor.page.goto(at);
  return { ...visitor, way, look: () => lookAt(visitor.page, way, weigh) };
}

async function lookAt(page: Page, way: Way, weigh: () => Promise<number>): Promise<void> {
  await page.waitForLoadState();
  const place = page.url();
  expect(await page.title(), place).toMatch(new RegExp(` - ${SITE_NAME}$`));
  expect(await page.locator("h1").count(), `h1 of ${place}`).toBe(1);
  expect(await page.locator("html").getAttribute("lang"), place).toBe("zh-CN");
  const bytes = await weigh();
  expect(bytes, `bytes of ${place}`).toBeGreaterThan(0);
  expect(bytes, `bytes of ${place}`).toBeLessThanOrEqual(PAGE_BYTES_MAX);
  expect(await clobbering(page), `field names of ${place}`).toEqual([]);
  await expectNoSideScrolling(page, way);
  await expectNoAxeFindings(page);
}

/**
 * Names of fields that hide a property of their own form, such as `ownerDocument` or `action`: scripts and
 * assistive tools, axe among them, then no longer see the form.
 */
function clobbering(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("form [name]")]
      .map((field) => field.getAttribute("name") ?? "")
      .filter((name) => name in HTMLFormElement.prototype),
  );
}

async function expectNoSideScrolling(page: Page, way: Way): Promise<void> {
  const before = page.viewportSize() ?? { width: way.width, height: 900 };
  for (const width of [way.width, NARROWEST]) {
    await page.setViewportSize({ ...before, width });
    // The page learns of its new size a little later.
    const sizes = await expect
      .poll(() => sizesOf(page), { interval: 10 })
      .toMatchObject({ visible: width })
      .then(() => sizesOf(page));
    expect(sizes.widest, `widest thing of ${page.url()} at ${width} px`).toBeLessThanOrEqual(width);
  }
  await page.setViewportSize(before);
}

function sizesOf(page: Page): Promise<{ visible: number; widest: number }> {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    return { visible: clientWidth, widest: scrollWidth };
  });
}

/** Adds up what the open page cost on the line; the style sheet counts even when it was there already. */
function watchWeight(page: Page): () => Promise<number> {
  const parts = new Map<string, number>();
  let settling: Promise<void> = Promise.resolve();
  page.on("response", (response) => {
    settling = settling.then(() => weighOne(page, response, parts));
  });
  return async () => {
    await settling;
    return [...parts.values()].reduce((sum, bytes) => sum + bytes, 0);
  };
}

async function weighOne(page: Page, response: Response, parts: Map<string, number>): Promise<void> {
  const request = response.request();
  const isPage = request.isNavigationRequest() && request.frame() === page.mainFrame();
  if (!isPage && !["stylesheet", "script"].includes(request.resourceType())) return;
  const sizes = await request.sizes().catch(() => null);
  const key = isPage ? "page" : request.url();
  if (sizes)
    parts.set(
      key,
      isPage ? sizes.responseBodySize : Math.max(sizes.responseBodySize, parts.get(key) ?? 0),
    );
}

/** Types into the quick service of this name on the home page and presses its 搜索. */
export async function searchFromHome(page: Page, service: string, words: string): Promise<void> {
  const region = page.getByRole("region", { name: service });
  await region.getByRole("textbox").fill(words);
  await region.getByRole("button", { name: "搜索" }).click();
  await page.waitForLoadState();
}

/** Signs a teller of the demonstration in at the bank's desk. */
export async function signInAtDesk(page: Page, username: string): Promise<void> {
  await page.goto("/bank");
  await page.getByLabel("用户名").fill(username);
  await page.getByLabel("密码").fill("Demo-2026!");
  await page.getByRole("button", { name: "登录" }).click();
  await page.getByLabel("通知单编号").waitFor();
}

/** What an element says, on one line; also what only a screen reader hears. */
export async function wordsOf(place: Locator): Promise<string> {
  return ((await place.textContent()) ?? "").replace(/\s+/g, " ").trim();
}
