import { describe, expect, it } from "vitest";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import {
  chooseStandard,
  type HouseForStandard,
  type StandardConditions,
} from "./choose-standard.ts";

function standard(name: string, conditions: Partial<StandardConditions> = {}) {
  return {
    name,
    houseUse: null,
    hasLift: null,
    floorsFrom: null,
    floorsTo: null,
    effectiveFrom: calendarDate("2008-02-01"),
    effectiveTo: null,
    ...conditions,
  };
}

function house(known: Partial<HouseForStandard> = {}): HouseForStandard {
  return {
    houseUse: "residential",
    hasLift: true,
    floors: 18,
    standardDate: calendarDate("2026-03-01"),
    ...known,
  };
}

function chosenName(
  standards: ReturnType<typeof standard>[],
  known: Partial<HouseForStandard> = {},
): string {
  const choice = chooseStandard(standards, house(known));
  return choice.ok ? choice.standard.name : choice.reason;
}

const byHeight = [
  standard("low without lift", { hasLift: false, floorsTo: 6 }),
  standard("low with lift", { hasLift: true, floorsTo: 6 }),
  standard("high", { floorsFrom: 7 }),
];

describe("choosing the deposit standard of a house", () => {
  it("follows the day of the contract through the adjustments of the standard", () => {
    const adjusted = [
      standard("2008", { effectiveTo: calendarDate("2015-12-31") }),
      standard("2016", { effectiveFrom: calendarDate("2016-01-01") }),
    ];
    expect(chosenName(adjusted, { standardDate: calendarDate("2015-12-31") })).toBe("2008");
    expect(chosenName(adjusted, { standardDate: calendarDate("2016-01-01") })).toBe("2016");
    expect(chosenName(adjusted, { standardDate: calendarDate("2008-01-31") })).toBe("none");
  });

  it("takes the standard that started last when the older one was left open", () => {
    const open = [
      standard("2016", { effectiveFrom: calendarDate("2016-01-01") }),
      standard("2008"),
      standard("2024", { effectiveFrom: calendarDate("2024-01-01") }),
    ];
    expect(chosenName(open)).toBe("2024");
    expect(chosenName(open, { standardDate: calendarDate("2023-12-31") })).toBe("2016");
  });

  it("reads the tiers of lift and storeys with both ends included", () => {
    expect(chosenName(byHeight, { floors: 6, hasLift: true })).toBe("low with lift");
    expect(chosenName(byHeight, { floors: 6, hasLift: false })).toBe("low without lift");
    expect(chosenName(byHeight, { floors: 7, hasLift: false })).toBe("high");
  });

  it("asks for the lift or the storeys instead of guessing them", () => {
    expect(chosenName(byHeight, { floors: 6, hasLift: null })).toBe("needs-lift");
    expect(chosenName(byHeight, { floors: null, hasLift: true })).toBe("needs-floors");
  });

  it("does not ask for what no remaining standard depends on", () => {
    expect(chosenName(byHeight, { floors: 33, hasLift: null })).toBe("high");
    const byUse = [
      standard("lift", { houseUse: "residential", hasLift: true }),
      standard("parking", { houseUse: "parking" }),
    ];
    expect(chosenName(byUse, { houseUse: "parking", hasLift: null, floors: null })).toBe("parking");
  });

  it("prefers the standard with more conditions to a general one", () => {
    const mixed = [
      standard("general", { effectiveFrom: calendarDate("2024-01-01") }),
      standard("residential", { houseUse: "residential" }),
    ];
    expect(chosenName(mixed)).toBe("residential");
    expect(chosenName(mixed, { houseUse: "office" })).toBe("general");
  });

  it("answers none for a use that no standard names, and ambiguous for two equal ones", () => {
    expect(
      chosenName([standard("home", { houseUse: "residential" })], { houseUse: "office" }),
    ).toBe("none");
    expect(chosenName([standard("a"), standard("b")])).toBe("ambiguous");
  });
});
