import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSheet } from "./open-sheet.ts";
import type { SheetRow } from "./sheet.ts";
import { detectEncoding } from "./text-encoding.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "text-rows-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function saved(content: string | Buffer): Promise<string> {
  const path = join(folder, "rows.csv");
  await writeFile(path, content);
  return path;
}

async function rowsOf(content: string | Buffer): Promise<SheetRow[]> {
  const sheet = await openSheet(await saved(content));
  const rows: SheetRow[] = [];
  for await (const some of sheet.rows) rows.push(...some);
  expect(sheet.progress()).toBe(1);
  return rows;
}

/** 小区,房号 and 示例花园,502 in GB18030; the character of four bytes is 𠮷, which GBK does not have. */
const GB18030 = Buffer.concat([
  Buffer.from("d0a1c7f82cb7bfbac50a", "hex"),
  Buffer.from("cabec0fdbba8d4b0", "hex"),
  Buffer.from("9534b235", "hex"),
  Buffer.from(",502\n"),
]);

describe("reading rows from a text file", () => {
  it("reads UTF-8 with and without its mark", async () => {
    const rows = [
      { line: 1, cells: ["小区", "房号"] },
      { line: 2, cells: ["示例花园", "502"] },
    ];
    expect(await rowsOf("小区,房号\n示例花园,502\n")).toEqual(rows);
    expect(await rowsOf("\uFEFF小区,房号\r\n示例花园,502\r\n")).toEqual(rows);
  });

  it("reads GB18030, its four-byte characters too", async () => {
    expect(await rowsOf(GB18030)).toEqual([
      { line: 1, cells: ["小区", "房号"] },
      { line: 2, cells: ["示例花园𠮷", "502"] },
    ]);
  });

  it("reads what a spreadsheet calls Unicode text: UTF-16 with tabs", async () => {
    const content = Buffer.from("\uFEFF小区\t房号\r\n示例花园\t502\r\n", "utf16le");
    expect((await rowsOf(content))[1]?.cells).toEqual(["示例花园", "502"]);
  });

  it("sees a single GB18030 byte at the very end of a long ASCII file", async () => {
    const content = Buffer.concat([Buffer.alloc(600_000, "a,b\n"), Buffer.from("b7bf", "hex")]);
    expect(await detectEncoding(await saved(content))).toBe("gb18030");
  });

  it("reads a character that lies across two pieces of the file", async () => {
    const rows = await rowsOf(`${`${"a".repeat(999)}\n`.repeat(263).slice(0, 262_143)}示,2\n`);
    expect(rows.at(-1)?.cells.join()).toContain("示,2");
  });

  it.each([
    ["commas", ","],
    ["tabs", "\t"],
    ["semicolons", ";"],
  ])("tells %s as the separator from the header, also under a title", async (_, sign) => {
    const content = `房屋登记表\n小区${sign}房号${sign}地址\n示例花园${sign}502${sign}"示例路8号"\n`;
    expect((await rowsOf(content))[2]?.cells).toEqual(["示例花园", "502", "示例路8号"]);
  });

  it("reads quoted separators, quotation marks and line breaks, and counts their lines", async () => {
    const content = '小区,地址\n"示例,花园","甲""乙"\n\n"两\n行",丙\n末,丁\n';
    expect(await rowsOf(content)).toEqual([
      { line: 1, cells: ["小区", "地址"] },
      { line: 2, cells: ["示例,花园", '甲"乙'] },
      { line: 4, cells: ["两\n行", "丙"] },
      { line: 6, cells: ["末", "丁"] },
    ]);
  });

  it("keeps a quotation mark inside an unquoted cell and rows of uneven length", async () => {
    const content = '小区,地址,备注\n示例"花园",甲\n示例,乙,丙,丁\n';
    const rows = await rowsOf(content);
    expect(rows[1]?.cells).toEqual(['示例"花园"', "甲"]);
    expect(rows[2]?.cells).toEqual(["示例", "乙", "丙", "丁"]);
  });

  it("gives the rows before an open quotation mark, then stops and names the line", async () => {
    const content = `小区,地址\n示例花园,甲\n示例,"乙\n${"示例,丙\n".repeat(20_000)}`;
    const sheet = await openSheet(await saved(content));
    const rows: SheetRow[] = [];
    const reading = (async () => {
      for await (const some of sheet.rows) rows.push(...some);
    })();
    await expect(reading).rejects.toThrow("第 3 行起读不下去：引号没有成对");
    expect(rows.map((row) => row.line)).toEqual([1, 2]);
  });

  it("refuses what is no text in either encoding", async () => {
    const path = await saved(Buffer.from("小区\u00ff\u00ff\u00ff", "latin1"));
    await expect(openSheet(path)).rejects.toThrow("既不是 UTF-8 也不是 GB18030");
  });

  it("refuses an empty file, a missing one and an old workbook, each with a sentence", async () => {
    await expect(openSheet(await saved(""))).rejects.toThrow("文件是空的");
    await expect(openSheet(join(folder, "missing.csv"))).rejects.toThrow("没有这个文件");
    await expect(openSheet(folder)).rejects.toThrow("它不是一个文件");
    const old = Buffer.from("d0cf11e0a1b11ae1", "hex");
    await expect(openSheet(await saved(old))).rejects.toThrow("旧式 xls 文件");
  });
});
