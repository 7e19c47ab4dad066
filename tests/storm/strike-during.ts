import type { SeededRandom } from "#src/kernel/random.ts";
import type { KilledSystem } from "./killed-system.ts";

/** Between two strikes, in milliseconds: at least, and how much more at most. */
const CALM_MS = 1_500;
const CALM_MORE_MS = 4_000;

/** Kills processes of the system at random moments until the work is done, and tells what was killed. */
export async function strikeDuring<Report>(
  system: KilledSystem,
  random: SeededRandom,
  work: () => Promise<Report>,
): Promise<{ report: Report; strikes: string[] }> {
  const strikes: string[] = [];
  const done = Promise.withResolvers<"done">();
  const strikeOn = async () => {
    for (;;) {
      const calm = new Promise<"strike">((resolve) =>
        setTimeout(resolve, CALM_MS + random.int(CALM_MORE_MS), "strike"),
      );
      if ((await Promise.race([calm, done.promise])) === "done") return;
      strikes.push(await system.strike(random));
    }
  };
  const striking = strikeOn();
  try {
    return { report: await work(), strikes };
  } finally {
    done.resolve("done");
    await striking;
  }
}
