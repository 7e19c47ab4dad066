import { z } from "zod";
import type { Decision, ReviewStage } from "#src/applications/review-descriptor.ts";
import { checkApplicationNumber } from "#src/kernel/application-number.ts";
import { parseCalendarDate } from "#src/kernel/calendar-date.ts";
import { cleanText, hasForbiddenCharacters, toHalfWidth } from "#src/kernel/typed-text.ts";
import type { SentForm } from "#src/platform/http/form.ts";
import { DEADLINE_BUCKETS } from "./deadlines.ts";
import type { QueueFilter } from "./queue.ts";

const PAGE_MAX = 10_000;
const OPINION_LENGTH_MAX = 500;
const FIELD_LENGTH_MAX = 200;
const REASON_LENGTH_MIN = 5;
const REASON_LENGTH_MAX = 100;

const plainWord = z
  .string()
  .max(60)
  .refine((text) => text !== "" && !hasForbiddenCharacters(text))
  .nullable()
  .catch(null);

/** The filters in the queue's address. What no link of ours would say counts as not said. */
const queueQuery = z.object({
  due: z.enum(DEADLINE_BUCKETS).nullable().catch(null),
  kind: plainWord,
  district: plainWord,
  since: z
    .string()
    .transform((text) => parseCalendarDate(text))
    .nullable()
    .catch(null),
  sort: z.enum(["promised", "oldest", "newest"]).catch("promised"),
  page: z
    .string()
    .regex(/^[1-9][0-9]{0,4}$/)
    .transform((text) => Math.min(PAGE_MAX, Number.parseInt(text, 10)))
    .catch(1),
});

/** Reads the filters of the queue from its address. */
export function readQueueFilter(query: (name: string) => string | undefined): QueueFilter {
  const names = Object.keys(queueQuery.shape);
  return queueQuery.parse(Object.fromEntries(names.map((name) => [name, query(name) ?? null])));
}

/** The address of a queue with these filters; what is as usual is left out. */
export function queueHref(filter: QueueFilter): string {
  const query = new URLSearchParams();
  for (const name of ["due", "kind", "district", "since"] as const) {
    const value = filter[name];
    if (value !== null) query.set(name, value);
  }
  if (filter.sort !== "promised") query.set("sort", filter.sort);
  if (filter.page > 1) query.set("page", `${filter.page}`);
  return query.size === 0 ? "/review" : `/review?${query}`;
}

/** What a decision was sent with, before the stage is known. */
export interface SentDecision {
  decision: string;
  /** The state that the page showed, and what `describe` said of it. */
  state: string;
  seen: string;
  /** The ids of the points that were ticked. */
  ticked: ReadonlySet<string>;
  opinion: string;
  /** The template that was chosen, as `decision:index`; "" for none. */
  template: string;
  /** Everything else, by name. */
  fields: SentForm;
}

/** Sorts a sent form into the parts of a decision. */
export function readSentDecision(sent: SentForm): SentDecision {
  const ticked = Object.keys(sent).flatMap((name) =>
    name.startsWith("check-") && sent[name] === "yes" ? [name.slice("check-".length)] : [],
  );
  return {
    decision: sent["decision"] ?? "",
    state: sent["state"] ?? "",
    seen: sent["seen"] ?? "",
    ticked: new Set(ticked),
    opinion: sent["opinion"] ?? "",
    template: sent["template"] ?? "",
    fields: sent,
  };
}

/** A decision whose words hold: what goes into the step and to the business. */
export interface ReadDecision {
  opinion: string;
  fields: Readonly<Record<string, string>>;
}

export type DecisionReading =
  | { ok: true; data: ReadDecision }
  | { ok: false; errors: Readonly<Record<string, string>> };

/**
 * Reads what was said with a decision of a stage: the points that have to be ticked, the opinion (typed, or
 * the template where nothing was typed), the decision's own fields. An opinion may hold no document number
 * and no phone: the applicant reads it on a page that anybody with the number can open.
 */
export function readDecision(
  stage: ReviewStage,
  decision: Decision,
  sent: SentDecision,
): DecisionReading {
  const errors: Record<string, string> = {};
  if (decision.needsChecklist) {
    for (const point of stage.checklist) {
      if (!sent.ticked.has(point.id)) errors[`check-${point.id}`] = `请核对后打勾：${point.text}`;
    }
  }
  const opinion = opinionOf(stage, sent);
  const refusal = refuseOpinion(opinion, decision);
  if (refusal !== null) errors["opinion"] = refusal;
  const fields: Record<string, string> = {};
  for (const { name, label, isRequired } of decision.fields ?? []) {
    const text = sent.fields[name] ?? "";
    fields[name] = cleanText(text);
    if (isRequired && fields[name] === "") errors[name] = `请填写${label}`;
    else if (hasForbiddenCharacters(text)) errors[name] = `${label}里有不能识别的字符，请删掉`;
    else if (text.length > FIELD_LENGTH_MAX) errors[name] = `${label}最多 ${FIELD_LENGTH_MAX} 个字`;
  }
  const hasErrors = Object.keys(errors).length > 0;
  return hasErrors ? { ok: false, errors } : { ok: true, data: { opinion, fields } };
}

function opinionOf(stage: ReviewStage, sent: SentDecision): string {
  const typed = cleanText(sent.opinion.replaceAll("\r\n", "\n"));
  if (typed !== "") return typed;
  const [name = "", index = ""] = sent.template.split(":");
  const chosen = stage.decisions.find((one) => one.name === name);
  return /^[0-9]{1,2}$/.test(index) ? (chosen?.reasons[Number.parseInt(index, 10)] ?? "") : "";
}

function refuseOpinion(opinion: string, decision: Decision): string | null {
  if (opinion === "") {
    return decision.needsOpinion ? `“${decision.label}”要写明意见，申请人会看到` : null;
  }
  if (hasForbiddenCharacters(opinion, { isMultiline: true })) {
    return "意见里有不能识别的字符，请删掉";
  }
  if ([...opinion].length > OPINION_LENGTH_MAX) return `意见最多 ${OPINION_LENGTH_MAX} 个字`;
  if (holdsPersonalNumber(opinion)) return "意见里不要写证件号码、手机号码或卡号，请删掉";
  return null;
}

/** Eleven and more digits in a row are somebody's, unless they are the number of an application. */
function holdsPersonalNumber(text: string): boolean {
  const runs = toHalfWidth(text).match(/[0-9][0-9 -]{9,}[0-9Xx]/g) ?? [];
  return runs.some((run) => {
    const digits = run.replace(/[ -]/g, "");
    return digits.length >= 11 && !checkApplicationNumber(digits).ok;
  });
}

/** What 查看明文 sends: why somebody wants to see personal data in clear. */
export const revealForm = z.object({
  revealReason: z
    .string()
    .refine((text) => !hasForbiddenCharacters(text), "理由里有不能识别的字符，请删掉")
    .transform(cleanText)
    .pipe(
      z
        .string()
        .min(1, "请写明查看明文的理由，例如 核对收款账户")
        .refine(
          (text) => text === "" || [...text].length >= REASON_LENGTH_MIN,
          `理由至少 ${REASON_LENGTH_MIN} 个字，例如 核对收款账户`,
        )
        .refine(
          (text) => [...text].length <= REASON_LENGTH_MAX,
          `理由最多 ${REASON_LENGTH_MAX} 个字`,
        ),
    ),
});

/** The reason as the audit trail keeps it: every digit becomes a star, so that no number gets in. */
export function scrubDigits(reason: string): string {
  return reason.replace(/\p{Nd}/gu, "*");
}
