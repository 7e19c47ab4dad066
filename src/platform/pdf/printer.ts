import { type ChildProcess, fork } from "node:child_process";
import { dirname } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import type { TemplateJob } from "./compile-template.ts";
import { PrinterError } from "./printer-error.ts";
import type { PrintReply } from "./printer-messages.ts";

const CHILD_FILE = fileURLToPath(new URL("./printer-child.ts", import.meta.url));
const SOURCE_ROOT = dirname(dirname(import.meta.dirname));
const MEGABYTE = 1_048_576;

/** The child needs the system's temporary folder and nothing of ours: no key, no database address. */
const PASSED_ENVIRONMENT = ["PATH", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT"];

export interface PrinterOptions {
  /** Folder that holds all templates and what they import; nothing outside can be read by them. */
  root?: string;
  /** Jobs that may wait while one is compiled; one more is refused with `printer-busy`. */
  maxWaiting?: number;
  timeoutMs?: number;
  maxChildRssMegabytes?: number;
  maxJobsPerChild?: number;
}

export interface Printer {
  /**
   * Makes one PDF/A-2a from a Typst template (absolute path) and JSON data that the template reads from
   * `sys.inputs.data`. Texts stay texts whatever they contain. Rejects with a PrinterError.
   */
  print(job: TemplateJob): Promise<Uint8Array>;
  /** Ends the child; jobs not yet answered are rejected with `printer-closed`. */
  close(): Promise<void>;
  /** Process id of the running child, null while none is needed. For health pages and tests. */
  childPid(): number | null;
}

interface WaitingJob {
  job: TemplateJob;
  attempts: number;
  resolve: (pdf: Uint8Array) => void;
  reject: (error: PrinterError) => void;
}

/**
 * Opens the printer of slips. One child process compiles one template at a time; it is started by the first
 * job, replaced when it has grown past its memory or number of jobs, when a job takes too long and when it
 * dies (the job it held is tried once more). It never keeps the server alive and ends with it.
 */
export function createPrinter(options: PrinterOptions = {}): Printer {
  return new ChildPrinter({
    root: SOURCE_ROOT,
    maxWaiting: 40,
    timeoutMs: 15_000,
    maxChildRssMegabytes: 400,
    maxJobsPerChild: 2_000,
    ...options,
  });
}

class ChildPrinter implements Printer {
  readonly #options: Required<PrinterOptions>;
  readonly #waiting: WaitingJob[] = [];
  #child: ChildProcess | null = null;
  #childJobs = 0;
  #current: WaitingJob | null = null;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;
  #lastId = 0;

  constructor(options: Required<PrinterOptions>) {
    this.#options = options;
  }

  print(job: TemplateJob): Promise<Uint8Array> {
    if (this.#isClosed) return Promise.reject(closedError());
    if (this.#current && this.#waiting.length >= this.#options.maxWaiting) {
      return Promise.reject(new PrinterError("printer-busy", "too many slips are waiting"));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ job, attempts: 0, resolve, reject });
      this.#startNext();
    });
  }

  childPid(): number | null {
    return this.#child?.pid ?? null;
  }

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
    this.#timer = setTimeout(() => this.#giveUp(), this.#options.timeoutMs);
    child.send({ id: this.#lastId, ...next.job }, (error) => {
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
    const child = fork(CHILD_FILE, [this.#options.root], {
      env,
      execArgv: [],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    child.on("message", (reply: PrintReply) => this.#answered(child, reply));
    child.on("exit", () => this.#childEnded(child));
    child.on("error", () => this.#childEnded(child));
    this.#child = child;
    this.#childJobs = 0;
    return child;
  }

  #answered(child: ChildProcess, reply: PrintReply): void {
    if (child !== this.#child || reply.id !== this.#lastId) return;
    const done = this.#settle();
    this.#childJobs += 1;
    child.channel?.unref();
    child.unref();
    if ("pdf" in reply) done?.resolve(reply.pdf);
    else done?.reject(new PrinterError("template-failed", reply.error));
    const hasGrown = reply.rssBytes > this.#options.maxChildRssMegabytes * MEGABYTE;
    if (hasGrown || this.#childJobs >= this.#options.maxJobsPerChild) this.#dismissChild();
    this.#startNext();
  }

  #childEnded(child: ChildProcess): void {
    if (child !== this.#child) return;
    this.#dismissChild();
    const held = this.#settle();
    if (held && held.attempts < 2 && !this.#isClosed) this.#waiting.unshift(held);
    else held?.reject(new PrinterError("printer-crashed", "the printer's process ended"));
    this.#startNext();
  }

  #giveUp(): void {
    this.#dismissChild();
    const seconds = this.#options.timeoutMs / 1000;
    this.#settle()?.reject(
      new PrinterError("printer-timeout", `a slip was not ready after ${seconds} s`),
    );
    this.#startNext();
  }

  /** Ends the child for good: it holds no state worth waiting for. */
  #dismissChild(): void {
    this.#child?.unref();
    this.#child?.kill("SIGKILL");
    this.#child = null;
  }

  #settle(): WaitingJob | null {
    clearTimeout(this.#timer);
    const held = this.#current;
    this.#current = null;
    return held;
  }
}

function closedError(): PrinterError {
  return new PrinterError("printer-closed", "the printer is closed");
}
