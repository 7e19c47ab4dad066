import { unescapeHtml } from "./plain-convention.ts";

const HIGH: Readonly<Record<string, string>> = signs("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ");
const LOW: Readonly<Record<string, string>> = signs("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎");

function signs(plain: string, placed: string): Record<string, string> {
  const places = [...placed];
  return Object.fromEntries([...plain].map((sign, at) => [sign, places[at] ?? sign]));
}

/**
 * Writes the words of cleaned rich text, one block a line: for searching, feeds and comparing. What stands higher or
 * lower keeps its place by its sign（m²）, and what is struck through is no longer said.
 */
export function wordsOfHtml(html: string): string {
  return unescapeHtml(
    html
      .replace(/<s>[\s\S]*?<\/s>/g, "")
      .replace(/<sup>([^<]*)<\/sup>/g, (_, text: string) => placed(text, HIGH))
      .replace(/<sub>([^<]*)<\/sub>/g, (_, text: string) => placed(text, LOW))
      .replace(/<(?:\/(?:p|h2|h3|li|blockquote|tr|table|caption)|br \/|hr \/)>/g, "\n")
      .replace(/<\/(?:td|th)>/g, " ")
      .replace(/<[^>]*>/g, ""),
  )
    .replace(/[ \t\u00A0]+/g, " ")
    .replace(/ ?\n[ \n]*/g, "\n")
    .trim();
}

/** Where a sign has no twin of its own, the text stays as it is. */
function placed(text: string, twins: Readonly<Record<string, string>>): string {
  const found = [...text].map((sign) => twins[sign]);
  return found.every((sign) => sign !== undefined) ? found.join("") : text;
}

/**
 * Writes cleaned rich text so that two versions of it can be compared line by line: with marks for headings and
 * points, where links lead, and what stands for a picture.
 */
export function comparableText(html: string): string {
  return wordsOfHtml(
    html
      .replace(/<h2>/g, "<p>## ")
      .replace(/<h3>/g, "<p>### ")
      .replace(/<li>/g, "<li>· ")
      .replace(/<img src="([^"]*)" alt="([^"]*)"[^>]*>/g, "<p>［图片：$2］</p>")
      .replace(/<a href="([^"]*)"[^>]*>(.*?)<\/a>/g, "$2（$1）")
      .replace(/<s>/g, "［删除线：")
      .replace(/<sup>/g, "［上标：")
      .replace(/<sub>/g, "［下标：")
      .replace(/<\/(?:s|sup|sub)>/g, "］")
      .replace(/<(?:strong|\/strong)>/g, "**")
      .replace(/<t[hd][^>]*>/g, "| "),
  );
}
