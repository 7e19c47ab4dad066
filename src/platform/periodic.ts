import type { Log } from "./log.ts";

/**
 * Runs a small clean-up again and again, never twice at once in this process; several processes may run
 * the same one. A failure is logged and the next turn tries again. Answers with the function that stops
 * it and waits for the turn that is under way.
 */
export function runPeriodically(
  task: { name: string; everyMs: number; run: () => Promise<void> },
  log: Pick<Log, "error">,
): () => Promise<void> {
  let underWay: Promise<void> = Promise.resolve();
  let isBusy = false;
  const turn = () => {
    if (isBusy) return;
    isBusy = true;
    underWay = task
      .run()
      .catch((error: unknown) => log.error({ err: error, task: task.name }, "periodic task failed"))
      .finally(() => {
        isBusy = false;
      });
  };
  const timer = setInterval(turn, task.everyMs);
  timer.unref();
  turn();
  return async () => {
    clearInterval(timer);
    await underWay;
  };
}
