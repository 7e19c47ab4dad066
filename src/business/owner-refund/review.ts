import { checkPapers } from "#src/applications/documents/check-papers.ts";
import type { Application } from "#src/applications/find-application.ts";
import type {
  CaseView,
  Comparison,
  DecisionAct,
  DecisionOutcome,
  ReviewDescriptor,
} from "#src/applications/review-descriptor.ts";
import { groupNumber } from "#src/kernel/application-number.ts";
import { formatArea } from "#src/kernel/area.ts";
import { maskAccount, maskName } from "#src/kernel/masking.ts";
import { addFen, type Fen, formatYuan } from "#src/kernel/money.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { getHouse, type House } from "#src/register/find-house.ts";
import { isSameName } from "#src/register/same-name.ts";
import { approveRefund, voidVoucher } from "./approve-refund.ts";
import { basisOf } from "./claim-basis.ts";
import { type Claim, claimantOf, getClaim, getRefundFacts, listOwners } from "./queries.ts";
import { documentsFor, findReason } from "./reasons.ts";
import { REFUND_STAGES } from "./review-stages.ts";
import { NO_REFUND_SENTENCES, offerRefund, type RefundFacts } from "./rules.ts";

/** 业主退款 as the review desk sees it. */
export function refundReview(deps: { personalData: PersonalData }): ReviewDescriptor {
  const { personalData } = deps;
  return {
    stages: REFUND_STAGES,
    describe: (db, application) => describe(db, application, personalData),
    reveal: (db, application) => reveal(db, application, personalData),
    carryOut: async (tx, act) => {
      switch (act.decision) {
        case "accept":
        case "pass":
          return await checkRefundPapers(tx, act, personalData);
        case "approve":
        case "reissue": {
          const papers = await checkRefundPapers(tx, act, personalData);
          return papers.ok ? await approveRefund(tx, act, personalData) : papers;
        }
        case "void":
          return await voidVoucher(tx, act, personalData);
        default:
          return { ok: true };
      }
    },
  };
}

/** Nobody takes a refund on, or pays it, by papers that are missing, not looked through yet, or refused. */
async function checkRefundPapers(
  tx: Tx,
  { application }: DecisionAct,
  personalData: PersonalData,
): Promise<DecisionOutcome> {
  const { house, claim } = await read(tx, application, personalData);
  const reason = findReason(claim.reason);
  if (reason === null) throw new Error(`no reason ${claim.reason} is offered`);
  const owners = await listOwners(tx, house, personalData);
  const rules = documentsFor(reason, owners.length);
  return await checkPapers({ db: tx, personalData }, application, rules);
}

async function describe(
  db: Db,
  application: Application,
  personalData: PersonalData,
): Promise<CaseView> {
  const { house, claim } = await read(db, application, personalData);
  const [facts, owners] = await Promise.all([
    getRefundFacts(db, house),
    listOwners(db, house, personalData),
  ]);
  const reason = findReason(claim.reason);
  const amountFen = addFen(claim.principalFen, claim.interestFen);
  const owner = claimantOf(owners, claim);
  const { principalFen, interestFen, reservedFen } = facts.balance;
  return {
    subject: house.address,
    reason: reason?.title ?? claim.reason,
    applicant: maskName(claim.payeeName),
    amountFen,
    seen: [amountFen, principalFen, interestFen, reservedFen, claim.round].join("|"),
    comparisons: [
      amountComparison(application.state, claim, facts),
      {
        label: "收款人户名",
        applied: maskName(claim.payeeName),
        recorded: owner === undefined ? "登记的业主已变更" : maskName(owner.name),
        matches: owner !== undefined && isSameName(owner.name, claim.payeeName),
      },
      ...areaComparison(claim, house),
    ],
    facts: [
      ["本金", `${formatYuan(claim.principalFen)} 元`],
      ["利息", `${formatYuan(claim.interestFen)} 元`],
      ["怎么算的", claim.basis.arithmetic],
      ["金额规则", reason?.amountRule ?? ""],
      ["依据", reason?.legalBasis ?? ""],
      [
        "应有要件",
        reason === null
          ? ""
          : documentsFor(reason, owners.length)
              .map(({ title, isRequired }) => (isRequired ? title : `${title}（可不交）`))
              .join("；"),
      ],
      [
        "现在的余额",
        `本金 ${formatYuan(principalFen)} 元，利息 ${formatYuan(interestFen)} 元，冻结 ${formatYuan(reservedFen)} 元`,
      ],
      [
        "原交款通知单",
        claim.originalNoticeNo === null ? "无" : groupNumber(claim.originalNoticeNo),
      ],
      ["收款账户", `${claim.payeeBank} ${maskAccount(claim.payeeAccount)}`],
      ["第几次提交", `第 ${claim.round} 次`],
    ],
    consequences: consequences(amountFen, house),
    links: [{ href: `/fund/${house.code}`, words: "查看明细" }],
  };
}

/** Where the money went after the approval: computed again, the claim would stand in its own way. */
const MONEY_MOVED: Readonly<Record<string, string>> = {
  "voucher-issued": "批准时已冻结这笔钱，等银行付款",
  paid: "银行已付款",
};

function amountComparison(state: string, claim: Claim, facts: RefundFacts): Comparison {
  const amountFen = addFen(claim.principalFen, claim.interestFen);
  const moved = MONEY_MOVED[state];
  if (moved !== undefined) {
    const applied = `${formatYuan(amountFen)} 元`;
    return { label: "退款金额", applied, recorded: moved, matches: null };
  }
  const now = offerRefund(claim.reason, facts, basisOf(claim.basis));
  return {
    label: "退款金额",
    applied: `${formatYuan(amountFen)} 元`,
    recorded: now.ok
      ? `按现在的余额应退 ${formatYuan(now.amountFen)} 元`
      : NO_REFUND_SENTENCES[now.reason],
    matches: now.ok && now.amountFen === amountFen,
  };
}

function areaComparison(claim: Claim, house: House): Comparison[] {
  const { newAreaHundredths } = claim.basis;
  if (newAreaHundredths === null) return [];
  return [
    {
      label: "建筑面积",
      applied: `${formatArea(newAreaHundredths)} ㎡`,
      recorded: `${formatArea(house.areaHundredths)} ㎡`,
      // They differ by the nature of the reason: the reviewer looks at the report.
      matches: null,
    },
  ];
}

function consequences(amountFen: Fen, house: House): Record<string, string> {
  const amount = `¥${formatYuan(amountFen)}`;
  const back = "不动钱，退给申请人补正，用同一个编号重新提交";
  return {
    accept: "不动钱，转给审核员审核",
    pass: "不动钱，转给审批员审批",
    approve: `从这套房屋的余额里冻结 ${amount}，开具退款支款单，由${house.custody.bankName}付款`,
    reissue: `再冻结 ${amount}，重新开具退款支款单，由${house.custody.bankName}付款`,
    correct: back,
    void: `支款单作废，冻结的 ${amount} 解冻，退给申请人补正`,
    reject: "不动钱，业务结束，申请人能看到原因",
    cancel: "不动钱，业务结束，申请人能看到原因",
  };
}

async function reveal(db: Db, application: Application, personalData: PersonalData) {
  const { house, claim } = await read(db, application, personalData);
  const contact = await db
    .selectFrom("application_contact")
    .select(["name_cipher", "phone_cipher"])
    .where("application_id", "=", application.id)
    .executeTakeFirst();
  const owners = await db
    .selectFrom("house_owner")
    .select(["n", "name_cipher", "document_cipher"])
    .where("estate_id", "=", house.estateId)
    .where("house_id", "=", house.houseId)
    .orderBy("n")
    .execute();
  return [
    ...owners.flatMap((owner) => [
      [`登记的业主 ${owner.n}`, personalData.decrypt(owner.name_cipher)] as const,
      [`业主 ${owner.n} 证件号码`, personalData.decrypt(owner.document_cipher)] as const,
    ]),
    ...(contact === undefined
      ? []
      : [["申请人手机", personalData.decrypt(contact.phone_cipher)] as const]),
    ["收款人户名", claim.payeeName] as const,
    ["收款账号", claim.payeeAccount] as const,
    ["开户银行", claim.payeeBank] as const,
    ["情况说明", claim.statement === "" ? "没有填写" : claim.statement] as const,
  ];
}

async function read(db: Db, application: Application, personalData: PersonalData) {
  if (application.house === null) throw new Error(`refund ${application.number} has no house`);
  const [house, claim] = await Promise.all([
    getHouse(db, application.house),
    getClaim(db, application, personalData),
  ]);
  return { house, claim };
}
