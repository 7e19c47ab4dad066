import type { SlipDescriptor } from "#src/applications/descriptor.ts";
import { listDocuments } from "#src/applications/documents/stored-document.ts";
import type { Application } from "#src/applications/find-application.ts";
import { findLastVoucher } from "#src/bank/find-voucher.ts";
import {
  printVoucherSlip,
  type VoucherContent,
  type VoucherPrintDeps,
} from "#src/bank/voucher-slip/print-voucher.ts";
import { groupNumber } from "#src/kernel/application-number.ts";
import { formatArea } from "#src/kernel/area.ts";
import { formatShanghaiTime, shanghaiDate } from "#src/kernel/calendar-date.ts";
import { maskAccount, maskName, maskPhone } from "#src/kernel/masking.ts";
import { addFen, formatYuan } from "#src/kernel/money.ts";
import { rmbInCapitals } from "#src/kernel/rmb-capitals.ts";
import type { Db } from "#src/platform/database/client.ts";
import { issueSlip } from "#src/platform/issued-slips/issue-slips.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { getHouse, type House } from "#src/register/find-house.ts";
import { AREA_KIND_WORDS } from "#src/register/house-words.ts";
import { standardText } from "#src/register/standards/standard-text.ts";
import {
  type ApplicationSlipData,
  type OpinionBox,
  renderRefundApplication,
} from "./application-slip/application-slip.ts";
import { REFUND_APPLICATION_SLIP } from "./application-slip/application-worth.ts";
import { type Claim, claimantOf, getClaim, listOwners, listPaidDeposits } from "./queries.ts";
import { documentsFor, findReason } from "./reasons.ts";
import { STAGES_TO_APPROVAL } from "./review-stages.ts";
import type { PaidDeposit } from "./rules.ts";
import { REFUND_SLIPS } from "./story.ts";

/** What the printed side of 业主退款 needs. */
export type RefundSlipDeps = VoucherPrintDeps;

/** The slips of 业主退款: what the owner takes to the fund centre, and what he takes to the bank. */
export function refundSlips(deps: RefundSlipDeps): SlipDescriptor[] {
  return [
    {
      name: REFUND_SLIPS.voucher,
      title: "打印退款支款单",
      fileName: (application) => `退款支款单-${application.number}.pdf`,
      print: (db, application, now) => printVoucher(deps, db, application, now),
      // It carries the authorisation code: whoever only sees papers in or reviews never holds it.
      staffRoles: ["approver", "finance"],
    },
    {
      name: REFUND_SLIPS.application,
      title: "打印退款申请单",
      fileName: (application) => `退款申请单-${application.number}.pdf`,
      print: (db, application, now) => printApplication(deps, db, application, now),
    },
  ];
}

/**
 * Prints the disbursement voucher of a refund with its authorisation code, and counts the print: for its proven
 * applicant, or for somebody of the review desk who hands it over and is recorded.
 */
async function printVoucher(
  deps: RefundSlipDeps,
  db: Db,
  application: Application,
  now: Date,
): Promise<Uint8Array> {
  const { personalData } = deps;
  const voucher = await findLastVoucher(db, application.id, personalData);
  if (voucher === null) throw new Error(`refund ${application.number} has no voucher`);
  const [house, claim] = await Promise.all([
    getHouse(db, voucher.house),
    getClaim(db, application, personalData),
  ]);
  const owner = await ownerDocumentEnd(db, house, claim, personalData);
  const approvers = await approversText(db, application);
  const content: VoucherContent = {
    authority: deps.fundCentreName,
    number: voucher.no,
    numberGroups: groupNumber(voucher.no),
    applicationGroups: groupNumber(application.number),
    expires: voucher.expiresOn,
    address: house.address,
    houseCode: house.code,
    purpose: `退还物业专项维修资金（${findReason(claim.reason)?.title ?? claim.reason}）`,
    originalNotice: voucher.originalNoticeNo === null ? "—" : groupNumber(voucher.originalNoticeNo),
    payeeName: voucher.payeeName,
    payeeAccount: groupNumber(voucher.payeeAccount),
    payeeBank: voucher.payeeBank,
    payeeDocument: owner,
    principalYuan: formatYuan(voucher.principalFen),
    interestYuan: formatYuan(voucher.interestFen),
    amountYuan: formatYuan(voucher.amountFen),
    amountCapitals: rmbInCapitals(voucher.amountFen),
    accountName: house.custody.accountName,
    accountBranch: `${house.custody.bankName}${house.custody.branchName}`,
    accountNumber: groupNumber(house.custody.accountNo),
    approvers,
    payAt: `${house.custody.bankName}任一网点`,
  };
  return await printVoucherSlip(deps, db, { voucher, content }, now);
}

/** The end of the claimant's document; "—" once the register names another person. */
async function ownerDocumentEnd(
  db: Db,
  house: House,
  claim: Claim,
  personalData: PersonalData,
): Promise<string> {
  const claimant = claimantOf(await listOwners(db, house, personalData), claim);
  if (claimant === undefined) return "—";
  const { document_cipher: cipher } = await db
    .selectFrom("house_owner")
    .select("document_cipher")
    .where("estate_id", "=", house.estateId)
    .where("house_id", "=", house.houseId)
    .where("n", "=", claimant.n)
    .executeTakeFirstOrThrow();
  return `尾号 ${personalData.decrypt(cipher).slice(-4)}`;
}

/** The fund centre's steps of the last round, latest of each role. */
function stepsByRole(application: Application) {
  return STAGES_TO_APPROVAL.map(({ role, title }) => ({
    title,
    event: application.events.findLast(({ actorRole }) => actorRole === role) ?? null,
  }));
}

async function approversText(db: Db, application: Application): Promise<string> {
  const words: string[] = [];
  for (const { title, event } of stepsByRole(application)) {
    const username = event?.actor.replace(/^staff:/, "");
    if (username === undefined) continue;
    const staff = await db
      .selectFrom("staff_member")
      .select("display_name")
      .where("username", "=", username)
      .executeTakeFirst();
    words.push(`${title} ${staff?.display_name ?? username}`);
  }
  return words.join("；");
}

async function printApplication(
  deps: RefundSlipDeps,
  db: Db,
  application: Application,
  now: Date,
): Promise<Uint8Array> {
  const content = await applicationContent(deps, db, application);
  const opinions = opinionBoxes(application);
  const { claim, ...words } = content;
  const slip = {
    subject: application.number,
    datedOn: shanghaiDate(claim.madeAt),
    amountFen: addFen(claim.principalFen, claim.interestFen),
    party: words.payeeName,
    about: words.address,
    content: words,
  };
  const { kind } = REFUND_APPLICATION_SLIP;
  const mark = await issueSlip(deps, db, { kind, isOwnNumber: true }, slip, now);
  const data = {
    ...words,
    opinions,
    mark,
    printedAt: formatShanghaiTime(now),
    statusUrl: `${deps.publicUrl}/applications/${application.number}?code=${mark.code}`,
  };
  return await renderRefundApplication(deps.printer, data, now);
}

/** What the applicant said; what was decided on it since is no part of it. */
type ApplicationContent = Omit<
  ApplicationSlipData,
  "mark" | "opinions" | "overprint" | "printedAt" | "statusUrl"
> & { claim: Claim };

async function applicationContent(
  deps: RefundSlipDeps,
  db: Db,
  application: Application,
): Promise<ApplicationContent> {
  const { personalData } = deps;
  if (application.house === null) throw new Error(`refund ${application.number} has no house`);
  const [house, claim, contact] = await Promise.all([
    getHouse(db, application.house),
    getClaim(db, application, personalData),
    db
      .selectFrom("application_contact")
      .select("phone_cipher")
      .where("application_id", "=", application.id)
      .executeTakeFirstOrThrow(),
  ]);
  const reason = findReason(claim.reason);
  const amountFen = addFen(claim.principalFen, claim.interestFen);
  return {
    claim,
    authority: deps.fundCentreName,
    number: application.number,
    numberGroups: groupNumber(application.number),
    ...houseWords(house),
    reason: reason?.title ?? claim.reason,
    legalBasis: reason?.legalBasis ?? "",
    originalPayment: originalPayment(claim, await listPaidDeposits(db, house)),
    principalYuan: formatYuan(claim.principalFen),
    interestYuan: formatYuan(claim.interestFen),
    amountYuan: formatYuan(amountFen),
    amountCapitals: rmbInCapitals(amountFen),
    arithmetic: claim.basis.arithmetic,
    payeeName: maskName(claim.payeeName),
    payeeAccount: maskAccount(claim.payeeAccount),
    payeeBank: claim.payeeBank,
    phone: maskPhone(personalData.decrypt(contact.phone_cipher)),
    statement: claim.statement === "" ? "—" : claim.statement,
    documents: await documentLines(deps, db, application, claim, house),
    submittedAt: formatShanghaiTime(claim.madeAt),
  };
}

function houseWords(house: House) {
  return {
    address: house.address,
    houseCode: house.code,
    area: `${formatArea(house.areaHundredths)} ㎡（${AREA_KIND_WORDS[house.areaKind]}）`,
    standard: house.standard === null ? "—" : standardText(house.standard),
  };
}

/** The payment that is given back, or the house's first one where the whole or a part of all goes back. */
function originalPayment(claim: Claim, deposits: readonly PaidDeposit[]): string {
  const named = deposits.find(({ journalId }) => journalId.toString() === claim.basis.journalId);
  const deposit = named ?? deposits[0];
  if (deposit === undefined) return "—";
  const number = deposit.noticeNo === null ? "" : `${groupNumber(deposit.noticeNo)}，`;
  return `${number}${deposit.valueDate} 到账，${formatYuan(deposit.principalFen)} 元`;
}

async function documentLines(
  { personalData }: RefundSlipDeps,
  db: Db,
  application: Application,
  claim: Claim,
  house: House,
) {
  const reason = findReason(claim.reason);
  if (reason === null) return [];
  const [documents, owners] = await Promise.all([
    listDocuments({ db, personalData }, { applicationId: application.id }),
    listOwners(db, house, personalData),
  ]);
  return documentsFor(reason, owners.length).map(({ code, title }) => {
    const count = documents.filter((document) => document.code === code).length;
    return { title, files: count === 0 ? "没有上传" : `${count} 个文件` };
  });
}

function opinionBoxes(application: Application): OpinionBox[] {
  return stepsByRole(application).map(({ title, event }) => ({
    title,
    opinion:
      event === null
        ? ""
        : [OPINION_WORDS[event.toState] ?? "", event.remark, formatShanghaiTime(event.at)]
            .filter(Boolean)
            .join("，"),
  }));
}

const OPINION_WORDS: Record<string, string> = {
  accepted: "受理",
  reviewed: "审核通过",
  "voucher-issued": "同意退款",
  correcting: "退回补正",
  rejected: "不予受理",
};
