import type { RandomInt } from "./draw-captcha.ts";

const TENS = [20, 30, 40, 50, 60, 80, 90];
const ONES = [0, 2, 3, 4, 5, 6, 8, 9];

/** A sum as it is drawn, and its result. */
export interface Sum {
  readonly words: string;
  readonly answer: number;
}

/**
 * Thinks up a sum of a number of two digits and one digit: easy in the head, and the likeliest of its results
 * is right in fewer than one of forty guesses. The digits 1 and 7 are avoided, as they look alike when bent.
 */
export function makeSum(random: RandomInt): Sum {
  const pick = (from: readonly number[]) => from[random(from.length)] as number;
  const first = pick(TENS) + pick(ONES);
  const second = pick(ONES.slice(1));
  return { words: `${first} + ${second} = ?`, answer: first + second };
}
