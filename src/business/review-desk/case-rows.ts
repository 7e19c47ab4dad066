import { type Application, findApplications } from "#src/applications/find-application.ts";
import type { CaseView } from "#src/applications/review-descriptor.ts";
import { type CalendarDate, daysBetween, shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { Db } from "#src/platform/database/client.ts";
import { type DeadlineWords, deadlineWords } from "./deadlines.ts";
import { type ReviewedDescriptor, stageOf } from "./desk-stages.ts";

/** An application as a row of a list of the desk. */
export interface CaseRow {
  number: string;
  title: string;
  view: CaseView;
  /** Null when it is not the fund centre's turn. */
  deadline: DeadlineWords | null;
  waitedDays: number;
  promisedOn: CalendarDate | null;
  /** 待审核, or where it stands when nobody of the desk has to act. */
  state: string;
}

/** Reads what a list shows of some applications, in the order of their numbers. */
export async function readCaseRows(
  db: Db,
  findReviewed: (kind: string) => ReviewedDescriptor | null,
  numbers: readonly string[],
  now: Date,
): Promise<CaseRow[]> {
  const rows: CaseRow[] = [];
  for (const application of await findApplications(db, numbers)) {
    const descriptor = findReviewed(application.kind);
    // One after the other: a list must not take every connection of the pool.
    if (descriptor) rows.push(await readCaseRow(db, descriptor, application, now));
  }
  return rows;
}

async function readCaseRow(
  db: Db,
  descriptor: ReviewedDescriptor,
  application: Application,
  now: Date,
): Promise<CaseRow> {
  const today = shanghaiDate(now);
  const stage = stageOf(descriptor, application.state);
  return {
    number: application.number,
    title: descriptor.title,
    view: await descriptor.review.describe(db, application, now),
    deadline: stage && deadlineWords(application.promisedOn, today),
    waitedDays: daysBetween(shanghaiDate(application.createdAt), today),
    promisedOn: stage && application.promisedOn,
    state: stage ? `待${stage.title}` : (await descriptor.tell(db, application, now)).state.label,
  };
}
