import { chineseNumeralToInt } from "#src/kernel/chinese-numerals.ts";

/** The longest address that is read. What follows is not looked at, so that every reading is bounded work. */
export const MAX_ADDRESS_LENGTH = 100;

const ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ";
const ROMAN_SMALL = "ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹⅺⅻ";
const DASHES = /[‐‑‒–—―−﹣~～_/\\|｜-]+/gu;
/** The traditional characters of the words and numerals of a tail. */
const TRADITIONAL = "單棟號樓門層戶區鋪庫儲車間貳參陸兩";
const SIMPLIFIED = "单栋号楼门层户区铺库储车间贰叁陆两";
const SLIPS: ReadonlyArray<[RegExp, string]> = [
  [/号[搂娄]/gu, "号楼"],
  [/(?<=[0-9零〇一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾])高[楼搂]/gu, "号楼"],
  [/[撞憧]/gu, "幢"],
  [/[懂拣]/gu, "栋"],
  [/搂/gu, "楼"],
  [/单[无园员]/gu, "单元"],
];

/**
 * Writes characters in one form: full width becomes half width, letters upper case, every kind of dash a
 * hyphen, Roman numeral signs digits; invisible characters go. Words and Chinese numerals stay as they are.
 */
export function foldCharacters(text: string): string {
  const plain = text
    .replace(/[Ⅰ-Ⅻ]/gu, (sign) => String(ROMAN.indexOf(sign) + 1))
    .replace(/[ⅰ-ⅻ]/gu, (sign) => String(ROMAN_SMALL.indexOf(sign) + 1))
    .normalize("NFKC")
    .toUpperCase();
  return plain
    .replace(/[\p{Cf}\p{Cc}]/gu, "")
    .replace(DASHES, "-")
    .trim();
}

/**
 * Mends what is common in the part behind an estate's name: traditional characters (單元, 棟), and the slips of the
 * keyboard, 撞 and 懂 for 幢 and 栋, 单无 for 单元.
 */
export function mendSlips(folded: string): string {
  const simple = folded.replace(
    /[單棟號樓門層戶區鋪庫儲車間貳參陸兩]/gu,
    (character) => SIMPLIFIED[TRADITIONAL.indexOf(character)] ?? character,
  );
  return SLIPS.reduce((text, [slip, word]) => text.replace(slip, word), simple);
}

/**
 * Writes the Chinese numerals of the part behind an estate's name as digits, 十二 as 12 and 五〇二 as 502. An 一
 * or 九 between two letters or digits is a mistyped hyphen ("B12一1195室"), 至 between numbers a dash.
 * Formal numerals (拾贰, 伍零贰) count where a number must stand: two and more of them, or one before a word such as
 * 幢, or between dashes; 陆 in 陆羽楼 is a name. Estate names must not come here: 第一城 and 八一小区 keep their characters.
 */
export function writeNumeralsAsDigits(folded: string): string {
  return folded
    .replace(/(?<=[0-9A-Z])[一九](?=[0-9A-Z])/gu, "-")
    .replace(/(?<=[0-9一二三四五六七八九十])至(?=[0-9一二三四五六七八九十])/gu, "-")
    .replace(FORMAL, numeralDigits)
    .replace(/[零〇○一二三四五六七八九十百两廿卅]+/gu, numeralDigits);
}

const FORMAL =
  /[壹贰叁肆伍陆柒捌玖拾][壹贰叁肆伍陆柒捌玖拾佰零〇○]+|[壹贰叁肆伍陆柒捌玖拾](?=[幢栋座号单门梯层楼室房户期区#-]|$)|(?<=-)[壹贰叁肆伍陆柒捌玖拾]/gu;

/** Strips the leading zeros of every number in a text: 012 becomes 12, A05 becomes A5. */
export function stripLeadingZeros(text: string): string {
  return text.replace(/(^|[^0-9])0+(?=[0-9])/gu, "$1");
}

function numeralDigits(run: string): string {
  const value = chineseNumeralToInt(run.replaceAll("○", "〇"));
  return value === null ? run : String(value);
}
