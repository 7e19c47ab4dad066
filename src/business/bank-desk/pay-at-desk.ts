import { bookDisbursement, bookFailure } from "#src/applications/book-disbursement.ts";
import type { FindDescriptor } from "#src/applications/find-descriptor.ts";
import { lockVoucher, releaseVoucher, type VoucherLock } from "#src/bank/lock-voucher.ts";
import type { DisbursementOutcome, FailureOutcome } from "#src/bank/pay-voucher.ts";
import { type CalendarDate, shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { Fen } from "#src/kernel/money.ts";
import { recordAudit } from "#src/platform/audit.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { getCitySettings } from "#src/register/city-settings.ts";
import { tellerActor } from "./tellers.ts";
import type { DeskAct } from "./work-the-desk.ts";

/** What paying at a desk needs. */
export interface PayingDeps {
  db: Db;
  personalData: PersonalData;
  findDescriptor: FindDescriptor;
}

/** Looks a voucher up for a teller and locks it to the desk. */
export async function queryVoucher(db: Db, act: DeskAct): Promise<VoucherLock> {
  const today = shanghaiDate(act.now);
  return await db.transaction().execute(async (tx) => {
    const settings = await getCitySettings(tx, today);
    const outcome = await lockVoucher(tx, {
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

/** Books that a voucher was paid: the bank's word, ledger, timeline and audit row stand or fall together. */
export async function payAtDesk(
  deps: PayingDeps,
  act: DeskAct & { bankRef: string; valueDate: CalendarDate; amountFen: Fen; code: string },
): Promise<DisbursementOutcome> {
  return await deps.db.transaction().execute(async (tx) => {
    const outcome = await bookDisbursement(
      tx,
      {
        no: act.no,
        bankCode: act.teller.bankCode,
        bankRef: act.bankRef,
        amountFen: act.amountFen,
        code: act.code,
        valueDate: act.valueDate,
        teller: tellerActor(act.teller),
        bookDate: shanghaiDate(act.now),
        now: act.now,
        note: {
          bankName: act.teller.bankName,
          branchName: act.teller.branchName,
          bankRef: act.bankRef,
          channel: "counter",
        },
      },
      deps,
    );
    await recordAudit(tx, act.audit, act.no, outcome.kind);
    return outcome;
  });
}

/** Books that a voucher could not be paid, and why: its application goes back to the applicant. */
export async function failAtDesk(
  deps: PayingDeps,
  act: DeskAct & { reason: string },
): Promise<FailureOutcome> {
  return await deps.db.transaction().execute(async (tx) => {
    const outcome = await bookFailure(
      tx,
      {
        no: act.no,
        bankCode: act.teller.bankCode,
        teller: tellerActor(act.teller),
        reason: act.reason,
        now: act.now,
      },
      deps.findDescriptor,
    );
    await recordAudit(tx, act.audit, act.no, outcome.kind);
    return outcome;
  });
}

/** Gives a voucher back unpaid, so that another desk can take it. */
export async function releaseVoucherAtDesk(db: Db, act: DeskAct): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const wasHeld = await releaseVoucher(tx, { no: act.no, teller: tellerActor(act.teller) });
    await recordAudit(tx, act.audit, act.no, wasHeld ? "released" : "not-held");
  });
}
