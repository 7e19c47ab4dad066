/** Fewer houses than this together would tell what a single one holds. */
export const HOUSES_TOGETHER_MIN = 5;

/** What may be told by itself, and what is told only as one sum. */
export interface ToldGroups<T> {
  alone: T[];
  together: T[];
}

/**
 * Decides which totals may be told each by itself where the policy does not open every house: a total of very few
 * houses is the balance of one of them, or gives it away by subtraction. Small ones are told together, joined by the
 * next larger one until they are enough. Null: all of them together are still too few to be told.
 */
export function tellTogether<T>(
  all: readonly T[],
  houseCountOf: (one: T) => number,
): ToldGroups<T> | null {
  const inhabited = all.filter((one) => houseCountOf(one) > 0);
  const together = new Set<T>();
  let houseCount = 0;
  for (const one of inhabited.toSorted((a, b) => houseCountOf(a) - houseCountOf(b))) {
    const isSmall = houseCountOf(one) < HOUSES_TOGETHER_MIN;
    if (!isSmall && (together.size === 0 || houseCount >= HOUSES_TOGETHER_MIN)) continue;
    together.add(one);
    houseCount += houseCountOf(one);
  }
  if (together.size > 0 && houseCount < HOUSES_TOGETHER_MIN) return null;
  return { alone: all.filter((one) => !together.has(one)), together: [...together] };
}
