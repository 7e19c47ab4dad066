import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";
import type { Application } from "#src/applications/find-application.ts";
import { findNotice } from "#src/bank/find-notice.ts";
import { listSuspendedReceipts } from "#src/bank/list-suspended-receipts.ts";
import { getNoticeSubject } from "#src/bank/notice-subject.ts";
import { printBatchNotice } from "#src/bank/payment-notice-slip/print-batch-notice.ts";
import type { NoticePrintDeps } from "#src/bank/payment-notice-slip/print-payment-notice.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { CANCEL, SMS_WORDS } from "./applicant-acts.ts";
import { BATCH_DEPOSIT } from "./descriptor.ts";
import { type BatchRecord, tellBatch } from "./story.ts";

/** What the printed and told side of 批量交款 needs. */
export interface BatchSlipDeps extends NoticePrintDeps {
  personalData: PersonalData;
}

/** The descriptor of 批量交款: its words, its states, its story and its slip. */
export function batchDepositDescriptor(deps: BatchSlipDeps): ApplicationDescriptor {
  return {
    ...BATCH_DEPOSIT,
    tell: async (db, application, now) =>
      tellBatch(await getBatchRecord(db, application, deps.personalData), now),
    slips: [
      {
        name: "payment-notice",
        title: "打印交款通知单和清册",
        fileName: (application) => `批量交款通知单-${application.number}.pdf`,
        print: async (db, application, now) =>
          await printBatchNotice(
            deps,
            db,
            await getBatchRecord(db, application, deps.personalData),
            now,
          ),
      },
    ],
    applicantActs: { cancel: CANCEL },
    smsWords: SMS_WORDS,
    auditWords: {
      "batch-deposit-issued": "提交批量交款",
      "batch-deposit-cancelled": "撤销批量交款",
      "batch-deposit-printed": "打印批量交款通知单",
      "batch-deposit-reviewed": "核对批量交款",
    },
  };
}

async function getBatchRecord(
  db: Db,
  application: Application,
  personalData: PersonalData,
): Promise<BatchRecord> {
  const notice = application.noticeNo && (await findNotice(db, application.noticeNo, personalData));
  if (!notice) throw new Error(`application ${application.number} has no payment notice`);
  const [subject, suspendedAt] = await Promise.all([
    getNoticeSubject(db, notice),
    listSuspendedReceipts(db, notice.no),
  ]);
  return { application, notice, subject, suspendedAt };
}
