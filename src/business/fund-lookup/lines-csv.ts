import { addFen, plainYuan } from "#src/kernel/money.ts";
import type { HouseLine } from "#src/ledger/list-house-entries.ts";
import { explainLine } from "./explain-line.ts";

const HEAD = [
  "日期",
  "到账日期",
  "摘要",
  "说明",
  "本金（元）",
  "利息（元）",
  "合计（元）",
  "余额（元）",
];

/**
 * Writes a house's lines as CSV for spreadsheets: UTF-8 with its mark, every cell quoted, and a cell that
 * a spreadsheet would take for a formula made plain text (ASVS 1.2.10). Amounts are in yuan.
 */
export function linesCsv(lines: readonly HouseLine[]): string {
  const rows = lines.map((line) => {
    const { summary, explanation } = explainLine(line);
    const total = addFen(line.principalFen, line.interestFen);
    return [
      line.bookDate,
      line.valueDate,
      textCell(summary),
      textCell(explanation),
      plainYuan(line.principalFen),
      plainYuan(line.interestFen),
      plainYuan(total),
      plainYuan(line.balanceFen),
    ];
  });
  return `\uFEFF${[HEAD, ...rows].map(csvRow).join("\r\n")}\r\n`;
}

function csvRow(cells: readonly string[]): string {
  return cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",");
}

function textCell(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
