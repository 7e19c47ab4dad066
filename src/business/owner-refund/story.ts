import type {
  ApplicationStory,
  NextStep,
  StateWords,
  TimelineStep,
} from "#src/applications/descriptor.ts";
import type { Application, ApplicationEvent } from "#src/applications/find-application.ts";
import { byDay, promiseWords, stepDetail, timeLeft } from "#src/applications/story-words.ts";
import { type DisbursementVoucher, voucherStateNow } from "#src/bank/find-voucher.ts";
import { formatDayInSentence, shanghaiDate } from "#src/kernel/calendar-date.ts";
import { addFen, formatYuan } from "#src/kernel/money.ts";
import type { House } from "#src/register/find-house.ts";
import type { RefundState } from "./descriptor.ts";
import type { Claim } from "./queries.ts";
import { findReason } from "./reasons.ts";

/** What the story of a refund is told from. */
export interface RefundRecord {
  application: Application;
  claim: Claim;
  house: House;
  /** The last voucher; null before the approval. */
  voucher: DisbursementVoucher | null;
}

/** Names of the slips, as they stand in their addresses. */
export const REFUND_SLIPS = {
  application: "refund-application",
  voucher: "disbursement-voucher",
} as const;

const STATE_WORDS: Record<RefundState, StateWords> = {
  submitted: { label: "待受理", tone: "wait" },
  accepted: { label: "审核中", tone: "wait" },
  reviewed: { label: "待审批", tone: "wait" },
  correcting: { label: "待补正", tone: "bad" },
  "voucher-issued": { label: "待付款", tone: "wait" },
  "voucher-expired": { label: "支款单已过期", tone: "wait" },
  paid: { label: "已办结", tone: "ok" },
  rejected: { label: "不予受理", tone: "bad" },
  cancelled: { label: "已撤销", tone: "mute" },
};

/** The application's state, with a voucher past its last day told as expired before the sweep says so. */
function stateNow({ application, voucher }: RefundRecord, now: Date): RefundState {
  const state = application.state as RefundState;
  if (state !== "voucher-issued" || voucher === null) return state;
  const isOver = voucherStateNow(voucher, { today: shanghaiDate(now), at: now }) === "expired";
  return isOver ? "voucher-expired" : state;
}

/**
 * Tells where a refund is, what comes next, who has to do it and by when (manual: 业务受理状态查询). Nothing in
 * it is personal: anyone who has the number may read it.
 */
export function tellRefund(record: RefundRecord, now: Date): ApplicationStory {
  const { application, claim, house } = record;
  const state = stateNow(record, now);
  const reason = findReason(claim.reason);
  return {
    state: STATE_WORDS[state],
    facts: [
      ["业务", `业主退款（${reason?.title ?? claim.reason}）`],
      ["房屋", house.address],
      ["房屋编号", house.code],
      ["退款金额", `${formatYuan(addFen(claim.principalFen, claim.interestFen))} 元`],
      ["怎么算的", claim.basis.arithmetic],
      ["付款银行", `${house.custody.bankName}任一网点`],
    ],
    next: nextStep(record, state),
    timeline: timeline(record, state, now),
    printable: printable(state),
    ...(state === "correcting" ? { corrections: [lastRemark(application) || "资料需要补正"] } : {}),
  };
}

function printable(state: RefundState): string[] {
  switch (state) {
    case "cancelled":
    case "rejected":
      return [];
    case "voucher-issued":
      return [REFUND_SLIPS.voucher, REFUND_SLIPS.application];
    default:
      return [REFUND_SLIPS.application];
  }
}

function lastRemark(application: Application): string {
  return application.events.at(-1)?.remark ?? "";
}

function nextStep({ application, house, voucher }: RefundRecord, state: RefundState): NextStep {
  const by = promiseWords(application);
  switch (state) {
    case "submitted":
      return {
        who: "applicant",
        title: "到管理中心核对要件",
        goTo: "fund-centre",
        text: "请打印退款申请单，带上身份证和要件原件到维修资金管理中心核对。核对无误就受理，每一步这里都能看到",
      };
    case "accepted":
      return { who: "us", title: "我们正在审核", text: `${by}您不用做什么` };
    case "reviewed":
      return {
        who: "us",
        title: "我们正在审批",
        text: `${by}您不用做什么。批准后请打印退款支款单，到银行领款`,
      };
    case "correcting":
      return {
        who: "applicant",
        title: "补正后重新提交",
        text: "请照下面写的改好，用同一个编号重新提交，不用重新排队申请",
      };
    case "voucher-issued":
      return {
        who: "applicant",
        title: "到银行领款",
        goTo: "bank",
        text: `请打印退款支款单，${voucher === null ? "" : byDay(voucher.expiresOn)}带上身份证，到${house.custody.bankName}任一网点办理。银行只凭退款支款单付款，退款申请单不能领款`,
        ...(voucher && { keepBy: voucher.expiresOn }),
      };
    case "voucher-expired":
      return {
        who: "us",
        title: "我们重新开具支款单",
        text: `退款支款单${lastDay(voucher)}过期了，没有付款，钱还在房屋账户里。我们会重新开具，${by}您不用做什么。不想退了，可以撤销`,
      };
    case "paid":
      return {
        who: "nobody",
        title: "已经办结",
        text: "银行已经付款，您不用再做什么。查看明细可以看到这一笔",
      };
    case "rejected":
      return {
        who: "nobody",
        title: "不予受理",
        text: `这笔退款没有通过：${lastRemark(application) || "请打 12345 询问"}。余额没有变化，情况有变的可以重新申请`,
      };
    case "cancelled":
      return {
        who: "nobody",
        title: "已经撤销",
        text: "这笔退款已经撤销，余额没有变化。还要退款的，可以重新申请",
      };
  }
}

function lastDay(voucher: DisbursementVoucher | null): string {
  return voucher === null ? "" : formatDayInSentence(voucher.expiresOn);
}

const DONE_WORDS: Partial<Record<RefundState, { label: string; state: TimelineStep["state"] }>> = {
  accepted: { label: "已受理，要件齐全", state: "done" },
  reviewed: { label: "审核通过", state: "done" },
  "voucher-issued": { label: "审批通过，开具退款支款单", state: "done" },
  paid: { label: "银行付款，已办结", state: "done" },
  "voucher-expired": { label: "退款支款单过期", state: "failed" },
  rejected: { label: "不予受理", state: "failed" },
  cancelled: { label: "已撤销", state: "failed" },
};

/** One step that was taken. What its remark asks the applicant to do is told above, and not once more here. */
function eventStep(event: ApplicationEvent, isToldAbove: boolean): TimelineStep {
  const detail = stepDetail(event.at, isToldAbove ? "" : event.remark);
  const words = DONE_WORDS[event.toState as RefundState];
  if (words !== undefined) return { ...words, detail };
  if (event.toState === "correcting") {
    const label = event.actorRole === "bank" ? "银行没有付成，退回补正" : "退回补正";
    return { label, detail, state: "failed" };
  }
  return {
    label: event.fromState === "" ? "提交退款申请" : "补正后重新提交",
    detail,
    state: "done",
  };
}

/** What still has to happen, in order, from each state on. */
const AHEAD: Record<RefundState, readonly string[]> = {
  submitted: ["受理", "审核", "审批", "到银行领款"],
  accepted: ["审核", "审批", "到银行领款"],
  reviewed: ["审批", "到银行领款"],
  correcting: ["补正后重新提交", "受理", "审核", "审批", "到银行领款"],
  "voucher-issued": ["到银行领款"],
  "voucher-expired": ["重新开具退款支款单", "到银行领款"],
  paid: [],
  rejected: [],
  cancelled: [],
};

function timeline(record: RefundRecord, state: RefundState, now: Date): TimelineStep[] {
  const { application, voucher } = record;
  const last = application.events.at(-1);
  const steps = application.events.map((event) =>
    eventStep(event, event === last && state === "correcting"),
  );
  // Past its last day, but the sweep has not written the event yet.
  if (state === "voucher-expired" && application.state === "voucher-issued") {
    steps.push({ label: "退款支款单过期", detail: voucher?.expiresOn ?? "", state: "failed" });
  }
  const ahead = AHEAD[state].map((label, index) => ({
    label,
    detail: index === 0 ? dueText(record, state, now) : "",
    state: index === 0 ? ("now" as const) : ("later" as const),
  }));
  return [...steps, ...ahead];
}

function dueText({ application, voucher }: RefundRecord, state: RefundState, now: Date): string {
  if (state === "voucher-issued" && voucher !== null) return timeLeft(voucher.expiresOn, now);
  if (state === "correcting" || application.promisedOn === null) return "";
  return `${formatDayInSentence(application.promisedOn)}前`;
}
