import { cancelSuperseded } from "#src/applications/book-bank-message.ts";
import { checkPapers } from "#src/applications/documents/check-papers.ts";
import type { FindDescriptor } from "#src/applications/find-descriptor.ts";
import type {
  DecisionAct,
  DecisionOutcome,
  ReviewDescriptor,
} from "#src/applications/review-descriptor.ts";
import { getHouseBalance, holdHouses } from "#src/ledger/house-balances.ts";
import { type MergeRefusal, mergeHouse } from "#src/ledger/merge-house.ts";
import type { Tx } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { findHouseByCode } from "#src/register/find-house.ts";
import { fillInBuilding } from "#src/register/provisional-house.ts";
import { describeCase, getCase, revealCase } from "./review-case.ts";
import { UNRECORDED_STAGES } from "./review-stages.ts";
import { documentRulesOf } from "./shown-form.ts";

export interface UnrecordedReviewDeps {
  personalData: PersonalData;
  /** Finds the business of a notice that a merging has voided. */
  findDescriptor: FindDescriptor;
}

/** 未备案房屋 as the review desk sees it: verify, merge into a house on record, or reject. */
export function unrecordedReview(deps: UnrecordedReviewDeps): ReviewDescriptor {
  return {
    stages: UNRECORDED_STAGES,
    describe: (db, application) => describeCase({ db, ...deps }, application),
    reveal: (db, application) => revealCase({ db, ...deps }, application),
    carryOut: (tx, act) => carryOut(tx, deps, act),
  };
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
