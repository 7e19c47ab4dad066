export type PrinterErrorCode =
  | "printer-busy"
  | "printer-timeout"
  | "printer-crashed"
  | "printer-closed"
  | "template-failed";

/**
 * Why a PDF was not made. `printer-busy` (the queue is full) and `printer-timeout` may be answered with
 * "please try again in a minute"; `printer-closed` only happens while the server stops; the rest are ours.
 */
export class PrinterError extends Error {
  readonly code: PrinterErrorCode;

  constructor(code: PrinterErrorCode, message: string) {
    super(message);
    this.name = "PrinterError";
    this.code = code;
  }
}
