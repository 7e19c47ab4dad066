import { type ChildProcess, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { type SheetRow, type SheetSource, UnreadableFile } from "./sheet.ts";
import { workbookMessage } from "./workbook-message.ts";

const CHILD = fileURLToPath(new URL("./workbook-child.ts", import.meta.url));
const CHILD_HEAP_MEBIBYTES = 1_024;
const MAX_SILENCE_MILLISECONDS = 120_000;

const BROKEN_OFF =
  "工作簿读到一半停住了，可能太大。请分成几个文件，或另存为“CSV UTF-8（逗号分隔）”再导入";

/**
 * Opens the first worksheet of an xlsx workbook. A child process with a memory bound of its own guards,
 * unpacks and reads it: whatever a file does to it, this process only gets rows of text or a refusal.
 */
export function openWorkbookRows(path: string): SheetSource {
  let progress = 0;
  return {
    rows: readRows(path, (part) => {
      progress = part;
    }),
    progress: () => progress,
  };
}

async function* readRows(
  path: string,
  onProgress: (part: number) => void,
): AsyncGenerator<SheetRow[]> {
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${CHILD_HEAP_MEBIBYTES}`, "--no-warnings", CHILD, path],
    { stdio: ["ignore", "pipe", "ignore"], env: {} },
  );
  const watchdog = watch(child);
  try {
    for await (const line of linesOf(child.stdout)) {
      watchdog.heard();
      const message = workbookMessage.parse(JSON.parse(line));
      if ("refusal" in message) throw new UnreadableFile(message.refusal);
      if ("isEnd" in message) return;
      onProgress(message.progress);
      yield message.rows.map(([at, ...cells]) => ({ line: at, cells }));
      watchdog.heard();
    }
    throw new UnreadableFile(BROKEN_OFF);
  } finally {
    watchdog.stop();
    child.kill("SIGKILL");
  }
}

/** Line by line, and no further than its reader: the standard reader of lines runs ahead of a slow one. */
async function* linesOf(stream: Readable): AsyncGenerator<string> {
  let rest = "";
  stream.setEncoding("utf8");
  for await (const text of stream) {
    const lines = (rest + (text as string)).split("\n");
    rest = lines.pop() as string;
    yield* lines;
  }
}

/** Ends a child that has said nothing for too long. The clock stands while its last words are worked on. */
function watch(child: ChildProcess): { heard(): void; stop(): void } {
  const timer = setTimeout(() => child.kill("SIGKILL"), MAX_SILENCE_MILLISECONDS);
  return { heard: () => timer.refresh(), stop: () => clearTimeout(timer) };
}
