import { tellTogether, toldReach, type UseReach } from "#src/ledger/disclosure/small-groups.ts";
import { addTotals, type BuildingTotals } from "#src/ledger/estate-book/building-totals.ts";
import type { EstateUse } from "#src/ledger/estate-history.ts";
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

/**
 * Decides which figures of buildings may be published. Totals are public (Decree 165 art. 30), and where
 * the policy opens every house they hide nothing. Where it does not, small buildings are told together. Null: the
 * whole estate is too small to be told.
 */
export function publishableTotals(
  buildings: readonly BuildingTotals[],
  policy: DisclosurePolicy,
): BuildingTotals[] | null {
  if (policy === "open") return [...buildings];
  const told = tellTogether(buildings, ({ houseCount }) => houseCount);
  if (told === null) return null;
  if (told.together.length === 0) return told.alone;
  return [...told.alone, addTotals(told.together)];
}

/** A use as far as it may be told. */
export type ToldUse = Omit<EstateUse, keyof UseReach> & UseReach;

/** Decides what is told of the uses of an estate: of one that very few houses bore not where, nor how many they are. */
export function tellUses(uses: readonly EstateUse[], policy: DisclosurePolicy): ToldUse[] {
  return uses.map((use) => ({ ...use, ...toldReach(use, policy) }));
}
