import type { SeededRandom } from "#src/kernel/random.ts";
import type { EstateAliasTable } from "#src/platform/database/tables/register.ts";

const HEADS = Array.from(
  "锦翠碧兰梧枫竹荷莲菊梅松柏樟槐杏棠蔷薇茉芷蕙蓝青紫丹朱银琼瑶琳珑澜漪沁溪汀渚屿峦岚岭峰曦晨暮霞虹星月",
);
const TAILS = Array.from(
  "庭居苑府园邸轩阁榭台坊里湾畔岸洲坡谷泉澜境院墅筑景悦祥瑞嘉馨雅逸颐怡宁泰康乐熙辰翔",
);
const KINDS = [
  "花园",
  "新村",
  "家园",
  "名苑",
  "公寓",
  "雅居",
  "华府",
  "公馆",
  "嘉园",
  "国际",
  "山庄",
  "新苑",
  "名邸",
  "春晓",
  "世家",
  "丽舍",
  "水岸",
  "豪庭",
  "景苑",
];
const TOTAL = HEADS.length * TAILS.length * KINDS.length;
/** Coprime with the number of names, and far from it: neighbours in the list look unlike. */
const STRIDE = 30_011;

const STREETS = [
  "示例路",
  "样板路",
  "演示大道",
  "范例街",
  "试点路",
  "示范街",
  "示例东路",
  "样板北路",
];
const PHASES = ["一期", "二期", "三期"];
/** Of forty estates three are the phases of one. */
const PHASE_PERIOD = 40;

/** What a generated estate is called and where it lies. */
export interface EstateName {
  name: string;
  aliases: { alias: string; source: EstateAliasTable["source"] }[];
  address: string;
  /** In an estate of lanes (弄) the buildings are numbers (号). */
  isLane: boolean;
}

/**
 * Names the n-th generated estate. No name comes twice and none depends on the seed, so that a city can
 * grow later. The shares of 小区, phases, parentheses, Latin letters, dots and lanes follow real registers.
 */
export function estateName(n: number, random: SeededRandom): EstateName {
  const at = n % PHASE_PERIOD;
  // The phases of one estate lie together and share their name.
  const first = at < PHASES.length ? n - at : n;
  const street = STREETS[first % STREETS.length] as string;
  const number = 1 + Math.floor(first / STREETS.length);
  const address = `${street}${number}号`;
  if (n % 54 === 53) return laneName(n, street, number);
  if (at < PHASES.length) {
    const base = plainName(first);
    const aliases = at === 0 ? [{ alias: base, source: "import" as const }] : [];
    return { name: base + PHASES[at], aliases, address, isLane: false };
  }
  return { ...ornateName(n, plainName(n), random), address, isLane: false };
}

function plainName(n: number): string {
  const at = (n * STRIDE) % TOTAL;
  const head = HEADS[at % HEADS.length];
  const tail = TAILS[Math.floor(at / HEADS.length) % TAILS.length];
  const kind = KINDS[Math.floor(at / (HEADS.length * TAILS.length))];
  const round = Math.floor(n / TOTAL);
  return `${head}${tail}${kind}${round === 0 ? "" : `${round + 1}区`}`;
}

function laneName(n: number, street: string, number: number): EstateName {
  const name = `${street}${number}弄`;
  const aliases = [{ alias: `${plainName(n).slice(0, 2)}新村`, source: "street" as const }];
  return { name, aliases, address: name, isLane: true };
}

function ornateName(
  n: number,
  base: string,
  random: SeededRandom,
): Omit<EstateName, "address" | "isLane"> {
  if (n % 9 === 0) return { name: `${base}小区`, aliases: [{ alias: base, source: "import" }] };
  if (n % 41 === 7) return { name: `${base}（${base.slice(0, 2)}新居）`, aliases: [] };
  if (n % 50 === 11)
    return { name: `${base}${random.pick(["SOHO", "A区", "C组团", "e座"])}`, aliases: [] };
  if (n % 67 === 13) {
    const dot = random.pick(["·", "•", "."]);
    return { name: `${base.slice(0, 2)}${dot}${base.slice(2)}`, aliases: [] };
  }
  if (random.chance(0.12)) {
    const alias = `${base.slice(0, 2)}${random.pick(["城", "小镇", "公园里", "一号"])}`;
    return { name: base, aliases: [{ alias, source: random.pick(["former", "promotion"]) }] };
  }
  return { name: base, aliases: [] };
}
