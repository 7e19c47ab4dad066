import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkApplicationNumber } from "#src/kernel/application-number.ts";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { fen } from "#src/kernel/money.ts";
import { readSlipCode, type SlipCode } from "#src/kernel/slip-code.ts";
import { refusalOf } from "#tests/support/guard-control.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { openPersonalData } from "../personal-data.ts";
import { findSlip } from "./find-slip.ts";
import { issueSlip, issueSlips, type SlipToIssue } from "./issue-slips.ts";

const NOW = new Date("2026-11-23T02:42:00Z");
const NOTICE = { kind: "top-up-notice", numberPrefix: "82" };
const OWN = { kind: "payment-notice", isOwnNumber: true } as const;
const personalData = openPersonalData(Buffer.alloc(32, 7));
const deps = { personalData, publicUrl: "https://fund.example.invalid" };

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

let made = 0;
/** A slip of a subject of its own. */
function slipOf(change: Partial<SlipToIssue> = {}): SlipToIssue {
  made += 1;
  return {
    subject: `SL0126-12-3-${made}`,
    datedOn: calendarDate("2026-11-23"),
    amountFen: fen(1_185_120n),
    party: "张**",
    about: "示例花园 12幢 3单元 502",
    content: { area: "98.76", rows: [1, 2] },
    ...change,
  };
}

const issue = (slip: SlipToIssue, numbers: typeof NOTICE | typeof OWN = NOTICE) =>
  issueSlip(deps, database.db, numbers, slip, NOW);
const find = (number: string, code: SlipCode) =>
  findSlip(database.db, personalData, { number, code });
const countRows = async () =>
  (await sql<{ n: bigint }>`select count(*) n from issued_slip`.execute(database.db)).rows[0]?.n;

describe("a slip that is printed", () => {
  test("is found by number and code, with what stood on it", async () => {
    const slip = slipOf();
    const mark = await issue(slip);
    expect(checkApplicationNumber(mark.numberGroups)).toEqual({ ok: true, number: mark.number });
    expect(mark.number.slice(0, 8)).toBe("82261123");
    expect(mark.verifyUrl).toBe(
      `https://fund.example.invalid/verify/${mark.number}?code=${mark.code}`,
    );
    expect(mark.verifyPlace).toBe("fund.example.invalid/verify");
    expect(await find(mark.number, mark.code)).toEqual({
      kind: "top-up-notice",
      number: mark.number,
      subject: slip.subject,
      datedOn: slip.datedOn,
      amountFen: 1_185_120n,
      party: "张**",
      about: slip.about,
      isReplaced: false,
    });
  });

  test("is the same when it is printed again, without another row", async () => {
    const slip = slipOf();
    const first = await issue(slip);
    const before = await countRows();
    expect(await issue(slip)).toEqual(first);
    expect(await countRows()).toBe(before);
  });

  test("gets a new code under its number when its content changed, and the old one is replaced", async () => {
    const slip = slipOf();
    const first = await issue(slip);
    const second = await issue({ ...slip, amountFen: fen(1n) });
    expect(second.number).toBe(first.number);
    expect(second.code).not.toBe(first.code);
    expect(await find(first.number, first.code)).toMatchObject({ isReplaced: true });
    expect(await find(second.number, second.code)).toMatchObject({
      isReplaced: false,
      amountFen: 1n,
    });
    // What is printed as it was before is the newest again, with the code it had.
    expect(await issue(slip)).toEqual(first);
    expect(await find(first.number, first.code)).toMatchObject({ isReplaced: false });
    expect(await find(second.number, second.code)).toMatchObject({ isReplaced: true });
  });

  test.each([
    ["its date", { datedOn: calendarDate("2026-11-24") }],
    ["whom it is for", { party: "李*" }],
    ["what it is about", { about: "示例花园 12幢 3单元 503" }],
    ["any other thing on it", { content: { area: "98.77", rows: [1, 2] } }],
  ])("has another code when %s changed", async (_, change) => {
    const slip = slipOf();
    const first = await issue(slip);
    expect((await issue({ ...slip, ...change })).code).not.toBe(first.code);
  });

  test("keeps its own number, which two kinds may share", async () => {
    const slip = slipOf({ subject: "112611230482719537" });
    const notice = await issue(slip, OWN);
    const application = await issueSlip(
      deps,
      database.db,
      { kind: "unrecorded-application", isOwnNumber: true },
      slip,
      NOW,
    );
    expect([notice.number, application.number]).toEqual([slip.subject, slip.subject]);
    expect(await find(slip.subject, notice.code)).toMatchObject({ kind: "payment-notice" });
    expect(await find(slip.subject, application.code)).toMatchObject({
      kind: "unrecorded-application",
      isReplaced: false,
    });
  });

  test("is not found by another slip's code, nor by an unknown number", async () => {
    const [one, other] = [await issue(slipOf()), await issue(slipOf())];
    expect(await find(one.number, other.code)).toBeNull();
    expect(await find("822611230000000000", one.code)).toBeNull();
  });

  test("cannot be forged by writing into the register", async () => {
    const { number, code } = await issue(slipOf());
    await sql`insert into issued_slip (kind, subject, version, number, content_hash, dated_on, party, about, issued_at)
      select kind, subject || '-forged', 1, '822611230000000019', content_hash, dated_on, party, about, issued_at
      from issued_slip where number = ${number}`.execute(database.db);
    expect(await find("822611230000000019", code)).toBeNull();
  });
});

describe("many slips at once", () => {
  test("are written with one statement, each with a number of its own, in their order", async () => {
    const slips = Array.from({ length: 500 }, () => slipOf());
    const marks = await issueSlips(deps, database.db, NOTICE, slips, NOW);
    expect(new Set(marks.map(({ number }) => number)).size).toBe(500);
    const at = 321;
    const mark = marks[at];
    expect(mark && (await find(mark.number, mark.code))?.subject).toBe(slips[at]?.subject);
    expect(await issueSlips(deps, database.db, NOTICE, slips, NOW)).toEqual(marks);
  });

  test("of which two print the same at one moment get the same numbers", async () => {
    const slips = Array.from({ length: 40 }, () => slipOf());
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, at) =>
        issueSlips(deps, database.db, NOTICE, at % 2 === 0 ? slips : slips.toReversed(), NOW),
      ),
    );
    const [first = []] = answers;
    for (const [at, marks] of answers.entries()) {
      expect(at % 2 === 0 ? marks : marks.toReversed()).toEqual(first);
    }
  });

  test("may be none", async () => {
    expect(await issueSlips(deps, database.db, NOTICE, [], NOW)).toEqual([]);
  });
});

describe("the register of slips", () => {
  test.each(["update issued_slip set party = 'x'", "delete from issued_slip"])(
    "refuses: %s",
    async (statement) => {
      await issue(slipOf());
      expect(await refusalOf(sql.raw(statement).execute(database.db))).toBe("42501");
      expect(await refusalOf(sql.raw(statement).execute(database.owner))).toBe("WX001");
    },
  );

  test("holds neither code nor content, only what may be shown", async () => {
    const mark = await issue(
      slipOf({ content: { payee: "张示例", account: "6222020000000000123" } }),
    );
    const { rows } = await sql<{ text: string }>`
      select row_to_json(s)::text as text from issued_slip s where number = ${mark.number}`.execute(
      database.db,
    );
    expect(rows[0]?.text).not.toMatch(/张示例|6222|account/);
    expect(rows[0]?.text).not.toContain(mark.code);
    expect(readSlipCode(mark.codeGroups)).toEqual({ ok: true, code: mark.code });
  });
});
