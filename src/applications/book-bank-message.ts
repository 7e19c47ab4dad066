import { sql } from "kysely";
import {
  type Confirmation,
  type ConfirmationOutcome,
  type ConfirmationRow,
  confirmationArguments,
  toConfirmationOutcome,
} from "#src/bank/confirm-payment.ts";
import { expirePaymentNotices } from "#src/bank/expire-payment-notices.ts";
import {
  type PaymentReversal,
  type ReversalOutcome,
  reversePayment,
} from "#src/bank/reverse-payment.ts";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { type AuditContext, auditRowsOf } from "#src/platform/audit.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import { advanceByNotice, type NoticeStep, noticeStep } from "./advance-application.ts";
import type { ApplicationDescriptor } from "./descriptor.ts";
import type { FindDescriptor } from "./find-descriptor.ts";

function targetOf(noticeNo: string, findDescriptor: FindDescriptor) {
  const descriptor = findDescriptor(noticeNo);
  if (descriptor.noticeStates === undefined) {
    throw new Error(`${descriptor.kind} asks for no money, but notice ${noticeNo} is of its kind`);
  }
  return { noticeNo, descriptor, states: descriptor.noticeStates };
}

/**
 * Books money that arrived for a payment notice, with what it does to the applications, in one statement: the
 * house is credited when the notice is payable and the amount is exact, its application is settled, and those
 * it made superfluous are cancelled; money for a dead notice goes to suspense; the same message again answers
 * with what it did the first time; other content under the same reference, another amount or another bank is
 * refused and posts nothing (domain: states and idempotency of the notice). The audit row is written with it;
 * ledger, timeline and audit stand or fall together.
 */
export async function bookConfirmation(
  db: Db,
  message: Confirmation,
  deps: { descriptors: readonly ApplicationDescriptor[]; audit: AuditContext },
): Promise<ConfirmationOutcome> {
  const steps = await stepsOf(db, message, deps.descriptors);
  const { rows } = await sql<ConfirmationRow>`
    with booked as materialized (
      select * from book_confirmation(${confirmationArguments(message)}, ${JSON.stringify(steps)}::jsonb,
        ${WHY_SUPERSEDED})
    ), recorded as (${auditRowsOf(deps.audit, sql`select ${message.no}::text, outcome from booked`)})
    select * from booked`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error("the confirming function answered nothing");
  return toConfirmationOutcome(row);
}

const WHY_SUPERSEDED = "这套房屋已经用另一张通知单交了款，这一张自动作废";

/** What a confirmation can do to the applications of each kind; to a kind other than the notice's own, make it void. */
async function stepsOf(
  db: Db,
  { no, now }: Confirmation,
  descriptors: readonly ApplicationDescriptor[],
): Promise<Record<string, Record<string, NoticeStep>>> {
  const steps: Record<string, Record<string, NoticeStep>> = {};
  for (const descriptor of descriptors) {
    const { numberPrefix, noticeStates } = descriptor;
    if (noticeStates === undefined) continue;
    const { credited, inSuspense, superseded } = noticeStates;
    const states = no.startsWith(numberPrefix)
      ? { credited, inSuspense, superseded }
      : { superseded };
    const taken: Record<string, NoticeStep> = {};
    for (const [event, state] of Object.entries(states)) {
      taken[event] = await noticeStep(db, descriptor, state, now);
    }
    steps[numberPrefix] = taken;
  }
  return steps;
}

/**
 * Tells the applications of notices that the database has just voided why they are void: another notice
 * of the house was paid, or its money is no longer what they were made for.
 */
export async function cancelSuperseded(
  tx: Tx,
  numbers: readonly string[],
  why: { now: Date; remark: string },
  findDescriptor: FindDescriptor,
): Promise<void> {
  for (const no of numbers) {
    const target = targetOf(no, findDescriptor);
    const by = { actorRole: "system", actor: "system", ...why } as const;
    await advanceByNotice(tx, target, { toState: target.states.superseded, ...by });
  }
}

/** Books a teller's reversal of today's confirmation and says so in the application's timeline. */
export async function bookReversal(
  tx: Tx,
  reversal: PaymentReversal & { now: Date },
  findDescriptor: FindDescriptor,
): Promise<ReversalOutcome> {
  const outcome = await reversePayment(tx, reversal);
  if (outcome.kind === "reversed") {
    const target = targetOf(reversal.no, findDescriptor);
    await advanceByNotice(tx, target, {
      toState: target.states.reversed,
      actorRole: "bank",
      actor: reversal.teller,
      now: reversal.now,
    });
  }
  return outcome;
}

/** Writes down which notices ran out, with their applications. Answers how many there were. */
export async function expireApplications(
  tx: Tx,
  at: { today: CalendarDate; now: Date },
  findDescriptor: FindDescriptor,
): Promise<number> {
  const numbers = await expirePaymentNotices(tx, at);
  for (const no of numbers) {
    const target = targetOf(no, findDescriptor);
    await advanceByNotice(tx, target, {
      toState: target.states.expired,
      actorRole: "system",
      actor: "system",
      now: at.now,
    });
  }
  return numbers.length;
}
