import { advanceApplication } from "#src/applications/advance-application.ts";
import type { Application, ApplicationEvent } from "#src/applications/find-application.ts";
import { holdApplication } from "#src/applications/hold-application.ts";
import type { Decision, ReviewStage } from "#src/applications/review-descriptor.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { type AuditContext, recordAudit } from "#src/platform/audit.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { type StaffMember, staffActor } from "#src/platform/staff/staff-members.ts";
import { REVIEW_ROLES, type ReviewedDescriptor, stageOf } from "./desk-stages.ts";
import { readDocuments } from "./read-documents.ts";
import { readDecision, type SentDecision } from "./schema.ts";

/** What deciding needs besides the decision. */
export interface DecideDeps {
  db: Db;
  findReviewed: (kind: string) => ReviewedDescriptor | null;
  personalData: PersonalData;
}

export interface DecideAct {
  number: string;
  member: StaffMember;
  sent: SentDecision;
  now: Date;
  audit: AuditContext;
}

/** What came of a decision. Everything but `decided` left everything as it was. */
export type DecideOutcome =
  | { kind: "decided"; decision: Decision }
  | { kind: "unknown" }
  /** The stage asks for a role that the member does not have. */
  | { kind: "not-yours" }
  /** He took this application on in another role: approval is somebody else's. */
  | { kind: "own-work" }
  /** Somebody took a step meanwhile. */
  | { kind: "already"; last: ApplicationEvent | null }
  /** What the decision rests on is not what the page showed. */
  | { kind: "stale" }
  /** Somebody is deciding at this very moment. */
  | { kind: "busy" }
  /** A form that no page of ours sent. */
  | { kind: "no-such-decision" }
  | { kind: "refused"; errors: Readonly<Record<string, string>> };

/** Carries a refusal out of the transaction, which takes back whatever was done until then. */
class Refusal extends Error {
  readonly outcome: DecideOutcome;
  constructor(outcome: DecideOutcome) {
    super(outcome.kind);
    this.outcome = outcome;
  }
}

/** SQLSTATEs of the timeline's guards and of a lock that could not be had. */
const GUARD_OUTCOMES: Readonly<Record<string, DecideOutcome>> = {
  WX008: { kind: "already", last: null },
  WX015: { kind: "own-work" },
  "55P03": { kind: "busy" },
  "40P01": { kind: "busy" },
};

/**
 * Decides on an application: one transaction holds it still, looks whether it is still in the stage that the
 * page showed, whether this member may decide there and did not already in another role, whether everything
 * was ticked and said, and whether what he saw is still so; then the business does its part, the timeline
 * takes its step and the audit row is written. All of it, or nothing.
 */
export async function decide(deps: DecideDeps, act: DecideAct): Promise<DecideOutcome> {
  try {
    return await deps.db.transaction().execute((tx) => decideHolding(tx, deps, act));
  } catch (error) {
    if (error instanceof Refusal) return error.outcome;
    const code = (error as { code?: unknown }).code;
    const outcome = typeof code === "string" ? GUARD_OUTCOMES[code] : undefined;
    if (outcome === undefined) throw error;
    return outcome;
  }
}

async function decideHolding(tx: Tx, deps: DecideDeps, act: DecideAct): Promise<DecideOutcome> {
  const application = await holdApplication(tx, act.number);
  const descriptor = application && deps.findReviewed(application.kind);
  if (application === null || descriptor === null) throw new Refusal({ kind: "unknown" });
  const stage = stageToDecide(descriptor, application, act);
  const decision = stage.decisions.find(({ name }) => name === act.sent.decision);
  if (decision === undefined) throw new Refusal({ kind: "no-such-decision" });
  const view = await descriptor.review.describe(tx, application, act.now);
  if (view.seen !== act.sent.seen) throw new Refusal({ kind: "stale" });
  const reading = readDecision(stage, decision, act.sent);
  if (!reading.ok) throw new Refusal({ kind: "refused", errors: reading.errors });
  const { opinion, fields } = reading.data;
  const actor = staffActor(act.member);
  const documents = await readDocuments(
    { db: tx, personalData: deps.personalData },
    descriptor,
    application,
    actor,
  );
  const outcome = await descriptor.review.carryOut(tx, {
    application,
    decision: decision.name,
    actor,
    fields,
    today: shanghaiDate(act.now),
    now: act.now,
  });
  if (!outcome.ok) throw new Refusal({ kind: "refused", errors: outcome.errors });
  await advanceApplication(
    tx,
    { application, descriptor },
    {
      toState: decision.toState,
      actorRole: stage.role,
      actor,
      now: act.now,
      remark: outcome.remark ?? (decision.needsOpinion ? opinion : ""),
      details: {
        decision: decision.name,
        opinion,
        checklist: stage.checklist.map(({ id }) => id).filter((id) => act.sent.ticked.has(id)),
        seen: view.seen,
        documents: documents.map(({ sha256 }) => sha256),
        fields,
      },
    },
  );
  await recordAudit(tx, act.audit, act.number, `${stage.title}：${decision.label}`);
  return { kind: "decided", decision };
}

/** The stage the application is in, if it is the one that was shown and this member may decide in it. */
function stageToDecide(
  descriptor: ReviewedDescriptor,
  application: Application,
  act: DecideAct,
): ReviewStage {
  const stage = stageOf(descriptor, application.state);
  if (stage === null || application.state !== act.sent.state) {
    throw new Refusal({ kind: "already", last: application.events.at(-1) ?? null });
  }
  if (!act.member.roles.includes(stage.role)) throw new Refusal({ kind: "not-yours" });
  if (hasWorkedOn(application, act.member, stage)) throw new Refusal({ kind: "own-work" });
  return stage;
}

/** Tells whether somebody took an application on in another role than this stage's (four eyes). */
export function hasWorkedOn(
  application: Application,
  member: StaffMember,
  stage: ReviewStage,
): boolean {
  const actor = staffActor(member);
  return application.events.some(
    (event) =>
      event.actor === actor &&
      event.actorRole !== stage.role &&
      REVIEW_ROLES.some((role) => role === event.actorRole),
  );
}
