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
  return tellTogetherInPeriods(all, houseCountOf, []);
}

/**
 * Decides the same for totals that are told year by year and month by month as well: what stands together today may have
 * been fewer houses in a period before some of it was built, so others join until it was enough in every period in which
 * it was anything. Each of `periods` counts the houses that one had by its end. Where all of them were too few in a
 * period, nobody can join: the period stays as small as it was.
 */
export function tellTogetherInPeriods<T>(
  all: readonly T[],
  houseCountOf: (one: T) => number,
  periods: readonly ((one: T) => number)[],
): ToldGroups<T> | null {
  const together = new Set<T>();
  const houseCount = joinSmall(all, together, houseCountOf);
  if (together.size > 0 && houseCount < HOUSES_TOGETHER_MIN) return null;
  for (const countIn of periods) joinSmall(all, together, countIn);
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
  // Nothing to do in most periods: a city's estates are not sorted for it.
  if (!isShort() && !others.some(isSmall)) return houseCount;
  for (const one of others.toSorted((a, b) => houseCountOf(a) - houseCountOf(b))) {
    if (!isSmall(one) && !isShort()) continue;
    together.add(one);
    houseCount += houseCountOf(one);
  }
  return houseCount;
}

/** What is told by the month, with when it came into the ledger. */
export interface Joined {
  houseCount: number;
  /** The first month of its ledger, as year × 12, and 0 to 11 for the month; null where nothing was ever booked. */
  firstMonth: number | null;
}

/** For each month in which one joined the ledger, the earliest first: the houses of each that was there by its end. */
export function countsByMonth(all: readonly Joined[]): ((one: Joined) => number)[] {
  return joiningMonths(all).map(
    (month) =>
      ({ firstMonth, houseCount }) =>
        firstMonth !== null && firstMonth <= month ? houseCount : 0,
  );
}

function joiningMonths(all: readonly Joined[]): number[] {
  const months = new Set(all.flatMap(({ firstMonth }) => firstMonth ?? []));
  return [...months].toSorted((a, b) => a - b);
}

/**
 * Decides from which year on months may be told at all: those of a year in which the whole city was ever too few houses
 * are told as one year, since nobody was there who could join. Infinity where it always was.
 */
export function firstYearOfMonths(all: readonly Joined[]): number {
  const months = joiningMonths(all);
  const houseCounts = countsByMonth(all).map((countIn) =>
    all.reduce((sum, one) => sum + countIn(one), 0),
  );
  const at = houseCounts.findIndex((houseCount) => houseCount >= HOUSES_TOGETHER_MIN);
  const enough = months[at];
  if (enough === undefined) return Number.POSITIVE_INFINITY;
  const isWholeYear = at === 0 || enough % 12 === 0;
  return Math.floor(enough / 12) + (isWholeYear ? 0 : 1);
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
