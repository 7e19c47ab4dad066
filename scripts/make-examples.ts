import { mkdirSync, writeFileSync } from "node:fs";
import { writeXlsx } from "hucre/xlsx";
import { residentIdCheckCharacter } from "#src/kernel/resident-id.ts";
import { encodeGb18030 } from "#tests/support/encode-gb18030.ts";

// Writes examples/: the same twenty houses as CSV in both encodings and as a workbook, and a file with errors.
// All of it is made up: the city does not exist, and neither do the people.

const HEADER = [
  "物业区域名称",
  "物业区域编号",
  "区划代码",
  "地址",
  "别名",
  "开发建设单位",
  "物业服务企业",
  "业主委员会",
  "建成年份",
  "专户账号",
  "幢号",
  "单元",
  "所在层",
  "总层数",
  "房号",
  "房屋编号",
  "建筑面积",
  "面积类型",
  "房屋用途",
  "房屋性质",
  "有无电梯",
  "交存标准",
  "合同签订日",
  "房屋总价",
  "合同编号",
  "不动产单元号",
  "业主1姓名",
  "业主1证件类型",
  "业主1证件号码",
  "业主1手机",
  "业主2姓名",
  "业主2证件类型",
  "业主2证件号码",
  "业主2手机",
] as const;

type Cells = Partial<Record<(typeof HEADER)[number], string>>;

const LAKESIDE: Cells = {
  物业区域名称: "示例湖畔家园",
  物业区域编号: "HP0301",
  区划代码: "990101",
  地址: "示范区湖畔路18号",
  别名: "湖畔家园、湖畔一号",
  开发建设单位: "示例湖畔置业有限公司",
  物业服务企业: "示例湖畔物业服务有限公司",
  业主委员会: "示例湖畔家园业主委员会",
  建成年份: "2019",
};
const STAR: Cells = {
  物业区域名称: "示例星河苑（二期）",
  区划代码: "990102",
  地址: "样板区星河街66号",
  开发建设单位: "示例星河置业有限公司",
  建成年份: "2003",
};

function documentNo(n: number): string {
  const first17 = `110101${1960 + n}0${1 + (n % 9)}1${n % 10}${String(100 + n).padStart(3, "0")}`;
  return first17 + residentIdCheckCharacter(first17);
}

function owner(n: number, at: 1 | 2 = 1): Cells {
  const name = `示例${"甲乙丙丁戊己庚辛壬癸"[n % 10]}${"东南西北"[n % 4]}`;
  return {
    [`业主${at}姓名`]: name,
    [`业主${at}证件类型`]: "身份证",
    [`业主${at}证件号码`]: documentNo(n),
    [`业主${at}手机`]: `1380000${3000 + n}`,
  };
}

function flat(floor: number, door: number, n: number): Cells {
  return {
    ...LAKESIDE,
    幢号: "1幢",
    单元: "1单元",
    所在层: String(floor),
    总层数: "18",
    房号: `${floor}0${door}`,
    建筑面积: door === 1 ? "118.43" : "89.97",
    面积类型: "实测",
    房屋用途: "住宅",
    房屋性质: "商品房",
    有无电梯: "有",
    合同签订日: `2018-0${1 + (n % 9)}-15`,
    合同编号: `示例网签2018${String(n).padStart(4, "0")}`,
    ...owner(n),
  };
}

function stairsFlat(floor: number, door: number, n: number): Cells {
  return {
    ...STAR,
    幢号: "A座",
    单元: "东单元",
    所在层: String(floor),
    总层数: "6",
    房号: `${floor}0${door}室`,
    建筑面积: "75.5",
    房屋用途: "住宅",
    房屋性质: "房改房",
    有无电梯: "无",
    合同签订日: "2009年6月1日",
    ...owner(n),
  };
}

const HOUSES: Cells[] = [
  ...[1, 2, 3, 4, 5].flatMap((floor) => [1, 2].map((door) => flat(floor, door, floor * 2 + door))),
  { ...flat(6, 1, 20), ...owner(21, 2) },
  {
    ...flat(6, 2, 22),
    合同签订日: "",
    合同编号: "",
    业主1姓名: "",
    业主1证件类型: "",
    业主1证件号码: "",
    业主1手机: "",
  },
  ...[1, 2, 3, 4].map((floor) => stairsFlat(floor, 1, 30 + floor)),
  {
    ...LAKESIDE,
    幢号: "地下车库",
    所在层: "-1",
    房号: "A区103号",
    建筑面积: "12.60",
    房屋用途: "车位",
    合同签订日: "2018/9/1",
    ...owner(41),
  },
  {
    ...LAKESIDE,
    幢号: "2幢",
    总层数: "2",
    所在层: "1",
    房号: "商铺5",
    建筑面积: "1,203.40",
    房屋用途: "商业",
    合同签订日: "20180910",
    业主1姓名: "示例百货有限公司",
    业主1证件类型: "统一社会信用代码",
    业主1证件号码: "91350100M000100Y43",
    业主1手机: "0990-65550000",
  },
  {
    ...STAR,
    幢号: "A座",
    总层数: "6",
    所在层: "-1",
    房号: "储藏室12",
    建筑面积: "8.05",
    房屋用途: "储藏",
    合同签订日: "2009-06-01",
    ...owner(43),
  },
  {
    物业区域名称: "示例新苑",
    区划代码: "990103",
    地址: "试点区新苑路1号",
    开发建设单位: "示例新苑置业有限公司",
  },
];

const [model] = HOUSES as [Cells, ...Cells[]];
const WITH_ERRORS: Cells[] = [
  { ...model, 房号: "1601" },
  { ...model, 房号: "1602", 区划代码: "990199" },
  { ...model, 房号: "1603", 建筑面积: "-98.76" },
  { ...model, 房号: "1604", 建筑面积: "九十平" },
  { ...model, 房号: "1605", 房屋用途: "非住宅" },
  { ...model, 房号: "1606", 合同签订日: "2018-02-30" },
  { ...model, 房号: "1607", 业主1证件号码: "110101196303130104" },
  { ...model, 房号: "1608", 业主1证件号码: "1.10101E+17" },
  { ...model, 房号: "1609", 业主1手机: "1380000" },
  { ...model, 房号: "1601", 建筑面积: "100.00" },
  { ...model, 房号: "", 幢号: "" },
  { ...model, 房号: "1612", 所在层: "19" },
  { ...model, 房号: "1613", 交存标准: "没有的标准" },
  { ...model, 房号: "1614", 专户账号: "12345678" },
  { ...model, 幢号: "3幢", 房号: "101", 有无电梯: "" },
  { ...model, 房号: "1616", 合同签订日: "2007-01-01" },
  { ...model, 房号: "1617" },
];

function rowsOf(houses: readonly Cells[]): string[][] {
  return [[...HEADER], ...houses.map((cells) => HEADER.map((name) => cells[name] ?? ""))];
}

function csv(houses: readonly Cells[]): string {
  const quoted = (cell: string) => (/[",]/.test(cell) ? `"${cell}"` : cell);
  return rowsOf(houses)
    .map((cells) => `${cells.map(quoted).join(",")}\r\n`)
    .join("");
}

mkdirSync("examples", { recursive: true });
writeFileSync("examples/houses.csv", `\uFEFF${csv(HOUSES)}`);
writeFileSync("examples/houses-gb18030.csv", encodeGb18030(csv(HOUSES)));
writeFileSync("examples/houses-with-errors.csv", `\uFEFF${csv(WITH_ERRORS)}`);
writeFileSync(
  "examples/houses.xlsx",
  await writeXlsx({ sheets: [{ name: "房屋登记", rows: rowsOf(HOUSES) }] }),
);
