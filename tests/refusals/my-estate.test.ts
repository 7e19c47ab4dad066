import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { fen } from "#src/kernel/money.ts";
import { catchUpCityBook } from "#src/ledger/city-book/refresh-city-book.ts";
import type { DisclosurePolicy } from "#src/platform/config.ts";
import {
  buildBuilding,
  buildHouse,
  moveToDistrict,
  NOW,
  type TestBuilding,
} from "../support/builders.ts";
import { HOSTILE } from "../support/hostile-values.ts";
import { buildDeposit, buildUse } from "../support/payment-builders.ts";
import { readPage } from "../support/read-page.ts";
import { registerOwner } from "../support/registered-owner.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";

const OWNER = { name: "令狐业主", document: "11010119900307803X", phone: "13700009102" } as const;
const PERSONAL = /令狐|803X|9102|张示例|5678/;
/** The 楼盘表 of a page, where single houses stand. */
function chartOf(html: string): string {
  const from = html.indexOf('id="building-chart"');
  return html.slice(from, html.indexOf("</section>", html.indexOf("3单元", from)));
}

/** An estate with one building of six houses, one of them paid. */
async function buildEstate(site: ServedSite): Promise<TestBuilding> {
  const building = await buildBuilding(site.city);
  for (let n = 0; n < 6; n += 1) {
    const house = await buildHouse(site.city, { building });
    await registerOwner(site.city, house, OWNER);
    const amountFen = house.dueFen ?? expect.fail("the house owes nothing");
    if (n === 0) await buildDeposit(site.city, house, { amountFen });
  }
  return building;
}

const pathsOf = ({ estateCode }: TestBuilding) =>
  ["", "/buildings/12", "/buildings/12?view=table", "/uses", "/houses.csv", "/houses.json"].map(
    (rest) => `/my-estate/${estateCode}${rest}`,
  );

describe.each(["open", "verified", "login"] as const)("policy %s", (policy: DisclosurePolicy) => {
  let site: ServedSite;
  let building: TestBuilding;
  beforeAll(async () => {
    site = await serveSite({ disclosurePolicy: policy });
    building = await buildEstate(site);
    await catchUpCityBook(site.database.db, NOW);
  });
  afterAll(() => site?.stop());

  test("no page and no file tells anything personal", async () => {
    for (const path of pathsOf(building)) {
      const answer = await site.visitor().get(path);
      expect(answer.status, path).toBe(200);
      expect(answer.text, path).not.toMatch(PERSONAL);
    }
  });

  test("the totals of estate and building are public", async () => {
    const [estate, one] = pathsOf(building);
    for (const path of [estate, one]) {
      const { text } = readPage((await site.visitor().get(path as string)).text);
      expect(text).toContain("11,851.20 元");
      expect(text).toContain("100.0%");
      expect(text).toContain("应交 6 户，16.7%");
      expect(text).toContain("专户还没有和银行核对过");
    }
  });

  test("a house's state and the way to its detail are there only where every house is open", async () => {
    const isOpen = policy === "open";
    const paths = pathsOf(building).slice(0, 3);
    for (const path of paths) {
      const { text } = await site.visitor().get(path);
      expect(/href="\/fund\/TS/.test(text), path).toBe(isOpen);
      const chart = chartOf(text);
      expect(chart.length, path).toBeGreaterThan(500);
      const states = /已交|未交|不足|class="(cell|tag) (ok|wait|bad|none)|class="mark"/;
      expect(states.test(chart), path).toBe(isOpen);
      expect(chart.match(/3单元 ?5\d\d/g)?.length, path).toBe(6);
    }
  });

  test("a payment shows at once, however lately the page was read", async () => {
    const own = await buildEstate(site);
    await catchUpCityBook(site.database.db, NOW);
    const path = `/my-estate/${own.estateCode}`;
    expect(readPage((await site.visitor().get(path)).text).text).toContain("11,851.20 元");
    const house = await buildHouse(site.city, { building: own });
    await buildDeposit(site.city, house, { amountFen: house.dueFen as never });
    const { text } = readPage((await site.visitor().get(path)).text);
    expect(text).toContain("23,702.40 元");
    expect(text).toContain("应交 7 户，28.6%");
  });

  test("a building of few houses is told alone only where every house is open", async () => {
    const small = await buildBuilding(site.city);
    const house = await buildHouse(site.city, { building: small });
    await buildDeposit(site.city, house, { amountFen: house.dueFen as never });
    for (const path of pathsOf(small)) {
      const answer = await site.visitor().get(path);
      const isTold = /11,851\.20|11851\.20/.test(answer.text);
      const hasMoney = !/uses$/.test(path);
      expect(isTold, path).toBe(policy === "open" && hasMoney);
    }
  });

  test("of a use that few houses bore neither its place nor their number is told where not every house is open", async () => {
    const own = await buildEstate(site);
    const house = await buildHouse(site.city, { building: own });
    await buildDeposit(site.city, house, { amountFen: fen(88_888n) });
    await buildUse(site.city, house, fen(7_777n), "3单元屋面");
    await catchUpCityBook(site.database.db, NOW);
    const isOpen = policy === "open";
    for (const rest of ["", "/uses"]) {
      const { text } = readPage(
        (await site.visitor().get(`/my-estate/${own.estateCode}${rest}`)).text,
      );
      expect(text).toContain("77.77");
      expect(text.includes("3单元屋面 · 1 户分摊"), rest).toBe(isOpen);
      expect(text.includes("不足 5 户分摊"), rest).toBe(!isOpen);
    }
    const { text } = await site.visitor().get(`/my-estate/${own.estateCode}/houses.json`);
    const reach = isOpen ? { scope: "3单元屋面", houseCount: 1 } : { scope: "", houseCount: null };
    expect(JSON.parse(text).uses).toMatchObject([{ amount: "77.77", ...reach }]);
  });

  test("an estate that 公示 joins with a smaller one is told alone only where every house is open", async () => {
    const small = await buildBuilding(site.city);
    await buildDeposit(site.city, await buildHouse(site.city, { building: small }), {
      amountFen: fen(3_333n),
    });
    const larger = await buildBuilding(site.city);
    for (let n = 0; n < 5; n += 1) {
      const house = await buildHouse(site.city, { building: larger });
      await buildDeposit(site.city, house, { amountFen: fen(88_888n) });
      if (n === 0) await buildUse(site.city, house, fen(9_999n));
    }
    await moveToDistrict(site.city, [small, larger]);
    await catchUpCityBook(site.database.db, NOW);
    const isOpen = policy === "open";
    for (const path of pathsOf(larger)) {
      const answer = await site.visitor().get(path);
      const isFile = /houses|uses/.test(path);
      expect(answer.status, path).toBe(isOpen || !isFile ? 200 : 404);
      expect(/4,?344\.41|4,?444\.40|99\.99/.test(answer.text), path).toBe(isOpen);
    }
    const { text } = readPage((await site.visitor().get(`/my-estate/${larger.estateCode}`)).text);
    expect(text.includes("这个小区的合计不单独公布")).toBe(!isOpen);
  });
});

describe("what is asked for", () => {
  let site: ServedSite;
  let building: TestBuilding;
  beforeAll(async () => {
    site = await serveSite();
    building = await buildEstate(site);
  });
  afterAll(() => site?.stop());

  test.each(HOSTILE)("%s is searched for, kept and answered with what to do", async (_, value) => {
    const answer = await site.visitor().get(`/my-estate?q=${encodeURIComponent(value)}`);
    expect(answer.status).toBe(value.trim().length > 100 ? 422 : 200);
    const page = readPage(answer.text);
    expect(page.values["q"]).toBe(value);
    expect(page.text).toMatch(/请|没有找到|找到 \d+ 个/);
    expect(answer.bytes.length).toBeLessThan(150_000);
  });

  test.each(HOSTILE)("%s is no estate, no building, no page", async (_, value) => {
    const typed = encodeURIComponent(value);
    const { estateCode } = building;
    const { length } = value;
    for (const rest of ["", "/buildings/12", "/uses", "/houses.csv", "/houses.json"]) {
      if (length === 0 && rest === "") continue;
      const answer = await site.visitor().get(`/my-estate/${typed}${rest}`);
      expect(answer.status, rest).toBe(404);
    }
    const unknown = await site.visitor().get(`/my-estate/${estateCode}/buildings/${typed}`);
    // Nothing leaves an address with a slash at its end, which leads to the one without it.
    expect([404, ...(value === "12" ? [200] : []), ...(length === 0 ? [308] : [])]).toContain(
      unknown.status,
    );
    for (const query of [`page=${typed}`, `view=${typed}`, `view=table&page=${typed}`]) {
      for (const path of ["", "/buildings/12", "/uses"]) {
        const answer = await site.visitor().get(`/my-estate/${estateCode}${path}?${query}`);
        expect(answer.status, path + query).toBe(200);
      }
    }
  });

  test("a page beyond the last one is the last", async () => {
    for (const n of ["999999", "0", "-1", "1e3", "%EF%BC%92"]) {
      const path = `/my-estate/${building.estateCode}/buildings/12?view=table&page=${n}`;
      expect(readPage((await site.visitor().get(path)).text).text).toContain("12幢 6 户");
    }
  });

  test("an estate's name that is a formula stays text in the file", async () => {
    const own = await buildEstate(site);
    await site.city.owner
      .updateTable("estate")
      .set({ name: '=HYPERLINK("http://elsewhere.example","看")' })
      .where("id", "=", own.estateId)
      .execute();
    const { text, headers } = await site.visitor().get(`/my-estate/${own.estateCode}/houses.csv`);
    expect(text.startsWith("\uFEFF")).toBe(true);
    expect(text).toContain(`"'=HYPERLINK(""http://elsewhere.example"",""看"")"`);
    expect(headers["content-disposition"]).toMatch(/^attachment;/);
    expect(text.trim().split("\r\n")).toHaveLength(2);
  });

  test("both files say the same as the page, money as text in yuan", async () => {
    const csv = await site.visitor().get(`/my-estate/${building.estateCode}/houses.csv`);
    const [head = "", line = ""] = csv.text.slice(1).split("\r\n");
    const cells = (row: string) => row.slice(1, -1).split('","');
    const row = Object.fromEntries(cells(head).map((name, at) => [name, cells(line)[at]]));
    expect(row).toMatchObject({
      物业区域编号: building.estateCode,
      幢: "12幢",
      户数: "6",
      "余额（元）": "11851.20",
      "充足率（%）": "100.0",
      应交户数: "6",
      已交户数: "1",
      未交户数: "5",
    });
    const answer = await site.visitor().get(`/my-estate/${building.estateCode}/houses.json`);
    expect(JSON.parse(answer.text)).toMatchObject({
      format: "estate-fund/1",
      readAt: NOW.toISOString(),
      reconciledUntil: null,
      bookedUntil: calendarDate("2026-11-23"),
      estate: { number: building.estateCode, buildingCount: 1 },
      totals: { deposited: "11851.20", balance: "11851.20", houseCount: 6, housesUnpaid: 5 },
      buildings: [{ labels: ["12幢"], balance: "11851.20", sufficiencyPercent: "100.0" }],
      years: [{ year: "2026", deposited: "11851.20", balance: "11851.20" }],
      uses: [],
    });
  });

  test("a house that an applicant added counts once it has money, and a merged one no more", async () => {
    const own = await buildEstate(site);
    const path = `/my-estate/${own.estateCode}/houses.json`;
    const house = await buildHouse(site.city, { building: own, status: "provisional" });
    const count = async () => JSON.parse((await site.visitor().get(path)).text).totals.houseCount;
    expect(await count()).toBe(6);
    await buildDeposit(site.city, house, { amountFen: house.dueFen as never });
    expect(await count()).toBe(7);
    const twin = await buildHouse(site.city, { building: own });
    site.clock.now = new Date(NOW.getTime() + 60_000);
    expect(await count()).toBe(8);
    await site.city.owner
      .updateTable("house")
      .set({
        status: "closed",
        merged_into_estate_id: own.estateId,
        merged_into_house_id: house.houseId,
      })
      .where("estate_id", "=", own.estateId)
      .where("id", "=", twin.houseId)
      .execute();
    site.clock.now = new Date(NOW.getTime() + 120_000);
    expect(await count()).toBe(7);
  });
});
