import type {
  ApplicationStory,
  NextStep,
  StateWords,
  TimelineStep,
} from "#src/applications/descriptor.ts";
import type { Application, ApplicationEvent } from "#src/applications/find-application.ts";
import { promiseWords } from "#src/applications/story-words.ts";
import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import type { HouseLinkState } from "./descriptor.ts";

const STATE_WORDS: Readonly<Record<HouseLinkState, StateWords>> = {
  submitted: { label: "待审核", tone: "wait" },
  correcting: { label: "待补正", tone: "bad" },
  approved: { label: "已关联", tone: "ok" },
  rejected: { label: "不予关联", tone: "bad" },
  cancelled: { label: "已撤销", tone: "mute" },
};

/**
 * Tells where an application is, what comes next and by when. Of the house it says where it is, nothing else.
 * The result is promised by text message only where those leave the house.
 */
export function tellHouseLink(
  application: Application,
  { address, isSmsAvailable }: { address: string; isSmsAvailable: boolean },
): ApplicationStory {
  const state = application.state as HouseLinkState;
  const remark = application.events.at(-1)?.remark ?? "";
  return {
    state: STATE_WORDS[state],
    facts: [
      ["业务", "关联房屋"],
      ["房屋", address],
    ],
    next: nextStep(application, state, isSmsAvailable),
    timeline: timelineOf(application, state),
    printable: [],
    ...(state === "correcting" && { corrections: [remark || "要件需要补正，请核对后重新提交"] }),
    ...(state === "approved" && { links: [{ href: "/me", words: "我的房屋" }] }),
  };
}

function nextStep(
  application: Application,
  state: HouseLinkState,
  isSmsAvailable: boolean,
): NextStep {
  switch (state) {
    case "submitted": {
      const told = isSmsAvailable
        ? "结果发短信告诉您"
        : "本站没有接通短信，结果请登录后在“我的业务”里看";
      return {
        who: "us",
        title: "我们正在审核",
        text: `${promiseWords(application)}${told}`,
      };
    }
    case "correcting":
      return { who: "applicant", title: "请您补正", text: "照下面的意见改好，重新提交" };
    case "approved":
      return {
        who: "nobody",
        title: "已经关联",
        text: "登录后在“我的房屋”里看余额、明细和对账单。房屋登记的业主不因此改变",
      };
    case "rejected": {
      const remark = application.events.at(-1)?.remark ?? "";
      const why = remark === "" ? "" : `原因：${remark}。`;
      return { who: "nobody", title: "没有关联", text: `${why}可以带原件到窗口问，或重新申请` };
    }
    case "cancelled":
      return { who: "nobody", title: "已经撤销", text: "可以重新申请" };
  }
}

function timelineOf({ events }: Application, state: HouseLinkState): TimelineStep[] {
  const stepOf = (event: ApplicationEvent): TimelineStep => ({
    label: event.seq === 1 ? "提交申请" : STEP_LABELS[event.toState as HouseLinkState],
    detail: formatShanghaiTime(event.at),
    state: event.toState === "rejected" ? "failed" : "done",
  });
  const done = events.map(stepOf);
  if (state === "submitted") return [...done, { label: "审核", detail: "", state: "now" }];
  if (state !== "correcting") return done;
  return [
    ...done,
    { label: "补正", detail: "等您补正", state: "now" },
    { label: "审核", detail: "", state: "later" },
  ];
}

const STEP_LABELS: Readonly<Record<HouseLinkState, string>> = {
  submitted: "补正后提交",
  correcting: "审核，退回补正",
  approved: "审核通过，已关联",
  rejected: "不予关联",
  cancelled: "已撤销",
};
