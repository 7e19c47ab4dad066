import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { WALKERS, type WalkedPage, type Walker, walkSite } from "../bench/harness/walk-site.ts";
import { findWithAxe } from "../tests/support/axe.ts";
import { launchChromium } from "../tests/support/chromium.ts";
import { listenForComplaints } from "../tests/support/complaints.ts";
import { startSystem } from "../tests/support/system.ts";

/** Where a walk begins, besides what links lead to. */
const STARTS = [
  ...["/", "/_ui", "/no-such-page", "/fund?q=示例花园12幢3单元", "/deposit/SL0126-12-3-0502"],
  ...["/refund/SL0126-12-3-0501", "/my-estate/SL0126", "/search?q=退款"],
];

/** In what a page is judged: all in which its style sheet knows differences. */
const VIEWS = [
  { name: "1440", width: 1440, display: "standard.light" },
  { name: "768", width: 768, display: "standard.light" },
  { name: "390", width: 390, display: "standard.light" },
  { name: "dark", width: 1440, display: "standard.dark" },
  { name: "elder", width: 390, display: "elder.light" },
] as const;
type View = (typeof VIEWS)[number];

/** From the smallest phone (or 400 % zoom) to a wall: no page may scroll sideways. */
const WIDTHS = [320, 3840];

/** Pages that are judged at the same time. */
const AT_ONCE = 2;

const { values: options } = parseArgs({
  options: { pictures: { type: "string" }, as: { type: "string" } },
});

/**
 * Walks the demonstration as anybody and as each kind of its people (`--as NAME` for one of them) and judges one page
 * of each kind in a browser: axe, the console, sideways scrolling. With `--pictures FOLDER` each is kept as a picture.
 */
async function main(): Promise<number> {
  const system = await startSystem({ env: { RATE_LIMITS: "off", LOG_LEVEL: "error" } });
  const browser = await launchChromium();
  const judged = new Set<string>();
  let findingCount = 0;
  try {
    for (const walker of WALKERS.filter(({ name }) => name === (options.as ?? name))) {
      const pages = await pagesOf(system.url, walker, judged);
      await forEachAtOnce(pages, async (walked) => {
        const findings = await judge(browser, system.url, walked, walker.name);
        findingCount += findings.length;
        const path = decodeURI(walked.path);
        for (const finding of findings) console.log(`${walker.name} ${path}\n  ${finding}`);
      });
    }
  } finally {
    await browser.close();
    await system.stop();
  }
  console.log(`${judged.size} pages, ${findingCount} findings.`);
  return findingCount === 0 ? 0 : 1;
}

/** What a walker comes to and nobody did before him, and the home of his own audience, which each kind sees otherwise. */
async function pagesOf(url: string, walker: Walker, judged: Set<string>): Promise<WalkedPage[]> {
  const starts = walker.door === undefined ? STARTS.map(encodeURI) : [];
  const pages: WalkedPage[] = [];
  for await (const walked of walkSite(url, walker, { starts, pagesOfShape: 1 })) {
    const isOwn = /^\/(workbench|review)$/.test(walked.path);
    if (judged.has(walked.path) && !isOwn) continue;
    judged.add(walked.path);
    pages.push(walked);
  }
  return pages;
}

async function forEachAtOnce<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const left = all.values();
  const worker = async () => {
    for (const one of left) await work(one);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function judge(
  browser: Browser,
  baseUrl: string,
  walked: WalkedPage,
  walker: string,
): Promise<string[]> {
  const findings: string[] = [];
  for (const view of VIEWS) {
    const context = await comeAs(browser, baseUrl, walked, view);
    const page = await context.newPage();
    const complaints = listenForComplaints(page);
    await page.goto(new URL(walked.path, baseUrl).href);
    await keepPicture(page, walker, walked.path, view);
    const found = await findWithAxe(page);
    if (view.display !== "standard.dark") found.push(...(await sidewaysScrolling(page, view)));
    findings.push(...[...found, ...complaints].map((finding) => `${view.name}: ${finding}`));
    await context.close();
  }
  return findings;
}

async function comeAs(
  browser: Browser,
  url: string,
  { cookies }: WalkedPage,
  { width, display }: View,
): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: "zh-CN" });
  const worn = new Map([...cookies, ["display", display]]);
  await context.addCookies([...worn].map(([name, value]) => ({ name, value, url })));
  return context;
}

async function sidewaysScrolling(page: Page, view: View): Promise<string[]> {
  const found: string[] = [];
  for (const width of [view.width, ...WIDTHS]) {
    await page.setViewportSize({ width, height: 900 });
    const widest = await page.evaluate(() => document.documentElement.scrollWidth);
    if (widest > width) found.push(`${widest} px wide on a screen of ${width} px`);
  }
  return found;
}

async function keepPicture(page: Page, walker: string, path: string, view: View): Promise<void> {
  if (options.pictures === undefined) return;
  const folder = join(options.pictures, walker);
  mkdirSync(folder, { recursive: true });
  const name = decodeURI(path)
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .slice(0, 60);
  await page.screenshot({ path: join(folder, `${name}-${view.name}.png`), fullPage: true });
}

process.exitCode = await main();
