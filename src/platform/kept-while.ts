import type { Clock } from "#src/kernel/clock.ts";
import { keepNewest } from "#src/kernel/keep-newest.ts";

interface Kept<T> {
  mark: string;
  freshUntil: number;
  value: Promise<T>;
}

/**
 * Keeps an answer for each key as long as its mark stays the same, and no longer than `ms`: a mark that is
 * cheap to read tells that an answer which is dear to make still holds. Whoever reads the mark reads it
 * before asking here. Many askers share one load; a failed one is not kept. At most `keysMax` keys stay.
 */
export function keptWhile<T>(
  options: { clock: Clock; ms: number; keysMax: number },
  load: (key: string) => Promise<T>,
): (key: string, mark: string) => Promise<T> {
  const all = new Map<string, Kept<T>>();
  return (key, mark) => {
    const now = options.clock().getTime();
    const known = all.get(key);
    const isGood = known !== undefined && known.mark === mark && now < known.freshUntil;
    const kept = isGood ? known : { mark, freshUntil: now + options.ms, value: load(key) };
    keepNewest(all, key, kept, options.keysMax);
    if (!isGood) {
      kept.value.catch(() => {
        if (all.get(key) === kept) all.delete(key);
      });
    }
    return kept.value;
  };
}
