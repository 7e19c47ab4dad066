import { hoursWords } from "#src/business/help/opening.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { Clock } from "#src/kernel/clock.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { Log } from "#src/platform/log.ts";
import { getCitySettings } from "#src/register/city-settings.ts";

/** Hours change a few times a year; a footer may be a minute behind 帮助. */
const KEPT_MS = 60_000;

/**
 * Keeps the hours of the fund centre's windows at hand for every footer, in words ("工作日 9:00–12:00、13:30–17:00"),
 * from the same city setting as 帮助. Whoever asks never waits: what is a minute old is read anew behind his back. While
 * the setting cannot be read the last words stay, and before any were read there are none.
 */
export async function keepServiceHours(deps: {
  db: Db;
  clock: Clock;
  log: Pick<Log, "warn">;
}): Promise<() => string | undefined> {
  const { clock, log } = deps;
  let words: string | undefined;
  let freshUntil = 0;
  const refresh = async () => {
    freshUntil = clock().getTime() + KEPT_MS;
    try {
      words = await readWords(deps);
    } catch (error) {
      log.warn({ err: error }, "the service hours could not be read");
    }
  };
  await refresh();
  return () => {
    if (clock().getTime() >= freshUntil) void refresh();
    return words;
  };
}

async function readWords({ db, clock }: { db: Db; clock: Clock }): Promise<string> {
  const settings = await getCitySettings(db, shanghaiDate(clock()));
  return `工作日 ${hoursWords(settings["service-hours"]).join("、")}`;
}
