import type { DisclosurePolicy } from "#src/platform/config.ts";

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
  return tellTogetherInYears(all, houseCountOf, []);
}

/**
 * Decides the same for totals that are told year by year as well: what stands together today may have been fewer houses
 * in a year before some of it was built, so others join until it was enough in every year in which it was anything.
 * Each of `years` counts the houses that one had by its end. Where all of them were too few in a year, nobody can join:
 * the year stays as small as it was.
 */
export function tellTogetherInYears<T>(
  all: readonly T[],
  houseCountOf: (one: T) => number,
  years: readonly ((one: T) => number)[],
): ToldGroups<T> | null {
  const together = new Set<T>();
  const houseCount = joinSmall(all, together, houseCountOf);
  if (together.size > 0 && houseCount < HOUSES_TOGETHER_MIN) return null;
  for (const countInYear of years) joinSmall(all, together, countInYear);
  return { alone: all.filter((one) => !together.has(one)), together: [...together] };
}

/** Answers with the houses of those that are together then. */
function joinSmall<T>(
  all: readonly T[],
  together: Set<T>,
  houseCountOf: (one: T) => number,
): number {
  const isSmall = (one: T) => houseCountOf(one) < HOUSES_TOGETHER_MIN;
  const isShort = () => houseCount > 0 && houseCount < HOUSES_TOGETHER_MIN;
  let houseCount = [...together].reduce((sum, one) => sum + houseCountOf(one), 0);
  const others = all.filter((one) => houseCountOf(one) > 0 && !together.has(one));
  // Nothing to do in most years: a city's estates are not sorted for it.
  if (!isShort() && !others.some(isSmall)) return houseCount;
  for (const one of others.toSorted((a, b) => houseCountOf(a) - houseCountOf(b))) {
    if (!isSmall(one) && !isShort()) continue;
    together.add(one);
    houseCount += houseCountOf(one);
  }
  return houseCount;
}

/** What a use of funds tells of where it was and who paid. */
export interface UseReach {
  scopeWords: string;
  /** Null where it is kept back: fewer houses than may be told. */
  houseCount: number | null;
}

/**
 * Decides how much of a use's reach may be told: where not every house is open, one that very few houses bore keeps
 * their number and its place to itself, or it would tell what one of them paid.
 */
export function toldReach(
  { scopeWords, houseCount }: { scopeWords: string; houseCount: number },
  policy: DisclosurePolicy,
): UseReach {
  const isTold = policy === "open" || houseCount >= HOUSES_TOGETHER_MIN;
  return isTold ? { scopeWords, houseCount } : { scopeWords: "", houseCount: null };
}

/** Writes the reach for a page. */
export function reachWords({ scopeWords, houseCount }: UseReach): string {
  if (houseCount === null) return `不足 ${HOUSES_TOGETHER_MIN} 户分摊`;
  return [scopeWords, `${houseCount} 户分摊`].filter(Boolean).join(" · ");
}
