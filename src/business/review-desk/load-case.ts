import type { ApplicationStory, SlipDescriptor } from "#src/applications/descriptor.ts";
import type { CaseDocument } from "#src/applications/documents/case-documents.ts";
import { type Application, findApplication } from "#src/applications/find-application.ts";
import type { CaseView, ReviewStage } from "#src/applications/review-descriptor.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { findStaffNames, type StaffMember, staffActor } from "#src/platform/staff/staff-members.ts";
import { type HistoryStep, tellHistory, whoOf } from "./case-history.ts";
import { type DeadlineWords, deadlineWords } from "./deadlines.ts";
import { hasWorkedOn } from "./decide.ts";
import type { DeskVisit } from "./desk-frame.ts";
import { type ReviewedDescriptor, stageOf } from "./desk-stages.ts";
import { findNextInQueue } from "./queue.ts";
import { readDocuments } from "./read-documents.ts";

/** Why somebody may not decide on an application that he may look at; null when he may. */
export type Hindrance = "no-stage" | "other-role" | "own-work";

/** An application with everything that its page shows. */
export interface Case {
  application: Application;
  title: string;
  view: CaseView;
  story: ApplicationStory;
  /** Where the fund centre has to act; null when it is not its turn. */
  stage: ReviewStage | null;
  hindrance: Hindrance | null;
  deadline: DeadlineWords | null;
  history: readonly HistoryStep[];
  /** Who took the last step: 审核员 周审示. */
  lastActor: string;
  documents: readonly CaseDocument[];
  /** What can be printed now, for an applicant at the counter. */
  slips: readonly SlipDescriptor[];
  /** What to take next, this one left out. */
  nextNumber: string | null;
}

export interface LoadCaseDeps {
  db: Db;
  findReviewed: (kind: string) => ReviewedDescriptor | null;
  personalData: PersonalData;
}

/** Reads an application for its page; null when there is none that the desk reviews. */
export async function loadCase(
  deps: LoadCaseDeps,
  desk: DeskVisit,
  number: string,
  now: Date,
): Promise<Case | null> {
  const application = await findApplication(deps.db, number);
  const descriptor = application && deps.findReviewed(application.kind);
  if (application === null || descriptor === null) return null;
  const { db } = deps;
  const actors = application.events.map(({ actor }) => actor);
  const after = { actor: staffActor(desk.member), after: number };
  const [view, story, names, documents, nextNumber] = await Promise.all([
    descriptor.review.describe(db, application, now),
    descriptor.tell(db, application, now),
    findStaffNames(db, actors),
    readDocuments(deps, descriptor, application, after.actor),
    findNextInQueue(db, desk.queue, after),
  ]);
  const stage = stageOf(descriptor, application.state);
  const last = application.events.at(-1);
  return {
    application,
    title: descriptor.title,
    view,
    story,
    stage,
    hindrance: hindranceOf(desk, application, stage),
    deadline: stage && deadlineWords(application.promisedOn, shanghaiDate(now)),
    history: tellHistory(descriptor, application, names),
    lastActor: last ? whoOf(last, names) : "",
    documents,
    slips: descriptor.slips.filter(
      (slip) => story.printable.includes(slip.name) && mayHandOver(slip, desk.member),
    ),
    nextNumber,
  };
}

function mayHandOver({ staffRoles }: SlipDescriptor, { roles }: StaffMember): boolean {
  return staffRoles === undefined || staffRoles.some((role) => roles.includes(role));
}

function hindranceOf(
  { member }: DeskVisit,
  application: Application,
  stage: ReviewStage | null,
): Hindrance | null {
  if (stage === null) return "no-stage";
  if (!member.roles.includes(stage.role)) return "other-role";
  return hasWorkedOn(application, member, stage) ? "own-work" : null;
}
