import type { ApplicationDescriptor, SlipDescriptor } from "#src/applications/descriptor.ts";
import type { Application } from "#src/applications/find-application.ts";
import { findHouseNotice } from "#src/bank/find-notice.ts";
import { listSuspendedReceipts } from "#src/bank/list-suspended-receipts.ts";
import {
  type NoticePrintDeps,
  printPaymentNotice,
} from "#src/bank/payment-notice-slip/print-payment-notice.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { getHouse } from "#src/register/find-house.ts";
import { CANCEL, SMS_WORDS } from "./applicant-acts.ts";
import { OWNER_DEPOSIT } from "./descriptor.ts";
import { type DepositRecord, tellDeposit } from "./story.ts";

/** What the printed and told side of 业主交款 needs. */
export interface DepositSlipDeps extends NoticePrintDeps {
  personalData: PersonalData;
}

/** The descriptor of 业主交款: its words, its states, its story and its slip. */
export function ownerDepositDescriptor(deps: DepositSlipDeps): ApplicationDescriptor {
  return {
    ...OWNER_DEPOSIT,
    tell: async (db, application, now) =>
      tellDeposit(await getDepositRecord(db, application, deps.personalData), now),
    slips: [paymentNoticeSlip(deps)],
    applicantActs: { cancel: CANCEL },
    smsWords: SMS_WORDS,
    auditWords: {
      "deposit-form-opened": "打开交款申请表",
      "payment-notice-issued": "提交交款申请",
    },
  };
}

async function getDepositRecord(
  db: Db,
  application: Application,
  personalData: PersonalData,
): Promise<DepositRecord> {
  const notice =
    application.noticeNo && (await findHouseNotice(db, application.noticeNo, personalData));
  if (!notice) throw new Error(`application ${application.number} has no payment notice`);
  const [house, suspendedAt] = await Promise.all([
    getHouse(db, notice.house),
    listSuspendedReceipts(db, notice.no),
  ]);
  return { application, notice, house, suspendedAt };
}

function paymentNoticeSlip(deps: DepositSlipDeps): SlipDescriptor {
  return {
    name: "payment-notice",
    title: "打印交款通知单",
    fileName: (application) => `交款通知单-${application.number}.pdf`,
    print: async (db, application, now) => {
      const record = await getDepositRecord(db, application, deps.personalData);
      return await printPaymentNotice(deps, db, record, now);
    },
  };
}
