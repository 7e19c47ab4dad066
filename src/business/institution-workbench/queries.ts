import type { StateWords } from "#src/applications/descriptor.ts";
import { type Application, findApplications } from "#src/applications/find-application.ts";
import type { FindDescriptor } from "#src/applications/find-descriptor.ts";
import type { Db } from "#src/platform/database/client.ts";

/** An application of the institution as its list shows it. */
export interface OwnApplication {
  number: string;
  /** The business in the manual's words. */
  title: string;
  createdAt: Date;
  state: StateWords;
  /** What comes next, in a few words. */
  next: string;
  /** Whether the institution has to do it. */
  isOurTurn: boolean;
}

export const APPLICATIONS_ON_PAGE = 20;

/**
 * Lists the applications of an institution, newest first: those that carry its id, and the registration from which it
 * came. Answers with one page of them and how many there are.
 */
export async function listOwnApplications(
  deps: { db: Db; findDescriptor: FindDescriptor },
  institution: { id: number; applicationId: bigint | null },
  query: { page: number; now: Date },
): Promise<{ rows: OwnApplication[]; totalCount: number }> {
  const own = deps.db
    .selectFrom("application")
    .where((eb) =>
      eb.or([
        eb("institution_id", "=", institution.id),
        eb("id", "=", institution.applicationId ?? -1n),
      ]),
    );
  const [{ count }, page] = await Promise.all([
    own.select((eb) => eb.fn.countAll<bigint>().as("count")).executeTakeFirstOrThrow(),
    own
      .select("number")
      .orderBy("id", "desc")
      .limit(APPLICATIONS_ON_PAGE)
      .offset((query.page - 1) * APPLICATIONS_ON_PAGE)
      .execute(),
  ]);
  const found = await findApplications(
    deps.db,
    page.map(({ number }) => number),
  );
  const rows = await Promise.all(found.map((one) => tell(deps, one, query.now)));
  return { rows, totalCount: Number.parseInt(`${count}`, 10) };
}

async function tell(
  { db, findDescriptor }: { db: Db; findDescriptor: FindDescriptor },
  application: Application,
  now: Date,
): Promise<OwnApplication> {
  const descriptor = findDescriptor(application.number);
  const { state, next } = await descriptor.tell(db, application, now);
  return {
    number: application.number,
    title: descriptor.title,
    createdAt: application.createdAt,
    state,
    next: next.title,
    isOurTurn: next.who === "applicant",
  };
}
