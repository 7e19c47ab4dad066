import { chineseNumeralToInt } from "#src/kernel/chinese-numerals.ts";
import { simplify } from "#src/platform/simplify.ts";
import { foldCharacters } from "../address/spelling.ts";

/**
 * How a key came from an estate, best first: its own name, an alias on record, its street and number, the plain
 * name of its first phase, a name made by dropping 小区 and the like, the plain name of a later phase.
 */
export const KEY_KINDS = [
  "name",
  "alias",
  "street",
  "first-phase",
  "generated",
  "later-phase",
] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

/** One key by which an estate is found. */
export interface EstateKey {
  key: string;
  kind: KeyKind;
}

/** What the register says of an estate's names. */
export interface EstateNaming {
  name: string;
  address: string;
  districtName: string;
  aliases: readonly string[];
}

const ROMAN_PHASES: Record<string, string> = { I: "1", II: "2", III: "3", IV: "4", V: "5" };
const STATUS = /^(?:已拆迁|拆迁|在建|拟建|待建|新建|暂定名?|未交付|尾盘|公示)$/u;
const FORMER = /^(?:原名?|曾用名|又名|又称|即|现名?|别名|推广名)[:：]?/u;
const KIND_ENDING = /^(.{2,})(?:小区|花园|苑)$/u;
const PHASE = /^(.{2,}?)([0-9]{1,2})期$/u;

/**
 * Writes a text in the form in which estate names are compared: one form of characters, simplified ones, 二期 and Ⅱ期 as 2期, no
 * blanks, dots or parentheses. Other Chinese numerals stay: 第一城 and 八一小区 are names.
 */
export function compactName(text: string): string {
  return simplify(foldPhases(foldCharacters(text)).replace(/[^\p{L}\p{N}]/gu, ""));
}

/** Writes the phases of a folded text with digits: 二期, 第二期, II期 become 2期. */
export function foldPhases(folded: string): string {
  return folded
    .replace(
      /第?([一二三四五六七八九十]{1,3}|[壹贰叁肆伍陆柒捌玖拾]{1,3})期/gu,
      (whole, numeral: string) => {
        const value = chineseNumeralToInt(numeral);
        return value === null ? whole : `${value}期`;
      },
    )
    .replace(/(?<![A-Z])(I{1,3}|IV|V)期/gu, (_, sign: string) => `${ROMAN_PHASES[sign]}期`)
    .replace(/第([0-9]{1,2})期/gu, "$1期");
}

/** Splits 示例花园2期 into 示例花园 and 2; the phase is 0 when the name has none. */
export function splitPhase(key: string): { family: string; phase: number } {
  const found = PHASE.exec(key);
  if (found === null) return { family: key, phase: 0 };
  return { family: found[1] as string, phase: Number(found[2]) };
}

/** Tells whether two keys share a character beyond 小区, 花园 or 苑 and a phase, which half the city's names have. */
export function shareOwnWords(one: string, other: string): boolean {
  const words = new Set(ownWords(other));
  return Array.from(ownWords(one)).some((character) => words.has(character));
}

function ownWords(key: string): string {
  const { family } = splitPhase(key);
  return KIND_ENDING.exec(family)?.[1] ?? family;
}

/** Lists the keys of an estate: names, aliases, parenthesised words, street number, and what follows from them. */
export function estateKeys(estate: EstateNaming): EstateKey[] {
  const keys = new Map<string, KeyKind>();
  const add = (key: string, kind: KeyKind): void => {
    const known = keys.get(key);
    if (key.length < 2) return;
    if (known === undefined || KEY_KINDS.indexOf(known) > KEY_KINDS.indexOf(kind)) {
      keys.set(key, kind);
    }
  };
  for (const key of spokenNames(estate.name)) add(key, "name");
  for (const alias of estate.aliases.flatMap(spokenNames)) add(alias, "alias");
  const street = streetKey(estate);
  if (street !== "") add(street, "street");
  for (const [key, kind] of [...keys]) {
    for (const made of madeNames(key, kind)) add(made.key, made.kind);
  }
  return [...keys].map(([key, kind]) => ({ key, kind }));
}

/** A name as people say it: with and without its parentheses, and what stands in them. */
function spokenNames(name: string): string[] {
  const folded = foldCharacters(name)
    .replace(/[【[]/gu, "(")
    .replace(/[】\]]/gu, ")");
  const inner = [...folded.matchAll(/\(([^()]{2,30})\)/gu)]
    .map((found) => (found[1] as string).replace(FORMER, ""))
    .filter((words) => !STATUS.test(words) && !/^[0-9一二三四五六七八九十]+期$/u.test(words));
  const outer = folded.replace(/\([^()]{0,30}\)/gu, "");
  const phase = /\(第?[0-9一二三四五六七八九十]+期\)/u.test(folded);
  const names = phase ? [folded] : [outer, folded, ...inner];
  return [...new Set(names.map(compactName))].filter((key) => key.length >= 2);
}

function madeNames(key: string, kind: KeyKind): EstateKey[] {
  const made: EstateKey[] = [];
  const { family, phase } = splitPhase(key);
  if (phase > 0 && kind === "name") {
    made.push({ key: family, kind: phase === 1 ? "first-phase" : "later-phase" });
  }
  const bare = KIND_ENDING.exec(family)?.[1];
  if (bare !== undefined) {
    made.push({ key: phase > 0 ? `${bare}${phase}期` : bare, kind: "generated" });
  }
  return made;
}

function streetKey({ address, districtName }: EstateNaming): string {
  const compact = compactName(address);
  const district = compact.indexOf(compactName(districtName));
  const street =
    districtName !== "" && district >= 0 ? compact.slice(district + districtName.length) : compact;
  return /^.{2,20}(?:路|街|道|巷|弄|里)[0-9]{1,5}[号弄]/u.exec(street)?.[0] ?? "";
}
