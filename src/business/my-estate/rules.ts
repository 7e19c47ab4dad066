import { addTotals, type BuildingTotals } from "#src/ledger/estate-book/building-totals.ts";
import type { DisclosurePolicy } from "#src/platform/config.ts";
import { MAX_ADDRESS_LENGTH } from "#src/register/address/spelling.ts";

/** Why typed words cannot be searched for, or null when they can. */
export type EstateGuidance = "empty" | "too-short" | "too-long";

/** Decides whether typed words can name an estate: two letters or digits at least, a hundred at most. */
export function guidanceFor(typed: string): EstateGuidance | null {
  const trimmed = typed.trim();
  const meaningful = trimmed.slice(0, MAX_ADDRESS_LENGTH).match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  if (trimmed.length > MAX_ADDRESS_LENGTH) return "too-long";
  if (trimmed === "") return "empty";
  return meaningful < 2 ? "too-short" : null;
}

/** Fewer houses than this together would tell what a single one holds. */
export const HOUSES_TOGETHER_MIN = 5;

/**
 * Decides which figures of buildings may be published. Totals are public (Decree 165 art. 30), and where
 * the policy opens every house they hide nothing. Where it does not, a total of very few houses is the
 * balance of one of them, or gives it away by subtraction: small buildings are then told together, joined
 * by the next larger one until they are enough. Null: the whole estate is too small to be told.
 */
export function publishableTotals(
  buildings: readonly BuildingTotals[],
  policy: DisclosurePolicy,
): BuildingTotals[] | null {
  if (policy === "open") return [...buildings];
  const inhabited = buildings.filter((one) => one.houseCount > 0);
  const bySize = inhabited.toSorted((a, b) => a.houseCount - b.houseCount);
  const together: BuildingTotals[] = [];
  for (const one of bySize) {
    const isSmall = one.houseCount < HOUSES_TOGETHER_MIN;
    const isEnough = addTotals(together).houseCount >= HOUSES_TOGETHER_MIN;
    if (isSmall || (together.length > 0 && !isEnough)) together.push(one);
  }
  const joined = addTotals(together);
  if (together.length > 0 && joined.houseCount < HOUSES_TOGETHER_MIN) return null;
  const alone = buildings.filter((one) => !together.includes(one));
  return together.length === 0 ? alone : [...alone, joined];
}
