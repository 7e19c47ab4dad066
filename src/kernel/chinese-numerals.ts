const DIGITS: Readonly<Record<string, number>> = {
  ...{ 零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 },
  ...{ 壹: 1, 贰: 2, 叁: 3, 肆: 4, 伍: 5, 陆: 6, 柒: 7, 捌: 8, 玖: 9 },
};

/** 1 to 9,999 by place: each place at most once, 零 only where a place is skipped, 十二 without a 一. */
const BY_PLACE = /^(?:([1-9])千)?(?:(0)?([1-9])百)?(?:(0)?([1-9])?(十))?(?:(0)?([1-9]))?$/;

/**
 * Reads a whole number in Chinese numerals as addresses write it: 十二, 一百零二, 二十, 廿三, and digit by
 * digit 三〇二 or 五零二; also in capitals. Zero to 9,999 by place, up to nine digits in a row. Null for
 * anything else, and for words that can be meant in two ways, such as 一百二.
 */
export function chineseNumeralToInt(text: string): number | null {
  const normal = [...text.replaceAll("廿", "二十").replaceAll("卅", "三十")]
    .map(
      (character) => DIGITS[character] ?? { 拾: "十", 佰: "百", 仟: "千" }[character] ?? character,
    )
    .join("");
  if (/[0-9]/.test(text)) return null;
  if (/^[0-9]{1,9}$/.test(normal)) return Number.parseInt(normal, 10);
  return readByPlace(normal);
}

function readByPlace(normal: string): number | null {
  const match = BY_PLACE.exec(normal);
  if (!match || normal === "") return null;
  const [, thousands, zeroBeforeHundreds, hundreds, zeroBeforeTens, tens, ten, zero, ones] = match;
  if (zeroBeforeHundreds) return null;
  const isTenSkipped = Boolean((thousands || hundreds) && ones && !ten);
  if (isTenSkipped !== Boolean(zero)) return null;
  const isHundredSkipped = Boolean(thousands && ten && !hundreds);
  if (isHundredSkipped !== Boolean(zeroBeforeTens)) return null;
  const value = (digit: string | undefined, place: number) =>
    digit ? Number.parseInt(digit, 10) * place : 0;
  const tensValue = ten ? value(tens ?? "1", 10) : 0;
  return value(thousands, 1000) + value(hundreds, 100) + tensValue + value(ones, 1);
}
