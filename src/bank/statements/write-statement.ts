import { createHash } from "node:crypto";
import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { type Fen, negateFen, plainYuan } from "#src/kernel/money.ts";
import { LINE_KINDS, type Statement, type StatementLine, totalOf } from "./statement.ts";

const KIND_WORDS = new Map(Object.entries(LINE_KINDS).map(([word, kind]) => [kind, word]));

/** Writes a statement as the day-end file of docs/decisions/0017: head, lines, and the SHA-256 of both. */
export function writeStatement(statement: Statement): string {
  const { bankCode, accountNo, firstDay, lastDay, openingFen, closingFen, lines } = statement;
  const head = ["H", "1", bankCode, accountNo, firstDay, lastDay, `${lines.length}`];
  const sums = [totalOf(lines), openingFen, closingFen].map(plainYuan);
  const text = [[...head, ...sums], ...lines.map(lineFields)]
    .map((fields) => `${fields.join("|")}\n`)
    .join("");
  return `${text}S|${createHash("sha256").update(text).digest("hex")}\n`;
}

function lineFields(line: StatementLine): string[] {
  const isIn = line.amountFen > 0n;
  const size: Fen = isIn ? line.amountFen : negateFen(line.amountFen);
  return [
    "L",
    `${line.seq}`,
    line.bankTxnNo,
    line.requestId ?? "",
    line.noticeNo ?? "",
    KIND_WORDS.get(line.kind) ?? "OTHER",
    isIn ? "C" : "D",
    plainYuan(size),
    formatShanghaiTime(line.at),
    line.valueDate,
    "",
  ];
}
