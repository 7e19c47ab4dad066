import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { CHROMIUM_FLAGS, prepareChromium } from "../tests/support/chromium.ts";
import { startSystem } from "../tests/support/system.ts";
import { machineLine, publish, table } from "./harness/report.ts";

/** Fetched for the occasion: as a dependency it would bring 80 MB. */
const LIGHTHOUSE = "lighthouse@13.5.0";
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const PAGES = [
  "/",
  "/fund?q=示例花园12幢3单元",
  "/deposit/SL0126-12-3-0502",
  "/fund/SL0126-12-3-0501",
];

/** What this benchmark reads of Lighthouse's report. */
interface Report {
  categories: Record<string, { score: number | null }>;
  audits: Record<string, { numericValue?: number }>;
}

/** Lighthouse for a phone on the main pages: four scores of 100 and the three times that matter. */
async function main(): Promise<void> {
  const system = await startSystem({ env: { RATE_LIMITS: "off", LOG_LEVEL: "error" } });
  try {
    const rows: string[][] = [];
    for (const path of PAGES)
      rows.push([path, ...figuresOf(await judge(new URL(path, system.url)))]);
    const head = ["page", ...CATEGORIES, "FCP s", "LCP s", "CLS"];
    publish("lighthouse", "Lighthouse, mobile", `${machineLine()}\n\n${table([head, ...rows])}`);
  } finally {
    await system.stop();
  }
}

async function judge(url: URL): Promise<Report> {
  const { executablePath, env } = await prepareChromium();
  const words = ["--yes", LIGHTHOUSE, url.href, "--quiet", "--output=json"];
  const flags = ["--headless", ...CHROMIUM_FLAGS].join(" ");
  const { stdout } = await promisify(execFile)(
    "npx",
    [...words, `--only-categories=${CATEGORIES.join(",")}`, `--chrome-flags=${flags}`],
    { env: { ...env, CHROME_PATH: executablePath }, maxBuffer: 2 ** 26 },
  );
  return JSON.parse(stdout) as Report;
}

function figuresOf({ categories, audits }: Report): string[] {
  const seconds = (name: string) => ((audits[name]?.numericValue ?? Number.NaN) / 1000).toFixed(2);
  return [
    ...CATEGORIES.map((name) => String(Math.round((categories[name]?.score ?? 0) * 100))),
    seconds("first-contentful-paint"),
    seconds("largest-contentful-paint"),
    (audits["cumulative-layout-shift"]?.numericValue ?? Number.NaN).toFixed(3),
  ];
}

await main();
