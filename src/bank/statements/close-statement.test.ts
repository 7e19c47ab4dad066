import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { addDays, type CalendarDate } from "#src/kernel/calendar-date.ts";
import { type Fen, fen } from "#src/kernel/money.ts";
import { reverseJournal } from "#src/ledger/post-journal.ts";
import { runChecks } from "#src/ledger/run-checks.ts";
import type { Tx } from "#src/platform/database/client.ts";
import { auditOf } from "#tests/support/audit-context.ts";
import {
  buildCity,
  buildCustodyAccount,
  NOW,
  type TestCity,
  TODAY,
} from "#tests/support/builders.ts";
import { refusalOf } from "#tests/support/guard-control.ts";
import { buildPaidHouse } from "#tests/support/payment-builders.ts";
import { buildVoucher, disbursementOf, payOut } from "#tests/support/refund-builders.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { buildStaff } from "#tests/support/test-staff.ts";
import { buildStatement } from "./build-statement.ts";
import { STATEMENT_CHECKS } from "./checks.ts";
import { type CloseOutcome, closeStatement } from "./close-statement.ts";
import {
  type CustodyAccountState,
  listCustodyAccounts,
  readCityReconciledUntil,
  readEstateReconciledUntil,
} from "./custody-accounts.ts";
import { digestOf } from "./digest-worksheet.ts";
import { listCarried } from "./list-carried.ts";
import { listMovements } from "./list-movements.ts";
import { findStatement, loadWorksheet, type NoteReason } from "./load-worksheet.ts";
import { noteItem } from "./note-item.ts";
import { readStatement } from "./read-statement.ts";
import { receiveStatement } from "./receive-statement.ts";
import type { Statement, StatementLine } from "./statement.ts";
import { writeStatement } from "./write-statement.ts";

let database: TestDatabase;
let city: TestCity;
let finance: number;
let approver: number;
/** Each test has a custody account of its own, with interest of 1.00 on each of three days. */
let account: CustodyAccountState;
const MONDAY = addDays(TODAY, -7);
const YESTERDAY = addDays(TODAY, -1);
const TUESDAY = addDays(MONDAY, 1);
const WEDNESDAY = addDays(MONDAY, 2);

beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
  await buildStaff(database, Buffer.alloc(32, 3));
  finance = await staffId("finance-demo");
  approver = await staffId("approver-demo");
});
beforeEach(async () => {
  account = await accountOf(await buildCustodyAccount(city.owner));
  for (const day of [MONDAY, TUESDAY, WEDNESDAY]) await bookInterest(day, fen(100));
});
afterAll(() => database.drop());

async function staffId(username: string): Promise<number> {
  const staff = city.db.selectFrom("staff_member").where("username", "=", username).select("id");
  return (await staff.executeTakeFirstOrThrow()).id;
}

async function accountOf(id: number): Promise<CustodyAccountState> {
  const found = (await listCustodyAccounts(city.db)).find((one) => one.id === id);
  return found ?? expect.fail(`no account ${id}`);
}

let booked = 0;
async function bookInterest(
  day: CalendarDate,
  amount: Fen,
  kind: "bank-interest" | "opening" = "bank-interest",
): Promise<bigint> {
  booked += 1;
  const key = `interest-${booked}`.padEnd(12, "x");
  const { rows } = await sql<{
    id: bigint;
  }>`select journal_id as id from post_journal(${kind}, ${day}, ${day}, ${key}, 'test', null, null, null, '{}',
    array['1001', '3101'], ${[account.id, account.id]}::int[], array[null, null]::int[], array[null, null]::bigint[],
    ${[amount, -amount]}::bigint[], array[null, null]::jsonb[])`.execute(city.owner);
  return rows[0]?.id ?? expect.fail("nothing was booked");
}

function takeBack(journalId: bigint, bookDate: CalendarDate) {
  return city.owner
    .transaction()
    .execute((tx) => reverseJournal(tx, { journalId, bookDate, actor: "test" }));
}

/** The bank's file of some days, as the ledger has them, with other lines where told. */
async function fileOf(
  firstDay: CalendarDate,
  lastDay: CalendarDate,
  change: (lines: StatementLine[]) => StatementLine[] = (lines) => lines,
): Promise<Statement> {
  const statement = await buildStatement(city.db, account, { firstDay, lastDay });
  const lines = change(statement.lines).map((line, at) => ({ ...line, seq: at + 1 }));
  const sum = lines.reduce((total, { amountFen }) => total + amountFen, 0n);
  return { ...statement, lines, closingFen: fen(statement.openingFen + sum) };
}

async function receive(statement: Statement) {
  const read = await readStatement(Buffer.from(writeStatement(statement)));
  if (!read.ok) return expect.fail(read.problems.map(({ reason }) => reason).join());
  const audit = auditOf("statement-received");
  return await receiveStatement(city.db, { ...read, staffId: finance, audit, now: NOW });
}

async function receiveWell(statement: Statement): Promise<number> {
  const outcome = await receive(statement);
  return outcome.kind === "received" ? outcome.statementId : expect.fail(outcome.kind);
}

async function close(
  statementId: number,
  act: { staffId?: number; hasLooked?: boolean; seen?: string } = {},
): Promise<CloseOutcome> {
  const audit = auditOf("statement-closed");
  const seen = digestOf(await sheetOf(statementId));
  const whole = { statementId, staffId: approver, hasLooked: true, seen, audit, now: NOW, ...act };
  return await closeStatement(city.db, whole);
}

async function sheetOf(statementId: number) {
  const statement = await findStatement(city.db, statementId);
  return statement ? await loadWorksheet(city.db, statement) : expect.fail("no statement");
}

async function bucketsOf(statementId: number): Promise<string[]> {
  return (await sheetOf(statementId)).items.map(({ side, bucket }) => `${side} ${bucket}`);
}

async function noteAll(statementId: number, reason: NoteReason, staff = finance) {
  const outcomes = [];
  for (const { key } of (await sheetOf(statementId)).items) {
    const act = { statementId, key, reason, remark: "已请支行查找凭证", staffId: staff, now: NOW };
    outcomes.push(await noteItem(city.db, { ...act, audit: auditOf("statement-noted") }));
  }
  return outcomes;
}

/** A line of the bank's that the ledger knows nothing of. */
const stray = (line: StatementLine): StatementLine => ({
  ...line,
  bankTxnNo: `STRAY-${line.seq}-${account.id}`,
  amountFen: fen(777),
});

describe("a file is taken", () => {
  test("only for an account of the city, for days that are over, from the first movement on", async () => {
    expect(await readCityReconciledUntil(city.db), "nothing is closed yet").toBeNull();
    const good = await fileOf(MONDAY, WEDNESDAY);
    expect(await receive({ ...good, accountNo: "88888888" })).toEqual({ kind: "unknown-account" });
    expect(await receive({ ...good, bankCode: "SFYH" })).toEqual({ kind: "unknown-account" });
    for (const lastDay of [TODAY, addDays(TODAY, 1)]) {
      expect(await receive({ ...good, lastDay })).toEqual({ kind: "not-over", today: TODAY });
    }
    const late = await receive(await fileOf(TUESDAY, WEDNESDAY));
    expect(late).toEqual({ kind: "begins-late", firstMovementDay: MONDAY });
    const more = { ...good, openingFen: fen(1), closingFen: fen(good.closingFen + 1n) };
    expect(await receive(more)).toMatchObject({ kind: "opening-differs", expectedFen: 0n });
  });

  test("only from the day after the last closed one, with its closing balance", async () => {
    await close(await receiveWell(await fileOf(MONDAY, MONDAY)));
    for (const firstDay of [MONDAY, WEDNESDAY]) {
      const outcome = await receive(await fileOf(firstDay, WEDNESDAY));
      expect(outcome).toEqual({ kind: "gap", expectedDay: TUESDAY });
    }
    const next = await fileOf(TUESDAY, WEDNESDAY);
    const less = { ...next, openingFen: fen(99), closingFen: fen(next.closingFen - 1n) };
    expect(await receive(less)).toMatchObject({ kind: "opening-differs", expectedFen: 100n });
    expect((await receive(next)).kind).toBe("received");
  });

  test("once; one that another took the place of may come again", async () => {
    const file = await fileOf(MONDAY, TUESDAY);
    const first = await receiveWell(file);
    expect(await receive(file)).toEqual({ kind: "same-file", statementId: first });
    await receiveWell(await fileOf(MONDAY, WEDNESDAY));
    expect((await findStatement(city.db, first))?.isReplaced).toBe(true);
    expect(await close(first)).toEqual({ kind: "replaced" });
    const again = await receiveWell(file);
    expect(again).toBeGreaterThan(first);
    expect((await close(again)).kind).toBe("closed");
    expect(await receive(file)).toEqual({ kind: "same-file", statementId: again });
  });
});

describe("a statement closes", () => {
  test("when everything matches, and somebody looked at what has no number", async () => {
    const id = await receiveWell(await fileOf(MONDAY, YESTERDAY));
    expect(await bucketsOf(id)).toEqual([]);
    expect(await close(id, { hasLooked: false })).toEqual({ kind: "not-looked", count: 3 });
    expect((await close(id)).kind).toBe("closed");
    expect((await accountOf(account.id)).reconciledUntil).toBe(YESTERDAY);
    expect(await findStatement(city.db, id)).toMatchObject({ closed: { matchedCount: 3 } });
    const events = await sql<{ event: string }>`
      select event from audit_event where subject = ${`statement:${id}`} order by id`.execute(
      city.owner,
    );
    expect(events.rows.map(({ event }) => event)).toEqual([
      "statement-received",
      "statement-closed",
    ]);
  });

  test("never by who handed it in", async () => {
    const id = await receiveWell(await fileOf(MONDAY, TUESDAY));
    expect(await close(id, { staffId: finance })).toEqual({ kind: "own-work" });
    expect((await accountOf(account.id)).reconciledUntil).toBeNull();
  });

  test("once, also when two close it at the same moment", async () => {
    const id = await receiveWell(await fileOf(MONDAY, TUESDAY));
    const outcomes = await Promise.all([close(id), close(id), close(id)]);
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual([
      "closed",
      "closed-already",
      "closed-already",
    ]);
    expect(await close(id)).toEqual({ kind: "closed-already" });
  });

  test("not while a difference has no word to it, nor by who wrote the word", async () => {
    const file = await fileOf(MONDAY, TUESDAY, ([first]) => (first ? [first, stray(first)] : []));
    const id = await receiveWell(file);
    expect(await bucketsOf(id)).toEqual(["bank bank-only", "ledger cut-off"]);
    expect(await close(id)).toEqual({ kind: "differs", count: 2 });
    expect(await noteAll(id, "cut-off")).toEqual(["not-cut-off", "noted"]);
    expect(await close(id)).toEqual({ kind: "differs", count: 1 });
    await noteAll(id, "bank-inquiry", approver);
    expect(await close(id)).toEqual({ kind: "own-work" });
    expect((await close(id, { staffId: await staffId("approver2-demo") })).kind).toBe("closed");
    expect(await noteAll(id, "bank-inquiry")).not.toContain("noted");
    expect(await listCarried(city.db, id)).toMatchObject([
      { side: "bank", amountFen: 777n, reason: "bank-inquiry", remark: "已请支行查找凭证" },
      { side: "ledger", amountFen: 100n, day: TUESDAY },
    ]);
  });

  test("and what it carried over turns up matched in the next, or is carried again", async () => {
    const id = await receiveWell(
      await fileOf(MONDAY, TUESDAY, ([first]) => (first ? [first, stray(first)] : [])),
    );
    await noteAll(id, "bank-inquiry");
    await close(id);
    // The bank's own line of Tuesday comes a day late; the stray one is booked by now.
    const bookedLate = await fileOf(TUESDAY, WEDNESDAY, (lines) =>
      lines.map((line) => ({ ...line, at: new Date(`${WEDNESDAY}T12:00:00+08:00`) })),
    );
    const next = {
      ...bookedLate,
      firstDay: WEDNESDAY,
      openingFen: fen(877),
      closingFen: fen(1_077),
    };
    const nextId = await receiveWell(next);
    expect(await bucketsOf(nextId)).toEqual([
      "bank bank-only",
      "bank cut-off",
      "ledger ledger-only",
    ]);
    expect(await close(nextId)).toEqual({ kind: "differs", count: 3 });
    await bookInterest(MONDAY, fen(777));
    await noteAll(nextId, "to-be-booked");
    expect((await close(nextId)).kind).toBe("closed");
    expect(await findStatement(city.db, nextId)).toMatchObject({
      closed: { matchedCount: 2, carriedCount: 2 },
    });
  });

  test("with what was booked into its days up to that moment", async () => {
    const id = await receiveWell(await fileOf(MONDAY, WEDNESDAY));
    await bookInterest(TUESDAY, fen(5));
    expect(await close(id)).toEqual({ kind: "differs", count: 1 });
  });
});

describe("what the bank never heard of and was taken back", () => {
  test("settles itself, is kept so, and asks for nothing any more", async () => {
    await takeBack(await bookInterest(TUESDAY, fen(900)), TUESDAY);
    const line = (at: number, told: Partial<StatementLine>) => (lines: StatementLine[]) =>
      lines.flatMap((one, n) =>
        n === at ? [one, { ...stray(one), ...told }, reversalOf({ ...stray(one), ...told })] : one,
      );
    const reversalOf = (one: StatementLine): StatementLine => ({
      ...one,
      kind: "reversal",
      amountFen: fen(-one.amountFen),
    });
    const known = (lines: StatementLine[]) =>
      lines.filter(({ amountFen }) => amountFen === 100n || amountFen === 777n);
    const file = await fileOf(MONDAY, WEDNESDAY, (lines) => line(0, {})(known(lines)));
    const id = await receiveWell(file);
    const { settled, items } = await sheetOf(id);
    expect([settled.map(({ side }) => side), items]).toEqual([["ledger", "bank"], []]);
    expect((await close(id)).kind).toBe("closed");
    expect(await findStatement(city.db, id)).toMatchObject({
      closed: { matchedCount: 3, settledCount: 2, carriedCount: 0 },
    });
    const next = await receiveWell(await fileOf(addDays(WEDNESDAY, 1), YESTERDAY));
    expect(await sheetOf(next)).toMatchObject({ settled: [], items: [] });
    expect((await close(next)).kind).toBe("closed");
  });
});

test("a line that repeats a number is a repetition in the next statement as well", async () => {
  const twice = ([first, ...others]: StatementLine[]) => (first ? [first, first, ...others] : []);
  const id = await receiveWell(await fileOf(MONDAY, MONDAY, twice));
  expect(await bucketsOf(id)).toEqual(["bank duplicate"]);
  await noteAll(id, "bank-inquiry");
  await close(id);
  await bookInterest(MONDAY, fen(100));
  const next = { ...(await fileOf(TUESDAY, TUESDAY)), openingFen: fen(200), closingFen: fen(300) };
  expect(await bucketsOf(await receiveWell(next))).toEqual([
    "bank duplicate",
    "ledger ledger-only",
  ]);
});

describe("what was taken over", () => {
  test("after the first file came stops every closing, until it is taken back", async () => {
    const id = await receiveWell(await fileOf(MONDAY, TUESDAY));
    const late = await bookInterest(addDays(MONDAY, -9), fen(5_000), "opening");
    expect(await bucketsOf(id)).toEqual([]);
    expect(await close(id)).toEqual({
      kind: "bridge-differs",
      adjustedFen: 200n,
      bookFen: 5_200n,
    });
    await takeBack(late, TODAY);
    expect((await close(id)).kind).toBe("closed");
  });

  test("later on takes the date back, and stops the next closing", async () => {
    await close(await receiveWell(await fileOf(MONDAY, TUESDAY)));
    const late = await bookInterest(addDays(MONDAY, -9), fen(5_000), "opening");
    const { reconciledUntil } = await accountOf(account.id);
    expect(reconciledUntil).toBe(addDays(MONDAY, -10));
    const file = await fileOf(WEDNESDAY, WEDNESDAY);
    const next = await receiveWell({ ...file, openingFen: fen(200), closingFen: fen(300) });
    expect((await close(next)).kind).toBe("bridge-differs");
    const named = await runChecks(city.db, STATEMENT_CHECKS);
    expect(named.flatMap(({ offenders }) => offenders)).toMatchObject([
      { what: `account ${account.id}` },
    ]);
    await takeBack(late, TODAY);
    expect((await close(next)).kind).toBe("closed");
  });
});

test("nobody closes what changed since he saw it", async () => {
  const id = await receiveWell(await fileOf(MONDAY, TUESDAY, () => []));
  await noteAll(id, "bank-inquiry");
  const seen = digestOf(await sheetOf(id));
  await noteAll(id, "to-be-booked");
  expect(await close(id, { seen })).toEqual({ kind: "changed" });
  expect((await close(id)).kind).toBe("closed");
});

test("a refund is one movement, whatever journals book it, known by reference and voucher", async () => {
  const { house } = await buildPaidHouse(city);
  const voucher = await buildVoucher(city, house);
  const message = disbursementOf(voucher);
  expect((await payOut(city, message)).kind).toBe("paid");
  const span = { accountId: city.custodyAccountId, firstDay: TODAY, lastDay: TODAY };
  const moved = await listMovements(city.db, span);
  expect(moved.filter(({ noticeNo }) => noticeNo === voucher.no)).toEqual([
    expect.objectContaining({
      kind: "refund",
      day: TODAY,
      amountFen: fen(-voucher.amountFen),
      bankRef: message.bankRef,
    }),
  ]);
});

describe("reconciled until", () => {
  test("is the smallest of all accounts that moved money, and an estate's own account's", async () => {
    const { house } = await buildPaidHouse(city);
    const own = await accountOf(city.custodyAccountId);
    expect(await readCityReconciledUntil(city.db)).toBe(addDays(MONDAY, -1));
    for (const one of await listCustodyAccounts(city.db)) {
      if (!one.hasMovements || one.reconciledUntil !== null) continue;
      account = one;
      const lastDay = one.id === own.id ? YESTERDAY : WEDNESDAY;
      const id = await receiveWell(await fileOf(addDays(MONDAY, -30), lastDay));
      expect((await close(id)).kind).toBe("closed");
    }
    expect(await readEstateReconciledUntil(city.db, house.estateId)).toBe(YESTERDAY);
    const untils = (await listCustodyAccounts(city.db)).flatMap((one) =>
      one.hasMovements ? [one.reconciledUntil ?? ""] : [],
    );
    expect(await readCityReconciledUntil(city.db)).toBe(untils.toSorted()[0]);
  });

  test("falls back to the day before what is booked into closed days, until that is explained", async () => {
    const stateNow = () => accountOf(account.id);
    await close(await receiveWell(await fileOf(MONDAY, WEDNESDAY)));
    expect(await stateNow()).toMatchObject({ reconciledUntil: WEDNESDAY, closedUntil: WEDNESDAY });
    await bookInterest(addDays(WEDNESDAY, 1), fen(4));
    expect(await stateNow()).toMatchObject({ reconciledUntil: WEDNESDAY });
    const wrong = await bookInterest(TUESDAY, fen(5));
    expect(await stateNow()).toMatchObject({ reconciledUntil: MONDAY, closedUntil: WEDNESDAY });
    const thursday = addDays(WEDNESDAY, 1);
    const next = await receiveWell({
      ...(await fileOf(thursday, thursday)),
      openingFen: fen(300),
      closingFen: fen(304),
    });
    expect(await bucketsOf(next)).toEqual(["ledger ledger-only"]);
    await noteAll(next, "bank-inquiry");
    expect((await close(next)).kind).toBe("closed");
    expect(await stateNow()).toMatchObject({ reconciledUntil: thursday });
    await takeBack(wrong, WEDNESDAY);
    expect(await stateNow()).toMatchObject({ reconciledUntil: TUESDAY });
    const last = await receiveWell({
      ...(await fileOf(addDays(thursday, 1), YESTERDAY)),
      openingFen: fen(304),
      closingFen: fen(304),
    });
    expect((await sheetOf(last)).settled).toHaveLength(1);
    expect((await close(last)).kind).toBe("closed");
    expect(await stateNow()).toMatchObject({ reconciledUntil: YESTERDAY });
  });
});

describe("the database refuses", () => {
  async function closedOne(): Promise<number> {
    const id = await receiveWell(
      await fileOf(MONDAY, TUESDAY, ([first]) => (first ? [first, stray(first)] : [])),
    );
    await noteAll(id, "bank-inquiry");
    await close(id);
    return id;
  }
  const attempt = (statement: string) => refusalOf(sql.raw(statement).execute(city.owner));

  test.each([
    "bank_statement",
    "bank_statement_line",
    "statement_note",
    "statement_closing",
    "statement_match",
    "statement_settled",
    "statement_carry",
  ])("to rewrite %s", async (table) => {
    await closedOne();
    const column = table === "bank_statement" ? "line_count" : "statement_id";
    for (const act of [`update ${table} set ${column} = ${column}`, `delete from ${table}`]) {
      expect(await refusalOf(sql.raw(act).execute(city.db)), act).toBe("42501");
      expect(await attempt(act), act).toBe("WX001");
    }
    expect(await attempt(`truncate ${table} cascade`)).toBe("WX001");
  });

  test("a file of a day that still runs", async () => {
    const id = await receiveWell(await fileOf(MONDAY, YESTERDAY));
    const ofDay = (
      day: CalendarDate,
    ) => `insert into bank_statement (custody_account_id, first_day, last_day,
        line_count, total_fen, opening_fen, closing_fen, content_hash, uploaded_by, uploaded_at)
      select custody_account_id, first_day, '${day}', 0, 0, opening_fen, closing_fen, content_hash, uploaded_by,
        uploaded_at from bank_statement where id = ${id}`;
    expect(await attempt(ofDay(TODAY))).toBe("23514");
    expect(await attempt(ofDay(YESTERDAY))).toBe("accepted");
  });

  test("anything that joins a closed statement", async () => {
    const id = await closedOne();
    const journal = `(select max(journal_id) from bank_movement where custody_account_id = ${account.id})`;
    const line = `insert into bank_statement_line select statement_id, 99, 'LATE-0001', null, null, kind, amount_fen, at,
      value_date from bank_statement_line where statement_id = ${id} and seq = 1`;
    expect(await attempt(line)).toBe("WX088");
    const late = `insert into statement_match values (${id}, ${id}, 2, ${account.id}, ${journal}, 'notice')`;
    expect(await attempt(late)).toBe("WX084");
    const note = `insert into statement_note (statement_id, journal_id, reason, remark, noted_by, noted_at)
      values (${id}, ${journal}, 'bank-inquiry', '再查', ${finance}, now())`;
    expect(await attempt(note)).toBe("WX088");
  });

  test("a pair that is none, and an opening that nobody compared", async () => {
    const id = await receiveWell(await fileOf(MONDAY, MONDAY));
    const [journal] = (await sheetOf(id)).matches.map(({ movement }) => movement.journalId);
    const settling = (pairs: string, count: number) => async (tx: Tx) => {
      const closing = `insert into statement_closing select id, custody_account_id, last_day, 1, 0, ${approver}, now(),
          ${count} from bank_statement where id = ${id}`;
      const match = `insert into statement_match values (${id}, ${id}, 1, ${account.id}, ${journal}, 'notice')`;
      for (const act of [closing, match, ...(pairs === "" ? [] : [pairs])]) {
        await sql.raw(act).execute(tx);
      }
    };
    const run = (act: (tx: Tx) => Promise<void>) =>
      refusalOf(city.owner.transaction().execute(act));
    const insert =
      "insert into statement_settled (statement_id, pair, custody_account_id, journal_id)";
    const others = `(select journal_id from bank_movement where custody_account_id = ${account.id}
      and journal_id <> ${journal} order by 1`;
    const strangers = `${insert} select ${id}, 1, ${account.id}, journal_id from ${others} limit 2) two`;
    expect(await run(settling(strangers, 1))).toBe("WX085");
    expect(await run(settling(strangers, 0))).toBe("WX084");
    const wrong = await bookInterest(MONDAY, fen(30));
    const { journalId: back } = await takeBack(wrong, MONDAY);
    const pair = (one: bigint | undefined) =>
      `${insert} values (${id}, 1, ${account.id}, ${one}), (${id}, 1, ${account.id}, ${back})`;
    expect(await run(settling("", 0))).toBe("WX089");
    expect(await run(settling(pair(journal), 1))).toBe("WX085");
    const late = await bookInterest(addDays(MONDAY, -9), fen(5_000), "opening");
    expect(await run(settling(pair(wrong), 1))).toBe("WX090");
    await takeBack(late, TODAY);
    expect(await run(settling(pair(wrong), 1))).toBe("accepted");
    expect(await attempt(pair(wrong).replaceAll(`(${id}, 1,`, `(${id}, 2,`))).not.toBe("accepted");
  });

  test("a closing that is not worked, not the next, not the newest, or its uploader's", async () => {
    const closing = (id: number, by: number, matched = 0) =>
      attempt(`insert into statement_closing select id, custody_account_id, last_day, ${matched}, 0, ${by}, now()
        from bank_statement where id = ${id}`);
    const old = await receiveWell(await fileOf(MONDAY, MONDAY));
    const id = await receiveWell(await fileOf(MONDAY, TUESDAY));
    expect(await closing(id, finance)).toBe("WX080");
    expect(await closing(old, approver)).toBe("WX081");
    expect(await closing(id, approver, 2)).toBe("WX084");
    expect(await closing(id, approver)).toBe("WX086");
    // A file without money whose account has moved some: sums agree, the ledger's side is open.
    const empty = { ...(await fileOf(MONDAY, TUESDAY, () => [])), closingFen: fen(0) };
    expect(await closing(await receiveWell(empty), approver)).toBe("WX089");
    const good = await receiveWell(await fileOf(MONDAY, TUESDAY));
    expect((await close(good)).kind).toBe("closed");
    const gap =
      await attempt(`insert into bank_statement (custody_account_id, first_day, last_day, line_count, total_fen,
        opening_fen, closing_fen, content_hash, uploaded_by, uploaded_at)
      select custody_account_id, last_day + 2, last_day + 2, 0, 0, closing_fen, closing_fen, content_hash, uploaded_by,
        uploaded_at from bank_statement where id = ${good}`);
    expect(gap).toBe("accepted");
    const newest = await city.db
      .selectFrom("bank_statement")
      .select(({ fn }) => fn.max("id").as("id"))
      .executeTakeFirstOrThrow();
    expect(await closing(newest.id, approver)).toBe("WX082");
  });
});

test("every closed statement stands the checks of the ledger, which name one that does not", async () => {
  expect((await runChecks(city.db, STATEMENT_CHECKS)).flatMap((one) => one.offenders)).toEqual([]);
  const id = await receiveWell(await fileOf(MONDAY, TUESDAY));
  await city.owner.transaction().execute(async (tx) => {
    await sql`alter table statement_closing disable trigger user`.execute(tx);
    await sql`insert into statement_closing select id, custody_account_id, last_day, 0, 0, uploaded_by, now()
      from bank_statement where id = ${id}`.execute(tx);
    await sql`alter table statement_closing enable trigger user`.execute(tx);
  });
  const named = (await runChecks(city.db, STATEMENT_CHECKS)).filter(
    ({ offenders }) => offenders.length > 0,
  );
  expect(named.map(({ name }) => name.split(" ")[0])).toEqual(["L17", "L17"]);
});
