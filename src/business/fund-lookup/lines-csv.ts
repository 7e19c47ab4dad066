import { explainLine } from "#src/bank/explain-line.ts";
import { addFen, plainYuan } from "#src/kernel/money.ts";
import type { HouseLine } from "#src/ledger/list-house-entries.ts";
import { csvText, textCell } from "#src/platform/spreadsheets/csv-text.ts";

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
 * Writes a house's lines as CSV for spreadsheets. Amounts are in yuan.
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
  return csvText([HEAD, ...rows]);
}
