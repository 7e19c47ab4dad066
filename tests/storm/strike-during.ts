import type { SeededRandom } from "#src/kernel/random.ts";
import type { KilledSystem } from "./killed-system.ts";

/** Answers that the storm gets between two strikes: at least, and how many more at most. */
const CALM_ANSWERS = 8;
const CALM_MORE_ANSWERS = 40;
/** How far into the next request a strike may come, in milliseconds. */
const INTO_REQUEST_MS = 150;
/** How often the storm is asked how far it is. */
const LOOK_EVERY_MS = 10;

/** Something that goes on meanwhile, and how many answers it has had. */
export interface StruckWork<Report> {
  run: () => Promise<Report>;
  answers: () => number;
}

/**
 * Kills processes of the system at random moments until the work is done, and tells what was killed. The calm
 * between two strikes is counted in answers: a slow machine, on which a start takes many times as long as a quick
 * one, sees as many acts go on as a quick one does.
 */
export async function strikeDuring<Report>(
  system: KilledSystem,
  random: SeededRandom,
  work: StruckWork<Report>,
): Promise<{ report: Report; strikes: string[] }> {
  const strikes: string[] = [];
  let isDone = false;
  const strikeOn = async () => {
    for (;;) {
      const wanted = work.answers() + CALM_ANSWERS + random.int(CALM_MORE_ANSWERS);
      while (work.answers() < wanted && !isDone) await pause(LOOK_EVERY_MS);
      await pause(random.int(INTO_REQUEST_MS));
      if (isDone) return;
      strikes.push(await system.strike(random));
    }
  };
  const striking = strikeOn();
  try {
    return { report: await work.run(), strikes };
  } finally {
    isDone = true;
    await striking;
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
