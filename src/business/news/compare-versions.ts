import { diffArrays } from "diff";
import { comparableText } from "#src/kernel/rich-text/words-of-html.ts";
import type { ArticleVersion } from "./desk-queries.ts";

/** A run of text that both versions have, or one of them alone. */
export interface ComparedPart {
  kind: "same" | "added" | "removed";
  text: string;
}

/** Comparing takes longer with each difference; after this long whole lines are compared. */
const TIMEOUT_MS = 1_500;

const segmenter = new Intl.Segmenter("zh-CN", { granularity: "word" });

/** Writes everything of a version that can differ as one text. `html` is its cleaned body. */
export function textOfVersion(
  version: Pick<ArticleVersion, "title" | "category" | "source" | "summary">,
  html: string,
  fileNames: readonly string[],
): string {
  return [
    `标题：${version.title}`,
    `类别：${version.category}`,
    `来源：${version.source}`,
    `摘要：${version.summary}`,
    comparableText(html),
    ...fileNames.map((name) => `附件：${name}`),
  ].join("\n");
}

/** Compares two texts word by word, Chinese words being found by the dictionary of the platform. */
export function compareTexts(before: string, after: string): ComparedPart[] {
  const [from, to] = [wordsOf(before), wordsOf(after)];
  const byWord = diffArrays(from, to, { timeout: TIMEOUT_MS });
  const changes =
    byWord ?? diffArrays(linesOf(before), linesOf(after), { timeout: TIMEOUT_MS }) ?? [];
  // Two texts without a common line are one text instead of the other.
  if (changes.length === 0 && before !== after) {
    return [
      { kind: "removed", text: before },
      { kind: "added", text: after },
    ];
  }
  return changes.map(({ added, removed, value }) => ({
    kind: added ? "added" : removed ? "removed" : "same",
    text: value.join(""),
  }));
}

function wordsOf(text: string): string[] {
  return [...segmenter.segment(text)].map(({ segment }) => segment);
}

function linesOf(text: string): string[] {
  return text.split(/(?<=\n)/);
}
