import { bookConfirmation, bookReversal } from "#src/applications/book-bank-message.ts";
import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";
import type { FindDescriptor } from "#src/applications/find-descriptor.ts";
import type { Confirmation, ConfirmationOutcome } from "#src/bank/confirm-payment.ts";
import {
  type LockOutcome,
  lockPaymentNotice,
  releasePaymentNotice,
} from "#src/bank/lock-payment-notice.ts";
import type { ReversalOutcome } from "#src/bank/reverse-payment.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { type AuditContext, recordAudit } from "#src/platform/audit.ts";
import type { Db } from "#src/platform/database/client.ts";
import { getCitySettings } from "#src/register/city-settings.ts";
import { type Teller, tellerActor } from "./tellers.ts";

/** An act at a desk: who, about which notice, when. */
export interface DeskAct {
  no: string;
  teller: Teller;
  now: Date;
  audit: AuditContext;
}

/** Looks a notice up for a teller and locks it to the desk (domain: the query locks). */
export async function queryNotice(db: Db, act: DeskAct): Promise<LockOutcome> {
  const today = shanghaiDate(act.now);
  return await db.transaction().execute(async (tx) => {
    const settings = await getCitySettings(tx, today);
    const outcome = await lockPaymentNotice(tx, {
      no: act.no,
      bankCode: act.teller.bankCode,
      teller: tellerActor(act.teller),
      now: act.now,
      today,
      leaseMinutes: settings["lock-lease-minutes"],
    });
    await recordAudit(tx, act.audit, act.no, outcome.kind);
    return outcome;
  });
}

/** Books the money of a notice: receipt, ledger, timeline and audit row stand or fall together. */
export async function confirmAtDesk(
  { db, descriptors }: { db: Db; descriptors: readonly ApplicationDescriptor[] },
  {
    no,
    teller,
    now,
    audit,
    ...money
  }: DeskAct & Pick<Confirmation, "bankRef" | "valueDate" | "amountFen">,
): Promise<ConfirmationOutcome> {
  const { bankCode, bankName, branchName } = teller;
  const note = { bankName, branchName, noticeNo: no, bankRef: money.bankRef, channel: "counter" };
  const who = { bankCode, teller: tellerActor(teller), bookDate: shanghaiDate(now), now, note };
  return await bookConfirmation(db, { no, ...money, ...who }, { descriptors, audit });
}

/** Gives a notice back unpaid, so that another desk can take it. */
export async function releaseAtDesk(db: Db, act: DeskAct): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const wasHeld = await releasePaymentNotice(tx, { no: act.no, teller: tellerActor(act.teller) });
    await recordAudit(tx, act.audit, act.no, wasHeld ? "released" : "not-held");
  });
}

/** Takes back what was confirmed today (冲正), by a contra entry. */
export async function reverseAtDesk(
  deps: { db: Db; findDescriptor: FindDescriptor },
  act: DeskAct & { reason: string },
): Promise<ReversalOutcome> {
  return await deps.db.transaction().execute(async (tx) => {
    const outcome = await bookReversal(
      tx,
      {
        no: act.no,
        bankCode: act.teller.bankCode,
        teller: tellerActor(act.teller),
        bookDate: shanghaiDate(act.now),
        reason: act.reason,
        now: act.now,
      },
      deps.findDescriptor,
    );
    await recordAudit(tx, act.audit, act.no, outcome.kind);
    return outcome;
  });
}
