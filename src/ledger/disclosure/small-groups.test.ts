import { expect, test } from "vitest";
import { tellTogetherInYears, toldReach } from "./small-groups.ts";

/** An estate by its houses today and the year from which on it had them. */
interface Grown {
  houses: number;
  since: number;
}
const told = (...all: Grown[]) =>
  tellTogetherInYears(
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

test.each([
  ["open", 1, 1],
  ["login", 4, null],
  ["verified", 4, null],
  ["login", 5, 5],
] as const)("under %s a use of %i houses tells %j of them", (policy, houseCount, expected) => {
  const reach = toldReach({ scopeWords: "3单元", houseCount }, policy);
  expect(reach).toEqual({ scopeWords: expected === null ? "" : "3单元", houseCount: expected });
});
