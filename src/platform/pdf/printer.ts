import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { ChildError } from "../child-process/child-error.ts";
import { ChildWorker } from "../child-process/child-worker.ts";
import type { TemplateJob } from "./compile-template.ts";
import { PrinterError } from "./printer-error.ts";

const CHILD_FILE = fileURLToPath(new URL("./printer-child.ts", import.meta.url));
const SOURCE_ROOT = dirname(dirname(import.meta.dirname));

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

/** Opens the printer of slips: a child process compiles one template at a time. */
export function createPrinter(options: PrinterOptions = {}): Printer {
  const { root = SOURCE_ROOT, ...limits } = options;
  const worker = new ChildWorker<TemplateJob, Uint8Array>({
    file: CHILD_FILE,
    arguments: [root],
    maxWaiting: 40,
    timeoutMs: 15_000,
    maxChildRssMegabytes: 400,
    maxJobsPerChild: 2_000,
    ...limits,
  });
  return {
    print: (job) => worker.work(job).catch((error: unknown) => Promise.reject(printerError(error))),
    close: () => worker.close(),
    childPid: () => worker.childPid(),
  };
}

function printerError(error: unknown): unknown {
  if (!(error instanceof ChildError)) return error;
  const isTemplate = error.code === "failed" || error.code === "too-large";
  return new PrinterError(isTemplate ? "template-failed" : `printer-${error.code}`, error.message);
}
