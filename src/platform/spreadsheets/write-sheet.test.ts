import { readXlsx } from "hucre/xlsx";
import { describe, expect, test } from "vitest";
import { type SheetCell, type SheetFormat, writeSheet } from "./write-sheet.ts";

async function bytesOf(format: SheetFormat, rows: readonly SheetCell[][]): Promise<Buffer> {
  const stream = writeSheet(format, {
    name: "房屋",
    heads: ["房屋", "余额（元）"],
    rows: from(rows),
  });
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function* from<Row>(rows: Iterable<Row>): AsyncGenerator<Row> {
  yield* rows;
}

async function valuesOf(rows: readonly SheetCell[][]) {
  const { sheets } = await readXlsx(await bytesOf("xlsx", rows));
  return sheets[0]?.rows ?? [];
}

describe("CSV", () => {
  test("begins with the mark of UTF-8 and quotes every cell", async () => {
    const text = (await bytesOf("csv", [['12幢"东"', { figure: "-1.50" }]])).toString("utf8");
    expect(text).toBe('\uFEFF"房屋","余额（元）"\r\n"12幢""东""","-1.50"\r\n');
  });

  test("of no rows holds the heads alone", async () => {
    expect((await bytesOf("csv", [])).toString("utf8")).toBe('\uFEFF"房屋","余额（元）"\r\n');
  });
});

const FORMULAS = [
  "=1+1",
  "+1",
  "-1",
  "@SUM(A1)",
  "\t=1",
  "\r=1",
  "\n=1",
  "＝1",
  "＋1",
  "－1",
  "＠A1",
];

describe("words that a spreadsheet would take for a formula", () => {
  test.each(FORMULAS)("are defused in CSV: %j", async (words) => {
    expect((await bytesOf("csv", [[words, ""]])).toString("utf8")).toContain(`\r\n"'${words}"`);
  });

  test.each(FORMULAS)("are text in a workbook: %j", async (words) => {
    const [, row] = await valuesOf([[words, { figure: "1.00" }]]);
    expect(`${row?.[0]}`.replaceAll("\r", "").startsWith("'")).toBe(true);
    const xml = (await bytesOf("xlsx", [[words, ""]])).toString("latin1");
    expect(xml).not.toContain("<f>");
  });
});

describe("a workbook", () => {
  test("holds figures as numbers and words as words", async () => {
    const rows = await valuesOf([
      ["TS0001-12-3-501", { figure: "11851.20" }],
      ["0501", { figure: "-3.05" }],
    ]);
    expect(rows).toEqual([
      ["房屋", "余额（元）"],
      ["TS0001-12-3-501", 11851.2],
      ["0501", -3.05],
    ]);
  });

  test("keeps a figure that numbers cannot hold to the fen as text", async () => {
    const [, row] = await valuesOf([["", { figure: "90000000000000.01" }]]);
    expect(row?.[1]).toBe("90000000000000.01");
  });

  test("opens whatever control characters somebody typed", async () => {
    const [, row] = await valuesOf([["12\u0000\u0001\u000b幢", { figure: "1" }]]);
    expect(row?.[0]).toBe("12幢");
  });
});

describe("a long file", () => {
  test.each(["csv", "xlsx"] as const)("is pulled as it is read: %s", async (format) => {
    let pulled = 0;
    async function* endless() {
      for (;;) {
        pulled += 1;
        yield [`房屋${pulled}`, { figure: `${pulled}.00` }];
        if (pulled > 1_000_000) throw new Error("nobody reads this far");
      }
    }
    const reader = writeSheet(format, {
      name: "房屋",
      heads: ["房屋"],
      rows: endless(),
    }).getReader();
    let size = 0;
    while (size < 100_000) size += (await reader.read()).value?.byteLength ?? 0;
    await reader.cancel();
    expect(pulled).toBeLessThan(100_000);
  });

  test.each(["csv", "xlsx"] as const)("fails with its source: %s", async (format) => {
    async function* broken() {
      yield ["房屋"];
      throw new Error("the database went away");
    }
    const stream = writeSheet(format, { name: "房屋", heads: ["房屋"], rows: broken() });
    await expect(async () => {
      for await (const _ of stream);
    }).rejects.toThrow("the database went away");
  });
});
