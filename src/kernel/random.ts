export type SeededRandom = {
  /** Draws a whole number from zero to one below the maximum. */
  int(maxExclusive: number): number;
  /** Draws one of the items, each as likely; throws RangeError on an empty list. */
  pick<Item>(items: readonly Item[]): Item;
  /** Comes true with the given probability between 0 and 1. */
  chance(probability: number): boolean;
};

const UINT32 = 2 ** 32;

/**
 * Draws the same numbers for the same seed on every machine, for the demonstration city and for tests
 * (mulberry32). It can be guessed: numbers that must not be, come from node:crypto.
 */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const nextUint32 = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const int = (maxExclusive: number) => {
    if (!Number.isSafeInteger(maxExclusive) || maxExclusive < 1 || maxExclusive > UINT32) {
      throw new RangeError(`cannot draw below ${maxExclusive}`);
    }
    return Math.floor((nextUint32() / UINT32) * maxExclusive);
  };
  return {
    int,
    pick: (items) => items[int(items.length)] as (typeof items)[number],
    chance: (probability) => nextUint32() / UINT32 < probability,
  };
}
