import { sql } from "kysely";
import type { OwnerAccount } from "#src/accounts/owners/owner-account.ts";
import { listLinkedHouses } from "#src/accounts/owners/owner-houses.ts";
import type { StateWords } from "#src/applications/descriptor.ts";
import { type Application, findApplications } from "#src/applications/find-application.ts";
import type { FindDescriptor } from "#src/applications/find-descriptor.ts";
import type { Db } from "#src/platform/database/client.ts";
import { listParameter } from "#src/platform/database/list-parameter.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";

/** What listing an owner's applications needs. */
export interface OwnApplicationsDeps {
  db: Db;
  personalData: PersonalData;
  findDescriptor: FindDescriptor;
}

/** An application as the owner's list shows it. */
export interface OwnApplication {
  number: string;
  /** The business in the manual's words. */
  title: string;
  createdAt: Date;
  state: StateWords;
  /** What comes next, in a few words. */
  next: string;
  isMyTurn: boolean;
}

export const APPLICATIONS_ON_PAGE = 20;

/**
 * Lists the applications that were made with the account's phone, or on its houses since they are the owner's, newest
 * first: one page of them, and how many there are. What a former owner applied for is his. They are told as their status pages tell them, so with nothing personal in them.
 */
export async function listOwnApplications(
  deps: OwnApplicationsDeps,
  account: OwnerAccount,
  query: { page: number; size?: number; now: Date },
): Promise<{ rows: OwnApplication[]; totalCount: number }> {
  const size = query.size ?? APPLICATIONS_ON_PAGE;
  const houses = await listLinkedHouses(deps.db, account.id);
  const phoneHash = deps.personalData.hash("phone", account.phone);
  const { rows: found } = await sql<{ number: string; total: bigint }>`
    with own as (
      select application_id as id from application_contact where phone_hash = ${phoneHash}
      union
      select a.id from application a join unnest(
          ${listParameter(
            "int",
            houses.map(({ estateId }) => estateId),
          )}, ${listParameter(
            "bigint",
            houses.map(({ houseId }) => houseId.toString()),
          )}, ${listParameter(
            "timestamptz",
            houses.map(({ since }) => since),
          )}) as mine(estate_id, house_id, since) using (estate_id, house_id)
        where a.created_at >= mine.since
    )
    select a.number, count(*) over () as total from own join application a using (id)
      order by a.id desc limit ${size} offset ${(query.page - 1) * size}`.execute(deps.db);
  const applications = await findApplications(
    deps.db,
    found.map(({ number }) => number),
  );
  return {
    rows: await Promise.all(applications.map((one) => tell(deps, one, query.now))),
    totalCount: Number.parseInt(`${found[0]?.total ?? 0n}`, 10),
  };
}

async function tell(
  { db, findDescriptor }: OwnApplicationsDeps,
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
    isMyTurn: next.who === "applicant",
  };
}
