import type { Building } from "#src/ledger/estate-book/building-totals.ts";

/** The page of a building's chart, or of the table that says the same. */
export function buildingHref(estateCode: string, building: Building, rest = ""): string {
  return `/my-estate/${estateCode}/buildings/${encodeURIComponent(building.key)}${rest}`;
}
