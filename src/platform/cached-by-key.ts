import type { Clock } from "#src/kernel/clock.ts";
import { cached } from "./cached.ts";

/**
 * Keeps an answer for each key for a while, as `cached` does for one. At most `keysMax` keys are kept; the
 * one that was asked for longest ago goes first.
 */
export function cachedByKey<Key, T>(
  options: { clock: Clock; ms: number; keysMax: number },
  load: (key: Key) => Promise<T>,
): (key: Key) => Promise<T> {
  const readers = new Map<Key, () => Promise<T>>();
  return (key) => {
    const read = readers.get(key) ?? cached(options.clock, options.ms, () => load(key));
    readers.delete(key);
    readers.set(key, read);
    const [oldest] = readers.keys();
    if (readers.size > options.keysMax && oldest !== undefined) readers.delete(oldest);
    return read();
  };
}
