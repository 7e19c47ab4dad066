import type { Application } from "#src/applications/find-application.ts";
import type { DecisionAct, DecisionOutcome } from "#src/applications/review-descriptor.ts";
import { cancelVoucher } from "#src/bank/end-vouchers.ts";
import { findLastVoucher } from "#src/bank/find-voucher.ts";
import { issueVoucher, type VoucherIssue } from "#src/bank/issue-voucher.ts";
import { newVoucherNumber } from "#src/bank/voucher-number.ts";
import { addDays } from "#src/kernel/calendar-date.ts";
import { formatYuan } from "#src/kernel/money.ts";
import { holdHouse } from "#src/ledger/house-balances.ts";
import type { Tx } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { getCitySettings } from "#src/register/city-settings.ts";
import { getHouse } from "#src/register/find-house.ts";
import { isSameName } from "#src/register/same-name.ts";
import { basisOf, keepBasis } from "./claim-basis.ts";
import { claimantOf, getClaim, getRefundFacts, listOwners } from "./queries.ts";
import { NO_REFUND_SENTENCES, offerRefund } from "./rules.ts";

/** Why a voucher cannot be issued, in the approver's words. */
const ISSUE_SENTENCES: Record<Exclude<VoucherIssue, "issued">, string> = {
  "house-closed": "这套房屋已经销户，不能开具退款支款单",
  "open-voucher": "这套房屋已有一张没有支付的退款支款单",
  "balance-short": "余额不够支付这笔退款。请退回补正，让申请人按现在的余额重新提交",
  "balance-changed": "余额在提交以后变了。请退回补正，让申请人按现在的余额重新提交",
};

const OWNER_CHANGED =
  "登记的业主已经变更，不再是收款人，不能批准。余额随房屋转给新业主，请不予受理，或退回补正";

/**
 * Approves a refund, or issues its voucher anew after it expired: the amount is computed again from what
 * the house holds now, and must be the one that was claimed and reviewed. The money is reserved and the
 * voucher issued in the transaction of the step.
 */
export async function approveRefund(
  tx: Tx,
  act: DecisionAct,
  personalData: PersonalData,
): Promise<DecisionOutcome> {
  const { application } = act;
  const house = await houseOf(tx, application);
  const claim = await getClaim(tx, application, personalData);
  const owners = await listOwners(tx, house, personalData);
  const owner = claimantOf(owners, claim);
  if (owner === undefined || !isSameName(owner.name, claim.payeeName)) return refuse(OWNER_CHANGED);
  const facts = await getRefundFacts(tx, house);
  const basis = basisOf(claim.basis);
  const offer = offerRefund(claim.reason, facts, basis);
  if (!offer.ok) return refuse(NO_REFUND_SENTENCES[offer.reason]);
  if (offer.principalFen !== claim.principalFen || offer.interestFen !== claim.interestFen) {
    return refuse(
      `按现在的余额应退 ${formatYuan(offer.amountFen)} 元，与申请的金额不一致。请退回补正，让申请人重新提交`,
    );
  }
  const settings = await getCitySettings(tx, act.today);
  const outcome = await issueVoucher(
    tx,
    {
      no: newVoucherNumber(act.now),
      applicationId: application.id,
      split: offer,
      effect: offer.effect,
      basis: {
        ...keepBasis(basis, claim.basis.arithmetic),
        applicationNumber: application.number,
      },
      approvedBy: act.actor,
      issuedAt: act.now,
      expiresOn: addDays(act.today, settings["voucher-validity-days"]),
    },
    personalData,
  );
  return outcome === "issued" ? { ok: true } : refuse(ISSUE_SENTENCES[outcome]);
}

/** Takes an open voucher back, so that its money is free again. One that a desk holds stays. */
export async function voidVoucher(
  tx: Tx,
  act: DecisionAct,
  personalData: PersonalData,
): Promise<DecisionOutcome> {
  await houseOf(tx, act.application);
  const voucher = await findLastVoucher(tx, act.application.id, personalData);
  if (voucher === null) return refuse("这笔退款没有支款单");
  switch (await cancelVoucher(tx, voucher.no, act.now)) {
    case "cancelled":
      return { ok: true };
    case "locked":
      return refuse("银行柜面正在办这张支款单，现在不能作废。请稍后再试，或联系银行");
    case "paid":
      return refuse("这张支款单已经付款，不能作废");
    default:
      return refuse("这张支款单已经不能支付，请刷新页面再看");
  }
}

/** The house of a refund, held still until the transaction ends. */
async function houseOf(tx: Tx, application: Application) {
  if (application.house === null) throw new Error(`refund ${application.number} has no house`);
  await holdHouse(tx, application.house);
  return await getHouse(tx, application.house);
}

function refuse(sentence: string): DecisionOutcome {
  return { ok: false, errors: { "": sentence } };
}
