import type { Db } from "#src/platform/database/client.ts";
import type { InstitutionTable } from "#src/platform/database/tables/accounts.ts";
import type { InstitutionKind } from "#src/platform/http/route.ts";
import { verifyPassword } from "#src/platform/passwords.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import type { InstitutionPerson } from "#src/ui/institution-page.tsx";

export type InstitutionState =
  | "pending"
  | "active"
  | "suspended"
  | "expired"
  | "closed"
  | "rejected";

/** Somebody who signs in for an institution, with what his institution is. */
export interface InstitutionUser {
  id: number;
  username: string;
  /** In clear: for himself and his administrator. */
  name: string;
  isAdmin: boolean;
  isPasswordInitial: boolean;
  institution: {
    id: number;
    kind: InstitutionKind;
    name: string;
    state: InstitutionState;
    applicationId: bigint | null;
  };
}

/** The names of the kinds on screen, as the manual has them. */
export const INSTITUTION_KIND_WORDS: Readonly<Record<InstitutionTable["kind"], string>> = {
  developer: "开发建设单位",
  "property-company": "物业服务企业",
  committee: "业主委员会",
};

/** Finds a user who may sign in; a disabled one is as unknown as one who never was. */
export async function findInstitutionUser(
  db: Db,
  personalData: PersonalData,
  id: number,
): Promise<InstitutionUser | null> {
  const row = await selectUsers(db).where("u.id", "=", id).executeTakeFirst();
  return row === undefined ? null : toUser(row, personalData);
}

/**
 * Checks user name and password of somebody of an institution of the kind he chose at the door. Unknown, disabled,
 * another kind and wrong all take the same time and give the same answer. The case of letters in the name does not
 * count. The hash that it fitted comes along, so that the session begins only while it is still the one.
 */
export async function checkInstitutionPassword(
  db: Db,
  personalData: PersonalData,
  given: { kind: InstitutionKind; username: string; password: string },
): Promise<(InstitutionUser & { passwordHash: string }) | null> {
  const row = await selectUsers(db)
    .where((eb) => eb(eb.fn<string>("lower", ["u.username"]), "=", given.username.toLowerCase()))
    .where("i.kind", "=", given.kind)
    // The name of a registration that came to nothing may be another's by now: his comes first.
    .orderBy("u.is_name_released")
    .orderBy("u.id", "desc")
    .limit(1)
    .executeTakeFirst();
  const isRight = await verifyPassword(row?.password_hash ?? null, given.password);
  if (!isRight || row === undefined) return null;
  return { ...toUser(row, personalData), passwordHash: row.password_hash };
}

/** The name under which somebody's acts stand in timelines and in the audit trail. */
export function institutionActor(user: Pick<InstitutionUser, "username">): string {
  return `institution:${user.username}`;
}

/** Introduces a user to the frame of his pages. */
export function introduceInstitutionUser({
  name,
  isAdmin,
  institution,
}: InstitutionUser): InstitutionPerson {
  return { name, isAdmin, institutionName: institution.name, kind: institution.kind };
}

function selectUsers(db: Db) {
  return db
    .selectFrom("institution_user as u")
    .innerJoin("institution as i", "i.id", "u.institution_id")
    .select([
      "u.id",
      "u.username",
      "u.password_hash",
      "u.name_cipher",
      "u.is_admin",
      "u.is_password_initial",
      "i.id as institution_id",
      "i.kind",
      "i.name as institution_name",
      "i.state",
      "i.application_id",
    ])
    .where("u.is_disabled", "=", false);
}

interface UserRow {
  id: number;
  username: string;
  name_cipher: Buffer;
  is_admin: boolean;
  is_password_initial: boolean;
  institution_id: number;
  kind: InstitutionKind;
  institution_name: string;
  state: InstitutionState;
  application_id: bigint | null;
}

function toUser(row: UserRow, personalData: PersonalData): InstitutionUser {
  return {
    id: row.id,
    username: row.username,
    name: personalData.decrypt(row.name_cipher),
    isAdmin: row.is_admin,
    isPasswordInitial: row.is_password_initial,
    institution: {
      id: row.institution_id,
      kind: row.kind,
      name: row.institution_name,
      state: row.state,
      applicationId: row.application_id,
    },
  };
}
