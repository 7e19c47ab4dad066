import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { seededRandom } from "#src/kernel/random.ts";
import { exampleGarden, exampleGardenSecondPhase } from "./fixed-estates.ts";
import { generatedEstate } from "./generated-estates.ts";
import type { EstatePlan } from "./plans.ts";
import { VARIETY_COUNT, varietyEstate } from "./variety-estates.ts";

/** 示例花园 and 示例花园二期: a demonstration city of any size holds them. */
export const PROMISED_COUNT = 2;
const GENERATED_FROM = PROMISED_COUNT + VARIETY_COUNT;
const FIRST_PROMISED = 126;
const FIRST_VARIETY = 201;
const FIRST_GENERATED = 10_000;

/** The code of the n-th estate of every demonstration city, known without drawing it. */
export function estateCodeOf(n: number): string {
  if (n < PROMISED_COUNT) return `SL0${FIRST_PROMISED + n}`;
  if (n < GENERATED_FROM) return `SL0${FIRST_VARIETY + n - PROMISED_COUNT}`;
  return `SL${FIRST_GENERATED + n - GENERATED_FROM}`;
}

/**
 * Draws the n-th estate of a city. The two promised estates come first, then those written by hand, then as
 * many generated ones as anybody asks for. An estate depends on seed, n and the day alone, never on the
 * estates before it, so that a city can be continued where it ended.
 */
export function drawEstate(seed: number, n: number, today: CalendarDate): EstatePlan {
  const random = seededRandom(
    Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(n + 1, 0xc2b2ae35),
  );
  if (n === 0) return exampleGarden(today, random);
  if (n === 1) return exampleGardenSecondPhase(today, random);
  const estate =
    n < GENERATED_FROM
      ? varietyEstate(n - PROMISED_COUNT, today, random)
      : generatedEstate(n - GENERATED_FROM, today, random);
  return { ...estate, code: estateCodeOf(n) };
}
