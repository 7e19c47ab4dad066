import { sql } from "kysely";
import type { Db } from "../database/client.ts";
import type { StaffRole } from "../http/route.ts";
import { verifyPassword } from "../passwords.ts";
import {
  type CodeCredentials,
  type CodeRow,
  codeCredentials,
} from "../second-factor/code-credentials.ts";

/** One of the fund centre's people, with everything he may be. */
export interface StaffMember {
  id: number;
  username: string;
  displayName: string;
  roles: readonly StaffRole[];
}

/** What the door of the desk has to know of somebody besides who he is. */
export interface StaffCredentials extends CodeCredentials {
  member: StaffMember;
}

/** The names of the roles on screen. */
export const STAFF_ROLE_WORDS: Readonly<Record<StaffRole, string>> = {
  intake: "受理员",
  reviewer: "审核员",
  approver: "审批员",
  finance: "财务员",
  editor: "内容编辑",
  admin: "系统管理员",
  auditor: "审计员",
};

/** Finds somebody who may work; a disabled one is as unknown as one who never was. */
export async function findStaff(db: Db, id: number): Promise<StaffMember | null> {
  return (await findStaffCredentials(db, id))?.member ?? null;
}

/** Finds what the second step of a sign-in is checked against; null for who is unknown or disabled. */
export async function findStaffCredentials(db: Db, id: number): Promise<StaffCredentials | null> {
  const row = await selectStaff(db).where("id", "=", id).executeTakeFirst();
  return row === undefined ? null : toCredentials(row);
}

/**
 * Checks somebody's user name and password. Unknown, disabled and wrong all take the same time and give
 * the same answer.
 */
export async function checkStaffPassword(
  db: Db,
  username: string,
  password: string,
): Promise<StaffCredentials | null> {
  const row = await selectStaff(db).where("username", "=", username).executeTakeFirst();
  const isRight = await verifyPassword(row?.password_hash ?? null, password);
  return isRight && row !== undefined ? toCredentials(row) : null;
}

/** The name under which somebody's acts stand in timelines and in the audit trail. */
export function staffActor(member: Pick<StaffMember, "username">): string {
  return `staff:${member.username}`;
}

function selectStaff(db: Db) {
  return db
    .selectFrom("staff_member")
    .select([
      "id",
      "username",
      "display_name",
      "password_hash",
      "password_changed_at",
      "totp_secret_cipher",
      "totp_last_step",
      "is_password_initial",
      sql<
        StaffRole[]
      >`array(select role from staff_role where staff_id = staff_member.id order by role)`.as(
        "roles",
      ),
    ])
    .where("is_disabled", "=", false);
}

interface StaffRow extends CodeRow {
  display_name: string;
  roles: StaffRole[];
}

function toCredentials(row: StaffRow): StaffCredentials {
  const { id, username, roles } = row;
  return {
    ...codeCredentials(row),
    member: { id, username, displayName: row.display_name, roles },
  };
}

/** Reads the display names behind some actors (`staff:username`); others are left out. */
export async function findStaffNames(
  db: Db,
  actors: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const usernames = [...new Set(actors)].flatMap((actor) => /^staff:(.+)$/.exec(actor)?.[1] ?? []);
  if (usernames.length === 0) return new Map();
  const rows = await db
    .selectFrom("staff_member")
    .select(["username", "display_name"])
    .where("username", "in", usernames)
    .execute();
  return new Map(rows.map((row) => [staffActor(row), row.display_name]));
}

/** Somebody as the pages of the fund centre show him in their bar: name, roles, and the roles in words. */
export function introduceStaff(member: StaffMember) {
  const { displayName, roles } = member;
  return { displayName, roles, roleWords: roleWords(member) };
}

/** 审核员、审批员: everything somebody is, in words. */
export function roleWords(member: Pick<StaffMember, "roles">): string {
  return member.roles.map((role) => STAFF_ROLE_WORDS[role]).join("、");
}
