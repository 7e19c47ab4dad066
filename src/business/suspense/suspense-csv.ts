import type { SuspendedReceipt } from "#src/bank/list-suspense.ts";
import { groupNumber } from "#src/kernel/application-number.ts";
import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { plainYuan } from "#src/kernel/money.ts";
import { csvText, textCell } from "#src/platform/spreadsheets/csv-text.ts";
import { daysWaiting, SUSPENSE_REASON_WORDS } from "./rules.ts";

const HEAD = [
  ...["登记时间", "待清算天数", "原因", "通知单编号", "房屋编号"],
  ...["银行", "银行流水号", "到账日期", "金额（元）"],
];

/**
 * Writes money in suspense as CSV for spreadsheets. Long numbers are made text, notices by their groups and
 * references by an apostrophe: a spreadsheet would round them.
 */
export function suspenseCsv(receipts: readonly SuspendedReceipt[], now: Date): string {
  const rows = receipts.map((receipt) => [
    formatShanghaiTime(receipt.receivedAt),
    `${daysWaiting(receipt.receivedAt, now)}`,
    SUSPENSE_REASON_WORDS[receipt.reason],
    groupNumber(receipt.noticeNo),
    textCell(receipt.houseCode),
    textCell(receipt.bankName),
    referenceCell(receipt.bankRef),
    receipt.valueDate,
    plainYuan(receipt.amountFen),
  ]);
  return csvText([HEAD, ...rows]);
}

function referenceCell(bankRef: string): string {
  return /^[0-9]{12,}$/.test(bankRef) ? `'${bankRef}` : textCell(bankRef);
}
