import { createApplication, newApplicationNumber } from "#src/applications/create-application.ts";
import { findApplicationBySubmission } from "#src/applications/find-application.ts";
import { type DepositOffer, type OfferedKind, offerDeposit } from "#src/bank/deposit-offer.ts";
import { issuePaymentNotice, noticeBasisOf } from "#src/bank/issue-payment-notice.ts";
import { addDays, shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { Fen } from "#src/kernel/money.ts";
import { getHouseBalance, holdHouse } from "#src/ledger/house-balances.ts";
import { houseStanding } from "#src/ledger/house-standing.ts";
import { type AuditContext, recordAudit } from "#src/platform/audit.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { getCitySettings } from "#src/register/city-settings.ts";
import { findHouseByCode } from "#src/register/find-house.ts";
import { OWNER_DEPOSIT } from "./descriptor.ts";
import type { DepositForm, DepositFormSeal } from "./schema.ts";

/** What an owner hands in on the page 购房人交款. */
export interface DepositSubmission {
  houseCode: string;
  form: DepositForm;
  seal: DepositFormSeal;
  browserHash: Buffer;
  now: Date;
}

/** What became of a submission. Only `issued` wrote something; `repeat` names what the first one made. */
export type IssueOutcome =
  | { ok: true; kind: "issued" | "repeat"; number: string }
  | { ok: false; reason: "unknown-house" }
  | { ok: false; reason: "nothing-due"; offer: Extract<DepositOffer, { ok: false }> }
  | { ok: false; reason: "wrong-kind"; offered: OfferedKind }
  | { ok: false; reason: "amount-changed"; amountFen: Fen }
  | { ok: false; reason: "form-used-elsewhere" };

/** What the use case needs from the house around it. */
export interface DepositDeps {
  db: Db;
  personalData: PersonalData;
}

/**
 * Issues a payment notice for a house, with its application and audit row, in one transaction. The amount
 * is computed again here; when it differs from what the payer saw, nothing is issued. The same form sent
 * twice makes one application (manual: 业主交款 step 5).
 */
export async function issueDepositNotice(
  deps: DepositDeps,
  submission: DepositSubmission,
  audit: AuditContext,
): Promise<IssueOutcome> {
  try {
    return await deps.db.transaction().execute((tx) => issueIn(tx, deps, submission, audit));
  } catch (error) {
    // Two clicks in the same moment: the unique submission key let one of them in, the other finds it.
    if ((error as { constraint?: string }).constraint !== "application_submission_key_key")
      throw error;
    return await deps.db.transaction().execute((tx) => issueIn(tx, deps, submission, audit));
  }
}

async function issueIn(
  tx: Tx,
  deps: DepositDeps,
  submission: DepositSubmission,
  audit: AuditContext,
): Promise<IssueOutcome> {
  const house = await findHouseByCode(tx, submission.houseCode);
  if (house === null) return { ok: false, reason: "unknown-house" };
  // Money that is being credited at this moment would make the offer below a stale one.
  await holdHouse(tx, house);
  const earlier = await findApplicationBySubmission(tx, submission.seal.submissionKey);
  if (earlier !== null) {
    const isSame =
      earlier.house?.houseId === house.houseId &&
      earlier.browserHash.equals(submission.browserHash);
    if (!isSame) return { ok: false, reason: "form-used-elsewhere" };
    return { ok: true, kind: "repeat", number: earlier.number };
  }

  const today = shanghaiDate(submission.now);
  const settings = await getCitySettings(tx, today);
  const balance = await getHouseBalance(tx, house);
  const offer = offerDeposit(houseStanding(house, balance, settings), house.status);
  if (!offer.ok) return { ok: false, reason: "nothing-due", offer };
  if (submission.form.depositKind !== offer.depositKind) {
    return { ok: false, reason: "wrong-kind", offered: offer.depositKind };
  }
  if (offer.amountFen !== submission.seal.amountSeen) {
    return { ok: false, reason: "amount-changed", amountFen: offer.amountFen };
  }

  const number = newApplicationNumber(OWNER_DEPOSIT.numberPrefix, submission.now);
  await issuePaymentNotice(
    tx,
    {
      no: number,
      house,
      depositKind: offer.depositKind,
      amountFen: offer.amountFen,
      firstPaidSeenFen: balance.firstPaidFen,
      payerName: submission.form.payer,
      payerPhone: submission.form.phone,
      basis: noticeBasisOf(house, balance.firstPaidFen),
      issuedAt: submission.now,
      expiresOn: addDays(today, settings["notice-validity-days"]),
    },
    deps.personalData,
  );
  await createApplication(tx, {
    descriptor: OWNER_DEPOSIT,
    stages: [],
    number,
    house,
    noticeNo: number,
    submissionKey: submission.seal.submissionKey,
    browserHash: submission.browserHash,
    contact: {
      name: submission.form.payer,
      phone: submission.form.phone,
      personalData: deps.personalData,
    },
    now: submission.now,
  });
  await recordAudit(tx, audit, number, "issued");
  return { ok: true, kind: "issued", number };
}
