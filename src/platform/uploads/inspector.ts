import { fileURLToPath } from "node:url";
import { ChildError } from "../child-process/child-error.ts";
import { ChildWorker } from "../child-process/child-worker.ts";
import { TooManyRequests } from "../http/errors.ts";
import type {
  InspectorJob,
  InspectorRefusal,
  InspectorResult,
  PictureLimits,
} from "./inspector-messages.ts";

const CHILD_FILE = fileURLToPath(new URL("./inspector-child.ts", import.meta.url));
const TRY_AGAIN_SECONDS = 10;

/** `failed` says that the child died over it or took too long. */
export type Inspected<Kind extends InspectorResult["kind"]> =
  | Extract<InspectorResult, { kind: Kind }>
  | { kind: "refused"; reason: InspectorRefusal | "failed" };

/**
 * Opens files that strangers sent, in a child process of its own: what decodes pictures and PDFs is large
 * and meets hostile bytes, so a crash, a loop or a flood of memory ends the child and nothing else.
 */
export interface Inspector {
  /** Writes a picture anew, upright, within the limits, without anything that is no picture. */
  rewritePicture(
    path: string,
    keptPath: string,
    limits: PictureLimits,
  ): Promise<Inspected<"picture">>;
  /** Looks a PDF through and counts its pages. */
  inspectPdf(path: string): Promise<Inspected<"pdf">>;
  /** Draws one page of a PDF, the first being 1, so many pixels wide. */
  drawPage(content: Uint8Array, page: number, width: number): Promise<Inspected<"page">>;
  childPid(): number | null;
  close(): Promise<void>;
}

export interface InspectorOptions {
  timeoutMs?: number;
  maxWaiting?: number;
  endAtRssMegabytes?: number;
}

/** Opens the inspector; its child starts with the first file. */
export function createInspector(options: InspectorOptions = {}): Inspector {
  const worker = new ChildWorker<InspectorJob, InspectorResult>({
    file: CHILD_FILE,
    arguments: [],
    maxWaiting: 60,
    timeoutMs: 20_000,
    maxChildRssMegabytes: 400,
    maxJobsPerChild: 500,
    endAtRssMegabytes: 1_000,
    ...options,
  });
  const ask = async <Kind extends InspectorResult["kind"]>(job: InspectorJob) =>
    (await inspect(worker, job)) as Inspected<Kind>;
  return {
    rewritePicture: (path, keptPath, limits) =>
      ask<"picture">({ kind: "picture", path, keptPath, limits }),
    inspectPdf: (path) => ask<"pdf">({ kind: "pdf", path }),
    drawPage: (content, page, width) => ask<"page">({ kind: "page", content, page, width }),
    childPid: () => worker.childPid(),
    close: () => worker.close(),
  };
}

async function inspect(worker: ChildWorker<InspectorJob, InspectorResult>, job: InspectorJob) {
  try {
    return await worker.work(job);
  } catch (error) {
    if (!(error instanceof ChildError) || error.code === "closed") throw error;
    if (error.code === "busy") throw new TooManyRequests(TRY_AGAIN_SECONDS);
    return { kind: "refused", reason: "failed" };
  }
}
