import { cancelSuperseded } from "#src/applications/book-bank-message.ts";
import { checkPapers } from "#src/applications/documents/check-papers.ts";
import type { Application } from "#src/applications/find-application.ts";
import type { FindDescriptor } from "#src/applications/find-descriptor.ts";
import {
  type CaseView,
  type Comparison,
  type DecisionAct,
  type DecisionOutcome,
  type ReviewDescriptor,
  type ReviewStage,
  SEND_BACK,
} from "#src/applications/review-descriptor.ts";
import { findHouseNotice, type HouseNotice } from "#src/bank/find-notice.ts";
import { formatArea } from "#src/kernel/area.ts";
import { maskDocument, maskName, maskPhone } from "#src/kernel/masking.ts";
import { addFen, formatYuan } from "#src/kernel/money.ts";
import {
  getHouseBalance,
  type HouseBalance,
  type HouseKey,
  holdHouses,
} from "#src/ledger/house-balances.ts";
import { type MergeRefusal, mergeHouse } from "#src/ledger/merge-house.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { findBuilding } from "#src/register/find-estate.ts";
import { findHouseByCode, getHouse, type House } from "#src/register/find-house.ts";
import {
  AREA_KIND_WORDS,
  DOCUMENT_KIND_WORDS,
  HOUSE_NATURE_WORDS,
  HOUSE_USE_WORDS,
} from "#src/register/house-words.ts";
import { fillInBuilding } from "#src/register/provisional-house.ts";
import { standardText } from "#src/register/standards/standard-text.ts";
import { type Draft, getApplicationForm } from "./drafts.ts";
import { listNearHouses, listOwners, type NearHouse } from "./queries.ts";
import { documentRulesOf, shownForm } from "./shown-form.ts";

export interface UnrecordedReviewDeps {
  personalData: PersonalData;
  /** Finds the business of a notice that a merging has voided. */
  findDescriptor: FindDescriptor;
}

const INTAKE_DAYS = 2;
const REVIEW_DAYS = 3;

const RETURN_REASONS = [
  "购房合同缺少有房号和面积的一页，请补传",
  "身份证照片看不清，请重新拍照上传",
  "合同上的姓名和填写的业主姓名不一致，请核对后改正",
  "建筑面积和合同不一致，请照合同改正",
];

/** Where the fund centre has to act on it. */
export const UNRECORDED_STAGES: readonly ReviewStage[] = [
  {
    state: "to-verify",
    role: "intake",
    title: "受理",
    workingDays: INTAKE_DAYS,
    checklist: [
      {
        id: "papers",
        text: "要件齐全、清晰，和填写的业主、房屋一致",
        legalBasis: "《住宅专项维修资金管理办法》第十二条",
      },
      {
        id: "owner",
        text: "合同或不动产权证上的买受人就是填写的业主",
        legalBasis: "《住宅专项维修资金管理办法》第九条",
      },
    ],
    decisions: [
      {
        name: "accept",
        label: "受理，转核验",
        toState: "checked",
        tone: "primary",
        needsOpinion: false,
        needsChecklist: true,
        reasons: [],
      },
      { ...SEND_BACK, name: "return", reasons: RETURN_REASONS },
    ],
  },
  {
    state: "checked",
    role: "reviewer",
    title: "核验",
    workingDays: REVIEW_DAYS,
    checklist: [
      {
        id: "new",
        text: "已和本幢登记的房屋逐套对照，确认没有重复登记",
        legalBasis: "《住宅专项维修资金管理办法》第十条（按户门号设分户账）",
      },
      {
        id: "area",
        text: "建筑面积、用途和性质与合同或实测报告一致",
        legalBasis: "《住宅专项维修资金管理办法》第七条",
      },
      {
        id: "standard",
        text: "交存标准按合同签订日选定，金额计算正确",
        legalBasis: "《住宅专项维修资金管理办法》第七条",
      },
    ],
    decisions: [
      {
        name: "verify",
        label: "核验通过，入册",
        toState: "verified",
        tone: "primary",
        needsOpinion: false,
        needsChecklist: true,
        reasons: [],
      },
      {
        name: "merge",
        label: "并入已登记的房屋",
        toState: "merged",
        tone: "plain",
        needsOpinion: true,
        needsChecklist: false,
        reasons: ["这套房屋原来已经登记，只是地址写法不同，交的钱并到登记的房屋名下"],
        fields: [
          {
            name: "houseCode",
            label: "并入的房屋编号",
            hint: "登记在册的房屋，可以在别的小区，但要在同一个专户",
            isRequired: true,
          },
        ],
      },
      { ...SEND_BACK, name: "return", reasons: RETURN_REASONS },
      {
        name: "reject",
        label: "不予通过",
        toState: "rejected",
        tone: "danger",
        needsOpinion: true,
        needsChecklist: false,
        reasons: [
          "购房合同不是这套房屋的，请核对后重新提交",
          "这套房屋已经登记并交清，属于重复交款",
          "要件不真实，不予登记",
        ],
      },
    ],
  },
];

/** 未备案房屋 as the review desk sees it: verify, merge into a house on record, or reject. */
export function unrecordedReview(deps: UnrecordedReviewDeps): ReviewDescriptor {
  return {
    stages: UNRECORDED_STAGES,
    describe: (db, application) => describe({ db, ...deps }, application),
    reveal: (db, application) => reveal({ db, ...deps }, application),
    carryOut: (tx, act) => carryOut(tx, deps, act),
  };
}

type CaseDeps = UnrecordedReviewDeps & { db: Db };

interface Case {
  application: Application;
  house: House;
  notice: HouseNotice;
  balance: HouseBalance;
  form: Draft;
}

async function getCase(deps: CaseDeps, application: Application): Promise<Case> {
  const key = houseOf(application);
  const notice =
    application.noticeNo === null
      ? null
      : await findHouseNotice(deps.db, application.noticeNo, deps.personalData);
  if (notice === null) throw new Error(`application ${application.number} has no payment notice`);
  return {
    application,
    notice,
    house: await getHouse(deps.db, key),
    balance: await getHouseBalance(deps.db, key),
    form: await getApplicationForm(deps, application.id),
  };
}

function houseOf(application: Application): HouseKey {
  if (application.house === null) throw new Error(`application ${application.number} has no house`);
  return application.house;
}

async function describe(deps: CaseDeps, application: Application): Promise<CaseView> {
  const one = await getCase(deps, application);
  const near = await listNearHouses(deps.db, one.house);
  const owners = await listOwners(deps, one.house);
  return {
    subject: one.house.address,
    reason: "",
    applicant: owners.map(({ name }) => maskName(name)).join("、"),
    amountFen: one.notice.amountFen,
    seen: seenOf(one),
    comparisons: [...(await ownComparisons(deps, one)), ...near.map(nearComparison)],
    facts: [
      ...shownForm(one.form.typed).filter(([label]) => !label.startsWith("交款人")),
      ...owners.map(
        (owner, at) =>
          [
            `业主 ${at + 1}`,
            `${maskName(owner.name)}，${DOCUMENT_KIND_WORDS[owner.documentKind]} ${maskDocument(owner.documentNo)}，手机 ${maskPhone(owner.phone ?? "")}`,
          ] as const,
      ),
      ["交款人", `${maskName(one.notice.payerName)}，${maskPhone(one.notice.payerPhone)}`],
      ["已交", `${formatYuan(one.balance.firstPaidFen)} 元`],
    ],
    consequences: consequences(one),
    links: [
      { href: `/fund/${one.house.code}`, words: `临时房屋 ${one.house.code} 的明细` },
      ...near.map(({ code, address }) => ({ href: `/fund/${code}`, words: `${address} 的明细` })),
    ],
  };
}

/** What a decision rests on: money, house data and papers as they stood on the page. */
function seenOf({ balance, form, house }: Case): string {
  const held = addFen(balance.principalFen, balance.interestFen);
  return [held, balance.reservedFen, house.dueFen ?? "", form.savedAt.toISOString()].join("/");
}

async function ownComparisons(deps: CaseDeps, one: Case): Promise<Comparison[]> {
  const { house, form, balance } = one;
  const building = await findBuilding(deps.db, house.estateId, house.buildingKey);
  const lift = form.typed["lift"] === "yes";
  const known = building?.floors ?? null;
  return [
    {
      label: "总层数",
      applied: `${form.typed["floors"]} 层`,
      recorded: known === null ? "本幢没有登记" : `${known} 层`,
      matches: known === null ? null : String(known) === form.typed["floors"]?.trim(),
    },
    {
      label: "电梯",
      applied: lift ? "有电梯" : "无电梯",
      recorded: liftWords(building?.has_lift ?? null),
      matches: building?.has_lift == null ? null : building.has_lift === lift,
    },
    {
      label: "用途与性质",
      applied: `${HOUSE_USE_WORDS[house.houseUse]}，${HOUSE_NATURE_WORDS[house.houseNature]}`,
      recorded: house.standard === null ? "标准未核定" : house.standard.name,
      matches: null,
    },
    {
      label: "应交与已交",
      applied:
        house.standard === null || house.dueFen === null
          ? "标准未核定"
          : `${formatArea(house.areaHundredths)} ㎡（${AREA_KIND_WORDS[house.areaKind]}），${standardText(house.standard)}，应交 ${formatYuan(house.dueFen)} 元`,
      recorded: `已交 ${formatYuan(balance.firstPaidFen)} 元`,
      matches: house.dueFen === balance.firstPaidFen,
    },
  ];
}

function liftWords(hasLift: boolean | null): string {
  if (hasLift === null) return "本幢没有登记";
  return hasLift ? "有电梯" : "无电梯";
}

function nearComparison(near: NearHouse, at: number): Comparison {
  return {
    label: `相近房屋 ${at + 1}`,
    applied: near.hasSameOwner ? "业主证件号与申请人相同" : "业主不同",
    recorded: `${near.address}（${near.code}），${near.area} ㎡`,
    matches: near.hasSameOwner ? false : null,
    ...(near.hasSameOwner ? { verdict: "可能重复" } : {}),
  };
}

function consequences({ house, balance }: Case): Record<string, string> {
  const money = `${formatYuan(addFen(balance.principalFen, balance.interestFen))} 元`;
  return {
    accept: "转给审核岗核验，钱不动。受理人不能再做核验",
    return: "退给申请人补正，钱留在这套房屋名下。补正后从受理重新开始",
    verify: `${house.address} 正式入册，业主登记为房屋的业主，${money}留在它名下。申请办结`,
    merge: `${money}连同交款记录转到并入的房屋名下，${house.code} 销号并指向它，两套房屋没交的通知单作废。不能撤回`,
    reject: `房屋不入册，地址放开；${money}留在 ${house.code} 名下，申请人可以申请退款（错交）`,
  };
}

async function reveal(deps: CaseDeps, application: Application) {
  const one = await getCase(deps, application);
  const owners = await listOwners(deps, one.house);
  return [
    ...owners.flatMap((owner, at) => [
      [`业主 ${at + 1} 姓名`, owner.name] as const,
      [`业主 ${at + 1} ${DOCUMENT_KIND_WORDS[owner.documentKind]}`, owner.documentNo] as const,
      [`业主 ${at + 1} 手机`, owner.phone ?? "没有登记"] as const,
    ]),
    ["交款人", one.notice.payerName] as const,
    ["交款人手机", one.notice.payerPhone] as const,
  ];
}

async function carryOut(
  tx: Tx,
  deps: UnrecordedReviewDeps,
  act: DecisionAct,
): Promise<DecisionOutcome> {
  switch (act.decision) {
    case "accept":
      return await checkOwnPapers(tx, deps, act);
    case "verify":
      return await verify(tx, deps, act);
    case "merge":
      return await merge(tx, deps, act);
    default:
      return { ok: true };
  }
}

async function checkOwnPapers(
  tx: Tx,
  deps: UnrecordedReviewDeps,
  { application }: DecisionAct,
): Promise<DecisionOutcome> {
  const reader = { db: tx, personalData: deps.personalData };
  return await checkPapers(reader, application, await documentRulesOf(reader, application));
}

/** The house itself becomes recorded with the step: the database moves it along with its application. */
async function verify(
  tx: Tx,
  deps: UnrecordedReviewDeps,
  act: DecisionAct,
): Promise<DecisionOutcome> {
  const papers = await checkOwnPapers(tx, deps, act);
  if (!papers.ok) return papers;
  const one = await getCase({ db: tx, ...deps }, act.application);
  await fillInBuilding(tx, one.house, {
    floors: Number.parseInt(one.form.typed["floors"] ?? "", 10),
    hasLift: one.form.typed["lift"] === "yes",
  });
  return { ok: true };
}

const MERGE_SENTENCES: Record<MergeRefusal, string> = {
  "same-house": "这就是要核验的房屋自己，请填登记在册的另一套",
  "not-provisional": "要核验的房屋已经不是待核验的了，请刷新页面",
  "target-not-recorded": "这套房屋没有正式入册，或已经销户，不能并入",
  "other-custody":
    "两套房屋的维修资金在不同的专户，钱要在银行之间划转，不能直接并入。请不予通过，由申请人退款后重新交款",
  "other-fund":
    "一套是房改房，一套不是，钱属于两种维修资金，不能直接并入。请不予通过，由申请人退款后重新交款",
  reserved: "这套房屋有退款正在办理，钱已经冻结，办完以前不能并入",
  spent: "这套房屋的钱已经动用过，不能整笔并入，请先核对明细",
  empty: "这套房屋名下已经没有钱，不用并入",
};

async function merge(
  tx: Tx,
  deps: UnrecordedReviewDeps,
  act: DecisionAct,
): Promise<DecisionOutcome> {
  const typed = (act.fields["houseCode"] ?? "").normalize("NFKC").replace(/\s/g, "").toUpperCase();
  const into = await findHouseByCode(tx, typed);
  if (typed === "") return refuseMerge("请填写并入的房屋编号");
  if (into === null) return refuseMerge("没有这个房屋编号，请核对");
  const one = await getCase({ db: tx, ...deps }, act.application);
  await holdHouses(tx, [one.house, into]);
  const paid = await getHouseBalance(tx, into);
  const isOther = into.houseId !== one.house.houseId && into.status === "recorded";
  if (isOther && into.dueFen !== null && paid.firstPaidFen >= into.dueFen) {
    return refuseMerge(
      "这套房屋的首次交款已经交清，并入就成了重复交款。请不予通过，由申请人申请退款",
    );
  }
  const outcome = await mergeHouse(tx, {
    from: one.house,
    into,
    bookDate: act.today,
    actor: act.actor,
    note: {
      fromCode: one.house.code,
      fromAddress: one.house.address,
      intoCode: into.code,
      intoAddress: into.address,
      noticeNo: one.notice.no,
    },
  });
  if (!outcome.ok) return refuseMerge(MERGE_SENTENCES[outcome.reason]);
  const why = {
    now: act.now,
    remark: "另一笔交款并入了这套房屋，应交金额变了，这一张自动作废",
  };
  await cancelSuperseded(tx, outcome.superseded, why, deps.findDescriptor);
  return { ok: true };
}

function refuseMerge(sentence: string): DecisionOutcome {
  return { ok: false, errors: { houseCode: sentence } };
}
