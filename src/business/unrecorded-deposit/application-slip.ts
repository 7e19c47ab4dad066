import { join } from "node:path";
import { listDocuments } from "#src/applications/documents/stored-document.ts";
import type { NoticePrintDeps } from "#src/bank/payment-notice-slip/print-payment-notice.ts";
import { groupNumber } from "#src/kernel/application-number.ts";
import { formatArea } from "#src/kernel/area.ts";
import { formatShanghaiTime, shanghaiDate } from "#src/kernel/calendar-date.ts";
import { maskDocument, maskName, maskPhone } from "#src/kernel/masking.ts";
import { formatYuan } from "#src/kernel/money.ts";
import { rmbInCapitals } from "#src/kernel/rmb-capitals.ts";
import type { Db } from "#src/platform/database/client.ts";
import { issueSlip } from "#src/platform/issued-slips/issue-slips.ts";
import { code128, qrCode } from "#src/platform/pdf/barcodes.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { type Estate, findEstateByCode } from "#src/register/find-estate.ts";
import type { House } from "#src/register/find-house.ts";
import { DOCUMENT_KIND_WORDS } from "#src/register/house-words.ts";
import { standardText } from "#src/register/standards/standard-text.ts";
import { UNRECORDED_APPLICATION_SLIP } from "./application-worth.ts";
import { getApplicationForm, type Typed } from "./drafts.ts";
import { listOwners } from "./queries.ts";
import { documentRulesOf, shownForm } from "./shown-form.ts";
import type { UnrecordedRecord } from "./story.ts";

const TEMPLATE = join(import.meta.dirname, "application-slip.typ");

export type ApplicationSlipDeps = NoticePrintDeps;

/** Prints 未备案房屋交款申请单: what was applied for, masked, with the papers to be shown and room to sign. */
export async function printApplicationSlip(
  deps: ApplicationSlipDeps,
  db: Db,
  record: UnrecordedRecord,
  now: Date,
): Promise<Uint8Array> {
  const { application, notice, house } = record;
  const reader = { db, personalData: deps.personalData };
  const { typed } = await getApplicationForm(reader, application.id);
  const estate = await estateOf(db, house);
  const owners = await ownerRows(reader, house, typed);
  const content = {
    authority: deps.fundCentreName,
    number: application.number,
    numberGroups: groupNumber(application.number),
    address: house.address,
    estate: [
      ["物业区域", estate.name],
      ["区域编号", estate.code],
      ["开发单位", estate.developerName || "没有登记"],
      ["提交时间", formatShanghaiTime(application.createdAt)],
    ],
    house: [["临时房屋编号", house.code], ...shownForm(typed)],
    owners,
    payer: payerPairs(typed),
    amountYuan: formatYuan(notice.amountFen),
    amountCapitals: rmbInCapitals(notice.amountFen),
    arithmetic: arithmetic(house),
    payment: [
      ["交款银行", `${house.custody.bankName}任一网点`],
      ["有效期至", notice.expiresOn],
    ],
  };
  const slip = {
    subject: application.number,
    datedOn: shanghaiDate(application.createdAt),
    amountFen: notice.amountFen,
    party: owners.map(([, name]) => name).join("、"),
    about: house.address,
    content,
  };
  const { kind } = UNRECORDED_APPLICATION_SLIP;
  const mark = await issueSlip(deps, db, { kind, isOwnNumber: true }, slip, now);
  const statusUrl = `${deps.publicUrl}/applications/${application.number}?code=${mark.code}`;
  return await deps.printer.print({
    template: TEMPLATE,
    createdAt: now,
    data: {
      ...content,
      mark,
      printedAt: formatShanghaiTime(now),
      documents: await documentRows(reader, record),
      numberCode: code128(application.number).svg,
      statusCode: qrCode(statusUrl).svg,
      statusUrl,
    },
  });
}

async function estateOf(db: Db, house: House): Promise<Estate> {
  const estate = await findEstateByCode(db, house.code.slice(0, house.code.indexOf("-")));
  if (estate === null) throw new Error(`house ${house.code} has no estate`);
  return estate;
}

async function ownerRows(
  reader: { db: Db; personalData: PersonalData },
  house: House,
  typed: Typed,
): Promise<string[][]> {
  const owners = await listOwners(reader, house);
  const isByShares = typed["coOwnership"] === "shares";
  return owners.map((owner, at) => [
    `${at + 1}`,
    maskName(owner.name),
    DOCUMENT_KIND_WORDS[owner.documentKind],
    maskDocument(owner.documentNo),
    maskPhone(owner.phone ?? ""),
    isByShares ? `${(typed[`owner${at + 1}Share`] ?? "").replace(/%$/, "")}%` : "—",
  ]);
}

function payerPairs(typed: Typed): [string, string][] {
  const name = (typed["payerName"] ?? "").trim();
  if (name === "") return [];
  return [
    ["交款人", maskName(name)],
    ["与业主的关系", (typed["payerRelation"] ?? "").trim()],
    ["交款人手机", maskPhone((typed["payerPhone"] ?? "").trim())],
  ];
}

function arithmetic(house: House): string {
  const { standard } = house;
  if (standard === null) return "";
  const basis = `${standard.name}，${standard.legalBasis}`;
  return standard.basis === "PRICE"
    ? `${standardText(standard)}（${basis}）`
    : `${formatArea(house.areaHundredths)} ㎡ × ${standardText(standard)}（${basis}）`;
}

async function documentRows(
  reader: { db: Db; personalData: PersonalData },
  { application }: UnrecordedRecord,
): Promise<string[][]> {
  const rules = await documentRulesOf(reader, application);
  const documents = await listDocuments(reader, { applicationId: application.id });
  return rules
    .map((rule) => ({ rule, count: documents.filter(({ code }) => code === rule.code).length }))
    .filter(({ rule, count }) => rule.isRequired || count > 0)
    .map(({ rule, count }) => [rule.title, `${count}`]);
}
