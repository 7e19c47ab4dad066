import { type ChildProcess, fork } from "node:child_process";
import { readFile } from "node:fs/promises";
import process from "node:process";
import type { JobReply } from "./answer-jobs.ts";
import { ChildError } from "./child-error.ts";

const MEGABYTE = 1_048_576;
const PAGE_BYTES = 4_096;
const LOOK_EVERY_MS = 200;

/** The child needs the system's temporary folder and nothing of ours: no key, no database address. */
const PASSED_ENVIRONMENT = ["PATH", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT"];

export interface ChildWorkerOptions {
  /** The program of the child, which calls `answerJobs`. */
  file: string;
  arguments: readonly string[];
  /** Jobs that may wait while one is done; one more is refused as `busy`. */
  maxWaiting: number;
  timeoutMs: number;
  /** A child that has grown past this after a job is replaced. */
  maxChildRssMegabytes: number;
  maxJobsPerChild: number;
  /** A child that grows past this in the middle of a job is ended (Linux). */
  endAtRssMegabytes?: number;
}

interface WaitingJob<Job, Result> {
  job: Job;
  attempts: number;
  resolve: (result: Result) => void;
  reject: (error: ChildError) => void;
}

/**
 * Does work that may hang, grow or crash in a child process, one job at a time. The child is started by the
 * first job, replaced when it has grown past its memory or number of jobs, when a job takes too long and when
 * it dies (the job it held is tried once more). It never keeps the server alive and ends with it.
 */
export class ChildWorker<Job extends object, Result> {
  readonly #options: ChildWorkerOptions;
  readonly #waiting: WaitingJob<Job, Result>[] = [];
  #child: ChildProcess | null = null;
  #childJobs = 0;
  #current: WaitingJob<Job, Result> | null = null;
  #timer: NodeJS.Timeout | undefined;
  #watch: NodeJS.Timeout | undefined;
  #isClosed = false;
  #lastId = 0;

  constructor(options: ChildWorkerOptions) {
    this.#options = options;
  }

  /** Does one job. Rejects with a ChildError. */
  work(job: Job): Promise<Result> {
    if (this.#isClosed) return Promise.reject(closedError());
    if (this.#current && this.#waiting.length >= this.#options.maxWaiting) {
      return Promise.reject(new ChildError("busy", "too many jobs are waiting"));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ job, attempts: 0, resolve, reject });
      this.#startNext();
    });
  }

  /** Process id of the running child, null while none is needed. For health pages and tests. */
  childPid(): number | null {
    return this.#child?.pid ?? null;
  }

  /** Ends the child; jobs not yet answered are rejected as `closed`. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const child = this.#child;
    for (const waiting of this.#waiting.splice(0)) waiting.reject(closedError());
    this.#settle()?.reject(closedError());
    if (!child) return;
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    this.#dismissChild();
    child.ref();
    await ended;
  }

  #startNext(): void {
    if (this.#current) return;
    const next = this.#waiting.shift();
    if (!next) return;
    this.#current = next;
    next.attempts += 1;
    this.#lastId += 1;
    const child = this.#ensureChild();
    child.ref();
    child.channel?.ref();
    this.#timer = setTimeout(() => this.#giveUp("timeout"), this.#options.timeoutMs);
    this.#watchMemory(child);
    child.send({ id: this.#lastId, job: next.job }, (error) => {
      if (error) this.#childEnded(child);
    });
  }

  #ensureChild(): ChildProcess {
    if (this.#child) return this.#child;
    const env = Object.fromEntries(
      PASSED_ENVIRONMENT.flatMap((name) => {
        const value = process.env[name];
        return value === undefined ? [] : [[name, value]];
      }),
    );
    const child = fork(this.#options.file, [...this.#options.arguments], {
      env,
      execArgv: [],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    child.on("message", (reply: JobReply<Result>) => this.#answered(child, reply));
    child.on("exit", () => this.#childEnded(child));
    child.on("error", () => this.#childEnded(child));
    this.#child = child;
    this.#childJobs = 0;
    return child;
  }

  #answered(child: ChildProcess, reply: JobReply<Result>): void {
    if (child !== this.#child || reply.id !== this.#lastId) return;
    const done = this.#settle();
    this.#childJobs += 1;
    child.channel?.unref();
    child.unref();
    if ("error" in reply) done?.reject(new ChildError("failed", reply.error));
    else done?.resolve(reply.result);
    const hasGrown = reply.rssBytes > this.#options.maxChildRssMegabytes * MEGABYTE;
    if (hasGrown || this.#childJobs >= this.#options.maxJobsPerChild) this.#dismissChild();
    this.#startNext();
  }

  #childEnded(child: ChildProcess): void {
    if (child !== this.#child) return;
    this.#dismissChild();
    const held = this.#settle();
    if (held && held.attempts < 2 && !this.#isClosed) this.#waiting.unshift(held);
    else held?.reject(new ChildError("crashed", "the child process ended"));
    this.#startNext();
  }

  #giveUp(code: "timeout" | "too-large"): void {
    this.#dismissChild();
    const message =
      code === "timeout"
        ? `a job was not done after ${this.#options.timeoutMs / 1000} s`
        : `a job took more than ${this.#options.endAtRssMegabytes} MB`;
    this.#settle()?.reject(new ChildError(code, message));
    this.#startNext();
  }

  /** Looks at the child's memory from outside: a child that is busy growing cannot look itself. */
  #watchMemory(child: ChildProcess): void {
    const { endAtRssMegabytes } = this.#options;
    if (endAtRssMegabytes === undefined || process.platform !== "linux") return;
    const job = this.#current;
    this.#watch = setInterval(async () => {
      const bytes = await residentBytes(child.pid);
      const isSame = child === this.#child && job === this.#current;
      if (isSame && bytes > endAtRssMegabytes * MEGABYTE) this.#giveUp("too-large");
    }, LOOK_EVERY_MS);
  }

  /** Ends the child for good: it holds no state worth waiting for. */
  #dismissChild(): void {
    this.#child?.unref();
    this.#child?.kill("SIGKILL");
    this.#child = null;
  }

  #settle(): WaitingJob<Job, Result> | null {
    clearTimeout(this.#timer);
    clearInterval(this.#watch);
    const held = this.#current;
    this.#current = null;
    return held;
  }
}

async function residentBytes(pid: number | undefined): Promise<number> {
  const text = await readFile(`/proc/${pid}/statm`, "utf8").catch(() => "");
  return Number(text.split(" ")[1] ?? 0) * PAGE_BYTES;
}

function closedError(): ChildError {
  return new ChildError("closed", "the worker is closed");
}
