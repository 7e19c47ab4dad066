import type { CalendarDate } from "#src/kernel/calendar-date.ts";

/** The conditions of a deposit standard; null means that it does not ask. */
export interface StandardConditions {
  houseUse: string | null;
  hasLift: boolean | null;
  /** Storeys of the building, both ends included. */
  floorsFrom: number | null;
  floorsTo: number | null;
  effectiveFrom: CalendarDate;
  /** The last day, included; null: still in force. */
  effectiveTo: CalendarDate | null;
}

/** What a standard may ask about a house. */
export interface HouseForStandard {
  houseUse: string;
  hasLift: boolean | null;
  /** Storeys of the building. */
  floors: number | null;
  /** The day of the purchase contract; without one, the day on which the house enters the register. */
  standardDate: CalendarDate;
}

export type StandardChoice<Standard> =
  | { ok: true; standard: Standard }
  | { ok: false; reason: "none" | "needs-lift" | "needs-floors" | "ambiguous" };

type Answer = "yes" | "no" | "needs-lift" | "needs-floors";

/**
 * Chooses the deposit standard (交存标准) of a house: among those in force on its day and meant for it, the
 * one with the most conditions, then the one that started last. The day is that of the contract or, without
 * one, that of entering the register, never that of the payment (Decree 165 art. 7; the city adjusts the standards by
 * date). A condition that cannot be answered is asked for rather than guessed: `needs-lift`,
 * `needs-floors`. Two standards that fit equally are `ambiguous`: the register's keeper has to decide.
 */
export function chooseStandard<Standard extends StandardConditions>(
  standards: readonly Standard[],
  house: HouseForStandard,
): StandardChoice<Standard> {
  const fitting: Standard[] = [];
  let open: "needs-lift" | "needs-floors" | null = null;
  for (const standard of standards) {
    const answer = fits(standard, house);
    if (answer === "yes") fitting.push(standard);
    else if (answer !== "no") open ??= answer;
  }
  if (open !== null) return { ok: false, reason: open };
  return closest(fitting);
}

function fits(standard: StandardConditions, house: HouseForStandard): Answer {
  if (standard.effectiveFrom > house.standardDate) return "no";
  if (standard.effectiveTo !== null && standard.effectiveTo < house.standardDate) return "no";
  if (standard.houseUse !== null && standard.houseUse !== house.houseUse) return "no";
  const { hasLift, floors } = house;
  const asksFloors = standard.floorsFrom !== null || standard.floorsTo !== null;
  if (standard.hasLift !== null && hasLift !== null && standard.hasLift !== hasLift) return "no";
  if (asksFloors && floors !== null && !isWithin(floors, standard)) return "no";
  if (standard.hasLift !== null && hasLift === null) return "needs-lift";
  if (asksFloors && floors === null) return "needs-floors";
  return "yes";
}

function isWithin(floors: number, standard: StandardConditions): boolean {
  return floors >= (standard.floorsFrom ?? floors) && floors <= (standard.floorsTo ?? floors);
}

function closest<Standard extends StandardConditions>(
  fitting: readonly Standard[],
): StandardChoice<Standard> {
  const [best, second] = [...fitting].sort(
    (a, b) =>
      conditionCount(b) - conditionCount(a) ||
      (a.effectiveFrom < b.effectiveFrom ? 1 : a.effectiveFrom > b.effectiveFrom ? -1 : 0),
  );
  if (best === undefined) return { ok: false, reason: "none" };
  const isTie =
    second !== undefined &&
    conditionCount(second) === conditionCount(best) &&
    second.effectiveFrom === best.effectiveFrom;
  return isTie ? { ok: false, reason: "ambiguous" } : { ok: true, standard: best };
}

function conditionCount(standard: StandardConditions): number {
  const asksFloors = standard.floorsFrom !== null || standard.floorsTo !== null;
  return (
    Number(standard.houseUse !== null) + Number(standard.hasLift !== null) + Number(asksFloors)
  );
}
