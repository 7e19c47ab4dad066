import { once } from "node:events";
import { streamXlsxRows } from "hucre/xlsx";
import { UnreadableFile } from "./sheet.ts";
import { openGuardedWorkbook } from "./workbook-guard.ts";
import type { WorkbookMessage } from "./workbook-message.ts";
import { streamableWorkbook } from "./workbook-stream.ts";

const ROWS_AT_ONCE = 200;
const MAX_CELLS = 200;
/** Beyond fifteen digits a spreadsheet's number is no longer what was typed: show it as such. */
const FIRST_INEXACT_NUMBER = 1e15;

type CellValue = Awaited<
  ReturnType<ReturnType<typeof streamXlsxRows>["next"]>
>["value"] extends infer Row
  ? Row extends { values: (infer Value)[] }
    ? Value
    : never
  : never;

/** A spreadsheet's cell as text: days as 2026-11-23, truth as TRUE and FALSE, numbers without a unit. */
function cellText(value: CellValue): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  if (value instanceof Date) {
    return Number.isNaN(value.getTime()) ? "" : value.toISOString().slice(0, 10);
  }
  if (typeof value === "number" && Math.abs(value) >= FIRST_INEXACT_NUMBER) {
    return value.toExponential().toUpperCase();
  }
  return String(value).toUpperCase();
}

async function send(message: WorkbookMessage): Promise<void> {
  if (!process.stdout.write(`${JSON.stringify(message)}\n`)) await once(process.stdout, "drain");
}

async function sendRows(path: string): Promise<void> {
  const workbook = await openGuardedWorkbook(path);
  const packedBytes = workbook.worksheets.reduce((sum, entry) => sum + entry.compressedSize, 0);
  let sending = Promise.resolve();
  let bytes = 0;
  const source = streamableWorkbook(workbook, () => sending).pipeThrough(
    new TransformStream({
      transform(piece: Uint8Array, controller) {
        bytes += piece.length;
        controller.enqueue(piece);
      },
    }),
  );
  let rows: [number, ...string[]][] = [];
  const flush = async () => {
    const progress = packedBytes === 0 ? 1 : Math.min(1, bytes / packedBytes);
    const message = { rows, progress };
    rows = [];
    sending = send(message);
    await sending;
  };
  for await (const row of streamXlsxRows(source)) {
    rows.push([row.index + 1, ...row.values.slice(0, MAX_CELLS).map(cellText)]);
    if (rows.length >= ROWS_AT_ONCE) await flush();
  }
  await flush();
  await send({ isEnd: true });
  workbook.zip.close();
}

const [, , path = ""] = process.argv;
process.stdout.on("error", () => process.exit(0));
try {
  await sendRows(path);
} catch (error) {
  await send({
    refusal:
      error instanceof UnreadableFile
        ? error.message
        : "工作簿读不下去。请用表格软件另存为 xlsx 或“CSV UTF-8（逗号分隔）”再导入",
  });
}
