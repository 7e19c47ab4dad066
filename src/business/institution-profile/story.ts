import type {
  ApplicationStory,
  NextStep,
  StateWords,
  TimelineStep,
} from "#src/applications/descriptor.ts";
import type { Application, ApplicationEvent } from "#src/applications/find-application.ts";
import { askedCorrections, promiseWords, stepDetail } from "#src/applications/story-words.ts";
import type { ChangeState } from "./descriptor.ts";

const STATE_WORDS: Readonly<Record<ChangeState, StateWords>> = {
  submitted: { label: "待审核", tone: "wait" },
  reviewed: { label: "待审批", tone: "wait" },
  correcting: { label: "补正中", tone: "wait" },
  approved: { label: "已变更", tone: "ok" },
  rejected: { label: "不予变更", tone: "bad" },
  cancelled: { label: "已撤销", tone: "mute" },
};

/** Tells where a change is, what comes next and by when. Nothing in it is personal. */
export function tellChange(application: Application, institutionName: string): ApplicationStory {
  const state = application.state as ChangeState;
  return {
    state: STATE_WORDS[state],
    facts: [
      ["业务", "机构信息变更"],
      ["机构", institutionName],
    ],
    next: nextStep(application, state),
    timeline: timelineOf(application, state),
    printable: [],
    ...(state === "correcting" ? { corrections: askedCorrections(application) } : {}),
  };
}

function nextStep(application: Application, state: ChangeState): NextStep {
  const by = promiseWords(application);
  switch (state) {
    case "submitted":
      return { who: "us", title: "我们正在审核", text: `${by}批准以前登记的内容不变` };
    case "reviewed":
      return { who: "us", title: "我们正在审批", text: `${by}批准以前登记的内容不变` };
    case "correcting":
      return {
        who: "applicant",
        title: "补正材料",
        text: "材料还差一点，请单位的管理员登录系统，按下面写的补正后再提交，业务单编号不变",
      };
    case "approved":
      return { who: "nobody", title: "已经变更", text: "新的内容已经生效" };
    case "rejected": {
      const remark = application.events.at(-1)?.remark ?? "";
      const why = remark === "" ? "" : `原因：${remark}。`;
      return { who: "nobody", title: "没有变更", text: `${why}登记的内容不变，可以重新申请` };
    }
    case "cancelled":
      return { who: "nobody", title: "已经撤销", text: "登记的内容不变，可以重新申请" };
  }
}

function timelineOf({ events }: Application, state: ChangeState): TimelineStep[] {
  return [...events.map(eventStep), ...whatComes(state)];
}

const EVENT_WORDS: Readonly<Record<ChangeState, string>> = {
  submitted: "补正后重新提交",
  reviewed: "审核通过",
  correcting: "退回补正",
  approved: "批准变更",
  rejected: "不予变更",
  cancelled: "撤销",
};

function eventStep({ toState, at, remark }: ApplicationEvent, n: number): TimelineStep {
  const state = toState as ChangeState;
  return {
    label: n === 0 ? "提交申请" : EVENT_WORDS[state],
    detail: stepDetail(at, remark),
    state: state === "rejected" ? "failed" : "done",
  };
}

/** The steps that are still ahead; none once it is decided. */
function whatComes(state: ChangeState): TimelineStep[] {
  const step = (label: string, when: TimelineStep["state"], detail = ""): TimelineStep => ({
    label,
    detail,
    state: when,
  });
  switch (state) {
    case "submitted":
      return [step("审核", "now"), step("审批", "later")];
    case "reviewed":
      return [step("审批", "now")];
    case "correcting":
      return [
        step("补正材料", "now", "请您来办"),
        step("审核", "later", "补正以后"),
        step("审批", "later"),
      ];
    default:
      return [];
  }
}
