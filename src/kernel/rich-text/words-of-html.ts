import { unescapeHtml } from "./plain-convention.ts";

/** Writes the words of cleaned rich text, one block a line: for searching, feeds and comparing. */
export function wordsOfHtml(html: string): string {
  return unescapeHtml(
    html
      .replace(/<(?:\/(?:p|h2|h3|li|blockquote|tr|table|caption)|br \/|hr \/)>/g, "\n")
      .replace(/<\/(?:td|th)>/g, " ")
      .replace(/<[^>]*>/g, ""),
  )
    .replace(/[ \t\u00A0]+/g, " ")
    .replace(/ ?\n[ \n]*/g, "\n")
    .trim();
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
      .replace(/<(?:strong|\/strong)>/g, "**")
      .replace(/<t[hd][^>]*>/g, "| "),
  );
}
