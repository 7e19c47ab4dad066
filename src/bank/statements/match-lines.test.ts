import { describe, expect, test } from "vitest";
import { type CalendarDate, calendarDate } from "#src/kernel/calendar-date.ts";
import { fen } from "#src/kernel/money.ts";
import { type Movement, matchLines, type OpenLine } from "./match-lines.ts";

const LAST = calendarDate("2026-11-23");
const BEFORE = calendarDate("2026-11-20");
const AFTER = calendarDate("2026-11-24");
const NOTICE = "112611230000000017";

function line(seq: number, told: Partial<OpenLine> = {}): OpenLine {
  return {
    statementId: 1,
    seq,
    bankTxnNo: `T-${seq}`,
    requestId: null,
    noticeNo: null,
    kind: "deposit",
    amountFen: fen(100),
    day: BEFORE,
    isCarried: false,
    isKnownNumber: false,
    ...told,
  };
}

function movement(journalId: number, told: Partial<Movement> = {}): Movement {
  return {
    journalId: BigInt(journalId),
    kind: "deposit",
    day: BEFORE,
    amountFen: fen(100),
    bankRef: null,
    noticeNo: null,
    ...told,
  };
}

/** Which line is which movement and by what, and what is left: "1=7 reference", "bank 1 duplicate". */
function outcome(lines: OpenLine[], movements: Movement[], lastDay: CalendarDate = LAST) {
  const { matches, open } = matchLines(lines, movements, lastDay);
  return [
    ...matches.map((one) => `${one.line.seq}=${one.movement.journalId} ${one.rule}`),
    ...open.map((one) =>
      one.side === "bank"
        ? `bank ${one.line.seq} ${one.bucket}`
        : `ledger ${one.movement.journalId} ${one.bucket}`,
    ),
  ];
}

describe("a line is the movement", () => {
  test("that has its reference, as request or as the bank's own number, whatever the day", () => {
    const lines = [line(1, { requestId: "REF-2" }), line(2, { bankTxnNo: "REF-1" })];
    const movements = [
      movement(7, { bankRef: "REF-1", day: AFTER }),
      movement(8, { bankRef: "REF-2" }),
    ];
    expect(outcome(lines, movements)).toEqual(["1=8 reference", "2=7 reference"]);
  });

  test("of its notice and amount, in or out", () => {
    const told = { noticeNo: NOTICE };
    const back = { ...told, amountFen: fen(-100) };
    expect(outcome([line(1, back), line(2, told)], [movement(7, told), movement(8, back)])).toEqual(
      ["1=8 notice", "2=7 notice"],
    );
  });

  test("of its day and amount where no number says otherwise, the earlier with the earlier", () => {
    expect(outcome([line(1), line(2)], [movement(7), movement(8), movement(9)])).toEqual([
      "1=7 day-amount",
      "2=8 day-amount",
      "ledger 9 ledger-only",
    ]);
    expect(outcome([line(1, { day: LAST })], [movement(7)])).toEqual([
      "bank 1 cut-off",
      "ledger 7 ledger-only",
    ]);
  });

  test("never another notice's, though day and amount are the same", () => {
    const other = movement(7, { noticeNo: "112611230000000025" });
    expect(outcome([line(1, { noticeNo: NOTICE })], [other])).toEqual([
      "bank 1 bank-only",
      "ledger 7 ledger-only",
    ]);
  });
});

describe("what is left goes into its bucket", () => {
  test("金额不符: the same notice with another amount, told on both sides", () => {
    const lines = [line(1, { noticeNo: NOTICE, amountFen: fen(90) })];
    const { open } = matchLines(lines, [movement(7, { noticeNo: NOTICE })], LAST);
    expect(open).toMatchObject([
      { side: "bank", bucket: "amount-differs", otherFen: 100n },
      { side: "ledger", bucket: "amount-differs", otherFen: 90n },
    ]);
  });

  test("重复: the bank's number twice in the file, or once in an earlier one", () => {
    const again = [line(1), line(2, { bankTxnNo: "T-1" }), line(3, { isKnownNumber: true })];
    expect(outcome(again, [movement(7)])).toEqual([
      "1=7 day-amount",
      "bank 2 duplicate",
      "bank 3 duplicate",
    ]);
  });

  test("日切: on the last day; and a movement of the next day is no difference yet", () => {
    const movements = [movement(7, { day: LAST, amountFen: fen(5) }), movement(8, { day: AFTER })];
    expect(outcome([line(1, { day: LAST })], movements)).toEqual([
      "bank 1 cut-off",
      "ledger 7 cut-off",
    ]);
  });

  test("a line that was carried over is matched when its movement comes", () => {
    const carried = line(9, { statementId: 0, isCarried: true, noticeNo: NOTICE });
    expect(outcome([carried, line(1)], [movement(7, { noticeNo: NOTICE, day: LAST })])).toEqual([
      "9=7 notice",
      "bank 1 bank-only",
    ]);
  });
});

test("fifty thousand equal payments of one day take no time to speak of", () => {
  const lines = Array.from({ length: 50_000 }, (_, at) => line(at + 1));
  const movements = Array.from({ length: 50_000 }, (_, at) => movement(at + 1));
  const began = performance.now();
  expect(matchLines(lines, movements, LAST).matches).toHaveLength(50_000);
  expect(performance.now() - began).toBeLessThan(3_000);
});
