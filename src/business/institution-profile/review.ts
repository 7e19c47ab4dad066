import { listBoundEstates } from "#src/accounts/institutions/bound-estates.ts";
import {
  holdInstitutionEstates,
  listBindingConflicts,
} from "#src/accounts/institutions/estate-bindings.ts";
import { sealProfile } from "#src/accounts/institutions/institution-profile.ts";
import {
  INSTITUTION_KIND_WORDS,
  type InstitutionState,
} from "#src/accounts/institutions/institution-user.ts";
import { checkPapers } from "#src/applications/documents/check-papers.ts";
import type { Application } from "#src/applications/find-application.ts";
import type {
  CaseView,
  Comparison,
  DecisionAct,
  DecisionOutcome,
  ReviewDescriptor,
  ReviewStage,
} from "#src/applications/review-descriptor.ts";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { maskAccount, maskName, maskPhone } from "#src/kernel/masking.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { changeWords, type EstateChange, type InstitutionChange, termWords } from "./change.ts";
import { CHANGE_DOCUMENTS, UNDECIDED } from "./descriptor.ts";
import { getChange, getInstitution, type RegisteredInstitution } from "./queries.ts";

const REJECTION_REASONS = [
  "变更证明不清晰或不完整，请重新申请",
  "变更的内容与证明不一致",
  "原来的合同或任期还没有结束",
] as const;

const CORRECTION_REASONS = [
  "变更证明不清晰，请重新拍照上传",
  "变更证明不齐，请补齐后重新提交",
  "填写的内容与证明不一致，请核对后改正",
  "合同编号或起止日期和合同不一致，请照合同改正",
] as const;

const sendBack = {
  name: "correct",
  label: "退回补正",
  toState: "correcting",
  tone: "plain",
  needsOpinion: true,
  needsChecklist: false,
  reasons: CORRECTION_REASONS,
} as const;

const reject = {
  name: "reject",
  label: "不予变更",
  toState: "rejected",
  tone: "danger",
  needsOpinion: true,
  needsChecklist: false,
  reasons: REJECTION_REASONS,
} as const;

/** Where the fund centre has to act on a change. Promised together: five working days. */
export const CHANGE_STAGES: readonly ReviewStage[] = [
  {
    state: "submitted",
    role: "reviewer",
    title: "审核",
    workingDays: 3,
    checklist: [
      {
        id: "papers-prove",
        text: "变更证明清晰、齐全，与变更的内容一致",
        legalBasis: "《机构注册协议》",
      },
      {
        id: "no-conflict",
        text: "绑定的物业区域没有别的在期合同或任期，或者旧的已经结束",
        legalBasis: "《中华人民共和国民法典》第二百七十八条：选聘物业服务企业由业主共同决定",
      },
    ],
    decisions: [
      {
        name: "pass",
        label: "审核通过",
        toState: "reviewed",
        tone: "primary",
        needsOpinion: false,
        needsChecklist: true,
        reasons: [],
      },
      sendBack,
      reject,
    ],
  },
  {
    state: "reviewed",
    role: "approver",
    title: "审批",
    workingDays: 2,
    checklist: [{ id: "review-agreed", text: "同意审核的意见", legalBasis: "《机构注册协议》" }],
    decisions: [
      {
        name: "approve",
        label: "批准变更",
        toState: "approved",
        tone: "primary",
        needsOpinion: false,
        needsChecklist: true,
        reasons: [],
      },
      sendBack,
      reject,
    ],
  },
];

/** 机构信息变更 as the review desk sees it. */
export function changeReview({ personalData }: { personalData: PersonalData }): ReviewDescriptor {
  return {
    stages: CHANGE_STAGES,
    describe: (db, application) => describe(db, application, personalData),
    reveal: (db, application) => reveal(db, application, personalData),
    carryOut: async (tx, act) => {
      if (act.decision === "reject") {
        await closeChange(tx, act.application);
        return { ok: true };
      }
      if (act.decision === "correct") return { ok: true };
      const papers = await checkPapers({ db: tx, personalData }, act.application, CHANGE_DOCUMENTS);
      if (!papers.ok || act.decision !== "approve") return papers;
      return await applyChange(tx, act, personalData);
    },
  };
}

/** The institution may ask for another change from now on. */
export async function closeChange(tx: Tx, { id }: Pick<Application, "id">): Promise<void> {
  await tx
    .updateTable("institution_change")
    .set({ is_open: false })
    .where("application_id", "=", id)
    .execute();
}

/** Puts what was asked for in the place of what is registered; a conflict of estates refuses the whole of it. */
async function applyChange(
  tx: Tx,
  act: DecisionAct,
  personalData: PersonalData,
): Promise<DecisionOutcome> {
  const { application, now } = act;
  const { institutionId, change } = await getChange(tx, personalData, application);
  const institution = await getInstitution(tx, personalData, institutionId, { isHeld: true });
  if (!STANDING.includes(institution.state)) {
    return { ok: false, errors: { "": "这个机构已经注销，不能变更，请不予变更" } };
  }
  const wanted = change.estates.map(({ estateId }) => estateId);
  await holdInstitutionEstates(tx, institutionId, wanted);
  const conflict = await firstConflict(tx, institution, change);
  if (conflict !== null) return { ok: false, errors: { "": conflict } };
  const profile = {
    ...institution.profile,
    ...(change.legalPerson && { legalPerson: change.legalPerson.asked }),
    ...change.account?.asked,
  };
  await tx
    .updateTable("institution")
    .set({
      name: change.name?.asked ?? institution.name,
      profile_cipher: sealProfile(personalData, profile),
    })
    .where("id", "=", institutionId)
    .execute();
  for (const estate of change.estates) await applyEstate(tx, institutionId, estate, now);
  if (institution.state === "expired") await reopenRenewed(tx, institution, change, act);
  await closeChange(tx, application);
  return { ok: true };
}

/** Whoever was closed for good has nothing to be changed. */
const STANDING: readonly InstitutionState[] = ["active", "suspended", "expired"];

/** An institution whose contracts or term were over works again from the day on which one runs. */
async function reopenRenewed(
  tx: Tx,
  { id }: RegisteredInstitution,
  change: InstitutionChange,
  { actor, now, today }: DecisionAct,
): Promise<void> {
  const running = await listBoundEstates(tx, id, today);
  if (running.length === 0) return;
  await tx.updateTable("institution").set({ state: "active" }).where("id", "=", id).execute();
  const renewed = change.estates.filter(({ act }) => act !== "end");
  for (const { estateId } of renewed) {
    await tx
      .insertInto("institution_event")
      .values({
        institution_id: id,
        act: "binding-renewed",
        estate_id: estateId,
        actor,
        at: now,
        reason: "续签或换届，变更已批准",
      })
      .execute();
  }
}

async function applyEstate(
  tx: Tx,
  institutionId: number,
  { estateId, act, contractNo, startsOn, endsOn }: EstateChange,
  now: Date,
): Promise<void> {
  const dates = { starts_on: startsOn as never, ends_on: endsOn as never };
  const term = { contract_no: contractNo, ...dates, ended_at: act === "end" ? now : null };
  await tx
    .insertInto("institution_estate")
    .values({ institution_id: institutionId, estate_id: estateId, ...term })
    .onConflict((conflict) => conflict.columns(["institution_id", "estate_id"]).doUpdateSet(term))
    .execute();
}

async function firstConflict(
  db: Db | Tx,
  institution: RegisteredInstitution,
  change: InstitutionChange,
): Promise<string | null> {
  const wanted = change.estates.filter(({ act }) => act !== "end");
  const [other] = await listBindingConflicts(db, {
    kind: institution.kind,
    exceptInstitutionId: institution.id,
    bindings: wanted.map(({ estateId, startsOn, endsOn }) => ({
      estateId,
      startsOn: startsOn as CalendarDate | null,
      endsOn: endsOn as CalendarDate | null,
    })),
  });
  if (other === undefined) return null;
  const estate = wanted.find(({ estateId }) => estateId === other.estateId)?.name ?? "物业区域";
  return `${estate}在这段日期里已绑定 ${other.institutionName}（${termWords(other)}），请先结束旧的，或不予变更`;
}

async function describe(
  db: Db,
  application: Application,
  personalData: PersonalData,
): Promise<CaseView> {
  const { institutionId, change, rounds } = await getChange(db, personalData, application);
  const institution = await getInstitution(db, personalData, institutionId);
  const isOpen = UNDECIDED.includes(application.state);
  const conflict = isOpen ? await firstConflict(db, institution, change) : null;
  const { profile } = institution;
  return {
    subject: institution.name,
    reason: changeWords(change),
    applicant: maskName(profile.contactName),
    amountFen: null,
    seen: JSON.stringify([
      institution.name,
      rounds,
      change.estates.map(({ code }) => code),
      conflict,
    ]),
    comparisons: comparisonsOf(change, conflict),
    facts: [
      ["机构类型", INSTITUTION_KIND_WORDS[institution.kind]],
      [
        institution.creditCode === null ? "备案号" : "统一社会信用代码",
        institution.creditCode ?? institution.recordNo ?? "",
      ],
      ["联系人", `${maskName(profile.contactName)} ${maskPhone(profile.contactPhone)}`],
      ["要变更的", changeWords(change)],
      ["第几次提交", `第 ${rounds} 次`],
      ...(institution.state === "expired"
        ? ([["现在的状态", "绑定的物业区域都已到期，批准续签以后恢复"]] as const)
        : []),
    ],
    consequences: {
      pass: "不改登记的内容，转给审批员审批",
      approve: "登记的内容改成申请的内容，马上生效",
      correct: "登记的内容不变，退给申请单位补正，用同一个编号重新提交，从审核重新开始",
      reject: "登记的内容不变，业务结束，申请单位能看到原因",
    },
    links: [],
  };
}

function comparisonsOf(change: InstitutionChange, conflict: string | null): Comparison[] {
  const row = (label: string, applied: string, recorded: string, verdict: string): Comparison => ({
    label,
    applied,
    recorded,
    matches: null,
    verdict,
  });
  const acts = { add: "新绑定", change: "变更", end: "解除绑定" };
  return [
    ...(change.name ? [row("机构名称", change.name.asked, change.name.before, "变更")] : []),
    ...(change.legalPerson
      ? [
          row(
            "法定代表人或负责人",
            maskName(change.legalPerson.asked),
            maskName(change.legalPerson.before) || "没有登记",
            "变更",
          ),
        ]
      : []),
    ...(change.account
      ? [
          row(
            "银行账户",
            accountWords(change.account.asked),
            accountWords(change.account.before),
            "变更",
          ),
        ]
      : []),
    ...change.estates.map((estate) =>
      row(
        `${estate.name}（${estate.code}）`,
        estate.act === "end" ? "不再绑定" : termWords(estate),
        estate.before === null ? "没有绑定" : termWords(estate.before),
        acts[estate.act],
      ),
    ),
    ...(conflict === null
      ? []
      : [{ label: "冲突", applied: conflict, recorded: "", matches: false } satisfies Comparison]),
  ];
}

function accountWords(account: NonNullable<InstitutionChange["account"]>["asked"]): string {
  const { accountName, accountBank, accountNo } = account;
  if (accountNo === "" && accountBank === "") return "没有登记";
  return `${accountName} ${accountBank} ${accountNo === "" ? "没有账号" : maskAccount(accountNo)}`;
}

async function reveal(db: Db, application: Application, personalData: PersonalData) {
  const { institutionId, change } = await getChange(db, personalData, application);
  const { profile } = await getInstitution(db, personalData, institutionId);
  const rows: (readonly [string, string])[] = [
    ["联系人", profile.contactName],
    ["联系人手机", profile.contactPhone],
  ];
  if (change.legalPerson) rows.push(["申请的法定代表人或负责人", change.legalPerson.asked]);
  if (change.account) {
    rows.push(["申请的户名", change.account.asked.accountName]);
    rows.push(["申请的开户银行", change.account.asked.accountBank]);
    rows.push(["申请的账号", change.account.asked.accountNo]);
  }
  return rows;
}
