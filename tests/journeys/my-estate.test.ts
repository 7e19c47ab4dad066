import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demonstrationOwners } from "#src/demo/demonstration-owners.ts";
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import { type Journey, searchFromHome, startJourney, WAYS, wordsOf } from "../support/journey.ts";

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

describe("快捷服务 2 进入我的小区", () => {
  test.each(WAYS)("$how", async (way) => {
    const journey = await startJourney(browser, way);
    const { page, look } = journey;
    await searchFromHome(page, "进入我的小区", "示例花园");
    expect(await wordsOf(page.locator("h1"))).toBe("物业区域查询");
    const found = page.getByRole("article").filter({ hasText: "SL0126" });
    expect(await wordsOf(found)).toContain("名称一致");
    await look();
    await found.getByRole("link", { name: "查看", exact: true }).click();
    await readEstate(journey);
    await look();
    const tabs = page.getByRole("navigation", { name: "选幢" });
    await tabs.getByRole("link", { name: "12幢", exact: true }).click();
    expect(await wordsOf(page.locator("h1"))).toBe("示例花园 12幢");
  });

  test.each(WAYS)("楼盘表 and its table, $how", async (way) => {
    const journey = await startJourney(browser, way, "/my-estate/SL0126/buildings/12");
    const { page, look } = journey;
    await readChart(journey);
    await look();
    await page.getByRole("link", { name: "看表格" }).click();
    expect(await wordsOf(page.locator("#building-chart table"))).toMatch(
      /12幢 3[0-9]{2} 户.*1单元 101/s,
    );
    await page.getByRole("link", { name: "看楼盘表" }).click();
    await page.locator('a[aria-label^="3单元502 "]').click();
    expect(await wordsOf(page.locator("h1"))).toBe("示例花园 12幢 3单元 502");
  });

  test("the table of a building can be read by anybody too", async () => {
    const at = "/my-estate/SL0126/buildings/12?view=table&page=4";
    const { page, look } = await startJourney(browser, WAYS[1], at);
    // Other walks take up houses in this building: it has 324 from the start and a few more later.
    const words = await wordsOf(page.getByRole("main"));
    const [, all = "none"] = /第 301–(3[0-9]{2}) 条，共 \1 条/.exec(words) ?? [];
    expect(words).toContain(`12幢 ${all} 户`);
    await look();
  });

  test.each([
    ["slhy", "SL0126", "拼音"],
    ["shilihuayuan", "SL0126", "拼音"],
    ["第一城", "SL0201", "别名一致"],
    ["SL0126", "SL0126", "小区编号一致"],
    ["示例花园二期", "SL0127", "名称一致"],
    ["示例花圆", "SL0126", "读音相同"],
  ])("the words “%s” find %s, and the page says why", async (words, code, why) => {
    const { page } = await startJourney(browser, WAYS[2]);
    await searchFromHome(page, "进入我的小区", words);
    const first = await wordsOf(page.getByRole("article").first());
    expect(first).toContain(code);
    expect(first).toContain(why);
  });

  test.each([
    ["", "请输入物业区域名称"],
    ["园", "物业区域名称至少两个字"],
    ["查无此园", "没有找到“查无此园”"],
    ["园".repeat(200), "名称太长了"],
  ])("the search for “%s” is answered with what to do", async (words, sentence) => {
    const { page, look } = await startJourney(browser, WAYS[3]);
    await searchFromHome(page, "进入我的小区", words);
    expect(await wordsOf(page.getByRole("main"))).toContain(sentence);
    expect(await page.getByRole("main").getByRole("textbox").inputValue()).toBe(words);
    await look();
  });

  test("odd buildings, uses and an estate that has nothing yet are told too", async () => {
    const { page, look } = await startJourney(browser, WAYS[1], "/my-estate/SL0126/uses");
    expect(await wordsOf(page.getByRole("main"))).toContain("户分摊");
    await look();
    await page.goto("/my-estate/SL0126/buildings/%E8%BD%A6%E5%BA%93");
    expect(await wordsOf(page.getByRole("main"))).toMatch(/车位 16 户/);
    await look();
    await page.goto("/my-estate/SL0222");
    expect(await wordsOf(page.getByRole("main"))).toContain("这个小区还没有登记楼幢");
    await look();
  });

  test("the two files are there for whoever wants to reckon for himself", async () => {
    const { page, context } = await startJourney(browser, WAYS[0], "/my-estate/SL0126");
    for (const [name, type] of [
      [/^下载表格/, "text/csv"],
      [/^下载 JSON/, "application/json"],
    ] as const) {
      const href = (await page.getByRole("link", { name }).getAttribute("href")) ?? "";
      const file = await context.request.get(href);
      expect(file.headers()["content-type"]).toContain(type);
      expectNothingPersonal(await file.text());
    }
  });
});

/** Totals with their day, overview, the first chart, the charts with their tables; nobody is named. */
async function readEstate({ page }: Journey): Promise<void> {
  expect(await wordsOf(page.locator("h1"))).toBe("示例花园");
  const words = await wordsOf(page.getByRole("main"));
  for (const part of [
    "余额",
    "充足率",
    "已交户数",
    "已使用",
    "已交存",
    "利息",
    "专户和银行已经核对到",
  ]) {
    expect(words).toContain(part);
  }
  const overview = await wordsOf(page.getByRole("region", { name: "小区概况" }));
  for (const part of ["SL0126", "开发单位", "物业企业", "业委会", "专户银行", "户数"]) {
    expect(overview).toContain(part);
  }
  const sum = await wordsOf(page.getByRole("region", { name: "资金合计" }));
  const yuan = [...sum.matchAll(/[\d,]+\.\d\d/g)].map(([text]) =>
    BigInt(text.replace(/[,.]/g, "")),
  );
  const [deposited = 0n, interest = 0n, used = 0n, refunded = 0n, balance] = yuan;
  expect(deposited + interest - used - refunded).toBe(balance);
  expect(await page.getByRole("img", { name: "余额变化", exact: true }).count()).toBe(1);
  expect(await page.getByRole("img", { name: "每年使用", exact: true }).count()).toBe(1);
  expect(await page.getByRole("table", { name: /每年的交存/ }).count()).toBe(1);
  expectNothingPersonal(await page.content());
}

/** Each mark of the legend is counted as often as cells carry its word. */
async function readChart({ page }: Journey): Promise<void> {
  const legend = await wordsOf(page.getByRole("list", { name: "图例" }));
  const names = await page
    .locator("a.cell")
    .evaluateAll((cells) => cells.map((cell) => cell.getAttribute("aria-label") ?? ""));
  // Other walks take up houses in this building: the page itself says how many it has by now.
  expect(names.length).toBeGreaterThanOrEqual(324);
  expect(await wordsOf(page.getByRole("main"))).toContain(`${names.length} 户`);
  const counts = [...legend.matchAll(/(已交|不足30%|未交清|未交) (\d+)/g)];
  expect(counts.length).toBeGreaterThan(2);
  for (const [, word, count] of counts) {
    const told = names.filter((name) => name.endsWith(` ${word}`)).length;
    expect(`${word} ${told}`).toBe(`${word} ${count}`);
  }
  expect(await page.locator("table.floors").count()).toBeGreaterThanOrEqual(2);
  expect(await page.locator('th[scope="colgroup"]').allTextContents()).toEqual(
    expect.arrayContaining(["1单元", "2单元", "3单元"]),
  );
  const box = await page.locator('a[aria-label^="3单元502 "]').boundingBox();
  expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
}

function expectNothingPersonal(text: string): void {
  for (const { owner } of demonstrationOwners) {
    for (const own of [owner.name, owner.documentNo, owner.phone]) expect(text).not.toContain(own);
  }
}
