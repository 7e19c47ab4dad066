import { expireVouchers } from "#src/bank/end-vouchers.ts";
import {
  type Disbursement,
  type DisbursementFailure,
  type DisbursementOutcome,
  type FailureOutcome,
  failVoucher,
  payVoucher,
} from "#src/bank/pay-voucher.ts";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Tx } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { type ApplicationStep, advanceApplication } from "./advance-application.ts";
import type { ApplicationDescriptor, VoucherStates } from "./descriptor.ts";
import type { FindDescriptor } from "./find-descriptor.ts";

/**
 * Books a bank's word that a voucher was paid and takes its application with it. The caller's transaction
 * holds it all: ledger, reserve, register and timeline stand or fall together.
 */
export async function bookDisbursement(
  tx: Tx,
  message: Disbursement,
  deps: { personalData: PersonalData; findDescriptor: FindDescriptor },
): Promise<DisbursementOutcome> {
  const outcome = await payVoucher(tx, message, deps.personalData);
  if (outcome.kind === "paid") {
    await advance(tx, outcome.applicationId, deps.findDescriptor, (states) => ({
      toState: states.paid,
      actorRole: "bank",
      actor: message.teller,
      now: message.now,
    }));
  }
  return outcome;
}

/** Books that a bank could not pay: the application goes back to the applicant, with the bank's reason. */
export async function bookFailure(
  tx: Tx,
  failure: DisbursementFailure,
  findDescriptor: FindDescriptor,
): Promise<FailureOutcome> {
  const outcome = await failVoucher(tx, failure);
  if (outcome.kind === "failed") {
    await advance(tx, outcome.applicationId, findDescriptor, (states) => ({
      toState: states.failed,
      actorRole: "bank",
      actor: failure.teller,
      now: failure.now,
      remark: failure.reason,
    }));
  }
  return outcome;
}

/** Writes down which vouchers ran out, with their applications. Answers how many there were. */
export async function expireVoucherApplications(
  tx: Tx,
  at: { today: CalendarDate; now: Date },
  findDescriptor: FindDescriptor,
): Promise<number> {
  const applications = await expireVouchers(tx, at);
  for (const id of applications) {
    await advance(tx, id, findDescriptor, (states) => ({
      toState: states.expired,
      actorRole: "system",
      actor: "system",
      now: at.now,
    }));
  }
  return applications.length;
}

async function advance(
  tx: Tx,
  applicationId: bigint,
  findDescriptor: FindDescriptor,
  step: (states: VoucherStates) => ApplicationStep,
): Promise<void> {
  const application = await tx
    .selectFrom("application")
    .select(["id", "kind", "state", "number"])
    .where("id", "=", applicationId)
    .executeTakeFirstOrThrow();
  const descriptor: ApplicationDescriptor = findDescriptor(application.number);
  if (descriptor.voucherStates === undefined) {
    throw new Error(`${descriptor.kind} gives no money back, but a voucher is of its kind`);
  }
  await advanceApplication(tx, { application, descriptor }, step(descriptor.voucherStates));
}
