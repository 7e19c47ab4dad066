import { describe, expect, test } from "vitest";
import { type Measured, percentile, runRounds } from "./rounds.ts";

describe("rounds", () => {
  test("each contender stands with its median round, and rounds are interleaved", async () => {
    const order: string[] = [];
    const contender = (name: string, rates: number[]) => ({
      name,
      measure: async (): Promise<Measured> => {
        order.push(name);
        return { rate: rates.shift() ?? 0, latencies: [1, 2, 3] };
      },
    });
    const standings = await runRounds([contender("a", [5, 100, 7]), contender("b", [1, 2, 3])]);
    expect(order.join("")).toBe("ababab");
    expect(standings.map(({ rate, slowest, fastest }) => [rate, slowest, fastest])).toEqual([
      [7, 5, 100],
      [2, 1, 3],
    ]);
  });

  test("an even number of rounds is refused", async () => {
    await expect(runRounds([], 4)).rejects.toThrow("odd");
  });

  test.each([
    [50, 5],
    [95, 10],
    [99, 10],
    [10, 1],
  ])("the %i-th percentile of 1 to 10 is %i", (percent, expected) => {
    expect(percentile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], percent)).toBe(expected);
  });

  test("nothing has no percentile", () => {
    expect(percentile([], 50)).toBeNaN();
  });
});
