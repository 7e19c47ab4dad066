import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { readHeader } from "./columns.ts";
import { createRowReader } from "./read-row.ts";
import type { ImportStandard, RegisterReference } from "./reference.ts";
import type { ReadRow } from "./row.ts";

const standard: ImportStandard = {
  id: 7,
  code: "SL2024-LIFT",
  name: "有电梯住宅",
  basis: "AREA",
  coefficientE4: 1_200_000n,
  roundTo: "FEN",
  legalBasis: "（示例）",
  houseUse: "residential",
  hasLift: true,
  floorsFrom: null,
  floorsTo: null,
  effectiveFrom: calendarDate("2024-01-01"),
  effectiveTo: null,
};

const reference: RegisterReference = {
  districtNames: new Map([["990101", "示范区"]]),
  custodyAccountIds: new Map([["9901010000000001268", 3]]),
  firstCustodyAccountId: 1,
  standards: [standard],
  standardsByCode: new Map([[standard.code, standard]]),
  today: calendarDate("2026-11-23"),
};

const GOOD = {
  物业区域名称: "示例花园",
  区划代码: "990101",
  幢号: "12幢",
  单元: "3单元",
  所在层: "5",
  总层数: "18",
  房号: "502",
  建筑面积: "98.76",
  房屋用途: "住宅",
  有无电梯: "有",
  合同签订日: "2025-03-04",
  业主1姓名: "测试甲",
  业主1证件类型: "身份证",
  业主1证件号码: "11010519491231002X",
  业主1手机: "13800000001",
};

function read(changes: Record<string, string> = {}) {
  const row = { ...GOOD, ...changes };
  const reader = createRowReader(readHeader(Object.keys(row)), reference);
  return reader({ line: 2, cells: Object.values(row) });
}

function good(changes: Record<string, string> = {}): ReadRow {
  const reading = read(changes);
  if (!reading.ok) throw new Error(JSON.stringify(reading.bad));
  return reading.row;
}

/** The findings as 列名：原因. */
function findings(changes: Record<string, string>): string[] {
  const reading = read(changes);
  if (reading.ok) return [];
  return reading.bad.problems.map(({ column, reason }) => `${column}：${reason}`);
}

function finding(column: keyof typeof GOOD | string, typed: string): string {
  const found = findings({ [column]: typed });
  expect(found).toHaveLength(1);
  return found[0] as string;
}

describe("reading a row of a register file", () => {
  it("reads a complete row", () => {
    const { estate, house } = good();
    expect(estate).toMatchObject({ name: "示例花园", districtName: "示范区", code: null });
    expect(house).toMatchObject({
      buildingKey: "12",
      unitKey: "3",
      roomKey: "502",
      areaHundredths: 9876,
      houseUse: "residential",
      hasLift: true,
      floors: 18,
      standardDate: "2025-03-04",
      owners: [{ documentNo: "11010519491231002X", phone: "13800000001" }],
    });
  });

  it("reads what people write in full width and in words", () => {
    const { house } = good({
      建筑面积: "１２０．３３５㎡",
      所在层: "负一层",
      房屋用途: "地下车位",
      房号: "A区103号",
      有无电梯: "是",
      合同签订日: "2025年3月4日",
      业主1证件号码: "11010519491231002x",
      业主1手机: "+86 138-0000-0001",
    });
    expect(house).toMatchObject({
      areaHundredths: 12034,
      floor: -1,
      houseUse: "parking",
      standardDate: "2025-03-04",
      owners: [{ documentNo: "11010519491231002X", phone: "13800000001" }],
    });
  });

  it("records an estate alone when no cell speaks of a house", () => {
    const blank = Object.fromEntries(Object.keys(GOOD).map((name) => [name, ""]));
    const { estate, house } = good({ ...blank, 物业区域名称: "示例新苑", 区划代码: "990101" });
    expect(estate.name).toBe("示例新苑");
    expect(house).toBeNull();
  });

  it("keeps text that looks like a formula as text", () => {
    expect(good({ 物业区域名称: "=SUM(A1)" }).estate.name).toBe("=SUM(A1)");
    expect(good({ 业主1姓名: "@测试" }).house?.owners[0]?.name).toBe("@测试");
  });

  it("keeps rare characters, a dot in a name and composes accents", () => {
    expect(good({ 业主1姓名: "𠮷㛃䶮" }).house?.owners[0]?.name).toBe("𠮷㛃䶮");
    expect(good({ 业主1姓名: "买买提·测试" }).house?.owners[0]?.name).toBe("买买提·测试");
    expect(good({ 业主1姓名: "Rene\u0301" }).house?.owners[0]?.name).toBe("René");
  });

  it("splits aliases and leaves out the name itself", () => {
    expect(good({ 别名: "示例城、 老示例城；示例花园" }).estate.aliases).toEqual([
      "示例城",
      "老示例城",
    ]);
  });

  it.each([
    ["物业区域名称", "", "物业区域名称：请填写物业区域名称"],
    ["区划代码", "", "区划代码：请填写 6 位区划代码，例如 330106"],
    ["区划代码", "123456", "区划代码：没有区划代码 123456，请核对（县级区划的 6 位代码）"],
    ["区划代码", "杭州", "区划代码：区划代码应是 6 位数字，这里写的是“杭州”"],
    ["幢号", "", "幢号：请填写幢号，例如 12幢"],
    ["房号", "", "房号：请填写房号，例如 502"],
    [
      "房号",
      "2026-01-02",
      "房号：房号被表格软件改成了日期（2026-01-02）：请把这一列设为文本格式，重新填写",
    ],
    ["建筑面积", "", "建筑面积：请填写建筑面积"],
    ["建筑面积", "-98.76", "建筑面积：建筑面积应大于 0"],
    ["建筑面积", "九十八", "建筑面积：建筑面积应是数字，例如 98.76"],
    ["建筑面积", "100000", "建筑面积：建筑面积不能超过 99999.99 平方米，请核对"],
    ["建筑面积", "1e21", "建筑面积：建筑面积应是数字，例如 98.76"],
    ["房屋用途", "", "房屋用途：请填写房屋用途：住宅、商业、办公、车位、储藏、其他"],
    ["房屋用途", "非住宅", "房屋用途：房屋用途请填写 住宅、商业、办公、车位、储藏、其他 之一"],
    ["有无电梯", "也许", "有无电梯：有无电梯请填写 有、无 之一"],
    ["所在层", "19", "所在层：所在层 19 高于总层数 18，请核对"],
    ["总层数", "0", "总层数：总层数应是 1 到 200 之间的整数"],
    ["合同签订日", "2025-02-30", "合同签订日：没有这一天，请按 2026-11-23 的样子填写合同签订日"],
    ["合同签订日", "2026-11-24", "合同签订日：合同签订日 2026-11-24 在今天之后，请核对"],
    ["业主1姓名", "", "业主1姓名：请填写业主1姓名"],
    ["业主1证件号码", "", "业主1证件号码：请填写业主1证件号码"],
    ["业主1证件号码", "1101051949123100", "业主1证件号码：证件号码少 2 位，应是 18 位"],
    [
      "业主1证件号码",
      "110105194912310021",
      "业主1证件号码：证件号码有一位不对，请对照身份证再看一遍",
    ],
    [
      "业主1证件号码",
      "110105194902300021",
      "业主1证件号码：证件号码里的出生日期不存在，请对照身份证再看一遍",
    ],
    [
      "业主1证件号码",
      "1.10105E+17",
      "业主1证件号码：证件号码被表格软件写成了科学计数，后几位已丢失：请把这一列设为文本格式，重新填写",
    ],
    ["业主1手机", "1380000000", "业主1手机：手机号码有 10 位，应是 11 位；固定电话请带区号"],
    [
      "交存标准",
      "没有的",
      "交存标准：没有这个交存标准代码，请核对；留空则按用途、电梯、层数和合同签订日选定",
    ],
    ["专户账号", "123", "专户账号：没有这个专户账号，请核对；留空则用本市的第一个专户"],
    [
      "物业区域编号",
      "X1",
      "物业区域编号：物业区域编号应是 2 个字母加 4 到 8 位数字，例如 SL0126；留空则自动编号",
    ],
    ["不动产单元号", "330106", "不动产单元号：不动产单元号应是 28 位，这里有 6 位"],
    ["房屋总价", "-1", "房屋总价：房屋总价应是大于 0 的金额，单位元，例如 1234567.89"],
    ["建成年份", "15年", "建成年份：建成年份应是 4 位数字，例如 2015，这里写的是“15年”"],
  ])("refuses %s “%s” with what to do", (column, typed, sentence) => {
    expect(finding(column, typed)).toBe(sentence);
  });

  it.each([
    ["地址", "示".repeat(201), "内容太长（201 个字），最多 200 个字，请缩短"],
    ["物业区域名称", "示例\u0000花园", "含有换行或看不见的控制字符，请删除后重新填写"],
    ["房号", "50\n2", "含有换行或看不见的控制字符，请删除后重新填写"],
    ["业主1姓名", "测\uD800试", "含有换行或看不见的控制字符，请删除后重新填写"],
  ])("refuses %s that is too long or holds control characters", (column, typed, reason) => {
    expect(finding(column, typed)).toBe(`${column}：${reason}`);
  });

  it("reports everything that is wrong with a row, each column once", () => {
    expect(
      findings({ 建筑面积: "-1", 业主1手机: "12", 合同签订日: "2025-13-01" }).map(
        (sentence) => sentence.split("：")[0],
      ),
    ).toEqual(["建筑面积", "合同签订日", "业主1手机"]);
  });

  it("says nothing about a bad estate twice as long as the rows agree, but refuses each of them", () => {
    const names = Object.keys(GOOD);
    const reader = createRowReader(readHeader(names), reference);
    const cells = Object.values({ ...GOOD, 区划代码: "123456" });
    expect([2, 3].map((line) => reader({ line, cells }).ok)).toEqual([false, false]);
  });

  it("refuses two owners with one document", () => {
    const second = { 业主2姓名: "测试乙", 业主2证件号码: "11010519491231002X" };
    expect(findings(second)).toEqual(["业主2证件号码：和本行另一位业主的证件号码相同，请核对"]);
  });

  it("tells a credit code from an identity number when the kind is blank", () => {
    const { house } = good({ 业主1证件类型: "", 业主1证件号码: "91350100M000100Y43" });
    expect(house?.owners[0]?.documentKind).toBe("credit-code");
  });

  it("never repeats a name, a document or a phone in a reason", () => {
    const typed = fc.string({ minLength: 6, maxLength: 30, unit: "grapheme" });
    fc.assert(
      fc.property(typed, typed, (documentNo, phone) => {
        fc.pre(/[^\s\d.,:：，。-]{4}/.test(documentNo) && /[^\s\d.,:：，。-]{4}/.test(phone));
        const found = findings({ 业主1证件号码: documentNo, 业主1手机: phone }).join("\n");
        expect(found).not.toContain(documentNo.trim());
        expect(found).not.toContain(phone.trim());
      }),
    );
  });

  it("answers anything that can stand in a file", () => {
    const cell = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.constantFrom("' or 1=1 --", "<script>alert(1)</script>", "😀", "−1", "1e21", "\u202E502"),
    );
    const row = fc.dictionary(fc.constantFrom(...Object.keys(GOOD)), cell);
    fc.assert(
      fc.property(row, (changes) => {
        const reading = read(changes);
        if (!reading.ok) expect(reading.bad.problems.length).toBeGreaterThan(0);
      }),
    );
  });
});
