import type { Clock } from "#src/kernel/clock.ts";

/**
 * Keeps what `load` answers for a while, so that a busy page asks the database once for all its visitors.
 * Many askers at once share one load. When a load fails, the last good answer is kept until the next try.
 */
export function cached<T>(clock: Clock, ms: number, load: () => Promise<T>): () => Promise<T> {
  let value: { loaded: T } | null = null;
  let freshUntil = 0;
  let loading: Promise<T> | null = null;
  return async () => {
    if (value !== null && clock().getTime() < freshUntil) return value.loaded;
    loading ??= load()
      .then((loaded) => {
        value = { loaded };
        return loaded;
      })
      .catch((error: unknown) => {
        if (value !== null) return value.loaded;
        throw error;
      })
      .finally(() => {
        freshUntil = clock().getTime() + ms;
        loading = null;
      });
    return await loading;
  };
}
