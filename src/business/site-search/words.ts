const segmenter = new Intl.Segmenter("zh-CN", { granularity: "word" });

/** Cuts a folded text into words: Chinese by the dictionary that the runtime brings, letters and digits by runs. */
function wordsIn(folded: string): string[] {
  return Array.from(segmenter.segment(folded))
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment }) => segment);
}

/** Lists the pairs of neighbouring Chinese characters, so that a word is found however it was cut. */
export function pairsIn(folded: string): string[] {
  const pairs: string[] = [];
  for (const [run] of folded.matchAll(/\p{Script=Han}{2,}/gu)) {
    const characters = Array.from(run);
    for (let at = 0; at + 1 < characters.length; at++) {
      pairs.push(`${characters[at]}${characters[at + 1]}`);
    }
  }
  return pairs;
}

/** What a text is found by: its words and its pairs. */
export function termsOf(folded: string): string[] {
  return [...wordsIn(folded), ...pairsIn(folded)];
}
