import type { ApplicationDescriptor, SlipDescriptor } from "#src/applications/descriptor.ts";
import type { Application } from "#src/applications/find-application.ts";
import type { FindDescriptor } from "#src/applications/find-descriptor.ts";
import { findHouseNotice } from "#src/bank/find-notice.ts";
import {
  type NoticePrintDeps,
  printPaymentNotice,
} from "#src/bank/payment-notice-slip/print-payment-notice.ts";
import { addFen } from "#src/kernel/money.ts";
import { getHouseBalance } from "#src/ledger/house-balances.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { getHouse } from "#src/register/find-house.ts";
import { APPLICANT_ACTS, SMS_WORDS } from "./applicant-acts.ts";
import { printApplicationSlip } from "./application-slip.ts";
import { UNRECORDED_DEPOSIT } from "./descriptor.ts";
import { listOwners } from "./queries.ts";
import { unrecordedReview } from "./review.ts";
import { documentRulesOf } from "./shown-form.ts";
import { tellUnrecorded, type UnrecordedRecord } from "./story.ts";

/** What the told, printed and reviewed side of 未备案房屋交款 needs. */
export interface UnrecordedDescriptorDeps extends NoticePrintDeps {
  personalData: PersonalData;
  findDescriptor: FindDescriptor;
}

/** The descriptor of 未备案房屋交款: its states, story, slips, documents and review. */
export function unrecordedDepositDescriptor(deps: UnrecordedDescriptorDeps): ApplicationDescriptor {
  return {
    ...UNRECORDED_DEPOSIT,
    tell: async (db, application, now) =>
      tellUnrecorded(await getRecord(db, application, deps.personalData), now),
    slips: [noticeSlip(deps), applicationSlip(deps)],
    documents: (db, application) =>
      documentRulesOf({ db, personalData: deps.personalData }, application),
    applicantActs: APPLICANT_ACTS,
    smsWords: SMS_WORDS,
    auditWords: {
      "unrecorded-form-filled": "填写未备案房屋交款",
      "unrecorded-deposit-applied": "提交未备案房屋交款",
      "unrecorded-deposit-corrected": "补正未备案房屋交款",
    },
    review: unrecordedReview(deps),
  };
}

async function getRecord(
  db: Db,
  application: Application,
  personalData: PersonalData,
): Promise<UnrecordedRecord> {
  const notice =
    application.noticeNo && (await findHouseNotice(db, application.noticeNo, personalData));
  if (!notice) throw new Error(`application ${application.number} has no payment notice`);
  const [house, { principalFen, interestFen }] = await Promise.all([
    getHouse(db, notice.house),
    getHouseBalance(db, notice.house),
  ]);
  return { application, notice, house, heldFen: addFen(principalFen, interestFen) };
}

function noticeSlip(deps: UnrecordedDescriptorDeps): SlipDescriptor {
  return {
    name: "payment-notice",
    title: "打印交款通知单",
    fileName: ({ number }) => `交款通知单-${number}.pdf`,
    print: async (db, application, now) => {
      const record = await getRecord(db, application, deps.personalData);
      const payerDocument = await payerDocumentEnd({ db, personalData: deps.personalData }, record);
      return await printPaymentNotice(deps, db, { ...record, payerDocument }, now);
    },
  };
}

/**
 * The end of the document of whoever pays. The form asks the owners for theirs and nobody else: where another
 * person pays, the slip says that it is the first owner's.
 */
async function payerDocumentEnd(
  reader: { db: Db; personalData: PersonalData },
  { notice, house }: UnrecordedRecord,
): Promise<string> {
  const owners = await listOwners(reader, house);
  const payer = owners.find(({ name }) => name === notice.payerName);
  const documentNo = (payer ?? owners[0])?.documentNo;
  if (documentNo === undefined) return "—";
  return `${payer === undefined ? "业主" : ""}尾号 ${documentNo.slice(-4)}`;
}

function applicationSlip(deps: UnrecordedDescriptorDeps): SlipDescriptor {
  return {
    name: "application-slip",
    title: "打印申请单",
    fileName: ({ number }) => `未备案房屋交款申请单-${number}.pdf`,
    print: async (db, application, now) => {
      const record = await getRecord(db, application, deps.personalData);
      return await printApplicationSlip(deps, db, record, now);
    },
  };
}
