import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launchChromium } from "../tests/support/chromium.ts";

/** The public pages of the demonstration, from the first thing that a citizen sees. */
const PATHS: Record<string, string> = {
  home: "/",
  search: "/search",
  "search-hits": "/search?q=退款要什么材料",
  "search-none": "/search?q=火星移民",
  "search-house": "/search?q=示例花园12幢3单元502",
  help: "/help",
  "help-branches": "/help/branches",
  "help-questions": "/help/questions",
  "help-objections": "/help/objections",
  sitemap: "/sitemap",
  "not-there": "/nothing-here",
  houses: "/owner-service?q=示例花园12幢3单元502",
  "houses-none": "/owner-service?q=没有的小区9幢",
  deposit: "/deposit/SL0126-12-3-0504",
  refund: "/refund/SL0126-12-3-0503",
  unrecorded: "/unrecorded-deposit",
  "my-estate": "/my-estate?q=示例",
  estate: "/my-estate/SL0126",
  fund: "/fund/SL0126-12-3-0501",
  status: "/status",
  news: "/news",
  downloads: "/downloads",
  guides: "/guides",
  "guide-refund": "/guides/owner-refund",
  policies: "/policies",
  disclosure: "/disclosure",
  calculator: "/calculator",
  verify: "/verify",
  "sign-in": "/sign-in",
  register: "/register",
  accessibility: "/accessibility",
  privacy: "/privacy",
  components: "/_ui",
};

/** How a page is looked at: `390`, `768`, `1440`, with `elder` or `dark` behind a dash. */
const LOOKS = ["390", "768", "1440", "390-elder", "1440-elder", "390-dark", "1440-dark"];

/** Takes pictures of a running demonstration: `npm run pictures -- URL FOLDER [page …] [look …]`. */
async function main([base, folder, ...wanted]: string[]): Promise<void> {
  if (base === undefined || folder === undefined) {
    throw new Error("npm run pictures -- http://localhost:3000 folder [page …] [look …]");
  }
  const names = Object.keys(PATHS).filter((name) => wanted.includes(name));
  const looks = wanted.filter((word) => /^\d+(-elder|-dark)?$/.test(word));
  mkdirSync(folder, { recursive: true });
  const browser = await launchChromium();
  try {
    for (const look of looks.length > 0 ? looks : LOOKS) {
      const [width = "1440", way = "auto"] = look.split("-");
      const page = await browser.newPage({
        viewport: { width: Number.parseInt(width, 10), height: width === "390" ? 844 : 900 },
        colorScheme: way === "dark" ? "dark" : "light",
        locale: "zh-CN",
      });
      const display = way === "elder" ? "elder.auto" : "standard.auto";
      await page.context().addCookies([{ name: "display", value: display, url: base }]);
      for (const name of names.length > 0 ? names : Object.keys(PATHS)) {
        const answer = await page.goto(new URL(PATHS[name] ?? "/", base).href);
        await page.screenshot({ path: join(folder, `${name}-${look}.png`), fullPage: true });
        const widest = await page.evaluate(() => document.documentElement.scrollWidth);
        const isWide = widest > Number.parseInt(width, 10);
        console.log(`${name} ${look}: ${answer?.status()}${isWide ? `, ${widest} px wide` : ""}`);
      }
      await page.context().close();
    }
  } finally {
    await browser.close();
  }
}

await main(process.argv.slice(2));
