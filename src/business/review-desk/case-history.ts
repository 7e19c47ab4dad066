import { z } from "zod";
import type { Application, ApplicationEvent } from "#src/applications/find-application.ts";
import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { STAFF_ROLE_WORDS } from "#src/platform/staff/staff-members.ts";
import { decisionOfStep, type ReviewedDescriptor } from "./desk-stages.ts";

/** One step of an application with everything that the fund centre wrote down of it. */
export interface HistoryStep {
  /** 审核：通过, 提交申请 */
  what: string;
  /** 审核员 周审示 */
  who: string;
  time: string;
  /** What the applicant reads. */
  remark: string;
  /** What stays within the fund centre. */
  opinion: string;
  /** The points that were ticked, in words. */
  ticked: readonly string[];
  documentCount: number;
}

/** What a decision of this desk writes into a step; other writers' details are read as far as they agree. */
const decisionDetails = z.object({
  decision: z.string().optional().catch(undefined),
  opinion: z.string().catch(""),
  checklist: z.array(z.string()).catch([]),
  documents: z.array(z.string()).catch([]),
});

const NOTHING = decisionDetails.parse({});

/** Reads the details of a step, whoever wrote them. */
export function readDetails(details: unknown): z.infer<typeof decisionDetails> {
  const parsed = decisionDetails.safeParse(details);
  return parsed.success ? parsed.data : NOTHING;
}

/** Tells the steps of an application, oldest first, with the people behind them by name. */
export function tellHistory(
  descriptor: ReviewedDescriptor,
  application: Application,
  names: ReadonlyMap<string, string>,
): HistoryStep[] {
  return application.events.map((event) => tellStep(descriptor, event, names));
}

function tellStep(
  descriptor: ReviewedDescriptor,
  event: ApplicationEvent,
  names: ReadonlyMap<string, string>,
): HistoryStep {
  const details = readDetails(event.details);
  const taken = decisionOfStep(descriptor, event, details.decision);
  const points = new Map(taken?.stage.checklist.map(({ id, text }) => [id, text]));
  return {
    what: taken ? `${taken.stage.title}：${taken.decision.label}` : whatOf(event),
    who: whoOf(event, names),
    time: formatShanghaiTime(event.at),
    remark: event.remark,
    opinion: details.opinion === event.remark ? "" : details.opinion,
    ticked: details.checklist.map((id) => points.get(id) ?? id),
    documentCount: details.documents.length,
  };
}

function whatOf({ seq, actorRole }: ApplicationEvent): string {
  if (seq === 1) return "提交申请";
  const words: Record<string, string> = {
    applicant: "申请人办理",
    bank: "银行办理",
    system: "系统自动办理",
  };
  return words[actorRole] ?? "管理中心办理";
}

/** Names who took a step: role and person, as far as he is one of the fund centre's. */
export function whoOf(
  { actor, actorRole }: Pick<ApplicationEvent, "actor" | "actorRole">,
  names: ReadonlyMap<string, string>,
): string {
  const name = names.get(actor);
  if (name !== undefined) {
    const role = STAFF_ROLE_WORDS[actorRole as keyof typeof STAFF_ROLE_WORDS];
    return role === undefined ? name : `${role} ${name}`;
  }
  const words: Record<string, string> = { applicant: "申请人", bank: "银行", system: "系统" };
  return words[actorRole] ?? "管理中心";
}
