import { describe, expect, test } from "vitest";
import { type CalendarDate, calendarDate } from "#src/kernel/calendar-date.ts";
import { fen } from "#src/kernel/money.ts";
import { matchLines } from "./match-lines.ts";
import type { Movement, OpenLine, SettledPair } from "./open-item.ts";

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
    reverses: null,
    ...told,
  };
}

function namesOf(settled: SettledPair): (number | bigint)[] {
  if (settled.side === "bank") return settled.pair.map(({ seq }) => seq);
  return settled.pair.map(({ journalId }) => journalId);
}

/** Which line is which movement and by what, and what is left: "1=7 reference", "bank 1 duplicate". */
function outcome(lines: OpenLine[], movements: Movement[], lastDay: CalendarDate = LAST) {
  const { matches, settled, open } = matchLines(lines, movements, lastDay);
  return [
    ...settled.map((one) => `settled ${namesOf(one).join("+")}`),
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

  test("of its day and amount and kind, and OTHER goes with any", () => {
    const use = movement(7, { kind: "use", amountFen: fen(-100) });
    const refund = line(1, { kind: "refund", amountFen: fen(-100) });
    expect(outcome([refund], [use])).toEqual(["bank 1 bank-only", "ledger 7 ledger-only"]);
    const spent = [line(1, { kind: "other", amountFen: fen(-100) })];
    expect(outcome(spent, [use])).toEqual(["1=7 day-amount"]);
    const kinds = [line(1, { kind: "other" }), line(2, { kind: "interest" })];
    const interest = movement(7, { kind: "bank-interest" });
    expect(outcome(kinds, [interest, movement(8)])).toEqual(["2=7 day-amount", "1=8 day-amount"]);
  });

  test("of its day and amount, who has the least choice first", () => {
    const told = [line(1), line(2, { noticeNo: NOTICE }), line(3, { requestId: "REF-9" })];
    const movements = [
      movement(7),
      movement(8, { noticeNo: "112611230000000025" }),
      movement(9, { bankRef: "REF-1" }),
    ];
    expect(outcome(told, movements)).toEqual([
      "2=9 day-amount",
      "3=8 day-amount",
      "1=7 day-amount",
    ]);
  });

  test("that stands, before one that was taken back", () => {
    const back = movement(8, { kind: "reversal", amountFen: fen(-100), reverses: 7n });
    expect(outcome([line(1)], [movement(7), back, movement(9)])).toEqual([
      "settled 7+8",
      "1=9 day-amount",
    ]);
    expect(outcome([line(1)], [movement(7), back])).toEqual([
      "1=7 day-amount",
      "ledger 8 ledger-only",
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

  test("重复: never another payment of the same day and amount", () => {
    const known = { requestId: "REF-1", bankTxnNo: "T-1" };
    const movements = [movement(7, { bankRef: "REF-1" }), movement(8)];
    expect(outcome([line(1, known), line(2, { bankTxnNo: "T-1" })], movements)).toEqual([
      "1=7 reference",
      "bank 2 duplicate",
      "ledger 8 ledger-only",
    ]);
    expect(outcome([line(1, { isKnownNumber: true, isCarried: true })], [movement(8)])).toEqual([
      "bank 1 duplicate",
      "ledger 8 ledger-only",
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

describe("what one side took back by itself is settled", () => {
  const taken = { kind: "reversal", amountFen: fen(-100) } as const;

  test("a movement and its reversal that the bank never heard of, once both are due", () => {
    const back = movement(8, { ...taken, reverses: 7n, day: LAST });
    expect(outcome([], [movement(7), back])).toEqual(["settled 7+8"]);
    expect(outcome([], [movement(7), { ...back, day: AFTER }])).toEqual(["ledger 7 ledger-only"]);
    expect(outcome([], [movement(7), { ...back, reverses: 6n }])).toHaveLength(2);
  });

  test("a bank's line and its REVERSAL of the same number or notice", () => {
    const back = line(2, { ...taken, bankTxnNo: "T-1" });
    expect(outcome([line(1), back], [])).toEqual(["settled 1+2"]);
    const noticed = [line(1, { noticeNo: NOTICE }), line(2, { ...taken, noticeNo: NOTICE })];
    expect(outcome(noticed, [])).toEqual(["settled 1+2"]);
    expect(outcome([line(1), line(2, taken)], [])).toHaveLength(2);
    expect(outcome([line(1), { ...back, amountFen: fen(-90) }], [])).toHaveLength(2);
    expect(outcome([line(1), { ...back, kind: "other" }], [])).toHaveLength(2);
  });

  test("a line that was doubled, and not the one that is right", () => {
    const lines = [line(1), line(2, { bankTxnNo: "T-1" }), line(3, { ...taken, bankTxnNo: "T-1" })];
    const known = movement(7, { bankRef: "T-1" });
    expect(outcome(lines, [known])).toEqual(["settled 2+3", "1=7 reference"]);
  });

  test("but not what the other side knows: four that match are four matches", () => {
    const lines = [line(1), line(2, { ...taken, bankTxnNo: "T-1" })];
    const movements = [movement(7), movement(8, { ...taken, reverses: 7n })];
    expect(outcome(lines, movements)).toEqual(["2=8 day-amount", "1=7 day-amount"]);
  });
});

test("fifty thousand of one day and amount with numbers on either side take no time to speak of", () => {
  const notice = (at: number, last: number) =>
    `1126112300000${at.toString().padStart(4, "0")}${last}`;
  const lines = Array.from({ length: 50_000 }, (_, at) =>
    line(at + 1, { noticeNo: notice(at, 1) }),
  );
  const movements = Array.from({ length: 50_000 }, (_, at) =>
    movement(at + 1, { noticeNo: notice(at, 2) }),
  );
  const began = performance.now();
  expect(matchLines(lines, movements, LAST).matches).toHaveLength(0);
  expect(performance.now() - began).toBeLessThan(3_000);
});

test("fifty thousand equal payments of one day take no time to speak of", () => {
  const lines = Array.from({ length: 50_000 }, (_, at) => line(at + 1));
  const movements = Array.from({ length: 50_000 }, (_, at) => movement(at + 1));
  const began = performance.now();
  expect(matchLines(lines, movements, LAST).matches).toHaveLength(50_000);
  expect(performance.now() - began).toBeLessThan(3_000);
});
