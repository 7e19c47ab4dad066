import process from "node:process";

/** What a ChildWorker asks its child for. */
export interface JobRequest<Job> {
  id: number;
  job: Job;
}

/** What the child answers; `rssBytes` lets the worker replace a child that has grown. */
export type JobReply<Result> = { id: number; rssBytes: number } & (
  | { result: Result }
  | { error: string }
);

/** The child's side of a ChildWorker: does each job as it comes and answers with its result or its error. */
export function answerJobs<Job, Result>(work: (job: Job) => Promise<Result> | Result): void {
  if (!process.send) throw new Error("this file is started by its worker only");
  // The server stops its children itself, after the open requests: a Ctrl-C in the terminal reaches both.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => {});
  process.on("disconnect", () => process.exit(0));
  process.on("message", async ({ id, job }: JobRequest<Job>) => {
    const reply = await answer(work, job);
    process.send?.({
      id,
      rssBytes: process.memoryUsage.rss(),
      ...reply,
    } satisfies JobReply<Result>);
  });
}

async function answer<Job, Result>(work: (job: Job) => Promise<Result> | Result, job: Job) {
  try {
    return { result: await work(job) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
