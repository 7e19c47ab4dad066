import { randomInt } from "node:crypto";
import { sql } from "kysely";
import { groupNumber, makeApplicationNumber } from "#src/kernel/application-number.ts";
import { type CalendarDate, shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { Fen } from "#src/kernel/money.ts";
import { groupCode, type SlipCode } from "#src/kernel/slip-code.ts";
import type { Db, Tx } from "../database/client.ts";
import type { PersonalData } from "../personal-data.ts";
import { makeSlipCode } from "./make-slip-code.ts";

/** A slip that is about to be printed. */
export interface SlipToIssue {
  /** What it is of: its own number where it has one, else a house, a house and a year. */
  subject: string;
  datedOn: CalendarDate;
  amountFen: Fen | null;
  /** Masked where it is a person. */
  party: string;
  about: string;
  /** All that stands on it and does not change by printing it again, as JSON. */
  content: unknown;
}

/** The kind of some slips, and where their numbers come from: their own, or new ones that begin with two digits. */
export type SlipNumbers = { kind: string } & ({ isOwnNumber: true } | { numberPrefix: string });

/** What printing needs to mark a slip. */
export interface SlipMarkDeps {
  personalData: PersonalData;
  publicUrl: string;
}

/** What stands on a slip for 验真. */
export interface SlipMark {
  number: string;
  numberGroups: string;
  code: SlipCode;
  codeGroups: string;
  /** Where it is typed in, as people read it: fund.example.cn/verify */
  verifyPlace: string;
  verifyUrl: string;
}

const TRIES_MAX = 5;

/**
 * Writes slips of one kind into the register before they are printed, in one statement however many, and answers with
 * the mark of each in their order. The same content again leaves the register as it is and gives the same mark;
 * changed content becomes the next version under the same number.
 */
export async function issueSlips(
  deps: SlipMarkDeps,
  db: Db | Tx,
  numbers: SlipNumbers,
  slips: readonly SlipToIssue[],
  now: Date,
): Promise<SlipMark[]> {
  const hashed = slips.map((slip) => ({
    ...slip,
    contentHash: deps.personalData.hash("slip", contentText(slip)),
  }));
  const numberOf = await writeSlips(db, numbers, hashed, now);
  return hashed.map(({ subject, contentHash }) => {
    const number = numberOf.get(subject);
    if (number === undefined) throw new Error(`slip ${numbers.kind} of ${subject} was not written`);
    return markOf(deps, { kind: numbers.kind, number, contentHash });
  });
}

/** The same for one slip. */
export async function issueSlip(
  deps: SlipMarkDeps,
  db: Db | Tx,
  numbers: SlipNumbers,
  slip: SlipToIssue,
  now: Date,
): Promise<SlipMark> {
  const [mark] = await issueSlips(deps, db, numbers, [slip], now);
  if (mark === undefined) throw new Error("one slip has one mark");
  return mark;
}

/** What the content hash is of; an amount is no JSON. */
function contentText({ subject, datedOn, amountFen, party, about, content }: SlipToIssue): string {
  return JSON.stringify([subject, datedOn, amountFen?.toString() ?? null, party, about, content]);
}

interface HashedSlip extends SlipToIssue {
  contentHash: Buffer;
}

/** Two who print the same at one moment may each write; the one who wrote nothing looks again. */
async function writeSlips(
  db: Db | Tx,
  numbers: SlipNumbers,
  slips: readonly HashedSlip[],
  now: Date,
): Promise<Map<string, string>> {
  const written = new Map<string, string>();
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const missing = slips.filter(({ subject }) => !written.has(subject));
    if (missing.length === 0) break;
    const rows = missing.map((slip) => toRow(slip, numbers, now));
    for (const { subject, number } of await writeOnce(db, numbers.kind, rows, now)) {
      written.set(subject, number);
    }
  }
  return written;
}

function toRow(slip: HashedSlip, numbers: SlipNumbers, now: Date) {
  return {
    subject: slip.subject,
    number: "isOwnNumber" in numbers ? slip.subject : newNumber(numbers.numberPrefix, now),
    hash: slip.contentHash.toString("hex"),
    dated_on: slip.datedOn,
    amount_fen: slip.amountFen?.toString() ?? null,
    party: slip.party,
    about: slip.about,
  };
}

function newNumber(prefix: string, now: Date): string {
  const nineDigits = randomInt(1_000_000_000).toString().padStart(9, "0");
  return makeApplicationNumber(prefix, shanghaiDate(now), nineDigits);
}

async function writeOnce(
  db: Db | Tx,
  kind: string,
  rows: readonly ReturnType<typeof toRow>[],
  now: Date,
): Promise<{ subject: string; number: string }[]> {
  const result = await sql<{ subject: string; number: string }>`
    with asked as materialized (
      select *, decode(hash, 'hex') as content_hash from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as slip(subject text, number text, hash text, dated_on date, amount_fen bigint, party text, about text)
    ), last as materialized (
      select asked.subject, newest.* from asked cross join lateral (
        select number, version, content_hash from issued_slip
          where kind = ${kind} and subject = asked.subject order by version desc limit 1) newest
    ), added as (
      insert into issued_slip
          (kind, subject, version, number, content_hash, dated_on, amount_fen, party, about, issued_at)
        select ${kind}, asked.subject, coalesce(last.version, 0) + 1, coalesce(last.number, asked.number),
            asked.content_hash, asked.dated_on, asked.amount_fen, asked.party, asked.about, ${now}
          from asked left join last on last.subject = asked.subject
          where last.content_hash is distinct from asked.content_hash
          -- Two who print the same slips at one moment wait for each other in one order.
          order by asked.subject
        on conflict do nothing
        returning subject, number, content_hash
    )
    select subject, number from added
    union all
    select last.subject, last.number from last join asked
      on asked.subject = last.subject and asked.content_hash = last.content_hash`.execute(db);
  return result.rows;
}

function markOf(
  { personalData, publicUrl }: SlipMarkDeps,
  slip: { kind: string; number: string; contentHash: Buffer },
): SlipMark {
  const code = makeSlipCode(personalData, slip);
  return {
    number: slip.number,
    numberGroups: groupNumber(slip.number),
    code,
    codeGroups: groupCode(code),
    verifyPlace: `${publicUrl.replace(/^https?:\/\//, "")}/verify`,
    verifyUrl: `${publicUrl}/verify/${slip.number}?code=${code}`,
  };
}
