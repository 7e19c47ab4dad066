import type {
  ApplicationStory,
  NextStep,
  StateWords,
  TimelineStep,
} from "#src/applications/descriptor.ts";
import type { Application, ApplicationEvent } from "#src/applications/find-application.ts";
import { formatDayInSentence, formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import type { ChangeState } from "./descriptor.ts";

const STATE_WORDS: Readonly<Record<ChangeState, StateWords>> = {
  submitted: { label: "待审核", tone: "wait" },
  reviewed: { label: "待审批", tone: "wait" },
  approved: { label: "已变更", tone: "ok" },
  rejected: { label: "不予变更", tone: "bad" },
  cancelled: { label: "已撤销", tone: "mute" },
};

/** Tells where a change is, what comes next and by when. Nothing in it is personal. */
export function tellChange(application: Application, institutionName: string): ApplicationStory {
  const state = application.state as ChangeState;
  const isOpen = state === "submitted" || state === "reviewed";
  return {
    state: STATE_WORDS[state],
    facts: [
      ["业务", "机构信息变更"],
      ["机构", institutionName],
    ],
    next: nextStep(application, state),
    timeline: timelineOf(application, state),
    expectedOn: isOpen ? application.promisedOn : null,
    printable: [],
  };
}

function nextStep({ promisedOn, events }: Application, state: ChangeState): NextStep {
  const by = promisedOn === null ? "" : `${formatDayInSentence(promisedOn)}前办好，`;
  switch (state) {
    case "submitted":
      return { who: "us", title: "我们正在审核", text: `${by}批准以前登记的内容不变` };
    case "reviewed":
      return { who: "us", title: "我们正在审批", text: `${by}批准以前登记的内容不变` };
    case "approved":
      return { who: "nobody", title: "已经变更", text: "新的内容已经生效" };
    case "rejected": {
      const remark = events.at(-1)?.remark ?? "";
      const why = remark === "" ? "" : `原因：${remark}。`;
      return { who: "nobody", title: "没有变更", text: `${why}登记的内容不变，可以重新申请` };
    }
    case "cancelled":
      return { who: "nobody", title: "已经撤销", text: "登记的内容不变，可以重新申请" };
  }
}

const STEPS = [
  { state: "submitted", label: "提交申请" },
  { state: "reviewed", label: "审核" },
  { state: "approved", label: "审批" },
] as const;

function timelineOf({ events }: Application, state: ChangeState): TimelineStep[] {
  const at = (event: ApplicationEvent | undefined) => (event ? formatShanghaiTime(event.at) : "");
  const done = STEPS.filter((step) => events.some(({ toState }) => toState === step.state)).map(
    (step): TimelineStep => ({
      label: step.label,
      detail: at(events.find(({ toState }) => toState === step.state)),
      state: "done",
    }),
  );
  if (state === "rejected" || state === "cancelled") {
    const end = { label: STATE_WORDS[state].label, detail: at(events.at(-1)) };
    return [...done, { ...end, state: state === "rejected" ? "failed" : "done" }];
  }
  const rest = STEPS.slice(done.length).map(
    ({ label }, n): TimelineStep => ({ label, detail: "", state: n === 0 ? "now" : "later" }),
  );
  return [...done, ...rest];
}
