import { execFile } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { CHROMIUM_FLAGS, prepareChromium } from "../../tests/support/chromium.ts";
import { weighPage } from "./page-weight.ts";
import { table } from "./report.ts";
import { WALKERS, walkSite } from "./walk-site.ts";

const run = promisify(execFile);

/** Fetched for the occasion: as a dependency it would bring 80 MB. */
const LIGHTHOUSE = "lighthouse@13.5.0";
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"] as const;
const RUNS = 3;
/** A run waits for the page to come to rest most of its time: two side by side on two cores hardly feel each other. */
const AT_ONCE = 2;
/** 30 KB compressed with everything is what the design allows a page. */
const PAGE_LIMIT_BYTES = 30_720;
/** Pages that a citizen reaches by typing, besides what links lead to. */
const STARTS = ["/", "/fund?q=示例花园12幢3单元", "/deposit/SL0126-12-3-0502", "/my-estate/SL0126"];

/** A page for anybody; one that asks not to be indexed is not judged for being found. */
interface PublicPage {
  path: string;
  isIndexed: boolean;
}

/** What is read of Lighthouse's report. */
interface Report {
  categories: Record<string, { score: number | null }>;
  audits: Record<string, { numericValue?: number }>;
}

/** One page of each kind that anybody can come to by links from the home page, before a refusal or a sign-in. */
async function findPublicPages(baseUrl: string): Promise<PublicPage[]> {
  const [anybody] = WALKERS;
  if (anybody === undefined) throw new Error("nobody walks");
  const pages: PublicPage[] = [];
  const walk = walkSite(baseUrl, anybody, { starts: STARTS.map(encodeURI), pagesOfShape: 1 });
  for await (const { path, answer } of walk) {
    if (answer.status !== 200 || /^\/(demo\/|_ui)/.test(path)) continue;
    pages.push({ path, isIndexed: !answer.text.includes('name="robots" content="noindex"') });
  }
  return pages;
}

/** First load of every public page: bytes on the wire, and whether they stay below the design's limit. */
export async function weighPublicPages(baseUrl: string): Promise<string> {
  const rows: string[][] = [];
  for (const { path } of await findPublicPages(baseUrl)) {
    const { html, assets, requests } = await weighPage(new URL(path, baseUrl));
    const kilobytes = (bytes: number) => (bytes / 1024).toFixed(1);
    const isLight = html + assets <= PAGE_LIMIT_BYTES;
    const cells = [kilobytes(html), kilobytes(html + assets), `${requests}`];
    rows.push([decodeURI(path), ...cells, isLight ? "yes" : "**no**"]);
  }
  return table([["first load, Brotli", "HTML KB", "all KB", "requests", "≤ 30 KB"], ...rows]);
}

/** Lighthouse for a phone on every public page: the median of three runs for each score and time. */
export async function judgePublicPages(baseUrl: string): Promise<string> {
  const judge = await prepareJudge();
  const pages = await findPublicPages(baseUrl);
  const rows: string[][] = pages.map(() => []);
  let next = 0;
  const judgeNext = async (): Promise<void> => {
    for (let place = next++; place < pages.length; place = next++) {
      const { path, isIndexed } = pages[place] as PublicPage;
      const reports: Report[] = [];
      for (let turn = 0; turn < RUNS; turn += 1) {
        reports.push(await judge(new URL(path, baseUrl), isIndexed));
      }
      rows[place] = [`${decodeURI(path)}${isIndexed ? "" : " ¹"}`, ...figuresOf(reports)];
      console.error(rows[place]?.join("  "));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, judgeNext));
  const head = ["page", ...CATEGORIES, "FCP s", "LCP s", "CLS"];
  const note =
    "¹ Asks not to be indexed, on purpose: judged without the audit that wants it to be.";
  return `${table([head, ...rows])}\n\n${note}`;
}

type Judge = (url: URL, isIndexed: boolean) => Promise<Report>;

/** Fetches Lighthouse and a browser once, for as many runs as come. */
async function prepareJudge(): Promise<Judge> {
  const { executablePath, env } = await prepareChromium();
  const lighthouse = await findLighthouse();
  return async (url, isIndexed) => {
    // A picture of the whole page is for its reader and costs as much as the rest.
    const words = [url.href, "--quiet", "--output=json", "--disable-full-page-screenshot"];
    const flags = ["--headless", ...CHROMIUM_FLAGS].join(" ");
    if (!isIndexed) words.push("--skip-audits=is-crawlable");
    const { stdout } = await run(
      process.execPath,
      [
        lighthouse,
        ...words,
        `--only-categories=${CATEGORIES.join(",")}`,
        `--chrome-flags=${flags}`,
      ],
      { env: { ...env, CHROME_PATH: executablePath }, maxBuffer: 2 ** 26 },
    );
    return JSON.parse(stdout) as Report;
  };
}

/** npx puts the folder of what it fetched first into the path. */
async function findLighthouse(): Promise<string> {
  const script = "node -p process.env.PATH";
  const { stdout } = await run("npx", ["--yes", `--package=${LIGHTHOUSE}`, "-c", script]);
  const bin = stdout.split(delimiter).find((folder) => existsSync(join(folder, "lighthouse")));
  if (bin === undefined) throw new Error("npx brought no lighthouse");
  return realpathSync(join(bin, "lighthouse"));
}

function figuresOf(reports: readonly Report[]): string[] {
  const score = (name: string) =>
    median(reports.map(({ categories }) => (categories[name]?.score ?? 0) * 100));
  const value = (name: string) =>
    median(reports.map(({ audits }) => audits[name]?.numericValue ?? Number.NaN));
  return [
    ...CATEGORIES.map((name) => score(name).toFixed(0)),
    (value("first-contentful-paint") / 1000).toFixed(2),
    (value("largest-contentful-paint") / 1000).toFixed(2),
    value("cumulative-layout-shift").toFixed(3),
  ];
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
