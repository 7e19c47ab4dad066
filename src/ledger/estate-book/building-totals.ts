import { addFen, type Fen, ZERO_FEN } from "#src/kernel/money.ts";
import type { BuildingFigures, StandingCounts } from "#src/ledger/estate-figures.ts";
import type { HouseStanding } from "#src/ledger/house-standing.ts";

/** A building of an estate, as the register names it. */
export interface Building {
  id: number;
  key: string;
  label: string;
  floors: number | null;
}

/** What is published of one building, or of several small ones together. */
export interface BuildingTotals extends Omit<BuildingFigures, "buildingId"> {
  /** One building, except where small ones are told together. */
  buildings: readonly Building[];
}

/** How many houses stand in one of these ways. */
export function countStanding(
  totals: { standings: StandingCounts },
  ...kinds: HouseStanding["kind"][]
): number {
  return kinds.reduce((sum, kind) => sum + (totals.standings.get(kind) ?? 0), 0);
}

/** How many houses have to deposit at all: neither exempt nor closed, and with a standard. */
export function countLiable(totals: { standings: StandingCounts }): number {
  return countStanding(totals, "paid-in-full", "below-trigger", "part-paid", "unpaid");
}

/** Principal and interest of all houses together. */
export function balanceOf(totals: Pick<BuildingTotals, "principalFen" | "interestFen">): Fen {
  return addFen(totals.principalFen, totals.interestFen);
}

/** Adds the figures of several buildings up. */
export function addTotals(all: readonly BuildingTotals[]): BuildingTotals {
  const standings = new Map<HouseStanding["kind"], number>();
  for (const one of all) {
    for (const [kind, count] of one.standings) {
      standings.set(kind, (standings.get(kind) ?? 0) + count);
    }
  }
  return {
    buildings: all.flatMap((one) => one.buildings),
    houseCount: all.reduce((sum, one) => sum + one.houseCount, 0),
    areaHundredths: all.reduce((sum, one) => sum + one.areaHundredths, 0n),
    principalFen: addFen(ZERO_FEN, ...all.map((one) => one.principalFen)),
    interestFen: addFen(ZERO_FEN, ...all.map((one) => one.interestFen)),
    firstPaidFen: addFen(ZERO_FEN, ...all.map((one) => one.firstPaidFen)),
    standings,
  };
}
