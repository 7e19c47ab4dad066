import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { COLUMNS, isHeaderRow, readHeader } from "./columns.ts";

describe("the header of a register file", () => {
  it("knows every column by its own name, in any order", () => {
    const names = COLUMNS.map((column) => column.header).reverse();
    const header = readHeader(names);
    expect(header.columns).toEqual(COLUMNS.map((column) => column.key).reverse());
    expect(header.unknown).toEqual([]);
  });

  it("is documented, each column and each synonym that has no number", () => {
    const text = readFileSync(join(import.meta.dirname, "../../../docs/import.md"), "utf8");
    const names = COLUMNS.flatMap(({ key, header, synonyms }) =>
      key.startsWith("owner") ? [header] : [header, ...synonyms],
    );
    const undocumented = names.filter((name) => !text.includes(name));
    expect(undocumented.filter((name) => !/^业主[3-5]/.test(name))).toEqual([]);
  });

  it("gives no name to two columns", () => {
    const names = COLUMNS.flatMap((column) => [column.header, ...column.synonyms]);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  it("overlooks blanks, asterisks, brackets and full width", () => {
    const header = readHeader([" 建筑面积（㎡）*", "业主１姓名", "幢 号", "地址(坐落)"]);
    expect(header.columns).toEqual(["area", "owner1Name", "building", "address"]);
  });

  it("takes the words that people use for a column", () => {
    const header = readHeader([
      "小区名称",
      "栋号",
      "室号",
      "业主姓名",
      "业主身份证号",
      "业主手机号",
    ]);
    expect(header.columns).toEqual([
      "estateName",
      "building",
      "room",
      "owner1Name",
      "owner1DocumentNo",
      "owner1Phone",
    ]);
  });

  it("names the columns that it does not know, that are missing and that are doubled", () => {
    const header = readHeader(["物业区域名称", "备注", "小区", ""]);
    expect(header.unknown).toEqual(["备注"]);
    expect(header.missing).toEqual(["区划代码"]);
    expect(header.doubled).toEqual(["物业区域名称"]);
  });

  it("is not a title, a remark or a row of data", () => {
    expect(isHeaderRow(["示例市房屋登记表"])).toBe(false);
    expect(isHeaderRow(["示例花园", "990101", "12幢", "502"])).toBe(false);
    expect(isHeaderRow(["物业区域名称", "区划代码"])).toBe(true);
    expect(isHeaderRow(["幢号", "单元", "房号", "建筑面积"])).toBe(true);
  });
});
