import { chineseNumeralToInt } from "#src/kernel/chinese-numerals.ts";
import { withoutSeparators } from "#src/kernel/typed-text.ts";

/**
 * Reads the typed result of a sum: digits, full-width digits or Chinese numerals (三十一), blanks ignored.
 * Null for anything else, so also for nothing.
 */
export function readAnswer(typed: string): number | null {
  if (typed.length > 40) return null;
  const text = withoutSeparators(typed);
  if (/^\d{1,4}$/.test(text)) return Number.parseInt(text, 10);
  return chineseNumeralToInt(text);
}
