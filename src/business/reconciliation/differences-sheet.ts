import { amountOf } from "#src/bank/statements/bridge-balances.ts";
import type { WorkedItem } from "#src/bank/statements/load-worksheet.ts";
import { plainYuan } from "#src/kernel/money.ts";
import type { SheetCell } from "#src/platform/spreadsheets/write-sheet.ts";
import { BUCKET_WORDS, REASON_WORDS } from "./words.ts";

/** The columns of the list of differences. */
export const DIFFERENCE_HEADS = [
  ...["差异", "银行流水号", "账本笔号", "日期", "金额（元）", "另一方的金额（元）"],
  ...["单据编号", "结转的原因", "说明"],
];

/** Writes each difference as a row; numbers that a spreadsheet would round are text. */
export async function* differenceRows(items: readonly WorkedItem[]): AsyncGenerator<SheetCell[]> {
  for (const item of items) {
    const { day, noticeNo } = item.side === "bank" ? item.line : item.movement;
    yield [
      BUCKET_WORDS[item.bucket].title,
      item.side === "bank" ? item.line.bankTxnNo : "",
      item.side === "ledger" ? `${item.movement.journalId}` : "",
      day,
      { figure: plainYuan(amountOf(item)) },
      item.otherFen === null ? "" : { figure: plainYuan(item.otherFen) },
      noticeNo ?? "",
      item.note === null ? "" : REASON_WORDS[item.note.reason],
      item.note?.remark ?? "",
    ];
  }
}
