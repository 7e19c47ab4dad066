import {
  type Confirmation,
  type ConfirmationOutcome,
  confirmPayment,
} from "#src/bank/confirm-payment.ts";
import { expirePaymentNotices } from "#src/bank/expire-payment-notices.ts";
import {
  type PaymentReversal,
  type ReversalOutcome,
  reversePayment,
} from "#src/bank/reverse-payment.ts";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Tx } from "#src/platform/database/client.ts";
import { advanceByNotice } from "./advance-application.ts";
import type { FindDescriptor } from "./find-descriptor.ts";

function targetOf(noticeNo: string, findDescriptor: FindDescriptor) {
  const descriptor = findDescriptor(noticeNo);
  if (descriptor.noticeStates === undefined) {
    throw new Error(`${descriptor.kind} asks for no money, but notice ${noticeNo} is of its kind`);
  }
  return { noticeNo, descriptor, states: descriptor.noticeStates };
}

/**
 * Books a bank's confirmation and takes the applications it concerns with it: the paid one is settled or
 * waits in suspense, the ones it made superfluous are cancelled. The caller's transaction holds it all.
 */
export async function bookConfirmation(
  tx: Tx,
  message: Confirmation,
  findDescriptor: FindDescriptor,
): Promise<ConfirmationOutcome> {
  const outcome = await confirmPayment(tx, message);
  const by = { actorRole: "bank", actor: message.teller, now: message.now } as const;
  if (outcome.kind === "credited") {
    const target = targetOf(message.no, findDescriptor);
    await advanceByNotice(tx, target, { toState: target.states.credited, ...by });
    const why = "这套房屋已经用另一张通知单交了款，这一张自动作废";
    await cancelSuperseded(
      tx,
      outcome.superseded,
      { now: message.now, remark: why },
      findDescriptor,
    );
  }
  // Money that came twice for a settled notice waits in suspense; the application itself is done.
  const isSecondMoney = outcome.kind === "suspense" && outcome.reason === "already-paid";
  if (outcome.kind === "suspense" && !isSecondMoney) {
    const target = targetOf(message.no, findDescriptor);
    await advanceByNotice(tx, target, { toState: target.states.inSuspense, ...by });
  }
  return outcome;
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
