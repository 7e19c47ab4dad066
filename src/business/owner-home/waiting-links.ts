import type { NextStep, StateWords } from "#src/applications/descriptor.ts";
import { type Application, findApplications } from "#src/applications/find-application.ts";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { OwnApplicationsDeps } from "./own-applications.ts";

/** A house that the owner handed papers in for, and that does not open yet. */
export interface WaitingLink {
  number: string;
  address: string;
  state: StateWords;
  next: NextStep;
  /** When we promised to decide; null while it is the owner's turn. */
  promisedOn: CalendarDate | null;
  /** Where the owner puts it right, while that is his turn. */
  correctionPath: string | null;
}

/** Lists the applications of an account to link a house that nothing is decided about yet, newest first. */
export async function listWaitingLinks(
  deps: OwnApplicationsDeps,
  ownerId: number,
  now: Date,
): Promise<WaitingLink[]> {
  const open = await deps.db
    .selectFrom("house_link")
    .innerJoin("application", "application.id", "house_link.application_id")
    .select("application.number")
    .where("house_link.owner_id", "=", ownerId)
    .where("house_link.is_open", "=", true)
    .orderBy("application.id", "desc")
    .execute();
  const numbers = open.map(({ number }) => number);
  const applications = numbers.length === 0 ? [] : await findApplications(deps.db, numbers);
  return await Promise.all(applications.map((one) => tell(deps, one, now)));
}

async function tell(
  { db, findDescriptor }: OwnApplicationsDeps,
  application: Application,
  now: Date,
): Promise<WaitingLink> {
  const descriptor = findDescriptor(application.number);
  const { state, facts, next } = await descriptor.tell(db, application, now);
  const correct = descriptor.applicantActs?.correct;
  const isMyTurn = correct?.states.includes(application.state) ?? false;
  return {
    number: application.number,
    address: facts.find(([label]) => label === "房屋")?.[1] ?? "",
    ...{ state, next },
    promisedOn: next.who === "us" ? application.promisedOn : null,
    correctionPath: isMyTurn ? (correct?.path(application) ?? null) : null,
  };
}
