import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { writeXlsx } from "hucre/xlsx";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { openPersonalData } from "#src/platform/personal-data.ts";
import { encodeGb18030 } from "#tests/support/encode-gb18030.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { importRegister } from "./import-register.ts";
import type { ImportReport } from "./import-report.ts";
import type { BadRow } from "./row.ts";

const personalData = openPersonalData(Buffer.alloc(32, 7));
const HEADER =
  "物业区域名称,物业区域编号,区划代码,地址,别名,专户账号,幢号,单元,所在层,总层数,房号,房屋编号,建筑面积,房屋用途,有无电梯,交存标准,合同签订日,业主1姓名,业主1证件号码,业主1手机,业主2姓名,业主2证件号码,业主2手机";

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  database = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), "import-register-"));
  await seedReference();
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  const { owner } = database;
  for (const table of ["house_owner", "house", "building", "estate_alias", "estate"] as const) {
    await owner.deleteFrom(table).execute();
  }
});

async function seedReference(): Promise<void> {
  const { owner } = database;
  const from = calendarDate("2008-02-01");
  await owner
    .insertInto("district")
    .values({
      code: "990101",
      name: "示范区",
      city_name: "示例市",
      province_name: "示例省",
      effective_from: from,
    })
    .execute();
  await owner.insertInto("bank").values({ code: "SLYH", name: "示例银行" }).execute();
  await owner
    .insertInto("custody_account")
    .values(
      ["9901010000000001268", "9901010000000002274"].map((account_no) => ({
        bank_code: "SLYH",
        branch_name: "示例支行",
        account_name: "示例专户",
        account_no,
      })),
    )
    .execute();
  const standard = { basis: "AREA" as const, effective_from: from, legal_basis: "（示例）" };
  await owner
    .insertInto("deposit_standard")
    .values([
      {
        ...standard,
        code: "LIFT",
        name: "有电梯",
        coefficient_e4: 1_200_000n,
        house_use: "residential",
        has_lift: true,
      },
      {
        ...standard,
        code: "STAIRS",
        name: "无电梯",
        coefficient_e4: 800_000n,
        house_use: "residential",
        has_lift: false,
      },
      {
        ...standard,
        code: "PARKING",
        name: "车位",
        coefficient_e4: 500_000n,
        house_use: "parking",
      },
      {
        ...standard,
        code: "PRICE",
        name: "按房款",
        basis: "PRICE" as const,
        coefficient_e4: 200n,
        house_use: "office",
      },
    ])
    .execute();
}

interface Row {
  estate?: string;
  estateCode?: string;
  district?: string;
  address?: string;
  aliases?: string;
  account?: string;
  building?: string;
  unit?: string;
  floor?: string;
  floors?: string;
  room?: string;
  code?: string;
  area?: string;
  use?: string;
  lift?: string;
  standard?: string;
  date?: string;
  owners?: string[];
}

function line(row: Row): string {
  const cells = [
    row.estate ?? "示例花园",
    row.estateCode ?? "",
    row.district ?? "990101",
    row.address ?? "示例路8号",
    row.aliases ?? "",
    row.account ?? "",
    row.building ?? "12幢",
    row.unit ?? "3单元",
    row.floor ?? "",
    row.floors ?? "18",
    row.room ?? "502",
    row.code ?? "",
    row.area ?? "98.76",
    row.use ?? "住宅",
    row.lift ?? "有",
    row.standard ?? "",
    row.date ?? "2025-03-04",
    ...(row.owners ?? ["测试甲", "11010519491231002X", "13800000001"]),
  ];
  return cells.join(",");
}

const estateOnly: Row = {
  building: "",
  unit: "",
  floors: "",
  room: "",
  area: "",
  use: "",
  lift: "",
  date: "",
  owners: [],
};

function file(...rows: Row[]): string {
  return [HEADER, ...rows.map(line), ""].join("\n");
}

async function run(content: string | Uint8Array): Promise<ImportReport & { bad: BadRow[] }> {
  const path = join(folder, "houses");
  await writeFile(path, content);
  const bad: BadRow[] = [];
  const report = await importRegister({
    db: database.db,
    source: { path },
    personalData,
    clock: () => new Date("2026-11-23T02:00:00Z"),
    onBadRow: (row) => void bad.push(row),
  });
  return { ...report, bad };
}

function sentences(bad: readonly BadRow[]): string[] {
  return bad.flatMap(({ line, problems }) =>
    problems.map(({ column, reason }) => `${line} ${column}：${reason}`),
  );
}

async function allRows() {
  const { owner } = database;
  return {
    estates: await owner.selectFrom("estate").selectAll().orderBy("id").execute(),
    aliases: await owner.selectFrom("estate_alias").selectAll().orderBy("alias").execute(),
    buildings: await owner.selectFrom("building").selectAll().orderBy("id").execute(),
    houses: await owner.selectFrom("house").selectAll().orderBy("id").execute(),
    owners: await owner
      .selectFrom("house_owner")
      .selectAll()
      .orderBy("house_id")
      .orderBy("n")
      .execute(),
  };
}

async function onlyHouse() {
  return database.owner.selectFrom("house").selectAll().executeTakeFirstOrThrow();
}

describe("importing a register file", () => {
  it("records estate, building, house and owners, with the standard of the contract's day", async () => {
    const report = await run(file({ aliases: "示例城、老示例城", floor: "5" }));
    expect(report).toMatchObject({
      rows: 1,
      estatesAdded: 1,
      buildingsAdded: 1,
      housesAdded: 1,
      badRows: 0,
    });
    const { estates, aliases, buildings, houses, owners } = await allRows();
    expect(estates[0]).toMatchObject({
      code: "SL0001",
      district_name: "示范区",
      address: "示例路8号",
    });
    expect(aliases.map(({ alias, source }) => [alias, source])).toEqual([
      ["示例城", "import"],
      ["老示例城", "import"],
    ]);
    expect(buildings[0]).toMatchObject({ key: "12", label: "12幢", floors: 18, has_lift: true });
    expect(houses[0]).toMatchObject({
      code: "SL0001-12-3-0502",
      building_key: "12",
      unit_key: "3",
      room_key: "502",
      area_hundredths: 9876,
      area_kind: "measured",
      house_nature: "commodity",
      standard_date: "2025-03-04",
      status: "recorded",
    });
    expect(owners[0]?.document_hash).toEqual(personalData.hash("document", "11010519491231002X"));
    expect(personalData.decrypt(owners[0]?.name_cipher as Buffer)).toBe("测试甲");
    expect(personalData.decrypt(owners[0]?.phone_cipher as Buffer)).toBe("13800000001");
  });

  it("changes nothing when the same file comes a second time, and says so", async () => {
    const content = file({}, { room: "503" }, { ...estateOnly, estate: "示例新苑" });
    await run(content);
    const before = await allRows();
    const report = await run(content);
    expect(report).toMatchObject({
      rows: 3,
      estatesAdded: 0,
      buildingsAdded: 0,
      housesAdded: 0,
      housesUnchanged: 2,
      estateRows: 1,
      badRows: 0,
    });
    expect(await allRows()).toEqual(before);
  });

  it("sees one house in every spelling of its address", async () => {
    await run(file({}));
    const report = await run(file({ building: "十二栋", unit: "三门", room: "5楼2号" }));
    expect(report).toMatchObject({ housesAdded: 0, housesUnchanged: 1 });
  });

  it("never overwrites a house: other data make the row bad, blank cells say nothing", async () => {
    await run(file({}));
    const before = await allRows();
    const other = await run(
      file({ area: "99.00", owners: ["测试乙", "440524188001010014", "13800000002"] }),
    );
    expect(sentences(other.bad)).toEqual([
      "2 房号：这套房屋已在册，建筑面积（登记的是 98.76）、业主1姓名、业主1证件号码、业主1手机与登记不同。导入不改已登记的房屋，请核对",
    ]);
    const fewer = await run(
      file({ date: "", lift: "", owners: ["测试甲", "11010519491231002X", ""] }),
    );
    expect(fewer).toMatchObject({ housesUnchanged: 1, badRows: 0 });
    expect(await allRows()).toEqual(before);
  });

  it("finds a house that stands twice, in one batch and far apart, and names the first line", async () => {
    const rooms = Array.from({ length: 5_200 }, (_, n) => ({
      building: `${1 + Math.trunc(n / 200)}幢`,
      room: `${101 + (n % 200)}`,
      owners: [],
    }));
    const first = rooms[0] as Row;
    const report = await run(file(...rooms, first, { ...first, area: "12" }));
    expect(report).toMatchObject({ rows: 5_202, housesAdded: 5_200, badRows: 2 });
    expect(sentences(report.bad)).toEqual([
      "5202 房号：和第 2 行是同一套房屋，请删去其中一行",
      "5203 房号：和第 2 行是同一套房屋，请删去其中一行",
    ]);
    const again = await run(file(first, first));
    expect(again).toMatchObject({ housesUnchanged: 1, badRows: 1 });
  });

  it("lets the good rows in beside bad ones, and reports the bad ones in the file's order", async () => {
    const report = await run(
      file({ area: "-1" }, {}, { room: "503", district: "123456" }, { room: "504" }, {}),
    );
    expect(report).toMatchObject({ rows: 5, housesAdded: 2, badRows: 3, stopped: null });
    expect(sentences(report.bad)).toEqual([
      "2 建筑面积：建筑面积应大于 0",
      "4 区划代码：没有区划代码 123456，请核对（县级区划的 6 位代码）",
      "6 房号：和第 3 行是同一套房屋，请删去其中一行",
    ]);
  });

  it("chooses the standard by use and lift, also by a lift that only the first row tells", async () => {
    const report = await run(
      file(
        { building: "1幢", lift: "有" },
        { building: "1幢", room: "503", lift: "" },
        { building: "2幢", lift: "无" },
        { building: "3幢", lift: "", room: "B1-103", use: "车位" },
        { building: "4幢", standard: "LIFT", lift: "" },
      ),
    );
    expect(report.badRows).toBe(0);
    const rows = await database.owner
      .selectFrom("house")
      .innerJoin("deposit_standard", "deposit_standard.id", "house.standard_id")
      .select(["house.building_key", "deposit_standard.code"])
      .orderBy("house.building_key")
      .execute();
    expect(rows.map((row) => row.code)).toEqual(["LIFT", "LIFT", "STAIRS", "PARKING", "LIFT"]);
  });

  it("asks for what a standard depends on, and for a standard where none fits", async () => {
    const report = await run(
      file(
        { lift: "" },
        { building: "2幢", date: "2007-01-01" },
        { building: "3幢", use: "办公" },
        { building: "4幢", use: "商业" },
      ),
    );
    expect(sentences(report.bad)).toEqual([
      "2 有无电梯：选定交存标准要看有没有电梯，请填写 有 或 无",
      "3 交存标准：没有适用于这个用途和日期的交存标准，请填写交存标准代码，或先登记标准",
      "4 房屋总价：交存标准 PRICE 按房款计算，请填写房屋总价",
      "5 交存标准：没有适用于这个用途和日期的交存标准，请填写交存标准代码，或先登记标准",
    ]);
    expect((await allRows()).buildings).toEqual([]);
  });

  it("refuses what contradicts the building", async () => {
    await run(file({}));
    const report = await run(
      file(
        { room: "601", floors: "6" },
        { room: "602", lift: "无" },
        { room: "1901", floor: "19", floors: "" },
      ),
    );
    expect(sentences(report.bad)).toEqual([
      "2 总层数：本幢登记的总层数是 18，这里写的是 6，请核对",
      "3 有无电梯：本幢登记的是有电梯，和这里写的不同，请核对",
      "4 所在层：所在层 19 高于本幢的总层数 18，请核对",
    ]);
  });

  it("keeps codes apart: of estates, of houses, and the custody account of an estate", async () => {
    await run(file({ estateCode: "SL0126", code: "SL0126-A1" }));
    const report = await run(
      file(
        { estateCode: "SL0127", room: "1" },
        { estate: "示例新苑", estateCode: "SL0126" },
        { room: "503", code: "SL0126-A1" },
        { room: "504", code: "XX0001-1" },
        { room: "505", account: "9901010000000002274" },
      ),
    );
    expect(sentences(report.bad)).toEqual([
      "2 物业区域编号：示例花园登记的编号是 SL0126，这里写的是 SL0127，请核对",
      "3 物业区域编号：物业区域编号 SL0126 已经是另一个物业区域的编号，请核对",
      "4 房屋编号：房屋编号 SL0126-A1 已经是另一套房屋的编号，请核对",
      "5 房屋编号：房屋编号应以 SL0126- 开头；留空则自动编号",
      "6 专户账号：示例花园登记的是另一个专户。换专户要走划转，不能靠导入",
    ]);
    expect((await allRows()).estates).toHaveLength(1);
  });

  it("gives estates without a code the next free number of their letters", async () => {
    await run(file({ ...estateOnly, estateCode: "SL0007" }));
    await run(
      file(
        ...["示例新苑", "双龙家园", "一二三", "SOHO城"].map((estate) => ({
          ...estateOnly,
          estate,
        })),
      ),
    );
    expect((await allRows()).estates.map(({ name, code }) => `${name} ${code}`)).toEqual(
      expect.arrayContaining([
        "示例新苑 SL0008",
        "双龙家园 SL0009",
        "一二三 YE0001",
        "SOHO城 SO0001",
      ]),
    );
  });

  it("leaves a recorded estate as it is and mentions what the file says otherwise", async () => {
    await run(file({}));
    const report = await run(file({ room: "503", address: "另一条路1号" }));
    expect(report).toMatchObject({ housesAdded: 1, badRows: 0 });
    expect(report.warnings).toEqual(["示例花园（SL0001）：文件里的地址与登记不同，登记的没有改"]);
    expect((await allRows()).estates[0]?.address).toBe("示例路8号");
  });

  it("records co-owners in their order", async () => {
    const owners = [
      "测试甲",
      "11010519491231002X",
      "13800000001",
      "测试乙",
      "440524188001010014",
      "",
    ];
    await run(file({ owners }));
    const { owners: recorded } = await allRows();
    expect(recorded.map(({ n, name_cipher }) => [n, personalData.decrypt(name_cipher)])).toEqual([
      [1, "测试甲"],
      [2, "测试乙"],
    ]);
  });

  it("reads a column that it does not know as nothing, and says so once", async () => {
    const content = file({}).replace("业主2手机", "经办人备注");
    const report = await run(content);
    expect(report.warnings).toEqual(["没有导入的列：经办人备注"]);
  });

  it("refuses a row that is longer than the header, with line and column, and takes the others", async () => {
    const [header = "", short = ""] = file({}).trimEnd().split("\n");
    const row = short + ",".repeat(header.split(",").length - short.split(",").length);
    const report = await run(`${header}\n${row},,\n${row},13900000009\n`);
    expect(report).toMatchObject({ housesAdded: 1, badRows: 1 });
    const [bad] = report.firstBadRows;
    const column = `第 ${header.split(",").length + 1} 列`;
    expect(bad).toMatchObject({ line: 3, problems: [{ column }] });
    expect(bad?.problems[0]?.reason).toContain("没有列名");
    expect(bad?.problems[0]?.reason).not.toContain("13900000009");
  });

  it("refuses a row with a cell under a header that is left blank", async () => {
    const [header = "", row = ""] = file({}).trimEnd().split("\n");
    const report = await run(`,${header}\n,${row}\n7,${row}\n`);
    expect(report).toMatchObject({ housesAdded: 1, badRows: 1 });
    expect(report.firstBadRows).toMatchObject([{ line: 3, problems: [{ column: "第 1 列" }] }]);
  });

  it("finds the header under a title and stops without one", async () => {
    expect(await run(`示例市房屋登记表\n\n${file({})}`)).toMatchObject({ housesAdded: 1 });
    const without = await run(file({}).split("\n").slice(1).join("\n"));
    expect(without.stopped).toContain("没有找到表头");
    const lacking = await run(file({}).replace("区划代码", "备注"));
    expect(lacking.stopped).toBe("表头里缺少 区划代码，请补上这一列再导入");
    const doubled = await run(file({}).replace("别名", "小区"));
    expect(doubled.stopped).toBe("表头里 物业区域名称 出现了两次，请只留一列");
  });

  it("keeps what it read when the file breaks off, and says where", async () => {
    const report = await run(`${file({})}示例花园,"没有关上的引号\n${"x\n".repeat(50_000)}`);
    expect(report).toMatchObject({ rows: 1, housesAdded: 1 });
    expect(report.stopped).toContain("第 3 行起读不下去");
  });

  it("takes the same rows from a workbook, from GB18030 and from a stream", async () => {
    const rows = file({})
      .trim()
      .split("\n")
      .map((text) => text.split(","));
    const workbook = await writeXlsx({ sheets: [{ name: "房屋", rows }] });
    expect(await run(workbook)).toMatchObject({ housesAdded: 1, badRows: 0 });
    const house = await onlyHouse();
    expect(await run(encodeGb18030(file({})))).toMatchObject({ housesUnchanged: 1, badRows: 0 });
    const spooled = (await readdir(tmpdir())).filter((name) => name.startsWith("register-import-"));
    const report = await importRegister({
      db: database.db,
      source: { stream: Readable.from([Buffer.from(`\uFEFF${file({})}`)]) },
      personalData,
      clock: () => new Date("2026-11-23T02:00:00Z"),
    });
    expect(report).toMatchObject({ housesUnchanged: 1, badRows: 0, stopped: null });
    const left = (await readdir(tmpdir())).filter((name) => name.startsWith("register-import-"));
    expect(left).toEqual(spooled);
    expect(await onlyHouse()).toEqual(house);
  });

  it("stores hostile text as the text it is", async () => {
    const estate = "'; drop table house; --<script>";
    await run(file({ estate, building: "=cmd|A1幢" }));
    expect((await allRows()).estates[0]?.name).toBe(estate);
    expect((await allRows()).buildings[0]?.label).toBe("=cmd|A1幢");
  });

  it("lets two imports of the same estates at once end with every house once", async () => {
    const rows = Array.from({ length: 400 }, (_, n) => ({
      estate: `示例${n % 7}苑`,
      building: `${n % 5}幢`,
      room: `${100 + n}`,
      owners: [],
    }));
    const start = (order: Row[]) =>
      importRegister({
        db: database.db,
        source: { stream: Readable.from([Buffer.from(file(...order))]) },
        personalData,
        clock: () => new Date("2026-11-23T02:00:00Z"),
      });
    const reports = await Promise.all([start(rows), start([...rows].reverse())]);
    const added = reports.reduce((sum, report) => sum + report.housesAdded, 0);
    const unchanged = reports.reduce((sum, report) => sum + report.housesUnchanged, 0);
    expect([added, unchanged]).toEqual([400, 400]);
    expect((await allRows()).estates).toHaveLength(7);
  });

  it("ends in an orderly way when it is told to stop", async () => {
    const interruption = new AbortController();
    const rows = Array.from({ length: 15_000 }, (_, n) => ({ room: `${100 + n}`, owners: [] }));
    const report = await importRegister({
      db: database.db,
      source: { stream: Readable.from([Buffer.from(file(...rows))]) },
      personalData,
      clock: () => new Date("2026-11-23T02:00:00Z"),
      onProgress: () => interruption.abort(),
      signal: interruption.signal,
    });
    expect(report.stopped).toContain("导入被中止");
    expect(report.housesAdded).toBeGreaterThan(0);
    expect(report.housesAdded).toBeLessThan(15_000);
    expect((await allRows()).houses).toHaveLength(report.housesAdded);
  });
});
