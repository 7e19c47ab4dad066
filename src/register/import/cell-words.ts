import type { Selectable } from "kysely";
import type { HouseOwnerTable, HouseTable } from "#src/platform/database/tables/register.ts";

type House = Selectable<HouseTable>;

function wordTable<Value>(entries: ReadonlyArray<readonly [Value, string]>): Map<string, Value> {
  return new Map(
    entries.flatMap(([value, words]) => words.split(" ").map((word) => [word, value] as const)),
  );
}

/** What register files call the uses of houses. The first word of each line is the one we name. */
export const HOUSE_USES: ReadonlyMap<string, House["house_use"]> = wordTable([
  ["residential", "住宅 成套住宅 普通住宅 居住 别墅 高层住宅 多层住宅"],
  ["commercial", "商业 商铺 商用 店铺 网点 门市 商业用房 营业用房 商业服务 底商"],
  ["office", "办公 写字楼 办公用房 商务办公"],
  ["parking", "车位 停车位 车库 地下车位 车位车库"],
  ["storage", "储藏 储藏室 储藏间 储物间 仓储 仓库 杂物间"],
  ["other", "其他 其它 公共用房 配套用房"],
]);

export const HOUSE_NATURES: ReadonlyMap<string, House["house_nature"]> = wordTable([
  ["commodity", "商品房 商品住宅 市场化商品房 普通商品房"],
  ["affordable", "经济适用房 经济适用住房 保障性住房 保障房 限价房 共有产权房"],
  ["reform", "房改房 已购公房 已售公房 售后公房 公有住房 公房"],
  ["resettlement", "安置房 拆迁安置房 回迁房 动迁房 拆迁房"],
  ["apartment", "公寓 人才公寓 商务公寓"],
]);

export const AREA_KINDS: ReadonlyMap<string, House["area_kind"]> = wordTable([
  ["measured", "实测 实测面积 登记 产权面积"],
  ["forecast", "预测 预测面积 预售 合同 暂测"],
]);

export const LIFT_WORDS: ReadonlyMap<string, boolean> = wordTable([
  [true, "有 是 有电梯 1 Y YES TRUE"],
  [false, "无 否 没有 无电梯 0 N NO FALSE"],
]);

export const DOCUMENT_KINDS: ReadonlyMap<string, HouseOwnerTable["document_kind"]> = wordTable([
  ["resident-id", "身份证 居民身份证 二代身份证 中国居民身份证"],
  ["credit-code", "统一社会信用代码 营业执照 信用代码 统一信用代码"],
  ["passport", "护照 外国护照 中国护照"],
  [
    "hmt-permit",
    "港澳台通行证 港澳居民来往内地通行证 台湾居民来往大陆通行证 台胞证 回乡证 港澳通行证",
  ],
  ["other", "其他 其它 军官证 外国人永久居留身份证 户口簿"],
]);

/** The words that a message offers for a table: the first of each value. */
export function offeredWords<Value>(table: ReadonlyMap<string, Value>): string {
  const words = new Map<Value, string>();
  for (const [word, value] of table) if (!words.has(value)) words.set(value, word);
  return [...words.values()].join("、");
}
