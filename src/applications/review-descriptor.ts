import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Fen } from "#src/kernel/money.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import type { Application } from "./find-application.ts";

/** The fund centre's roles that take an application on. */
export type ReviewRole = "intake" | "reviewer" | "approver" | "finance";

/** One point that has to be looked at before a decision, with the rule it rests on. */
export interface ChecklistPoint {
  id: string;
  text: string;
  /** 《住宅专项维修资金管理办法》第二十九条 */
  legalBasis: string;
}

/** What can be decided in a stage. */
export interface Decision {
  /** Part of the form, e.g. `approve`. */
  name: string;
  /** The button's words, which name the act: 通过, 退回补正, 不予受理. */
  label: string;
  toState: string;
  tone: "primary" | "plain" | "danger";
  /** Whether the applicant has to be told why; the opinion becomes the remark of the step. */
  needsOpinion: boolean;
  /** Whether every point of the checklist has to be ticked. */
  needsChecklist: boolean;
  /** Templates for the opinion. */
  reasons: readonly string[];
  /** What else has to be typed, e.g. the code of the house to merge into. */
  fields?: readonly { name: string; label: string; hint: string; isRequired?: boolean }[];
}

/** 退回补正: back to the applicant, who is told what to put right. The name and the templates are the business's own. */
export const SEND_BACK = {
  label: "退回补正",
  toState: "correcting",
  tone: "plain",
  needsOpinion: true,
  needsChecklist: false,
} as const satisfies Partial<Decision>;

/** A state in which the fund centre has to act, and what it can decide there. */
export interface ReviewStage {
  state: string;
  role: ReviewRole;
  /** 受理, 审核, 审批 */
  title: string;
  checklist: readonly ChecklistPoint[];
  decisions: readonly Decision[];
  /** How many working days the stage is promised to take. */
  workingDays: number;
}

/** What was applied for beside what is on record. `matches` is null where there is nothing to compare. */
export interface Comparison {
  label: string;
  applied: string;
  recorded: string;
  matches: boolean | null;
  /** Said in place of 一致 or 不一致 where it is something else that was found. */
  verdict?: string;
}

/** An application as the desk that reviews it sees it. Names and numbers in it are masked. */
export interface CaseView {
  /** The house or institution it is about. */
  subject: string;
  /** 退房/合同解除, 多交 …; empty for a kind without reasons. */
  reason: string;
  /** Masked. */
  applicant: string;
  amountFen: Fen | null;
  /** What the decision may rest on: it comes back with the form, and a difference refuses the decision. */
  seen: string;
  comparisons: readonly Comparison[];
  facts: readonly (readonly [label: string, value: string])[];
  /** Says in one sentence what each decision does to the money and who is next, by the decision's name. */
  consequences: Readonly<Record<string, string>>;
  links: readonly { href: string; words: string }[];
}

/** A decision as it was sent, after the desk has checked role, stage, opinion and checklist. */
export interface DecisionAct {
  application: Application;
  decision: string;
  /** `staff:username` */
  actor: string;
  fields: Readonly<Record<string, string>>;
  today: CalendarDate;
  now: Date;
}

/** What the business answers to a decision: done, or one sentence for each field that has to be changed. */
export type DecisionOutcome =
  | { ok: true; remark?: string }
  | { ok: false; errors: Readonly<Record<string, string>> };

/** A business as the review desk sees it. */
export interface ReviewDescriptor {
  stages: readonly ReviewStage[];
  describe: (db: Db, application: Application, now: Date) => Promise<CaseView>;
  /** Personal data in clear, for somebody who gave a reason; every call is recorded by the desk. */
  reveal: (
    db: Db,
    application: Application,
  ) => Promise<readonly (readonly [label: string, value: string])[]>;
  /** What a decision does besides the step itself, in the transaction of the step and before it. */
  carryOut: (tx: Tx, act: DecisionAct) => Promise<DecisionOutcome>;
}
