import { groupNumber } from "#src/kernel/application-number.ts";
import { formatArea } from "#src/kernel/area.ts";
import { formatShanghaiTime, shanghaiDate } from "#src/kernel/calendar-date.ts";
import { maskName, maskPhone } from "#src/kernel/masking.ts";
import { formatYuan } from "#src/kernel/money.ts";
import { rmbInCapitals } from "#src/kernel/rmb-capitals.ts";
import type { Db } from "#src/platform/database/client.ts";
import { issueSlip } from "#src/platform/issued-slips/issue-slips.ts";
import type { Printer } from "#src/platform/pdf/printer.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import type { House } from "#src/register/find-house.ts";
import { AREA_KIND_WORDS } from "#src/register/house-words.ts";
import { standardText } from "#src/register/standards/standard-text.ts";
import { DEPOSIT_KIND_WORDS } from "../deposit-kinds.ts";
import { countPrint, type HouseNotice, type PaymentNotice } from "../find-notice.ts";
import { noticeStateNow } from "../notice-state.ts";
import {
  type PaymentNoticeOverprint,
  type PaymentNoticeSlipData,
  renderPaymentNotice,
} from "./payment-notice-slip.ts";
import { PAYMENT_NOTICE_SLIP } from "./payment-notice-worth.ts";

/** What a printed notice needs besides the notice itself. */
export interface NoticePrintDeps {
  printer: Printer;
  /** Makes the code on the slip. */
  personalData: PersonalData;
  fundCentreName: string;
  /** The deployment's public address, for the QR code. */
  publicUrl: string;
}

/** What a notice is printed from. */
export interface PrintedNotice {
  notice: HouseNotice;
  house: House;
  /** The payer's document as the slip shows it, "尾号 002X"; left out where the form asks for none. */
  payerDocument?: string;
}

/** Prints 交款通知单 as it stands now and counts the print; a dead notice carries its state across. */
export async function printPaymentNotice(
  deps: NoticePrintDeps,
  db: Db,
  printed: PrintedNotice,
  now: Date,
): Promise<Uint8Array> {
  const { notice } = printed;
  const content = noticeContent(printed, deps.fundCentreName);
  return await printNoticeSlip(deps, db, { notice, content }, now);
}

/** What stands on a notice however often and in whatever state it is printed. */
export type NoticeContent = Omit<
  PaymentNoticeSlipData,
  "mark" | "overprint" | "printCount" | "printedAt" | "statusUrl"
>;

/** Writes a notice into the register of slips, counts the print and prints it as it stands now. */
export async function printNoticeSlip(
  deps: NoticePrintDeps,
  db: Db,
  { notice, content }: { notice: PaymentNotice; content: NoticeContent },
  now: Date,
): Promise<Uint8Array> {
  const slip = {
    subject: notice.no,
    datedOn: notice.expiresOn,
    amountFen: notice.amountFen,
    party: content.payer,
    about: content.address,
    content,
  };
  const { kind } = PAYMENT_NOTICE_SLIP;
  const mark = await issueSlip(deps, db, { kind, isOwnNumber: true }, slip, now);
  const printCount = await countPrint(db, notice.no);
  const overprint = overprintOf(notice, now);
  const data = {
    ...content,
    printedAt: formatShanghaiTime(now),
    printCount,
    mark,
    statusUrl: `${deps.publicUrl}/applications/${notice.no}?code=${mark.code}`,
    ...(overprint === null ? {} : { overprint }),
  };
  return await renderPaymentNotice(deps.printer, data, now);
}

function noticeContent(
  { notice, house, payerDocument = "—" }: PrintedNotice,
  authority: string,
): NoticeContent {
  return {
    authority,
    number: notice.no,
    numberGroups: groupNumber(notice.no),
    expires: notice.expiresOn,
    address: house.address,
    houseCode: house.code,
    payer: maskName(notice.payerName),
    payerDocument,
    payerPhone: maskPhone(notice.payerPhone),
    area: `${formatArea(notice.basis.areaHundredths)} ㎡（${AREA_KIND_WORDS[house.areaKind]}）`,
    standard: house.standard === null ? "—" : standardText(house.standard),
    depositKind: DEPOSIT_KIND_WORDS[notice.depositKind],
    amountYuan: formatYuan(notice.amountFen),
    amountCapitals: rmbInCapitals(notice.amountFen),
    accountName: house.custody.accountName,
    accountBranch: `${house.custody.bankName}${house.custody.branchName}`,
    accountNumber: groupNumber(house.custody.accountNo),
    payAt: `${house.custody.bankName}任一网点`,
    channel: "公众服务平台自助",
  };
}

/** What is printed across a notice that nobody may pay any more, or null. */
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
