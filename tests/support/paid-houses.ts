import { drawEstate } from "#src/demo/city-plan.ts";
import type { OwnerPlan } from "#src/demo/plans.ts";
import { historyEnd } from "#src/demo/seed-demonstration.ts";

/** A house of the demonstration that has paid in, with the one person who owns it. */
export interface OwnedHouse {
  /** 示例花园11幢1单元502 */
  words: string;
  /** How many payments came in for it. */
  payments: number;
  owner: OwnerPlan;
}

/**
 * Lists houses of 示例花园 that have paid and belong to one person, outside 12幢3单元, whose houses the README
 * names. The same seed draws the same city, so owners need not be read from the system under test.
 */
export function listPaidHouses(now: Date): OwnedHouse[] {
  const garden = drawEstate(1, 0, historyEnd(now));
  return garden.buildings.flatMap(({ label, houses }) =>
    houses.flatMap((house) => {
      const [owner, another] = house.owners;
      const isFree = label !== "12幢" || house.unitLabel !== "3单元";
      const isPerson = owner?.documentKind === "resident-id" && another === undefined;
      if (!isFree || !isPerson || house.deposits.length === 0) return [];
      const words = `示例花园${label}${house.unitLabel}${house.roomLabel}`;
      return [{ words, payments: house.deposits.length, owner }];
    }),
  );
}

/** The address as pages write it, with a blank between its parts. */
export function writtenAddress({ words }: Pick<OwnedHouse, "words">): string {
  return words.replace(/(幢|单元)/g, "$1 ").replace(/^示例花园/, "示例花园 ");
}
