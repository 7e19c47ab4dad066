import type { Db } from "../database/client.ts";
import { Forbidden } from "../http/errors.ts";
import { seeOther } from "../http/responses.ts";
import { STAFF_PERMISSIONS, type StaffPermission, type StaffRole } from "../http/route.ts";
import { sessionToken } from "../http/session-cookie.ts";
import type { Visit } from "../http/visit.ts";
import { findSessionUser } from "../sessions.ts";
import { findStaff, type StaffMember, staffActor } from "./staff-members.ts";

const AUDIENCE = "staff";
const members = new WeakMap<Visit, StaffMember>();

/** Where whoever is not signed in is sent. */
export const STAFF_SIGN_IN = "/review/sign-in";

/**
 * Lets one of the fund centre's people through whose roles open the permission. Nobody in particular is
 * sent to sign in; somebody without the role gets Forbidden. He is read again on every request: who is
 * disabled, or lost a role, is out at once.
 */
export async function authenticateStaff(
  db: Db,
  visit: Visit,
  permission: StaffPermission,
): Promise<Response | null> {
  const token = sessionToken(visit, AUDIENCE);
  const now = visit.now;
  const userId = token && (await findSessionUser(db, { audience: AUDIENCE, token, now }));
  const member = userId ? await findStaff(db, userId) : null;
  if (member === null) return seeOther(visit, STAFF_SIGN_IN);
  visit.actor = staffActor(member);
  visit.audit.actor = visit.actor;
  if (!hasAnyRole(member, STAFF_PERMISSIONS[permission])) throw new Forbidden();
  members.set(visit, member);
  return null;
}

function hasAnyRole(member: StaffMember, roles: readonly StaffRole[]): boolean {
  return member.roles.some((role) => roles.includes(role));
}

/** Who makes a visit that one of the staff permissions let through. */
export function staffOf(visit: Visit): StaffMember {
  const member = members.get(visit);
  if (member === undefined) throw new Error("the route does not ask for staff");
  return member;
}
