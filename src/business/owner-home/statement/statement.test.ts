import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { fen } from "#src/kernel/money.ts";
import { getHouseYear } from "#src/ledger/house-year.ts";
import { createPrinter, type Printer } from "#src/platform/pdf/printer.ts";
import { buildCity, buildHouse, NOW, type TestCity } from "#tests/support/builders.ts";
import { buildDeposit, buildUse } from "#tests/support/payment-builders.ts";
import { readPdf } from "#tests/support/pdf-text.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { printStatement, statementContent } from "./statement.ts";

let database: TestDatabase;
let city: TestCity;
let printer: Printer;

beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
  printer = createPrinter();
});
afterAll(async () => {
  await printer?.close();
  await database?.drop();
});

async function paid(deposits: number) {
  const house = await buildHouse(city);
  await buildDeposit(city, house, {
    amountFen: fen(1_000_000n),
    bookDate: calendarDate("2025-06-01"),
  });
  for (let n = 0; n < deposits; n += 1) {
    await buildDeposit(city, house, {
      amountFen: fen(1_000n),
      depositKind: "02",
      bookDate: calendarDate("2026-03-01"),
    });
  }
  await buildUse(city, house, fen(250_050n));
  return house;
}

async function subjectOf(deposits: number, year = 2026) {
  const house = await paid(deposits);
  return { house, ownerName: "王试业", year: await getHouseYear(city.db, house, year) };
}

const deps = () => ({
  printer,
  personalData: city.personalData,
  publicUrl: "https://fund.example",
  config: { fundCentreName: "示例市物业专项维修资金管理中心" },
});

describe("a statement", () => {
  test("adds up from the opening balance to the closing one", async () => {
    const content = statementContent(await subjectOf(2), NOW);
    expect(content.sums).toEqual([
      ["年初余额", "10,000.00"],
      ["交存", "+20.00"],
      ["利息", "0.00"],
      ["使用", "−2,500.50"],
      ["退款", "0.00"],
      ["截至今天余额", "7,519.50"],
    ]);
    expect(content.rows.map(({ principal, balance }) => [principal, balance])).toEqual([
      ["+10.00", "10,010.00"],
      ["+10.00", "10,020.00"],
      ["−2,500.50", "7,519.50"],
    ]);
    expect(content.closing.at(-1)).toBe("7,519.50");
    expect(content.closingCapitals).toContain("柒仟伍佰壹拾玖元伍角");
  });

  test("of a year that is over runs to its last day, of this one until today", async () => {
    const subject = await subjectOf(0, 2025);
    expect(statementContent(subject, NOW).facts).toContainEqual([
      "起止",
      "2025-01-01 至 2025-12-31",
    ]);
    expect(statementContent(subject, NOW).sums.at(-1)).toEqual(["年末余额", "10,000.00"]);
    const current = statementContent({ ...subject, year: { ...subject.year, year: 2026 } }, NOW);
    expect(current.facts).toContainEqual(["起止", "2026-01-01 至 2026-11-23"]);
  });

  test("is printed with the owner's name, the house and every line", async () => {
    const subject = await subjectOf(1);
    const { text, title } = await readPdf(await printStatement(deps(), city.db, subject, NOW));
    expect(title).toBe("物业专项维修资金对账单 2026 年度");
    for (const word of ["物业专项维修资金对账单", "2026年度", "王试业", subject.house.code]) {
      expect(text).toContain(word);
    }
    expect(text).toContain("7,509.50");
    expect(text).toContain("第1页，共1页");
  });

  test("of many lines goes on overleaf, with the head of its table repeated", async () => {
    const { text, pages } = await readPdf(
      await printStatement(deps(), city.db, await subjectOf(60), NOW),
    );
    expect(pages).toBeGreaterThan(1);
    expect(text.match(/摘要和怎么来的/g)).toHaveLength(pages);
  });

  test("is the same for the same moment", async () => {
    const subject = await subjectOf(1);
    const [first, second] = [
      await printStatement(deps(), city.db, subject, NOW),
      await printStatement(deps(), city.db, subject, NOW),
    ];
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true);
  });
});
