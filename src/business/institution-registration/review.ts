import { holdInstitutionEstates } from "#src/accounts/institutions/estate-bindings.ts";
import { INSTITUTION_KIND_WORDS } from "#src/accounts/institutions/institution-user.ts";
import { checkPapers } from "#src/applications/documents/check-papers.ts";
import type { Application } from "#src/applications/find-application.ts";
import type {
  CaseView,
  Comparison,
  DecisionAct,
  DecisionOutcome,
  ReviewDescriptor,
} from "#src/applications/review-descriptor.ts";
import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { checkCreditCode } from "#src/kernel/credit-code.ts";
import { maskAccount, maskDocument, maskName, maskPhone } from "#src/kernel/masking.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import type { Registration } from "./descriptor.ts";
import { getSubmittedForm } from "./drafts.ts";
import {
  type BoundEstate,
  findSameCode,
  getRegisteredInstitution,
  listConflictsOf,
} from "./queries.ts";
import { stagesOf } from "./review-stages.ts";
import { SERVICE_KIND_WORDS } from "./schema.ts";
import { bindingWords, conflictWords } from "./story.ts";

interface ReviewDeps {
  personalData: PersonalData;
  registration: Registration;
  /** Whether text messages leave the house: else nobody is told by one. */
  isSmsAvailable: boolean;
}

/** 机构注册 as the review desk sees it. */
export function registrationReview(deps: ReviewDeps): ReviewDescriptor {
  return {
    stages: stagesOf(deps.registration),
    describe: (db, application) => describe(db, deps, application),
    reveal: (db, application) => reveal(db, deps, application),
    carryOut: (tx, act) => carryOut(tx, deps, act),
  };
}

async function getCase(db: Db, { personalData }: ReviewDeps, application: Application) {
  const institution = await getRegisteredInstitution(db, personalData, application.id);
  const [form, conflicts] = [
    await getSubmittedForm({ db, personalData }, application.id),
    // Afterwards they are its own affair no more: the database lets none in.
    ["submitted", "reviewed", "correcting"].includes(application.state)
      ? await listConflictsOf(db, institution)
      : [],
  ];
  return { application, institution, form, conflicts };
}

type Case = Awaited<ReturnType<typeof getCase>>;

async function describe(db: Db, deps: ReviewDeps, application: Application): Promise<CaseView> {
  const one = await getCase(db, deps, application);
  const { institution, form } = one;
  const { profile } = institution;
  const told = (value: string) => (value === "" ? "没有填写" : value);
  const { legalPersonTitle } = deps.registration;
  return {
    subject: institution.name,
    reason: "",
    applicant: maskName(profile.contactName),
    amountFen: null,
    seen: seenOf(one),
    comparisons: [
      await codeComparison(db, one),
      ...institution.bindings.flatMap((bound) => bindingComparisons(bound, one)),
    ],
    facts: [
      ["机构类型", INSTITUTION_KIND_WORDS[institution.kind]],
      [legalPersonTitle, maskName(profile.legalPerson)],
      [`${legalPersonTitle}身份证号`, told(maskDocument(profile.legalPersonDocumentNo))],
      ["注册或办公地址", profile.address],
      ["联系人", `${maskName(profile.contactName)}，${maskPhone(profile.contactPhone)}`],
      [
        "联系人手机",
        form.contactProvenAt === null
          ? "没有验证"
          : `${formatShanghaiTime(form.contactProvenAt)} 用短信验证`,
      ],
      ["登录用户名", institution.username],
      ...(institution.kind === "developer"
        ? ([["退款账户", `${profile.accountBank} ${maskAccount(profile.accountNo)}`]] as const)
        : []),
      ...(institution.kind === "committee"
        ? []
        : ([["营业执照有效期", profile.licenceUntil || "长期"]] as const)),
      ["机构注册协议", `第 ${form.agreementVersion} 版，${formatShanghaiTime(form.agreedAt)} 勾选`],
      ["第几次提交", `第 ${form.rounds} 次`],
    ],
    consequences: registrationConsequences(one, deps.isSmsAvailable),
    links: institution.bindings.map(({ estate }) => ({
      href: `/my-estate/${estate.code}`,
      words: `查看 ${estate.name}`,
    })),
  };
}

/** What a decision rests on: the form as it was handed in, and who stands in the way. */
function seenOf({ form, conflicts }: Case): string {
  const others = conflicts.map(({ estateId, institutionId }) => `${estateId}-${institutionId}`);
  return [form.savedAt.toISOString(), form.rounds, ...others].join("/");
}

async function codeComparison(db: Db, { institution }: Case): Promise<Comparison> {
  const { creditCode, recordNo, kind, id } = institution;
  const same = await findSameCode(db, { kind, creditCode, recordNo, exceptId: id });
  const check = creditCode === null ? "备案号没有校验位，请对照备案证明" : "校验位正确";
  const isRight = creditCode === null ? null : checkCreditCode(creditCode).ok;
  return {
    label: creditCode === null ? "备案号" : "统一社会信用代码",
    applied: creditCode ?? recordNo ?? "",
    recorded: same === null ? `${check}，没有别的登记` : "已有别的登记",
    matches: same === null ? isRight : false,
    verdict: same === null ? (isRight === null ? "请核对" : "没有重复") : "重复登记",
  };
}

function bindingComparisons(bound: BoundEstate, { institution, conflicts }: Case): Comparison[] {
  const { estate } = bound;
  const onRecord = {
    developer: ["登记的开发单位", estate.developerName],
    "property-company": ["登记的物业企业", estate.propertyCompanyName],
    committee: ["登记的业主委员会", estate.committeeName],
  }[institution.kind] as [string, string];
  const [what, recorded] = onRecord;
  const kind = bound.serviceKind === "" ? "" : `，${SERVICE_KIND_WORDS[bound.serviceKind]}`;
  const blocking = conflicts.filter(({ estateId }) => estateId === estate.id);
  return [
    {
      label: `绑定 ${estate.name}`,
      applied: `${bindingWords(bound)}${kind}`,
      recorded: recorded === "" ? `${what}：没有` : `${what}：${recorded}`,
      matches: recorded === "" ? null : recorded === institution.name,
    },
    ...blocking.map((conflict) => ({
      label: `冲突：${estate.name}`,
      applied: bindingWords(bound),
      recorded: conflictWords(conflict, estate.name, institution.kind),
      matches: false,
      verdict: "有冲突",
    })),
  ];
}

/** What each decision does, in words for whoever takes it. */
export function registrationConsequences(
  { institution, conflicts }: Pick<Case, "institution" | "conflicts">,
  isSmsAvailable: boolean,
): Record<string, string> {
  const estates = institution.bindings.length;
  const opened = estates === 0 ? "" : `，打开绑定的 ${estates} 个物业区域`;
  const told = isSmsAvailable ? "，短信通知联系人" : "。本站没有接通短信，联系人凭业务单编号看结果";
  const blocked =
    conflicts.length === 0
      ? ""
      : "。现在有冲突，原来的合同或任期终止以前不能批准，请管理员在“机构”里办理终止";
  return {
    pass: `不动钱，转给审批员审批。审核人不能再做审批${blocked}`,
    approve: `不动钱，开通用户 ${institution.username}${opened}${told}${blocked}`,
    correct: "不动钱，退给申请人补正，用同一个编号重新提交，从审核重新开始",
    reject: "不动钱，业务结束，账号不开通，申请人能看到原因，代码可以重新注册",
  };
}

async function reveal(db: Db, deps: ReviewDeps, application: Application) {
  const { institution } = await getCase(db, deps, application);
  const { profile } = institution;
  const { legalPersonTitle } = deps.registration;
  const all: (readonly [string, string])[] = [
    [legalPersonTitle, profile.legalPerson],
    [`${legalPersonTitle}身份证号`, profile.legalPersonDocumentNo],
    ["联系人", profile.contactName],
    ["联系人手机", profile.contactPhone],
    ["联系电话", profile.landline],
    ["邮箱", profile.email],
    ["户名", profile.accountName],
    ["开户行", profile.accountBank],
    ["账号", profile.accountNo],
  ];
  return all.filter(([, value]) => value !== "");
}

async function carryOut(tx: Tx, deps: ReviewDeps, act: DecisionAct): Promise<DecisionOutcome> {
  if (act.decision !== "pass" && act.decision !== "approve") return { ok: true };
  const reader = { db: tx, personalData: deps.personalData };
  const papers = await checkPapers(reader, act.application, deps.registration.documents);
  if (!papers.ok || act.decision === "pass") return papers;
  return await mayWork(tx, deps, act);
}

/**
 * Approved is only who stands in nobody's way and whose contract or term still runs. The estates are held, so that
 * of two approvals for one estate the second sees the first; the database refuses it besides (WX050).
 */
async function mayWork(tx: Tx, deps: ReviewDeps, act: DecisionAct): Promise<DecisionOutcome> {
  const known = await getRegisteredInstitution(tx, deps.personalData, act.application.id);
  await holdInstitutionEstates(tx, known.id);
  const over = known.bindings.find(({ endsOn }) => endsOn !== null && endsOn < act.today);
  if (over !== undefined) {
    return refuse(`${over.estate.name}的合同或任期已经到期，不能批准，请退回补正`);
  }
  const [conflict] = await listConflictsOf(tx, known);
  if (conflict === undefined) return { ok: true };
  const estate = known.bindings.find((bound) => bound.estate.id === conflict.estateId)?.estate;
  const words = conflictWords(conflict, estate?.name ?? "物业区域", known.kind);
  return refuse(`${words}。原来的合同或任期终止以前不能批准，请先在“机构”里办理终止，或退回补正`);
}

function refuse(sentence: string): DecisionOutcome {
  return { ok: false, errors: { "": sentence } };
}
