/** Names found by the pairs of neighbouring characters that they share with a text. */
export interface FuzzyNames {
  /** Names that contain the text, shortest first. */
  containing(text: string, limit: number): string[];
  /** Names that share pairs with the text, best first; the score is above 0.4, a slip in one character about 0.8. */
  like(text: string, limit: number): Array<{ name: string; score: number }>;
}

const MAX_PAIRS = 16;
const MAX_WEIGHED = 400;
const MIN_SCORE = 0.4;

/** Builds the pairs' index. Work per question is bounded: at most sixteen pairs, the rarest ones. */
export function makeFuzzyNames(names: readonly string[]): FuzzyNames {
  const places = new Map<string, number[]>();
  names.forEach((name, at) => {
    for (const pair of pairsOf(name)) {
      const known = places.get(pair);
      if (known === undefined) places.set(pair, [at]);
      else known.push(at);
    }
  });
  const rarest = (text: string) =>
    [...pairsOf(text)]
      .map((pair) => places.get(pair) ?? [])
      .filter((list) => list.length > 0)
      .sort((a, b) => a.length - b.length)
      .slice(0, MAX_PAIRS);

  return {
    containing(text, limit) {
      if (text.length < 2) return [];
      const pairs = [...pairsOf(text)].map((pair) => places.get(pair) ?? []);
      const shortest = pairs.reduce((a, b) => (b.length < a.length ? b : a));
      return shortest
        .map((at) => names[at] as string)
        .filter((name) => name.includes(text))
        .sort((a, b) => a.length - b.length)
        .slice(0, limit);
    },
    like(text, limit) {
      const shared = new Map<number, number>();
      for (const list of rarest(text)) {
        for (const at of list) shared.set(at, (shared.get(at) ?? 0) + 1);
      }
      const own = Math.max(1, pairsOf(text).size);
      let most = 0;
      for (const count of shared.values()) most = Math.max(most, count);
      return [...shared]
        .filter(([, count]) => count >= most - 1)
        .slice(0, MAX_WEIGHED)
        .map(([at, count]) => {
          const name = names[at] as string;
          const size = Math.max(1, pairsOf(name).size);
          const isAsLong = Math.abs(name.length - text.length) <= 1;
          return { name, score: (2 * count) / (own + size) + (isAsLong ? 0.15 : 0) };
        })
        .filter(({ score }) => score >= MIN_SCORE)
        .sort((a, b) => b.score - a.score)
        .slice(0, limit);
    },
  };
}

function pairsOf(text: string): Set<string> {
  const pairs = new Set<string>();
  for (let at = 0; at < text.length - 1; at++) pairs.add(text.slice(at, at + 2));
  return pairs;
}
