import { expect, test } from "vitest";
import type { DatedCityBook } from "#src/bank/statements/dated-book.ts";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { fen } from "#src/kernel/money.ts";
import { addFundNow } from "#src/ledger/city-book/fund-now.ts";
import { closingOf, emptyYear, type FundYear } from "#src/ledger/city-book/fund-years.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { AccessibilityPage } from "./accessibility-page.tsx";
import { cityTotalsOf } from "./city-totals.tsx";
import { HomePage, type HomePageProps } from "./pages.tsx";
import { PrivacyPage } from "./privacy-page.tsx";
import { SitemapPage } from "./sitemap-page.tsx";

const SHELL: PageShell = {
  cssHref: "/assets/a.css",
  jsHref: "/assets/a.js",
  path: "/",
  mode: "standard",
  theme: "auto",
  authorityName: "示例市住房和城乡建设局",
  fundCentreName: "示例市物业专项维修资金管理中心",
  cityName: "示例市",
  isDemo: false,
};
const HOSTILE = "<script>alert(1)</script>";

const news = Array.from({ length: 7 }, (_, index) => ({
  href: `/news/${index}`,
  category: "公告",
  title: `第 ${index + 1} 条`,
  summary: `第 ${index + 1} 条的摘要`,
  publishedOn: calendarDate("2026-11-20"),
}));
const year = (of: Partial<FundYear>): FundYear => {
  const figures = { ...emptyYear(2025), ...of };
  return { ...figures, closingFen: closingOf(figures) };
};
const opened = year({ depositedFen: fen(800000000000n), interestFen: fen(70000000000n) });
const book: DatedCityBook = {
  mark: "1",
  refreshedAt: new Date("2026-11-26T01:00:00Z"),
  bookedUntil: calendarDate("2026-11-25"),
  estateCount: 2,
  now: addFundNow([]),
  years: [
    opened,
    year({
      year: 2026,
      openingFen: opened.closingFen,
      depositedFen: fen(64210340217n),
      interestFen: fen(500000000n),
      usedFen: fen(91700000000n),
      refundedFen: fen(6200000000n),
    }),
  ],
  reconciledUntil: null,
  districts: [],
  monthsFrom: 0,
  toldAlone: new Set(),
};
const totals = cityTotalsOf(book);

function draw(props: Partial<HomePageProps> = {}): string {
  return renderPage(
    <HomePage shell={SHELL} news={news} downloads={[]} totals={totals} guides={[]} {...props} />,
  );
}

test.each([
  ["业主自主办理区", "/owner-service", "q"],
  ["进入我的小区", "/my-estate", "q"],
  ["维修资金查询", "/fund", "q"],
  ["业务受理状态查询", "/status", "number"],
])("%s is a region with one text box and the button 搜索", (title, action, name) => {
  const regions = draw()
    .split(/<section class="quick[ "]/)
    .slice(1);
  const region = regions
    .find((part) => part.includes(`action="${action}"`))
    ?.split("</section>")[0];
  expect(region).toMatch(new RegExp(`<h2[^>]*>.*${title}</h2>`, "s"));
  expect(region?.match(/<input/g)).toHaveLength(1);
  expect(region).toContain(`name="${name}"`);
  expect(region).toContain("搜索</span></button>");
});

test("the city's money is an equation, to the fen one step away", () => {
  const html = draw();
  expect(html).toContain('86.42 <span class="unit">亿元</span>');
  expect(html).toContain("8,368,103,402.17 元");
  expect(html).toContain("账面日期 2026-11-25，还没有和银行核对");
  expect(html).not.toContain("其他调整");
  expect(draw({ totals: null })).not.toContain("维修资金公示");
});

test("what else the ledger knows stands in the equation, so that it adds up", () => {
  const corrected = year({ depositedFen: fen(1000_00n), otherFen: fen(-250_00n) });
  const html = draw({ totals: cityTotalsOf({ ...book, years: [corrected] }) });
  expect(html).toContain("其他调整");
  expect(html).toContain("−250.00 元");
  expect(html).toContain("750.00 元");
});

test("a city without a book, too small for one, or with nothing booked has no totals", () => {
  expect(cityTotalsOf("not-begun")).toBeNull();
  expect(cityTotalsOf("too-small")).toBeNull();
  expect(cityTotalsOf({ ...book, years: [] })).toBeNull();
});

test("the newest piece leads with its summary, four more follow, the rest is one link away", () => {
  const html = draw();
  expect(html).toContain("第 1 条的摘要");
  expect(html).not.toContain("第 2 条的摘要");
  expect(html).toContain("第 5 条");
  expect(html).not.toContain("第 6 条");
  expect(html).toContain('href="/news">全部新闻');
});

test("a home without news or files says what will appear there", () => {
  const html = draw({ news: [] });
  expect(html).toContain("新的政策和公告会出现在这里");
  expect(html).toContain("表格和样张会出现在这里");
});

test("适老版 keeps the tasks, a number to call and the news, and nothing else", () => {
  const html = draw({ shell: { ...SHELL, mode: "elder" } });
  expect(html.match(/搜索<\/span><\/button>/g)).toHaveLength(4);
  expect(html).toContain("打 12345 找人帮办");
  expect(html).not.toContain("维修资金公示");
  expect(html).not.toContain('class="drawing"');
  expect(html.match(/<h1/g)).toHaveLength(1);
});

test("hostile news and file names stay text", () => {
  const hostile = news.map((item) => ({
    ...item,
    title: HOSTILE,
    summary: HOSTILE,
    category: HOSTILE,
  }));
  const downloads = [
    { href: "/downloads/1", title: HOSTILE, fileName: `${HOSTILE}.pdf`, sizeBytes: 1 },
  ];
  expect(draw({ news: hostile, downloads })).not.toContain("<script>");
});

test("the pages behind the footer have one h1 and lead to 12345 or to every page", () => {
  const privacy = <PrivacyPage shell={SHELL} isSmsAvailable />;
  for (const page of [<AccessibilityPage shell={SHELL} />, privacy]) {
    const html = renderPage(page);
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html).toContain('href="tel:12345"');
  }
  const sitemap = renderPage(<SitemapPage shell={SHELL} />);
  for (const href of ["/owner-service", "/my-estate", "/fund", "/status", "/news", "/bank"]) {
    expect(sitemap).toContain(`<a href="${href}">`);
  }
});

test("the privacy page says of phones what the deployment does with them", () => {
  const words = (isSmsAvailable: boolean) =>
    renderPage(<PrivacyPage shell={SHELL} isSmsAvailable={isSmsAvailable} />);
  expect(words(true)).toContain("手机号码还用来发短信");
  expect(words(true)).toContain("用手机动态密码登录的");
  expect(words(false)).toContain("本站没有接通短信，手机号码不用来发短信");
  expect(words(false)).not.toMatch(/还用来发短信|动态密码/);
});
