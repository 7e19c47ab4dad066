import { INSTITUTION_KIND_WORDS } from "#src/accounts/institutions/institution-user.ts";
import { checkPapers } from "#src/applications/documents/check-papers.ts";
import type { Application } from "#src/applications/find-application.ts";
import type {
  CaseView,
  Comparison,
  ReviewDescriptor,
} from "#src/applications/review-descriptor.ts";
import { maskAccount, maskName, maskPhone } from "#src/kernel/masking.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { applyChange, closeChange, firstConflict } from "./apply-change.ts";
import { changeWords, type InstitutionChange, termWords } from "./change.ts";
import { CHANGE_STAGES } from "./change-stages.ts";
import { CHANGE_DOCUMENTS, UNDECIDED } from "./descriptor.ts";
import { getChange, getInstitution } from "./queries.ts";

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
