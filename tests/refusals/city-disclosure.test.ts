import { createHash } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { readDataset } from "#src/business/disclosure/dataset-rows.ts";
import {
  DATASETS,
  type DatasetName,
  type DatasetRow,
  jsonSchemaOf,
} from "#src/business/disclosure/datasets.ts";
import {
  listDisclosureAddresses,
  listDisclosurePages,
} from "#src/business/disclosure/public-pages.ts";
import { seedDemonstration } from "#src/demo/seed-demonstration.ts";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { fen } from "#src/kernel/money.ts";
import { catchUpCityBook } from "#src/ledger/city-book/refresh-city-book.ts";
import { fenOf, findImbalance, readYearContent } from "#src/ledger/locked-years/content.ts";
import { reckonYear } from "#src/ledger/locked-years/reckon-year.ts";
import { inSnapshot } from "#src/platform/database/snapshot.ts";
import { openPersonalData } from "#src/platform/personal-data.ts";
import { buildBuilding, buildHouse, moveToDistrict, NOW, TODAY } from "../support/builders.ts";
import { HOSTILE } from "../support/hostile-values.ts";
import {
  bookMoney,
  buildDeposit,
  buildNotice,
  confirmationOf,
  takeBack,
} from "../support/payment-builders.ts";
import { readPage } from "../support/read-page.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";
import type { TestDatabase } from "../support/test-database.ts";

const NAMES = Object.keys(DATASETS) as DatasetName[];
const PAGES = [
  "/disclosure",
  "/disclosure/estates",
  "/disclosure/estates/SL0126",
  "/disclosure/districts/990101",
  "/disclosure/uses",
  "/disclosure/years",
  "/disclosure/years/2025",
  "/disclosure/years/2025?with=2024",
  "/disclosure/data",
];

/** Some of the demonstration's estates, with their history and two locked years. */
async function seedCity(database: TestDatabase): Promise<void> {
  await seedDemonstration({
    owner: database.owner,
    ownerConnection: database.ownerConnection,
    personalData: openPersonalData(Buffer.alloc(32, 7)),
    houses: 400,
    clock: () => NOW,
  });
}

const MEASURES = [
  ...(["opening", "deposited", "interest", "used", "refunded", "other", "closing"] as const),
  ...(["firstDeposits"] as const),
];

let site: ServedSite;
beforeAll(async () => {
  site = await serveSite({}, seedCity);
  await catchUpCityBook(site.database.db, NOW);
}, 120_000);
afterAll(() => site?.stop());

const get = (path: string, headers = {}) => site.visitor().send("GET", path, headers);
async function readRows<Name extends DatasetName>(name: Name) {
  const answer = await get(`/disclosure/data/${name}.json`);
  expect(answer.status).toBe(200);
  const whole = JSON.parse(answer.text) as { rows: unknown[]; format: string };
  expect(whole.format).toBe("city-fund/1");
  return z.array(DATASETS[name].row).parse(whole.rows) as z.infer<(typeof DATASETS)[Name]["row"]>[];
}

describe("the public pages", () => {
  test.each(PAGES)("%s is there for anybody and names nobody", async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(200);
    expect(answer.text).not.toMatch(/\b1[3-9][0-9]{9}\b|\b[0-9]{17}[0-9X]\b/);
    expect(answer.text).not.toMatch(/ style=/);
  });

  test("tell up to which day every bank agrees, and of when the books are", async () => {
    const { text } = readPage((await get("/disclosure")).text);
    expect(text).toMatch(/与专户银行核对日期：20[0-9]{2}-[0-9]{2}-[0-9]{2}/);
    expect(text).toMatch(/账面日期：20[0-9]{2}-[0-9]{2}-[0-9]{2}/);
  });

  test.each(HOSTILE)("answer %s in any parameter without a fault", async (_, value) => {
    // A longer address is refused before any of ours sees it.
    const bad = encodeURIComponent(value.slice(0, 1_000));
    for (const path of [
      `/disclosure/estates?q=${bad}&district=${bad}&order=${bad}&page=${bad}`,
      `/disclosure/uses?q=${bad}&year=${bad}&page=${bad}`,
      `/disclosure/years/2025?with=${bad}&version=${bad}&page=${bad}`,
      `/disclosure/estates/${bad}`,
      `/disclosure/districts/${bad}`,
      `/disclosure/years/${bad}`,
      `/disclosure/compare?year=${bad}&with=${bad}`,
      `/disclosure/data/${bad}`,
      `/disclosure/schema/${bad}`,
    ]) {
      const { status } = await get(path);
      expect([200, 303, 308, 400, 404], path).toContain(status);
    }
  });

  test.each([
    "/disclosure/estates/SL9999",
    "/disclosure/districts/110101",
    "/disclosure/years/2019",
    "/disclosure/years/2025?version=2",
    "/disclosure/years/2025?with=2019",
    "/disclosure/years/2025/locked.json?version=7",
    "/disclosure/estates?page=9999",
    "/disclosure/data/houses.json",
    "/disclosure/data/constructor.json",
    "/disclosure/data/uses.xlsx",
    "/disclosure/schema/uses.csv",
  ])("say that %s does not exist", async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  test("are listed for the search over the site and for sitemap.xml, and are all there", async () => {
    const pages = await listDisclosurePages(site.database.db);
    expect(pages.map(({ href }) => href)).toContain("/disclosure/years/2025");
    for (const href of await listDisclosureAddresses(site.database.db)) {
      expect((await get(href)).status, href).toBe(200);
    }
  });
});

describe("the list of estates", () => {
  test("is found by a part of a name, by another name, and sorted as asked", async () => {
    const { text } = readPage(
      (await get(`/disclosure/estates?q=${encodeURIComponent("花园二期")}`)).text,
    );
    expect(text).toContain("示例花园二期");
    expect(text).toContain("1 个小区");
    const names = async (order: string) =>
      [
        ...(await get(`/disclosure/estates?order=${order}`)).text.matchAll(/estates\/(SL[0-9]+)/g),
      ].map(([, code]) => code);
    const low = await names("sufficiency-low");
    expect(low.toReversed()).toEqual(await names("sufficiency-high"));
    expect((await get("/disclosure/estates?q=%25")).text).toContain("没有找到这样的小区");
  });
});

describe("the open data", () => {
  test.each(NAMES)("%s keeps to its schema, as JSON and as CSV alike", async (name) => {
    const rows = await readRows(name);
    expect(rows.length).toBeGreaterThan(0);
    const csv = (await get(`/disclosure/data/${name}.csv`)).text;
    expect(csv.trimEnd().split("\r\n")).toHaveLength(rows.length + 1);
    const schema = await get(`/disclosure/schema/${name}.json`);
    expect(JSON.parse(schema.text)).toEqual(JSON.parse(JSON.stringify(jsonSchemaOf(name))));
    expect(schema.headers["content-type"]).toContain("application/schema+json");
  });

  test("adds up: every row in itself, districts and estates to the city, year by year", async () => {
    const cityYears = await readRows("city-years");
    const estateYears = await readRows("estate-years");
    const districtYears = await readRows("district-years");
    for (const year of cityYears) {
      const some = [
        ["districts", districtYears.filter((row) => row.year === year.year)],
        ["estates", estateYears.filter((row) => row.year === year.year)],
      ] as const;
      for (const [what, rows] of some) {
        for (const key of MEASURES) {
          const sum = rows.reduce((total, row) => total + fenOf(row[key]), 0n);
          expect(sum, `${what} ${year.year} ${key}`).toBe(fenOf(year[key]));
        }
      }
    }
    for (const row of [...cityYears, ...estateYears, ...districtYears]) {
      const moved =
        fenOf(row.opening) +
        fenOf(row.deposited) +
        fenOf(row.interest) -
        fenOf(row.used) -
        fenOf(row.refunded) +
        fenOf(row.other);
      expect(moved).toBe(fenOf(row.closing));
    }
    const used = (await readRows("uses")).reduce((sum, row) => sum + fenOf(row.amount), 0n);
    expect(used).toBe(cityYears.reduce((sum, row) => sum + fenOf(row.used), 0n));
  });

  test("tells months that add up to their year, of the city, districts and estates alike", async () => {
    const years = await readRows("city-years");
    const districtMonths = await readRows("district-months");
    const cityMonths = await readRows("city-months");
    expect(cityMonths.at(-1)?.month).toBe(TODAY.slice(0, 7));
    for (const year of years) {
      const { text } = await get(`/disclosure/data/estate-months.json?year=${year.year}`);
      const estateMonths = (JSON.parse(text) as { rows: DatasetRow<"estate-months">[] }).rows;
      const ofYear = cityMonths.filter(({ month }) => month.startsWith(`${year.year}-`));
      expect(ofYear.at(0)?.opening).toBe(year.opening);
      expect(ofYear.at(-1)?.closing).toBe(year.closing);
      expect(ofYear.at(-1)?.sufficiencyPercent).toBe(year.sufficiencyPercent);
      for (const key of ["deposited", "interest", "used", "refunded", "other"] as const) {
        const sum = ofYear.reduce((total, row) => total + fenOf(row[key]), 0n);
        expect(sum, `${year.year} ${key}`).toBe(fenOf(year[key]));
      }
      for (const month of ofYear) {
        for (const rows of [districtMonths, estateMonths]) {
          const same = rows.filter((row) => row.month === month.month);
          for (const key of MEASURES) {
            const sum = same.reduce((total, row) => total + fenOf(row[key]), 0n);
            expect(sum, `${month.month} ${key}`).toBe(fenOf(month[key]));
          }
        }
      }
    }
  });

  test("gives the months of one year, and none of a year that is not told", async () => {
    const { text } = await get("/disclosure/data/estate-months.json");
    const { rows } = JSON.parse(text) as { rows: DatasetRow<"estate-months">[] };
    expect(new Set(rows.map(({ month }) => month.slice(0, 4)))).toEqual(
      new Set([TODAY.slice(0, 4)]),
    );
    const earlier = await get("/disclosure/data/estate-months.csv?year=2025");
    expect(earlier.text).toContain("2025-12");
    expect(earlier.text).not.toContain("2026-");
    for (const year of ["2027", "1949", "x", "", "20255", "2025%00"]) {
      const sent = await get(`/disclosure/data/estate-months.csv?year=${year}`);
      expect(sent.status, year).toBe(404);
    }
    expect((await get("/disclosure/estates/SL0126?year=2027")).status).toBe(404);
    expect((await get("/disclosure/estates/SL0126?year=x")).status).toBe(200);
  });

  test("equals the balances of the ledger to the fen, before and after a payment was taken back", async () => {
    const { db } = site.database;
    const notice = await buildNotice(site.city, await buildHouse(site.city));
    const figures = async () => {
      await catchUpCityBook(db, NOW);
      const last = (await readRows("city-years")).at(-1);
      const estates = await readRows("estates");
      const { rows } = await sql<{ held: bigint; first: bigint }>`
        select sum(principal_fen + interest_fen)::bigint as held,
            sum(first_paid_fen) filter (where h.status <> 'closed')::bigint as first
          from house_balance b join house h on h.id = b.house_id and h.estate_id = b.estate_id`.execute(
        db,
      );
      const sum = (key: "balance" | "firstDeposits") =>
        estates.reduce((total, row) => total + fenOf(row[key]), 0n);
      return {
        held: [fenOf(last?.closing ?? "0.00"), sum("balance"), rows[0]?.held],
        first: [fenOf(last?.firstDeposits ?? "0.00"), sum("firstDeposits"), rows[0]?.first],
      };
    };
    const same = ([a, b, c]: (bigint | undefined)[]) => a === b && b === c;
    const before = await figures();
    await bookMoney(site.city, confirmationOf(notice));
    const paid = await figures();
    expect(paid.held[0]).toBe((before.held[0] ?? 0n) + 1_185_120n);
    expect(await takeBack(site.city, notice.no)).toBe("reversed");
    const after = await figures();
    expect(after).toEqual(before);
    for (const one of [before, paid, after]) {
      expect([same(one.held), same(one.first)]).toEqual([true, true]);
    }
  });

  test("is sent anew when an estate got another name, though no figure changed", async () => {
    const path = "/disclosure/data/estates.json";
    const building = await buildBuilding(await cityOf(site));
    await catchUpCityBook(site.database.db, NOW);
    const etag = (await get(path)).headers.etag ?? "";
    await site.database.owner
      .updateTable("estate")
      .set({ name: "改名花园" })
      .where("id", "=", building.estateId)
      .execute();
    const next = await get(path, { "if-none-match": etag });
    expect([next.status, next.text]).toEqual([200, expect.stringContaining("改名花园")]);
  });

  test("is not sent again to a reader who has it, until a figure changes", async () => {
    const path = "/disclosure/data/estates.csv";
    const first = await get(path);
    const etag = first.headers.etag ?? "";
    expect((await get(path, { "if-none-match": etag })).status).toBe(304);
    expect(first.headers["access-control-allow-origin"]).toBe("*");
    const building = await buildBuilding(await cityOf(site));
    await site.database.owner
      .updateTable("estate")
      .set({ name: '=HYPERLINK("http://x")' })
      .where("id", "=", building.estateId)
      .execute();
    await pay(building, calendarDate("2025-03-04"));
    await catchUpCityBook(site.database.db, NOW);
    const next = await get(path, { "if-none-match": etag });
    expect(next.status).toBe(200);
    expect(next.text).toContain(`"'=HYPERLINK(""http://x"")"`);
  });
});

const cityOf = async ({ city, database }: ServedSite) => ({ ...city, ...database });

async function pay(
  building: Awaited<ReturnType<typeof buildBuilding>>,
  bookDate: ReturnType<typeof calendarDate>,
) {
  const house = await buildHouse(site.city, { building });
  await buildDeposit(site.city, house, { amountFen: fen(1_185_120n), bookDate });
}

describe("a locked year", () => {
  test("is handed out byte for byte under the hash that its page shows, and adds up", async () => {
    const { text } = await get("/disclosure/years/2024/locked.json");
    const hash = createHash("sha256").update(text).digest("hex");
    expect((await get("/disclosure/years/2024")).text).toContain(hash);
    expect(findImbalance(readYearContent(text))).toBeNull();
    const sheet = (await get("/disclosure/years/2024/estates.csv")).text;
    expect(sheet).toContain(hash);
  });

  test("says what was booked back since, and that nothing was", async () => {
    expect((await get("/disclosure/years/2024")).text).toContain("锁定以后，这一年的账没有变动");
    const { text } = readPage((await get("/disclosure/years/2025")).text);
    expect(text).toContain("锁定以后，这一年的账有变动");
    expect(text).toContain("全市：交存 锁定");
  });

  test("is compared with another to the fen and in per cent", async () => {
    const { text } = readPage((await get("/disclosure/years/2025?with=2024")).text);
    expect(text).toContain("2025 年和 2024 年比较");
    expect(text).toMatch(/年末余额[ 0-9,.]+\+?[0-9,.−]+ [+−][0-9]+\.[0-9]%/);
  });
});

describe("locking a year", () => {
  const lockFields = async () => {
    const { text } = await (await site.staff("approver-demo")).get("/review/disclosure");
    return {
      year: "2025",
      prepared: /name="prepared" value="([0-9]+)"/.exec(text)?.[1] ?? "",
      agreed: "yes",
    };
  };

  test("takes one of the role finance and one of the role approver, and publishes a second version", async () => {
    const finance = await site.staff("finance-demo");
    const approver = await site.staff("approver-demo");
    const prepared = await finance.post("/review/disclosure/prepare", { year: "2025" });
    expect(prepared.headers.location).toBe("/review/disclosure?done=prepared");
    const again = await finance.post("/review/disclosure/prepare", { year: "2025" });
    expect([again.status, readPage(again.text).text]).toEqual([
      409,
      expect.stringContaining("正等审批员核对锁定"),
    ]);
    const fields = await lockFields();
    const unlooked = await approver.post("/review/disclosure/lock", { ...fields, agreed: "" });
    expect([unlooked.status, readPage(unlooked.text).text]).toEqual([
      422,
      expect.stringContaining("请先核对数字"),
    ]);
    expect((await finance.post("/review/disclosure/lock", fields)).status).toBe(403);
    expect((await approver.post("/review/disclosure/prepare", { year: "2024" })).status).toBe(403);
    const locked = await approver.post("/review/disclosure/lock", fields);
    expect(locked.headers.location).toBe("/review/disclosure?done=locked");
    const { text } = readPage((await get("/disclosure/years/2025")).text);
    expect(text).toContain("第 2 版");
    expect(text).toContain("锁定以后，这一年的账没有变动");
    expect((await get("/disclosure/years/2025?version=1")).text).toContain("这一年的账有变动");
    expect((await approver.post("/review/disclosure/lock", fields)).status).toBe(409);
  });

  test.each([
    ["2026", 422, "这一年还没有结束"],
    ["", 422, "请选择要整理的年份"],
    ["1900", 422, "只能整理最近 20 年，最早是 2006 年"],
    ["19999", 422, "请选择要整理的年份"],
    ["2024", 409, "和已经锁定的最新一版完全一样"],
  ])("preparing %j is answered with %i and what to do", async (year, status, sentence) => {
    const finance = await site.staff("finance-demo");
    const answer = await finance.post("/review/disclosure/prepare", { year });
    expect([answer.status, readPage(answer.text).text]).toEqual([
      status,
      expect.stringContaining(sentence),
    ]);
  });
});

describe("where not every house is open", () => {
  let closed: ServedSite;
  beforeAll(async () => {
    closed = await serveSite({ disclosurePolicy: "login" });
    for (const size of [7, 1, 2]) {
      const building = await buildBuilding(closed.city);
      for (let at = 0; at < size; at += 1) {
        const house = await buildHouse(closed.city, { building });
        await buildDeposit(closed.city, house, { amountFen: fen(BigInt(100 + at)) });
      }
    }
    await catchUpCityBook(closed.database.db, NOW);
  });
  afterAll(() => closed?.stop());

  test("small estates are told only as one sum, in lists and in files", async () => {
    const { text } = readPage((await closed.visitor().get("/disclosure/estates")).text);
    expect(text).toContain("0 个小区");
    expect(text).toContain("另有 3 个小区户数很少");
    const data = JSON.parse((await closed.visitor().get("/disclosure/data/estates.json")).text);
    expect(data.rows).toMatchObject([{ houseCount: 10, name: "", completedYear: null }]);
    expect(data.rows[0].numbers).toHaveLength(3);
    const [code] = data.rows[0].numbers;
    const one = await closed.visitor().get(`/disclosure/estates/${code}`);
    expect(readPage(one.text).text).toContain("合计不单独公布");
    expect(one.text).not.toContain("年末余额");
  });

  test("no row of any year is of fewer houses than may be told, also before the newer ones were there", async () => {
    const { city, database } = closed;
    const build = async (size: number, year: number) => {
      const building = await buildBuilding(city);
      for (let at = 0; at < size; at += 1) {
        const house = await buildHouse(city, { building });
        const bookDate = calendarDate(`${year}-05-06`);
        await buildDeposit(city, house, { amountFen: fen(1_000n), bookDate });
      }
      return building;
    };
    const [small, newer, large] = [
      await build(1, 2019),
      await build(4, 2024),
      await build(6, 2018),
    ];
    await moveToDistrict(city, [small, newer, large]);
    await catchUpCityBook(database.db, NOW);
    const numbersOf = (...some: { estateCode: string }[]) =>
      some.map(({ estateCode }) => estateCode).toSorted();
    const { rows } = JSON.parse(
      (await closed.visitor().get("/disclosure/data/estate-years.json")).text,
    ) as { rows: { numbers: string[]; year: number; closing: string }[] };
    const ofDistrict = rows.filter(({ numbers }) => numbers.includes(small.estateCode));
    expect(ofDistrict.find(({ year }) => year === 2019)).toMatchObject({
      numbers: numbersOf(small, newer, large),
      closing: "70.00",
    });
    expect(rows.filter(({ numbers }) => numbers[0] === large.estateCode && !numbers[1])).toEqual(
      [],
    );
    const year = await inSnapshot(database.db, (tx) =>
      reckonYear(tx, 2019, { today: TODAY, policy: "login" }),
    );
    expect(year && findImbalance(year)).toBeNull();
    expect(year?.estates).toMatchObject([{ numbers: numbersOf(small, large), closing: "70.00" }]);
    const first = await inSnapshot(database.db, (tx) =>
      reckonYear(tx, 2018, { today: TODAY, policy: "login" }),
    );
    expect(first?.estates).toMatchObject([{ numbers: [large.estateCode], closing: "60.00" }]);
  });

  test("no estate is told by the month: one house may be all that moved in it", async () => {
    const { city, database } = closed;
    const building = await buildBuilding(city);
    for (const [at, amount] of [123_456n, 700_000n, 700_000n, 700_000n, 700_000n].entries()) {
      await buildDeposit(city, await buildHouse(city, { building }), {
        amountFen: fen(amount),
        bookDate: calendarDate(at === 0 ? "2024-05-06" : "2024-08-06"),
      });
    }
    await catchUpCityBook(database.db, NOW);
    const visitor = closed.visitor();
    const years = (await visitor.get("/disclosure/data/estate-years.csv")).text;
    expect(years).toContain("29234.56");
    for (const path of ["csv", "json", "csv?year=2024", "json?year=2024"]) {
      expect((await visitor.get(`/disclosure/data/estate-months.${path}`)).status, path).toBe(404);
    }
    expect((await visitor.get("/disclosure/data")).text).not.toContain("data/estate-months");
    const estatePage = await visitor.get(`/disclosure/estates/${building.estateCode}?year=2024`);
    expect(estatePage.status).toBe(200);
    expect(estatePage.text).not.toContain("每月收支");
    expect(estatePage.text).not.toContain("1,234.56");
  });

  test("a year in which the whole city was too few houses is not told", async () => {
    const house = await buildHouse(closed.city);
    const bookDate = calendarDate("2009-05-06");
    await buildDeposit(closed.city, house, { amountFen: fen(1_000n), bookDate });
    await catchUpCityBook(closed.database.db, NOW);
    const of = (policy: "open" | "login") =>
      inSnapshot(closed.database.db, (tx) => reckonYear(tx, 2009, { today: TODAY, policy }));
    expect(await of("login")).toBeNull();
    const visitor = closed.visitor();
    expect((await visitor.get("/disclosure?year=2009")).status).toBe(404);
    expect((await visitor.get("/disclosure/data/city-months.csv")).text).not.toContain("2009-");
    expect((await visitor.get("/disclosure/data/city-years.csv")).text).toContain("2009");
    expect((await of("open"))?.city.closing).toBe("10.00");
  });

  test("a file is of one moment, whatever is booked while it is read", async () => {
    const { db } = closed.database;
    const pieces = readDataset("estates", { db, today: TODAY, policy: "login", year: 2026 });
    const { value: head } = await pieces.next();
    const house = await buildHouse(closed.city);
    await buildDeposit(closed.city, house, { amountFen: fen(5n) });
    await catchUpCityBook(db, NOW);
    let sum = 0n;
    for await (const { rows } of pieces) {
      for (const row of rows as { balance: string }[]) sum += fenOf(row.balance);
    }
    expect(sum).toBe(head.book.now.principalFen + head.book.now.interestFen);
  });
});
