import type { ImportProgress } from "./import-report.ts";

/** Where progress is shown: standard error, of which a person at a terminal sees one line that changes. */
export interface ProgressScreen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export interface ProgressDisplay {
  show(progress: ImportProgress): void;
  /** Leaves the last line standing. */
  end(): void;
}

const TERMINAL_INTERVAL = 200;
const LOG_INTERVAL = 5_000;

/** Shows how far an import is: in place on a terminal, a line every few seconds in a log. */
export function openProgressDisplay(
  screen: ProgressScreen,
  now: () => number = () => performance.now(),
): ProgressDisplay {
  const isTerminal = screen.isTTY === true;
  let shownAt = Number.NEGATIVE_INFINITY;
  return {
    show(progress) {
      const time = now();
      if (time - shownAt < (isTerminal ? TERMINAL_INTERVAL : LOG_INTERVAL)) return;
      shownAt = time;
      screen.write(
        isTerminal ? `\r\u001b[K${progressLine(progress)}` : `${progressLine(progress)}\n`,
      );
    },
    end() {
      if (isTerminal && shownAt > Number.NEGATIVE_INFINITY) screen.write("\n");
    },
  };
}

/** One line: how much of the file, how many rows, how fast, how many bad. */
function progressLine(progress: ImportProgress): string {
  const percent = Math.floor(progress.part * 100);
  const bad = progress.badRows === 0 ? "" : `，有问题 ${progress.badRows} 行`;
  return `已读 ${percent}%，${progress.rows} 行，每秒 ${Math.round(progress.rowsPerSecond)} 行${bad}`;
}
