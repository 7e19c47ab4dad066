import type { BindingConflict } from "#src/accounts/institutions/estate-bindings.ts";
import type { ApplicationStory, NextStep, TimelineStep } from "#src/applications/descriptor.ts";
import type { Application, ApplicationEvent } from "#src/applications/find-application.ts";
import { askedCorrections, remarkOf, stepDetail } from "#src/applications/story-words.ts";
import { formatDayInSentence, formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { APPLICATION_SLIP, type Registration } from "./descriptor.ts";
import type { BoundEstate, RegisteredInstitution } from "./queries.ts";

/** What the story of a registration is told from. */
export interface RegistrationRecord {
  registration: Registration;
  application: Application;
  institution: RegisteredInstitution;
  /** Who else works for its estates, while nothing is decided. */
  conflicts: readonly BindingConflict[];
  /** Whether text messages leave the house: else nobody is told by one. */
  isSmsAvailable: boolean;
}

type State = "submitted" | "reviewed" | "correcting" | "approved" | "rejected" | "cancelled";

const STATE_WORDS: Readonly<Record<State, ApplicationStory["state"]>> = {
  submitted: { label: "待审核", tone: "wait" },
  reviewed: { label: "待审批", tone: "wait" },
  correcting: { label: "补正中", tone: "wait" },
  approved: { label: "已通过", tone: "ok" },
  rejected: { label: "已驳回", tone: "bad" },
  cancelled: { label: "已撤销", tone: "mute" },
};

/** The state of a registration in words. */
export function stateWords(state: string): ApplicationStory["state"] {
  return STATE_WORDS[state as State];
}

/**
 * Tells where a registration is, what comes next, who has to do it and by when (manual: 机构注册, step 5, and D4).
 * Nothing in it is personal: name, code and estates of an institution are public.
 */
export function tellRegistration(record: RegistrationRecord): ApplicationStory {
  const { application, institution, registration } = record;
  const state = application.state as State;
  return {
    state: STATE_WORDS[state],
    facts: [
      ["业务", registration.title],
      ["机构名称", institution.name],
      institution.creditCode === null
        ? ["备案号", institution.recordNo ?? ""]
        : ["统一社会信用代码", institution.creditCode],
      ...institution.bindings.map((bound, at): [string, string] => [
        `物业区域 ${at + 1}`,
        bindingWords(bound),
      ]),
    ],
    next: nextStep(record, state),
    timeline: timeline(record, state),
    printable: state === "cancelled" ? [] : [APPLICATION_SLIP],
    ...(state === "correcting" ? { corrections: askedCorrections(application) } : {}),
    links: links(registration, state),
  };
}

/** An estate with its contract or term: 示例花园（SL0126），合同 A-1，2026-01-01 至 2028-12-31. */
export function bindingWords(bound: BoundEstate): string {
  const { estate, contractNo } = bound;
  const contract = contractNo === "" ? [] : [`合同 ${contractNo}`];
  return [`${estate.name}（${estate.code}）`, ...contract, ...spanWords(bound)].join("，");
}

function spanWords({ startsOn, endsOn }: Pick<BoundEstate, "startsOn" | "endsOn">): string[] {
  if (startsOn === null && endsOn === null) return [];
  return [`${startsOn ?? "起始不限"} 至 ${endsOn ?? "没有期限"}`];
}

/** Says who is in the way, for applicant and reviewer alike. */
export function conflictWords(
  conflict: BindingConflict,
  estateName: string,
  kind: Registration["institution"],
): string {
  const [span = ""] = spanWords(conflict);
  return kind === "committee"
    ? `${estateName}已有任期内的${conflict.institutionName}（${span}）`
    : `${estateName}已由${conflict.institutionName}绑定（合同 ${conflict.contractNo}，${span}）`;
}

/** Every conflict in words. */
export function conflictSentences({
  conflicts,
  institution,
}: Pick<RegistrationRecord, "conflicts" | "institution">): string[] {
  return conflicts.map((conflict) => {
    const bound = institution.bindings.find(({ estate }) => estate.id === conflict.estateId);
    return conflictWords(conflict, bound?.estate.name ?? "物业区域", institution.kind);
  });
}

function links(registration: Registration, state: State): { href: string; words: string }[] {
  if (state === "approved") return [{ href: "/sign-in/institution", words: "机构登录" }];
  if (state === "rejected" || state === "cancelled") {
    return [{ href: registration.path, words: "重新注册" }];
  }
  return [];
}

function nextStep(record: RegistrationRecord, state: State): NextStep {
  const { application } = record;
  const promised =
    application.promisedOn === null
      ? ""
      : `，这一步最晚 ${formatDayInSentence(application.promisedOn)}办好`;
  switch (state) {
    case "submitted":
    case "reviewed":
      return {
        who: "us",
        title: state === "submitted" ? "等待审核" : "审核通过，等待审批",
        text: `维修资金管理中心正在${state === "submitted" ? "核对填写的内容和要件" : "审批"}${promised}。${resultWords(record)}${inTheWay(record)}`,
      };
    case "correcting":
      return {
        who: "applicant",
        title: "补正材料",
        text: `材料还差一点，请按下面写的补正后再提交，业务单编号不变${inTheWay(record)}`,
      };
    case "approved":
      return {
        who: "applicant",
        title: "登录系统办理业务",
        text: "注册已通过。请用注册时填的用户名和密码，从“机构登录”进入物业专项维修资金信息管理系统",
      };
    case "rejected": {
      const why = remarkOf(application, "rejected").replace(/[。；\s]+$/u, "");
      return {
        who: "applicant",
        title: "注册没有通过",
        text: `${why === "" ? "注册没有通过" : `没有通过：${why}`}。改好以后可以重新注册。对结果有疑问的，请打 12345`,
      };
    }
    case "cancelled":
      return {
        who: "nobody",
        title: "已经撤销",
        text: "这次注册已经撤销。还要办的话，可以重新注册",
      };
  }
}

/** How the applicant learns of the decision. */
function resultWords({ isSmsAvailable }: Pick<RegistrationRecord, "isSmsAvailable">): string {
  return isSmsAvailable ? "结果用短信告诉联系人" : "本站没有接通短信，结果请在这里用业务单编号查看";
}

function inTheWay(record: RegistrationRecord): string {
  const sentences = conflictSentences(record);
  if (sentences.length === 0) return "";
  return `。请注意：${sentences.join("；")}。原来的合同或任期终止以后才能批准，请把终止的证明交给维修资金管理中心`;
}

function timeline({ application }: RegistrationRecord, state: State): TimelineStep[] {
  return [
    {
      label: "提交注册申请",
      detail: formatShanghaiTime(application.createdAt),
      state: "done",
    },
    ...application.events.slice(1).flatMap(eventSteps),
    ...whatComes(application, state),
  ];
}

function eventSteps(event: ApplicationEvent): TimelineStep[] {
  const detail = stepDetail(event.at, event.remark);
  const step = (label: string, state: TimelineStep["state"]) => [{ label, detail, state }];
  switch (event.toState as State) {
    case "submitted":
      return step("补正后重新提交", "done");
    case "reviewed":
      return step("审核通过", "done");
    case "correcting":
      return step("退回补正", "done");
    case "approved":
      return step("批准，注册通过", "done");
    case "rejected":
      return step("驳回", "failed");
    case "cancelled":
      return step("撤销", "failed");
  }
}

/** The steps that are still ahead; none once it is decided. */
function whatComes({ promisedOn }: Application, state: State): TimelineStep[] {
  const by = promisedOn === null ? "" : `最晚 ${promisedOn}`;
  const approval: TimelineStep = { label: "审批", detail: "审核通过以后", state: "later" };
  const open: TimelineStep = {
    label: "开通账号，可以登录",
    detail: "批准以后当天",
    state: "later",
  };
  switch (state) {
    case "submitted":
      return [{ label: "审核", detail: by, state: "now" }, approval, open];
    case "reviewed":
      return [{ label: "审批", detail: by, state: "now" }, open];
    case "correcting":
      return [
        { label: "补正材料", detail: "请您来办", state: "now" },
        { label: "审核", detail: "补正以后", state: "later" },
        approval,
        open,
      ];
    default:
      return [];
  }
}
