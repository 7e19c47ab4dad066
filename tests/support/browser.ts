import { mkdirSync } from "node:fs";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { expect, onTestFailed, onTestFinished } from "vitest";
import { findWithAxe } from "./axe.ts";
import { launchChromium } from "./chromium.ts";
import { listenForComplaints } from "./complaints.ts";

/** How the visitor of each page came; axe needs to know whether script runs there. */
const visits = new WeakMap<Page, VisitorOptions>();

/** How a visitor comes: on a phone or a desk, with or without script, in which display mode. */
export interface VisitorOptions {
  javaScript: boolean;
  width: 390 | 1280;
  elder?: boolean;
  dark?: boolean;
  /** Address that relative paths in `page.goto` are read against; the elder cookie needs it. */
  baseUrl?: string;
}

/** One visitor's page, and everything the page complained about so far. */
export interface Visitor {
  page: Page;
  context: BrowserContext;
  /** Console warnings and errors, uncaught exceptions, failed requests, answers of 5xx. */
  complaints: string[];
}

/** A browser from which each test takes fresh visitors. */
export interface TestBrowser {
  newPage(options: VisitorOptions): Promise<Visitor>;
  close(): Promise<void>;
}

/** Starts Chromium; a test file does this once, in `beforeAll`, and closes it in `afterAll`. */
export async function openBrowser(): Promise<TestBrowser> {
  const browser = await launchChromium();
  return {
    newPage: (options) => newVisitor(browser, options),
    close: () => browser.close(),
  };
}

/**
 * Opens a page in a context of its own. Called inside a test it also takes a picture into
 * `test-results/` when the test fails, closes itself afterwards, and fails the test when the page
 * complained of anything.
 */
async function newVisitor(browser: Browser, options: VisitorOptions): Promise<Visitor> {
  const context = await browser.newContext(contextOptions(options));
  if (options.elder) await rememberElderMode(context, options.baseUrl);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  visits.set(page, options);
  const visitor = { page, context, complaints: listenForComplaints(page) };
  tieToTest(visitor);
  return visitor;
}

function contextOptions(options: VisitorOptions): BrowserContextOptions {
  return {
    javaScriptEnabled: options.javaScript,
    viewport: { width: options.width, height: options.width === 390 ? 844 : 900 },
    deviceScaleFactor: options.width === 390 ? 2 : 1,
    isMobile: options.width === 390,
    hasTouch: options.width === 390,
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    colorScheme: options.dark ? "dark" : "light",
    ...(options.baseUrl === undefined ? {} : { baseURL: options.baseUrl }),
  };
}

async function rememberElderMode(context: BrowserContext, baseUrl?: string): Promise<void> {
  if (baseUrl === undefined) throw new Error("elder needs baseUrl: the mode is kept in a cookie");
  await context.addCookies([{ name: "display", value: "elder.auto", url: baseUrl }]);
}

function tieToTest({ page, context, complaints }: Visitor): void {
  const title = expect.getState().currentTestName;
  if (title === undefined) return;
  onTestFailed(async () => {
    mkdirSync("test-results", { recursive: true });
    const name = title.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 80);
    await page.screenshot({ path: `test-results/${name}.png`, fullPage: true }).catch(() => null);
  });
  onTestFinished(async () => {
    await context.close();
    expect(complaints, "what the page complained of").toEqual([]);
  });
}

/**
 * Fails with one line per finding when the page breaks WCAG 2.2 A or AA or axe's best practices.
 * Works on a visitor without script too: the page as it stands is judged, its own script never runs.
 */
export async function expectNoAxeFindings(page: Page): Promise<void> {
  const visited = visits.get(page);
  const judged = visited?.javaScript === false ? await copyWithScript(page, visited) : page;
  const findings = await findWithAxe(judged);
  if (judged !== page) await judged.context().close();
  expect(findings, `axe on ${page.url()}`).toEqual([]);
}

/** The same markup at the same address in a page where axe can run, but the page's script cannot. */
async function copyWithScript(page: Page, options: VisitorOptions): Promise<Page> {
  const browser = page.context().browser();
  if (browser === null) throw new Error("axe needs the page's browser");
  const body = await page.content();
  const context = await browser.newContext({
    ...contextOptions({ ...options, javaScript: true }),
    storageState: await page.context().storageState(),
  });
  await context.route("**/*", (route) => {
    const request = route.request();
    if (request.isNavigationRequest()) {
      return route.fulfill({ body, contentType: "text/html; charset=utf-8" });
    }
    return request.resourceType() === "script" ? route.abort() : route.continue();
  });
  const copy = await context.newPage();
  await copy.goto(page.url());
  return copy;
}
