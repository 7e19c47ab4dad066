const segmenter = new Intl.Segmenter("zh-CN", { granularity: "word" });

/** Marks of a page that were copied along with its words. */
const TAGS = /<[/!]?[a-z][^<>]*>/gi;
/** Blanks between two Chinese characters that each stand alone: 退 款. */
const SPACED =
  /(?<=(?:^|[^\p{Script=Han}])\p{Script=Han})\s+(?=\p{Script=Han}(?:[^\p{Script=Han}]|$))/gu;

/** Takes out of a query in half width what nobody looks for: a page's tags, and blanks inside of a spaced out word. */
export function plainQuery(typed: string): string {
  return typed.replace(TAGS, " ").replace(SPACED, "");
}

/**
 * Cuts a query into words, without those that are `isEmpty`: Chinese by the dictionary that the runtime brings, letters
 * and digits by runs. Single Chinese characters that the dictionary leaves side by side are one word that it does not
 * know, so that 公积金 never means 公, 积 and 金 anywhere in a text.
 */
export function queryWords(query: string, isEmpty: (word: string) => boolean): string[] {
  const words: string[] = [];
  let isSingleBefore = false;
  for (const { segment, isWordLike } of segmenter.segment(query)) {
    const isWord = isWordLike === true && !isEmpty(segment);
    const isSingle = isWord && /^\p{Script=Han}$/u.test(segment);
    if (isSingle && isSingleBefore) words.push(`${words.pop()}${segment}`);
    else if (isWord) words.push(segment);
    isSingleBefore = isSingle;
  }
  return words;
}
