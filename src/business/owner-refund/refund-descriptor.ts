import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";
import type { Application } from "#src/applications/find-application.ts";
import { findLastVoucher } from "#src/bank/find-voucher.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { getHouse } from "#src/register/find-house.ts";
import { OWNER_REFUND } from "./descriptor.ts";
import { getClaim, listOwners } from "./queries.ts";
import { documentsFor, findReason } from "./reasons.ts";
import { refundReview } from "./review.ts";
import { type RefundSlipDeps, refundSlips } from "./slips.ts";
import { type RefundRecord, tellRefund } from "./story.ts";

/** The address on which a refund that was sent back is corrected. */
export function correctionPath({ number }: Pick<Application, "number">): string {
  return `/refund-correction/${number}`;
}

/** The descriptor of 业主退款: its words, its states, its story, its slips and how it is reviewed. */
export function ownerRefundDescriptor(deps: RefundSlipDeps): ApplicationDescriptor {
  return {
    ...OWNER_REFUND,
    tell: async (db, application, now) =>
      tellRefund(await getRefundRecord(db, application, deps.personalData), now),
    slips: refundSlips(deps),
    documents: async (db, application) => {
      const { claim, house } = await getRefundRecord(db, application, deps.personalData);
      const owners = await listOwners(db, house, deps.personalData);
      const reason = findReason(claim.reason);
      return reason === null ? [] : documentsFor(reason, owners.length);
    },
    applicantActs: {
      correct: { states: ["correcting"], path: correctionPath },
      cancel: {
        states: ["submitted", "accepted", "reviewed", "correcting", "voucher-expired"],
        toState: "cancelled",
        consequence: "撤销后这笔退款不再办理，余额没有变化。以后可以重新申请",
        // Nothing is reserved in any of these states: there is nothing else to undo.
        undo: async () => {},
      },
    },
    smsWords: {
      accepted: "已受理",
      correcting: "需要补正",
      "voucher-issued": "已批准，请打印退款支款单到银行领款",
      "voucher-expired": "的退款支款单已过期，我们会重新开具",
      paid: "已付款，业务办结",
      rejected: "没有通过，请查看原因",
    },
    auditWords: {
      "refund-owner-compared": "退款前核对业主",
      "refund-submitted": "提交退款申请",
      "refund-corrected": "补正退款申请",
    },
    review: refundReview(deps),
  };
}

async function getRefundRecord(
  db: Db,
  application: Application,
  personalData: PersonalData,
): Promise<RefundRecord> {
  if (application.house === null) throw new Error(`refund ${application.number} has no house`);
  const [claim, house, voucher] = await Promise.all([
    getClaim(db, application, personalData),
    getHouse(db, application.house),
    findLastVoucher(db, application.id, personalData),
  ]);
  return { application, claim, house, voucher };
}
