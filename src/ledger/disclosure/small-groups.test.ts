import { expect, test } from "vitest";
import {
  countsByMonth,
  firstYearOfMonths,
  tellTogetherInPeriods,
  toldReach,
} from "./small-groups.ts";

/** An estate by its houses today and the year from which on it had them. */
interface Grown {
  houses: number;
  since: number;
}
const told = (...all: Grown[]) =>
  tellTogetherInPeriods(
    all,
    ({ houses }) => houses,
    [2010, 2015, 2020].map(
      (year) =>
        ({ since, houses }) =>
          since <= year ? houses : 0,
    ),
  );
const of = (houses: number, since: number) => ({ houses, since });

test("what is enough today is joined by one more where it was too few before", () => {
  const [small, newer, large, larger] = [of(1, 2015), of(4, 2020), of(6, 2010), of(60, 2010)];
  expect(told(larger, large, newer, small)).toEqual({
    alone: [larger],
    together: [small, newer, large],
  });
});

test("who was not there yet joins nobody", () => {
  const [small, newer, large, larger] = [of(1, 2010), of(4, 2020), of(6, 2015), of(60, 2010)];
  expect(told(small, newer, large, larger)?.alone).toEqual([large]);
});

test("what was enough in every year stays as it is", () => {
  const [a, b, large] = [of(2, 2015), of(3, 2015), of(6, 2010)];
  expect(told(a, b, large)).toEqual({ alone: [large], together: [a, b] });
});

test("where nobody was there besides, today's groups stay", () => {
  const [small, newer] = [of(1, 2010), of(9, 2020)];
  expect(told(small, newer)).toEqual({ alone: [], together: [small, newer] });
});

const joined = (houseCount: number, year: number, month: number) => ({
  houseCount,
  firstMonth: year * 12 + month - 1,
});

test("a group that is enough by the end of a year is joined where it was too few in a month of it", () => {
  const [spring, autumn, large] = [joined(3, 2020, 3), joined(4, 2020, 9), joined(6, 2020, 1)];
  const all = [spring, autumn, large];
  const told = tellTogetherInPeriods(all, (one) => one.houseCount, countsByMonth(all));
  expect(told).toEqual({ alone: [], together: all });
});

test.each([
  ["enough from the first month on", [joined(9, 2020, 5)], 2020],
  ["enough in a later month", [joined(4, 2020, 5), joined(9, 2020, 9)], 2021],
  ["enough in January", [joined(4, 2018, 5), joined(9, 2020, 1)], 2020],
  ["enough two years later", [joined(4, 2018, 5), joined(9, 2020, 2)], 2021],
  ["never enough", [joined(4, 2018, 5), { houseCount: 9, firstMonth: null }], Infinity],
])("of a city that was %s the months are told from its first whole year", (_, all, year) => {
  expect(firstYearOfMonths(all)).toBe(year);
});

test.each([
  ["open", 1, 1],
  ["login", 4, null],
  ["verified", 4, null],
  ["login", 5, 5],
] as const)("under %s a use of %i houses tells %j of them", (policy, houseCount, expected) => {
  const reach = toldReach({ scopeWords: "3单元", houseCount }, policy);
  expect(reach).toEqual({ scopeWords: expected === null ? "" : "3单元", houseCount: expected });
});
