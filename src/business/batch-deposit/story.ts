import type { ApplicationStory, NextStep, TimelineStep } from "#src/applications/descriptor.ts";
import type { Application } from "#src/applications/find-application.ts";
import { byDay, stateByNotice, stepDetail, timeLeft } from "#src/applications/story-words.ts";
import { DEPOSIT_KIND_WORDS } from "#src/bank/deposit-kinds.ts";
import type { PaymentNotice } from "#src/bank/find-notice.ts";
import type { NoticeSubject } from "#src/bank/notice-subject.ts";
import { formatDayInSentence, formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { formatYuan } from "#src/kernel/money.ts";

/** What the story of a batch is told from. */
export interface BatchRecord {
  application: Application;
  notice: PaymentNotice;
  subject: NoticeSubject;
  /** When money came that could not be credited and waits in suspense. */
  suspendedAt: readonly Date[];
}

export type BatchState =
  | "awaiting-payment"
  | "settled"
  | "expired"
  | "cancelled"
  | "in-suspense"
  | "reversed";

/** How each state looks in a list or a heading. */
export const STATE_WORDS: Record<BatchState, ApplicationStory["state"]> = {
  "awaiting-payment": { label: "待交款", tone: "wait" },
  settled: { label: "已办结", tone: "ok" },
  expired: { label: "已过期", tone: "bad" },
  cancelled: { label: "已作废", tone: "mute" },
  "in-suspense": { label: "待清算", tone: "wait" },
  reversed: { label: "已冲正", tone: "bad" },
};

/** Tells where a batch deposit is, what comes next, who has to do it and by when. Nothing in it is personal. */
export function tellBatch(record: BatchRecord, now: Date): ApplicationStory {
  const { application, notice, subject } = record;
  const state = stateByNotice(application, notice, now) as BatchState;
  return {
    state: STATE_WORDS[state],
    facts: [
      ["业务", `批量交款（${DEPOSIT_KIND_WORDS[notice.depositKind]}）`],
      ["交款单位", notice.payerName],
      ["小区和户数", subject.place],
      ["应交合计", `${formatYuan(notice.amountFen)} 元`],
      ["交款银行", `${subject.custody.bankName}任一网点`],
      ["有效期至", notice.expiresOn],
    ],
    ...(state === "awaiting-payment" && { amountFen: notice.amountFen }),
    next: nextStep(record, state),
    timeline: timeline(record, state, now),
    printable: state === "cancelled" || state === "reversed" ? [] : ["payment-notice"],
  };
}

const SUSPENSE_CARE = "维修资金管理中心会联系贵单位退回或入账，也可以打 12345 询问";

function nextStep({ notice, subject, suspendedAt }: BatchRecord, state: BatchState): NextStep {
  const lastDay = formatDayInSentence(notice.expiresOn);
  if (suspendedAt.length > 0 && (state === "settled" || state === "reversed")) {
    return {
      who: "us",
      title: "我们正在核对多交的一笔钱",
      text: `银行后来又收到一笔钱，钱没有丢，记在待清算款项里，核对清楚以前请先不要再交。${SUSPENSE_CARE}`,
    };
  }
  switch (state) {
    case "awaiting-payment":
      return {
        who: "applicant",
        title: "到银行交款",
        goTo: "bank",
        text: `请在${byDay(notice.expiresOn)}带上交款通知单，到${subject.custody.bankName}任一网点一次交清 ${formatYuan(notice.amountFen)} 元。其中任何一套房屋先用别的通知单交了款，这张通知单就作废，请尽早交款`,
        keepBy: notice.expiresOn,
      };
    case "settled":
      return {
        who: "nobody",
        title: "已经办结",
        text: `钱已按清册记入 ${notice.houseCount} 套房屋各自的账户，您不用再做什么`,
      };
    case "expired":
      return {
        who: "applicant",
        title: "重新提交批量交款",
        text: `这张通知单${lastDay}过期了，没有扣钱。需要交款的话，请重新提交`,
      };
    case "cancelled":
      return {
        who: "nobody",
        title: "这张通知单已作废",
        text: "请不要再用它交款。还要交款的话，请重新提交没有交过的房屋",
      };
    case "in-suspense":
      return {
        who: "us",
        title: "我们正在核对这笔钱",
        text: `银行收到了钱，但这张通知单当时已经不能入账。整笔钱没有丢，记在待清算款项里，没有记入任何一套房屋。${SUSPENSE_CARE}`,
      };
    case "reversed":
      return {
        who: "applicant",
        title: "重新提交批量交款",
        text: "银行当天冲正了这笔交款，钱没有记入任何一套房屋。请向收款网点确认退款，再重新提交",
      };
  }
}

function timeline(record: BatchRecord, state: BatchState, now: Date): TimelineStep[] {
  const { application, notice } = record;
  const steps: TimelineStep[] = [
    { label: "提交批量交款", detail: formatShanghaiTime(application.createdAt), state: "done" },
    {
      label: "生成交款通知单和清册",
      detail: `${notice.houseCount} 套房屋，有效期至 ${notice.expiresOn}`,
      state: "done",
    },
  ];
  if (state === "awaiting-payment") {
    return [
      ...steps,
      { label: "到银行交款", detail: timeLeft(notice.expiresOn, now), state: "now" },
      { label: "银行确认到账", detail: "交款后当天", state: "later" },
      { label: "记入各套房屋的账户", detail: "确认到账的同时", state: "later" },
    ];
  }
  steps.push(...happened(record));
  if (state === "expired" && application.state === "awaiting-payment") {
    steps.push({ label: "通知单过期", detail: notice.expiresOn, state: "failed" });
  }
  return steps;
}

/** Events and money that waits, as they came. */
function happened({ application, suspendedAt }: BatchRecord): TimelineStep[] {
  const events = application.events.slice(1).map((event) => {
    const detail = stepDetail(event.at, event.remark);
    return { at: event.at, steps: eventSteps(event.toState, detail) };
  });
  const receipts = suspendedAt.map((at): { at: Date; steps: TimelineStep[] } => ({
    at,
    steps: [{ label: "银行收到钱，待清算", detail: formatShanghaiTime(at), state: "now" }],
  }));
  return [...events, ...receipts]
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .flatMap(({ steps }) => steps);
}

function eventSteps(toState: string, detail: string): TimelineStep[] {
  switch (toState) {
    case "settled":
      return [
        { label: "银行确认到账", detail, state: "done" },
        { label: "记入各套房屋的账户，已办结", detail, state: "done" },
      ];
    case "expired":
      return [{ label: "通知单过期", detail, state: "failed" }];
    case "cancelled":
      return [{ label: "通知单作废", detail, state: "failed" }];
    case "reversed":
      return [{ label: "银行冲正", detail, state: "failed" }];
    default:
      return [];
  }
}
