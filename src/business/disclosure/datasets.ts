import { z } from "zod";
import { yearContentSchema } from "#src/ledger/locked-years/content.ts";

/** Yuan with two decimals, as text. */
const yuan = z
  .string()
  .regex(/^-?[0-9]+\.[0-9]{2}$/)
  .describe("元，两位小数，文本");
const percent = z
  .string()
  .regex(/^-?[0-9]+\.[0-9]$/)
  .nullable()
  .describe("百分数，一位小数，文本；没有首次交存时为 null");
const count = z.number().int().min(0);
const estateNumber = z.string().regex(/^[A-Z]{2}[0-9]{4,8}$/);

const figures = {
  opening: yuan.describe("年初余额（元）"),
  deposited: yuan.describe("交存（元），冲正从中扣除"),
  interest: yuan.describe("利息（元）"),
  used: yuan.describe("使用（元）"),
  refunded: yuan.describe("退款（元）"),
  other: yuan.describe("其他（元）"),
  closing: yuan.describe(
    "年末余额（元）= opening + deposited + interest − used − refunded + other",
  ),
  firstDeposits: yuan.describe("到年末的首次交存（元），不含已销户的房屋"),
  sufficiencyPercent: percent.describe("充足率（%）= closing ÷ firstDeposits，四舍五入到一位小数"),
};
const year = z.number().int().describe("年份");
const monthFigures = {
  ...figures,
  opening: yuan.describe("月初余额（元）"),
  closing: yuan.describe(
    "月末余额（元）= opening + deposited + interest − used − refunded + other",
  ),
  firstDeposits: yuan.describe("到月末的首次交存（元），不含已销户的房屋"),
};
const month = z
  .string()
  .regex(/^[0-9]{4}-(0[1-9]|1[0-2])$/)
  .describe("月份，如 2026-11");

const cityYear = z.object({ year, ...figures });
const districtYear = z.object({
  codes: z.array(z.string()).min(1).describe("区划代码；户数很少的区合并时有几个"),
  name: z.string().describe("区名"),
  year,
  ...figures,
});
const cityMonth = z.object({ month, ...monthFigures });
const districtMonth = z.object({
  codes: districtYear.shape.codes,
  name: districtYear.shape.name,
  month,
  ...monthFigures,
});
const estateNumbers = z
  .array(estateNumber)
  .min(1)
  .describe("物业区域编号；户数很少的小区合计时有几个");
const estateName = z.string().describe("小区名称；合计的行为空");
const estateNow = z.object({
  numbers: estateNumbers,
  name: estateName,
  district: z.string().describe("区名"),
  completedYear: z.number().int().nullable().describe("建成年份；没有登记或合计的行为 null"),
  houseCount: count.describe("户数"),
  area: z
    .string()
    .regex(/^[0-9]+\.[0-9]{2}$/)
    .describe("建筑面积（㎡），文本"),
  balance: yuan.describe("余额（元）= principalHeld + interestHeld"),
  principalHeld: yuan.describe("本金（元）"),
  interestHeld: yuan.describe("利息（元）"),
  firstDeposits: yuan.describe("首次交存（元），不含已销户的房屋"),
  sufficiencyPercent: percent.describe("充足率（%）= balance ÷ firstDeposits"),
  housesLiable: count.describe("应交户数"),
  housesPaid: count.describe("已交清户数"),
  housesBelowTrigger: count.describe("已交清户中余额低于续交线的户数"),
  housesPartPaid: count.describe("未交清户数"),
  housesUnpaid: count.describe("未交户数"),
});
const estateYear = z.object({
  numbers: estateNumbers,
  name: estateName,
  district: z.string().describe("区名"),
  year,
  ...figures,
});
const estateMonth = z.object({
  numbers: estateNumbers,
  name: estateName,
  district: z.string().describe("区名"),
  month,
  ...monthFigures,
});
const use = z.object({
  number: estateNumber.nullable().describe("物业区域编号；户数很少的小区为 null"),
  name: estateName,
  district: z.string().describe("区名"),
  bookDate: z.iso.date().describe("记账日期"),
  project: z.string().describe("项目"),
  scope: z.string().describe("范围；不公布时为空"),
  houseCount: count.nullable().describe("分摊户数；不足 5 户且不公开每户时为 null"),
  amount: yuan.describe("维修资金支付的金额（元）"),
});

/** Every dataset with the shape of its rows and what a spreadsheet calls their columns. */
export const DATASETS = {
  "city-years": { title: "全市每年收支", row: cityYear, heads: headsOf(cityYear) },
  "district-years": { title: "各区每年收支", row: districtYear, heads: headsOf(districtYear) },
  estates: { title: "各小区现状", row: estateNow, heads: headsOf(estateNow) },
  "estate-years": { title: "各小区每年收支", row: estateYear, heads: headsOf(estateYear) },
  "city-months": { title: "全市每月收支", row: cityMonth, heads: headsOf(cityMonth) },
  "district-months": {
    title: "各区每月收支",
    row: districtMonth,
    heads: headsOf(districtMonth),
  },
  "estate-months": { title: "各小区每月收支", row: estateMonth, heads: headsOf(estateMonth) },
  uses: { title: "使用项目", row: use, heads: headsOf(use) },
} as const;

export type DatasetName = keyof typeof DATASETS;
/** A row of a dataset as it stands in its files. */
export type DatasetRow<Name extends DatasetName = DatasetName> = z.infer<
  (typeof DATASETS)[Name]["row"]
>;

/** The one dataset that is taken year by year: all of its years would be some ten million rows in a large city. */
export const TAKEN_BY_YEAR = "estate-months" satisfies DatasetName;

/** The names of all datasets, in the order in which they are listed. */
export const DATASET_NAMES = Object.keys(DATASETS) as DatasetName[];

/** Decides whether a name is that of a dataset. */
export function isDatasetName(name: string): name is DatasetName {
  return Object.hasOwn(DATASETS, name);
}

/** The head of a column: the word before the first mark of its description. */
function headsOf(row: z.ZodObject): { key: string; head: string }[] {
  return Object.entries(row.shape).map(([key, field]) => {
    const said = (field as z.ZodType).description ?? key;
    return { key, head: said.split(/[；，=]/)[0]?.trim() ?? key };
  });
}

/** The version of what these files mean; it changes with a meaning, not with a new field. */
export const DATA_FORMAT = "city-fund/1";

/** Makes the JSON Schema (2020-12) of a dataset's JSON file, or of a locked year. */
export function jsonSchemaOf(name: DatasetName | "locked-year"): object {
  if (name === "locked-year") {
    return { ...z.toJSONSchema(yearContentSchema), title: "锁定的年度公示" };
  }
  const { row, title } = DATASETS[name];
  const whole = z.object({
    format: z.literal(DATA_FORMAT),
    dataset: z.literal(name),
    refreshedAt: z.iso.datetime().describe("数字整理的时间，UTC"),
    bookedUntil: z.iso.date().nullable().describe("账面日期：最近一笔账的日期"),
    reconciledUntil: z.iso
      .date()
      .nullable()
      .describe(
        "与专户银行核对日期：所有专户都核对到这一天；从未核对的专户按第一笔账的前一天算；一次都没有核对过的为 null",
      ),
    rows: z.array(row),
  });
  return { ...z.toJSONSchema(whole), title };
}
