/**
 * Why a child process did not do a job: too many were waiting, it took too long or too much memory, the
 * child died twice over it, the server stops, or the job itself threw.
 */
export type ChildErrorCode = "busy" | "timeout" | "too-large" | "crashed" | "closed" | "failed";

/** A job that a child process did not do. */
export class ChildError extends Error {
  override readonly name = "ChildError";
  readonly code: ChildErrorCode;

  constructor(code: ChildErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
