import type { ApplicationStory, NextStep, TimelineStep } from "#src/applications/descriptor.ts";
import type { Application } from "#src/applications/find-application.ts";
import { byDay, stateByNotice, stepDetail, timeLeft } from "#src/applications/story-words.ts";
import { DEPOSIT_KIND_WORDS } from "#src/bank/deposit-kinds.ts";
import type { HouseNotice } from "#src/bank/find-notice.ts";
import { formatDayInSentence, formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { formatYuan } from "#src/kernel/money.ts";
import type { House } from "#src/register/find-house.ts";

/** What the story of a deposit is told from. */
export interface DepositRecord {
  application: Application;
  notice: HouseNotice;
  house: House;
  /** When money came that could not be credited and waits in suspense. */
  suspendedAt: readonly Date[];
}

type State = "awaiting-payment" | "settled" | "expired" | "cancelled" | "in-suspense" | "reversed";

const STATE_WORDS: Record<State, ApplicationStory["state"]> = {
  "awaiting-payment": { label: "待交款", tone: "wait" },
  settled: { label: "已办结", tone: "ok" },
  expired: { label: "已过期", tone: "bad" },
  cancelled: { label: "已作废", tone: "mute" },
  "in-suspense": { label: "待清算", tone: "wait" },
  reversed: { label: "已冲正", tone: "bad" },
};

/**
 * Tells where a deposit is, what comes next, who has to do it and by when (manual: 业务受理状态查询).
 * Nothing in it is personal: anyone who has the number may read it.
 */
export function tellDeposit(record: DepositRecord, now: Date): ApplicationStory {
  const { application, notice, house } = record;
  const state = stateByNotice(application, notice, now) as State;
  return {
    state: STATE_WORDS[state],
    facts: [
      ["业务", `业主交款（${DEPOSIT_KIND_WORDS[notice.depositKind]}）`],
      ["房屋", house.address],
      ["房屋编号", house.code],
      ["应交金额", `${formatYuan(notice.amountFen)} 元`],
      ["交款银行", `${house.custody.bankName}任一网点`],
    ],
    ...(state === "awaiting-payment" && { amountFen: notice.amountFen }),
    next: nextStep(record, state),
    timeline: timeline(record, state, now),
    printable: state === "cancelled" || state === "reversed" ? [] : ["payment-notice"],
  };
}

const SUSPENSE_CARE = "维修资金管理中心会联系您退回或入账，您也可以打 12345 询问";

/** What the citizen has to know first while money beside the credited one, or instead of it, waits. */
function suspenseStep(state: State): NextStep | null {
  switch (state) {
    case "settled":
      return {
        who: "us",
        title: "我们正在核对多交的一笔钱",
        text: `这笔交款已经办结，钱已记入房屋账户。银行后来又收到一笔钱，钱没有丢，记在待清算款项里。${SUSPENSE_CARE}`,
      };
    case "reversed":
      return {
        who: "us",
        title: "请先不要重新交款",
        text: `记入房屋账户的那笔钱，银行当天冲正了，请向收款网点确认退款。银行另外收到的一笔钱没有丢，记在待清算款项里，核对清楚以前不用再交。${SUSPENSE_CARE}`,
      };
    default:
      return null;
  }
}

function nextStep({ notice, house, suspendedAt }: DepositRecord, state: State): NextStep {
  const waiting = suspendedAt.length > 0 ? suspenseStep(state) : null;
  if (waiting !== null) return waiting;
  const lastDay = formatDayInSentence(notice.expiresOn);
  switch (state) {
    case "awaiting-payment":
      return {
        who: "applicant",
        title: "到银行交款",
        goTo: "bank",
        text: `请打印交款通知单，${byDay(notice.expiresOn)}带上它和身份证，到${house.custody.bankName}任一网点交款。没有打印机，出示手机上的二维码也可以`,
        keepBy: notice.expiresOn,
      };
    case "settled":
      return {
        who: "nobody",
        title: "已经办结",
        text: "钱已记入这套房屋的账户，您不用再做什么。查看明细可以看到这一笔",
      };
    case "expired":
      return {
        who: "applicant",
        title: "重新提交交款",
        text: `这张通知单${lastDay}过期了，没有扣您的钱。需要交款的话，请重新提交，领一张新的通知单`,
      };
    case "cancelled":
      return {
        who: "nobody",
        title: "这张通知单已作废",
        text: "请不要再用它交款。还要交款的话，请重新提交",
      };
    case "in-suspense":
      return {
        who: "us",
        title: "我们正在核对这笔钱",
        text: `银行收到了钱，但这张通知单当时已经不能入账。钱没有丢，记在待清算款项里。${SUSPENSE_CARE}`,
      };
    case "reversed":
      return {
        who: "applicant",
        title: "重新提交交款",
        text: "银行当天冲正了这笔交款，钱没有记入房屋账户。请向收款网点确认退款，再重新提交",
      };
  }
}

function timeline(record: DepositRecord, state: State, now: Date): TimelineStep[] {
  const { application, notice } = record;
  const submitted = formatShanghaiTime(application.createdAt);
  const steps: TimelineStep[] = [
    { label: "提交交款信息", detail: submitted, state: "done" },
    { label: "生成交款通知单", detail: `有效期至 ${notice.expiresOn}`, state: "done" },
  ];
  if (state === "awaiting-payment") {
    return [
      ...steps,
      {
        label: "到银行交款",
        detail: timeLeft(notice.expiresOn, now),
        state: "now",
      },
      { label: "银行确认到账", detail: "交款后当天", state: "later" },
      { label: "记入房屋账户", detail: "确认到账的同时", state: "later" },
    ];
  }
  steps.push(...happened(record));
  // Past its last day, but the sweep has not written the event yet.
  if (state === "expired" && application.state === "awaiting-payment") {
    steps.push({ label: "通知单过期", detail: notice.expiresOn, state: "failed" });
  }
  return steps;
}

/** Events and money that waits, as they came. Suspended money is told by its receipts: not all of it left an event. */
function happened({ application, suspendedAt }: DepositRecord): TimelineStep[] {
  const events = application.events.slice(1).map((event) => {
    const detail = stepDetail(event.at, event.remark);
    return { at: event.at, steps: eventSteps(event.toState, detail) };
  });
  const label = "银行收到钱，待清算";
  const receipts = suspendedAt.map((at): { at: Date; steps: TimelineStep[] } => ({
    at,
    steps: [{ label, detail: formatShanghaiTime(at), state: "now" }],
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
        { label: "记入房屋账户，已办结", detail, state: "done" },
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
