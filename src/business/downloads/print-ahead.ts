import type { Log } from "#src/platform/log.ts";
import type { BlankForms } from "./blank-forms.ts";

/**
 * Prints in the background the forms that changed since they were last printed, so that the first visitor of the
 * list need not wait for them; whoever comes meanwhile shares the same printing. A failure is logged and left to
 * that visitor. Answers with what stops it, once the form under way is printed.
 */
export function printAhead(
  blankForms: Pick<BlankForms, "printChanged">,
  log: Pick<Log, "warn">,
): () => Promise<void> {
  const stopping = new AbortController();
  const underWay = blankForms.printChanged(stopping.signal).catch((error: unknown) => {
    log.warn({ err: error }, "the blank forms could not be printed ahead");
  });
  return async () => {
    stopping.abort();
    await underWay;
  };
}
