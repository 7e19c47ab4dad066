import { describe, expect, it } from "vitest";
import { errorLines } from "./error-file.ts";
import type { ImportReport } from "./import-report.ts";
import { exitCodeOf, reportText } from "./report-text.ts";
import { openProgressDisplay } from "./show-progress.ts";

const REPORT: ImportReport = {
  rows: 3,
  estatesAdded: 1,
  buildingsAdded: 1,
  housesAdded: 1,
  housesUnchanged: 1,
  estateRows: 0,
  badRows: 1,
  firstBadRows: [{ line: 4, problems: [{ column: "建筑面积", reason: "建筑面积应大于 0" }] }],
  warnings: ["没有导入的列：备注"],
  warningCount: 1,
  stopped: null,
  milliseconds: 1_234,
};

describe("telling what an import did", () => {
  it("names the bad rows, the warnings and the totals", () => {
    expect(reportText(REPORT, "errors.csv").split("\n")).toEqual([
      "第 4 行 建筑面积：建筑面积应大于 0",
      "注意：没有导入的列：备注",
      "共 3 行：新增 物业区域 1 个、幢 1 个、房屋 1 套；未变 1 套；有问题 1 行。用时 1.2 秒",
      "错误报告：errors.csv",
      "",
    ]);
  });

  it("says that there are more bad rows than it shows", () => {
    expect(reportText({ ...REPORT, badRows: 21 }, null)).toContain("有问题的共 21 行");
  });

  it("answers with 0, 1 or 2", () => {
    expect(exitCodeOf({ ...REPORT, badRows: 0 })).toBe(0);
    expect(exitCodeOf(REPORT)).toBe(1);
    expect(exitCodeOf({ ...REPORT, badRows: 0, stopped: "文件是空的" })).toBe(2);
  });

  it("writes error lines that no spreadsheet runs as a formula", () => {
    const problems = [
      { column: "=1+1", reason: '引号"和,逗号' },
      { column: "房号", reason: "@x\n第二行" },
    ];
    expect(errorLines({ line: 9, problems })).toBe(
      '9,\'=1+1,"引号""和,逗号"\r\n9,房号,"\'@x\n第二行"\r\n',
    );
  });
});

describe("showing how far an import is", () => {
  const progress = { rows: 5_000, badRows: 2, part: 0.256, rowsPerSecond: 9_876.4 };
  const line = "已读 25%，5000 行，每秒 9876 行，有问题 2 行";

  function shown(isTTY: boolean, times: number[]): string {
    let text = "";
    const screen = { isTTY, write: (more: string) => (text += more) };
    const display = openProgressDisplay(screen, () => times.shift() as number);
    while (times.length > 0) display.show(progress);
    display.end();
    return text;
  }

  it("changes one line on a terminal, a few times a second", () => {
    expect(shown(true, [0, 100, 250])).toBe(`\r\u001b[K${line}\r\u001b[K${line}\n`);
  });

  it("writes a line every few seconds into a log", () => {
    expect(shown(false, [0, 1_000, 4_999, 5_000])).toBe(`${line}\n${line}\n`);
  });
});
