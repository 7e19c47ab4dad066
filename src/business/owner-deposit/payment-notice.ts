import type { ApplicationDescriptor, SlipDescriptor } from "#src/applications/descriptor.ts";
import type { Application } from "#src/applications/find-application.ts";
import { findNotice } from "#src/bank/find-notice.ts";
import {
  type NoticePrintDeps,
  printPaymentNotice,
} from "#src/bank/payment-notice-slip/print-payment-notice.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { getHouse } from "#src/register/find-house.ts";
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
  };
}

async function getDepositRecord(
  db: Db,
  application: Application,
  personalData: PersonalData,
): Promise<DepositRecord> {
  const notice = application.noticeNo && (await findNotice(db, application.noticeNo, personalData));
  if (!notice) throw new Error(`application ${application.number} has no payment notice`);
  return { application, notice, house: await getHouse(db, notice.house) };
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
