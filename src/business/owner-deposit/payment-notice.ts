import type { ApplicationDescriptor, SlipDescriptor } from "#src/applications/descriptor.ts";
import type { Application } from "#src/applications/find-application.ts";
import { DEPOSIT_KIND_WORDS } from "#src/bank/deposit-kinds.ts";
import { countPrint, findNotice, type PaymentNotice } from "#src/bank/find-notice.ts";
import { listSuspendedReceipts } from "#src/bank/list-suspended-receipts.ts";
import { noticeStateNow } from "#src/bank/notice-state.ts";
import {
  type PaymentNoticeOverprint,
  type PaymentNoticeSlipData,
  renderPaymentNotice,
} from "#src/bank/payment-notice-slip/payment-notice-slip.ts";
import { groupNumber } from "#src/kernel/application-number.ts";
import { formatArea } from "#src/kernel/area.ts";
import { formatShanghaiTime, shanghaiDate } from "#src/kernel/calendar-date.ts";
import { maskName, maskPhone } from "#src/kernel/masking.ts";
import { formatYuan } from "#src/kernel/money.ts";
import { rmbInCapitals } from "#src/kernel/rmb-capitals.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { Printer } from "#src/platform/pdf/printer.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { getHouse, type House } from "#src/register/find-house.ts";
import { AREA_KIND_WORDS } from "#src/register/house-words.ts";
import { standardText } from "#src/register/standards/standard-text.ts";
import { CANCEL, SMS_WORDS } from "./applicant-acts.ts";
import { OWNER_DEPOSIT } from "./descriptor.ts";
import { type DepositRecord, tellDeposit } from "./story.ts";

/** What the printed and told side of 业主交款 needs. */
export interface DepositSlipDeps {
  personalData: PersonalData;
  printer: Printer;
  fundCentreName: string;
  /** The deployment's public address, for the QR code. */
  publicUrl: string;
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
  };
}

async function getDepositRecord(
  db: Db,
  application: Application,
  personalData: PersonalData,
): Promise<DepositRecord> {
  const notice = application.noticeNo && (await findNotice(db, application.noticeNo, personalData));
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
      const { notice, house } = await getDepositRecord(db, application, deps.personalData);
      const printCount = await countPrint(db, notice.no);
      return await renderPaymentNotice(
        deps.printer,
        slipData(notice, house, { ...deps, printCount, now }),
        now,
      );
    },
  };
}

function slipData(
  notice: PaymentNotice,
  house: House,
  print: DepositSlipDeps & { printCount: number; now: Date },
): PaymentNoticeSlipData {
  const overprint = overprintOf(notice, print.now);
  return {
    authority: print.fundCentreName,
    number: notice.no,
    numberGroups: groupNumber(notice.no),
    expires: notice.expiresOn,
    address: house.address,
    houseCode: house.code,
    payer: maskName(notice.payerName),
    payerDocument: "—",
    payerPhone: maskPhone(notice.payerPhone),
    area: `${formatArea(notice.basis.areaHundredths)} ㎡（${AREA_KIND_WORDS[house.areaKind]}）`,
    standard: house.standard === null ? "—" : standardText(house.standard),
    depositKind: DEPOSIT_KIND_WORDS[notice.depositKind],
    amountYuan: formatYuan(notice.amountFen),
    amountCapitals: rmbInCapitals(notice.amountFen),
    accountName: house.custody.accountName,
    accountBranch: `${house.custody.bankName}${house.custody.branchName}`,
    accountNumber: house.custody.accountNo,
    payAt: `${house.custody.bankName}任一网点`,
    channel: "公众服务平台自助",
    printedAt: formatShanghaiTime(print.now),
    printCount: print.printCount,
    statusUrl: `${print.publicUrl}/applications/${notice.no}`,
    ...(overprint === null ? {} : { overprint }),
  };
}

function overprintOf(notice: PaymentNotice, now: Date): PaymentNoticeOverprint | null {
  switch (noticeStateNow(notice, { today: shanghaiDate(now), at: now })) {
    case "paid":
      return "已交款";
    case "expired":
      return "已过期";
    case "cancelled":
    case "reversed":
      return "已作废";
    default:
      return null;
  }
}
