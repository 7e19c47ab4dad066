import { join } from "node:path";
import { INSTITUTION_KIND_WORDS } from "#src/accounts/institutions/institution-user.ts";
import { listDocuments, type StoredDocument } from "#src/applications/documents/stored-document.ts";
import type { Application } from "#src/applications/find-application.ts";
import { groupNumber } from "#src/kernel/application-number.ts";
import { formatShanghaiTime, shanghaiDate } from "#src/kernel/calendar-date.ts";
import { maskAccount, maskDocument, maskEmail, maskName, maskPhone } from "#src/kernel/masking.ts";
import type { Db } from "#src/platform/database/client.ts";
import { issueSlip } from "#src/platform/issued-slips/issue-slips.ts";
import { code128, qrCode } from "#src/platform/pdf/barcodes.ts";
import type { Printer } from "#src/platform/pdf/printer.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import type { Registration } from "../descriptor.ts";
import { getSubmittedForm, type SubmittedForm } from "../drafts.ts";
import { loadGround } from "../form-state.ts";
import { getRegisteredInstitution, type RegisteredInstitution } from "../queries.ts";
import { type RegistrationForm, readRegistrationForm } from "../read-form.ts";
import { SERVICE_KIND_WORDS } from "../schema.ts";
import { REGISTRATION_APPLICATION_SLIP } from "./application-worth.ts";

const TEMPLATE = join(import.meta.dirname, "application.typ");

/** What a printed 注册申请单 needs besides the registration itself. */
export interface RegistrationPrintDeps {
  personalData: PersonalData;
  printer: Printer;
  fundCentreName: string;
  /** The deployment's public address, for the QR code. */
  publicUrl: string;
}

/**
 * Writes 注册申请单 into the register of issued slips and prints it: what was applied for, people and numbers masked, the estates with their dates, the papers that
 * were handed in, the agreement that was accepted, and room for signature and seal.
 */
export async function printRegistrationSlip(
  deps: RegistrationPrintDeps,
  db: Db,
  about: { registration: Registration; application: Application },
  now: Date,
): Promise<Uint8Array> {
  const { registration, application } = about;
  const reader = { db, personalData: deps.personalData };
  const submitted = await getSubmittedForm(reader, application.id);
  const institution = await getRegisteredInstitution(db, deps.personalData, application.id);
  const form = await readAsHandedIn(db, registration, submitted, institution);
  const content = {
    title: `${registration.title}申请单`,
    authority: deps.fundCentreName,
    number: application.number,
    numberGroups: groupNumber(application.number),
    institution: institutionPairs(registration, form, submitted, application),
    contact: contactPairs(form, submitted, institution.username),
    account: accountPairs(registration, form),
    estates: estateTable(registration, form),
    agreement: agreementPairs(submitted),
    legalPersonTitle: registration.legalPersonTitle,
  };
  const slip = {
    subject: application.number,
    datedOn: shanghaiDate(application.createdAt),
    amountFen: null,
    party: form.name,
    about: aboutWords(registration, form),
    content,
  };
  const { kind } = REGISTRATION_APPLICATION_SLIP;
  const mark = await issueSlip(deps, db, { kind, isOwnNumber: true }, slip, now);
  const statusUrl = `${deps.publicUrl}/applications/${application.number}?code=${mark.code}`;
  const documents = await listDocuments(reader, { applicationId: application.id });
  return await deps.printer.print({
    template: TEMPLATE,
    createdAt: now,
    data: {
      ...content,
      mark,
      printedAt: formatShanghaiTime(now),
      documents: documentRows(registration, documents),
      numberCode: code128(application.number).svg,
      statusCode: qrCode(statusUrl).svg,
      statusUrl,
    },
  });
}

/** What 验真 tells to be compared with the paper: 物业服务企业注册：示例花园（SL0126） 等 3 个物业区域. */
function aboutWords({ title }: Registration, { bindings }: PrintedForm): string {
  const [first] = bindings;
  if (first === undefined) return title;
  const { name, code } = first.estate;
  const more = bindings.length > 1 ? ` 等 ${bindings.length} 个物业区域` : "";
  return `${title}：${name}（${code}）${more}`;
}

/** As it was handed in last: what was changed after the approval stands on the slip of the change. */
async function readAsHandedIn(
  db: Db,
  registration: Registration,
  { typed, savedAt }: SubmittedForm,
  institution: RegisteredInstitution,
): Promise<Pick<RegistrationForm, "name" | "creditCode" | "recordNo" | "profile" | "bindings">> {
  const ground = await loadGround(db, registration, typed, shanghaiDate(savedAt));
  const read = readRegistrationForm(typed, ground);
  // A district or an estate of that day may be on record no more.
  return read.ok ? read.data : institution;
}

type Pairs = (readonly [label: string, value: string])[];
type PrintedForm = Awaited<ReturnType<typeof readAsHandedIn>>;

const told = (value: string) => (value === "" ? "没有填写" : value);

function institutionPairs(
  registration: Registration,
  { name, creditCode, recordNo, profile }: PrintedForm,
  { rounds }: SubmittedForm,
  { createdAt }: Application,
): { wide: Pairs; pairs: Pairs } {
  const { legalPersonTitle, institution } = registration;
  return {
    wide: [
      ["机构名称", name],
      ["注册或办公地址", profile.address],
    ],
    pairs: [
      ["机构类型", INSTITUTION_KIND_WORDS[institution]],
      creditCode === null ? ["备案号", recordNo ?? ""] : ["统一社会信用代码", creditCode],
      [legalPersonTitle, maskName(profile.legalPerson)],
      [`${legalPersonTitle}证件`, told(maskDocument(profile.legalPersonDocumentNo))],
      ...(institution === "committee"
        ? []
        : ([["营业执照有效期", profile.licenceUntil || "长期"]] as const)),
      ["第一次提交", formatShanghaiTime(createdAt)],
      ["第几次提交", `第 ${rounds} 次`],
    ],
  };
}

function contactPairs(
  { profile }: PrintedForm,
  { contactProvenAt }: SubmittedForm,
  username: string,
): Pairs {
  const proven = contactProvenAt === null ? "没有用短信验证" : "已用短信验证";
  return [
    ["联系人", maskName(profile.contactName)],
    ["联系人手机", `${maskPhone(profile.contactPhone)}（${proven}）`],
    ["联系电话", profile.landline === "" ? "没有填写" : maskPhone(profile.landline)],
    ["邮箱", told(maskEmail(profile.email))],
    ["登录用户名", username],
  ];
}

function accountPairs({ institution }: Registration, { profile }: PrintedForm): Pairs {
  if (institution !== "developer") return [];
  return [
    ["户名", profile.accountName],
    ["账号", maskAccount(profile.accountNo)],
    ["开户行", profile.accountBank],
  ];
}

/** The columns that the kind asks for, and a row for each estate. */
function estateTable({ estates }: Registration, { bindings }: PrintedForm) {
  const until = (ends: string | null) => ends ?? "没有期限";
  const rows = bindings.map(({ estate, contractNo, serviceKind, startsOn, endsOn }) => {
    const own = [estate.name, estate.code];
    const term = `${startsOn ?? "起始不限"} 至 ${until(endsOn)}`;
    if (estates === "optional") return [...own, estate.address];
    if (estates === "one") return [...own, term];
    return [...own, contractNo, serviceKind === "" ? "" : SERVICE_KIND_WORDS[serviceKind], term];
  });
  const columns = {
    optional: ["物业区域", "区域编号", "坐落"],
    several: ["物业区域", "区域编号", "合同编号", "服务类型", "合同起止日期"],
    one: ["物业区域", "区域编号", "任期"],
  }[estates];
  return { columns, rows };
}

function documentRows(
  { documents: rules }: Registration,
  documents: readonly StoredDocument[],
): string[][] {
  return rules
    .map((rule) => ({ rule, count: documents.filter(({ code }) => code === rule.code).length }))
    .filter(({ rule, count }) => rule.isRequired || count > 0)
    .map(({ rule, count }) => [rule.title, `${count}`]);
}

function agreementPairs({ agreementVersion, agreementSha256, agreedAt }: SubmittedForm): Pairs {
  return [
    ["版本", `《机构注册协议》第 ${agreementVersion} 版`],
    ["勾选已阅读", formatShanghaiTime(agreedAt)],
    ["全文校验值", `SHA-256 ${agreementSha256.toString("hex")}`],
  ];
}
