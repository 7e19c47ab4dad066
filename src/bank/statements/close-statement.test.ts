import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { addDays, type CalendarDate } from "#src/kernel/calendar-date.ts";
import { type Fen, fen } from "#src/kernel/money.ts";
import { runChecks } from "#src/ledger/run-checks.ts";
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
async function bookInterest(day: CalendarDate, amount: Fen): Promise<void> {
  booked += 1;
  const key = `interest-${booked}`.padEnd(12, "x");
  await sql`select post_journal('bank-interest', ${day}, ${day}, ${key}, 'test', null, null, null, '{}',
    array['1001', '3101'], ${[account.id, account.id]}::int[], array[null, null]::int[], array[null, null]::bigint[],
    ${[amount, -amount]}::bigint[], array[null, null]::jsonb[])`.execute(city.owner);
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

function close(
  statementId: number,
  act: { staffId?: number; hasLooked?: boolean } = {},
): Promise<CloseOutcome> {
  const audit = auditOf("statement-closed");
  const whole = { statementId, staffId: approver, hasLooked: true, audit, now: NOW, ...act };
  return closeStatement(city.db, whole);
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
    const good = await fileOf(MONDAY, WEDNESDAY);
    expect(await receive({ ...good, accountNo: "88888888" })).toEqual({ kind: "unknown-account" });
    expect(await receive({ ...good, bankCode: "SFYH" })).toEqual({ kind: "unknown-account" });
    const tomorrow = await receive({ ...good, lastDay: addDays(TODAY, 1) });
    expect(tomorrow).toEqual({ kind: "in-the-future", today: TODAY });
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
    const id = await receiveWell(await fileOf(MONDAY, TODAY));
    expect(await bucketsOf(id)).toEqual([]);
    expect(await close(id, { hasLooked: false })).toEqual({ kind: "not-looked", count: 3 });
    expect((await close(id)).kind).toBe("closed");
    expect((await accountOf(account.id)).reconciledUntil).toBe(TODAY);
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
    expect(await readCityReconciledUntil(city.db)).toBeNull();
    for (const one of await listCustodyAccounts(city.db)) {
      if (!one.hasMovements || one.reconciledUntil !== null) continue;
      account = one;
      const lastDay = one.id === own.id ? TODAY : WEDNESDAY;
      const id = await receiveWell(await fileOf(addDays(MONDAY, -30), lastDay));
      expect((await close(id)).kind).toBe("closed");
    }
    expect(await readEstateReconciledUntil(city.db, house.estateId)).toBe(TODAY);
    const untils = (await listCustodyAccounts(city.db)).flatMap((one) =>
      one.hasMovements ? [one.reconciledUntil ?? ""] : [],
    );
    expect(await readCityReconciledUntil(city.db)).toBe(untils.toSorted()[0]);
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
