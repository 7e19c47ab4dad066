import type { ApplicationStory, NextStep, TimelineStep } from "#src/applications/descriptor.ts";
import type { Application, ApplicationEvent } from "#src/applications/find-application.ts";
import {
  askedCorrections,
  byDay,
  remarkOf,
  stateByNotice,
  stepDetail,
  timeLeft,
} from "#src/applications/story-words.ts";
import type { HouseNotice } from "#src/bank/find-notice.ts";
import { formatDayInSentence, formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { type Fen, formatYuan, ZERO_FEN } from "#src/kernel/money.ts";
import type { House } from "#src/register/find-house.ts";

/** What the story of an unrecorded house is told from. */
export interface UnrecordedRecord {
  application: Application;
  notice: HouseNotice;
  house: House;
  /** What the house holds now, principal and interest. */
  heldFen: Fen;
}

type State =
  | "awaiting-payment"
  | "to-verify"
  | "checked"
  | "correcting"
  | "verified"
  | "merged"
  | "rejected"
  | "expired"
  | "cancelled"
  | "in-suspense"
  | "reversed";

const STATE_WORDS: Record<State, ApplicationStory["state"]> = {
  "awaiting-payment": { label: "待交款", tone: "wait" },
  "to-verify": { label: "待核验", tone: "wait" },
  checked: { label: "核验中", tone: "wait" },
  correcting: { label: "待补正", tone: "wait" },
  verified: { label: "已办结", tone: "ok" },
  merged: { label: "已办结（已并入）", tone: "ok" },
  rejected: { label: "核验未通过", tone: "bad" },
  expired: { label: "已过期", tone: "bad" },
  cancelled: { label: "已作废", tone: "mute" },
  "in-suspense": { label: "待清算", tone: "wait" },
  reversed: { label: "已冲正", tone: "bad" },
};

/** The paper of the application stays good while there is something to decide or to look up. */
const PRINTABLE: Record<State, readonly string[]> = {
  "awaiting-payment": ["payment-notice", "application-slip"],
  "to-verify": ["payment-notice", "application-slip"],
  checked: ["payment-notice", "application-slip"],
  correcting: ["application-slip"],
  verified: ["payment-notice", "application-slip"],
  merged: ["payment-notice", "application-slip"],
  rejected: ["payment-notice", "application-slip"],
  expired: ["payment-notice"],
  cancelled: [],
  "in-suspense": ["payment-notice", "application-slip"],
  reversed: [],
};

/**
 * Tells where an unrecorded house is: paid for, verified, merged or rejected, what comes next, who has to do
 * it and by when (manual: 未备案房屋交款 steps 6 to 8). Nothing in it is personal.
 */
export function tellUnrecorded(record: UnrecordedRecord, now: Date): ApplicationStory {
  const { notice, house, application } = record;
  const state = stateByNotice(application, notice, now) as State;
  return {
    state: STATE_WORDS[state],
    facts: [
      ["业务", "未备案房屋交款（首次交款）"],
      ["房屋", house.address],
      ["房屋编号", house.code],
      ...merged(house),
      ["应交金额", `${formatYuan(notice.amountFen)} 元`],
      ["交款银行", `${house.custody.bankName}任一网点`],
    ],
    ...(state === "awaiting-payment" && { amountFen: notice.amountFen }),
    next: nextStep(record, state),
    timeline: timeline(record, state, now),
    printable: PRINTABLE[state],
    ...(state === "correcting" ? { corrections: askedCorrections(application) } : {}),
    links: links(record, state),
  };
}

function merged(house: House): [string, string][] {
  return house.mergedIntoCode === null ? [] : [["已并入房屋编号", house.mergedIntoCode]];
}

function links(
  { house, heldFen }: UnrecordedRecord,
  state: State,
): { href: string; words: string }[] {
  if (state === "rejected") {
    return heldFen === ZERO_FEN ? [] : [{ href: `/refund/${house.code}`, words: "申请退款" }];
  }
  if (state === "merged" && house.mergedIntoCode !== null) {
    return [{ href: `/fund/${house.mergedIntoCode}`, words: "查看并入后的明细" }];
  }
  if (state === "expired" || state === "cancelled" || state === "reversed") {
    return [{ href: "/unrecorded-deposit", words: "重新提交" }];
  }
  return [];
}

function nextStep(
  { notice, house, application, heldFen }: UnrecordedRecord,
  state: State,
): NextStep {
  const lastDay = formatDayInSentence(notice.expiresOn);
  const promised =
    application.promisedOn === null
      ? ""
      : `，最晚 ${formatDayInSentence(application.promisedOn)}办好`;
  switch (state) {
    case "awaiting-payment":
      return {
        who: "applicant",
        title: "到银行交款",
        goTo: "bank",
        text: `请打印交款通知单，${byDay(notice.expiresOn)}带上它和身份证，到${house.custody.bankName}任一网点交款。没有打印机，出示手机上的二维码也可以`,
        keepBy: notice.expiresOn,
      };
    case "to-verify":
    case "checked":
      return {
        who: "us",
        title: state === "to-verify" ? "钱已到账，等待核验房屋" : "正在核验房屋",
        text: `钱已记入这套房屋的账户，可以查看明细。维修资金管理中心正在核对您填的房屋资料和要件${promised}`,
      };
    case "correcting":
      return {
        who: "applicant",
        title: "补正材料",
        text: "材料还差一点，请按下面写的补正后再提交。钱已经到账，不受影响，不用再交款",
      };
    case "verified":
      return {
        who: "nobody",
        title: "已经办结",
        text: "房屋已登记入册，钱在这套房屋的账户里，您不用再做什么",
      };
    case "merged":
      return {
        who: "nobody",
        title: "已经办结",
        text: `这套房屋原来就登记过，房屋编号 ${house.mergedIntoCode ?? ""}。钱和交款记录已经并到它名下，您不用再做什么`,
      };
    case "rejected":
      if (heldFen === ZERO_FEN) {
        return {
          who: "nobody",
          title: "钱已退还",
          text: `房屋没有通过核验${reasonOf(application)}。交的钱已经退还，您不用再做什么`,
        };
      }
      return {
        who: "applicant",
        title: "申请退款",
        text: `房屋没有通过核验${reasonOf(application)}。钱还在，没有丢：请申请退款，退款原因选“错交”`,
      };
    case "expired":
      return {
        who: "applicant",
        title: "重新提交",
        text: `这张通知单${lastDay}过期了，没有扣您的钱，房屋也没有入册。需要交款的话，请重新提交`,
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
        text: "银行收到了钱，但这张通知单当时已经不能入账。钱没有丢，记在待清算款项里。维修资金管理中心会联系您退回或入账，您也可以打 12345 询问",
      };
    case "reversed":
      return {
        who: "applicant",
        title: "重新提交",
        text: "银行当天冲正了这笔交款，钱没有记入房屋账户。请向收款网点确认退款，再重新提交",
      };
  }
}

function reasonOf(application: Application): string {
  const remark = remarkOf(application, "rejected");
  return remark === "" ? "" : `：${remark.replace(/[。；\s]+$/u, "")}`;
}

function timeline(record: UnrecordedRecord, state: State, now: Date): TimelineStep[] {
  const { application, notice } = record;
  const last = application.events.at(-1);
  const steps: TimelineStep[] = [
    {
      label: "提交房屋资料和要件",
      detail: formatShanghaiTime(application.createdAt),
      state: "done",
    },
    { label: "生成交款通知单", detail: `有效期至 ${notice.expiresOn}`, state: "done" },
    ...application.events
      .slice(1)
      .flatMap((event) => eventSteps(event, event === last && state === "correcting")),
  ];
  // Past its last day, but the sweep has not written the event yet.
  if (state === "expired" && application.state === "awaiting-payment") {
    steps.push({ label: "通知单过期", detail: notice.expiresOn, state: "failed" });
  }
  return [...steps, ...whatComes(record, state, now)];
}

/** The step of an event. What its remark asks the applicant to do is told above, and not once more here. */
function eventSteps(event: ApplicationEvent, isToldAbove: boolean): TimelineStep[] {
  const detail = stepDetail(event.at, isToldAbove ? "" : event.remark);
  const step = (label: string, state: TimelineStep["state"]) => [{ label, detail, state }];
  switch (event.toState) {
    case "to-verify":
      return step(event.actorRole === "bank" ? "银行确认到账" : "补正后重新提交", "done");
    case "checked":
      return step("受理：要件齐全", "done");
    case "correcting":
      return step("退回补正", "done");
    case "verified":
      return step("核验通过，房屋入册，已办结", "done");
    case "merged":
      return step("核验：并入已登记的房屋，已办结", "done");
    case "rejected":
      return step("核验未通过", "failed");
    case "expired":
      return step("通知单过期", "failed");
    case "cancelled":
      return step("通知单作废", "failed");
    case "in-suspense":
      return step("银行收到钱，待清算", "now");
    case "reversed":
      return step("银行冲正", "failed");
    default:
      return [];
  }
}

/** The steps that are still ahead; none once there is nothing left to happen. */
function whatComes({ application, notice }: UnrecordedRecord, state: State, now: Date) {
  const verify = {
    label: "核验房屋，入册",
    detail: application.promisedOn === null ? "到账以后" : `最晚 ${application.promisedOn}`,
  };
  const steps: TimelineStep[] = [];
  if (state === "awaiting-payment") {
    const detail = timeLeft(notice.expiresOn, now);
    steps.push({ label: "到银行交款", detail, state: "now" });
    steps.push({ label: "银行确认到账，记入房屋账户", detail: "交款后当天", state: "later" });
    steps.push({ ...verify, state: "later" });
  } else if (state === "to-verify" || state === "checked") {
    steps.push({ ...verify, state: "now" });
  } else if (state === "correcting") {
    steps.push({ label: "补正材料", detail: "请您来办", state: "now" });
    steps.push({ ...verify, detail: "补正以后", state: "later" });
  }
  return steps;
}
