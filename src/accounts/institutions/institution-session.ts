import type { Db } from "#src/platform/database/client.ts";
import { Forbidden } from "#src/platform/http/errors.ts";
import { seeOther } from "#src/platform/http/responses.ts";
import {
  INSTITUTION_PERMISSIONS,
  type InstitutionKind,
  type InstitutionPermission,
} from "#src/platform/http/route.ts";
import { sessionToken } from "#src/platform/http/session-cookie.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { findSessionUser, type HeldSession, isSteppedUp } from "#src/platform/sessions.ts";
import { stepUpAddress } from "../step-up-address.ts";
import {
  findInstitutionUser,
  type InstitutionState,
  type InstitutionUser,
  institutionActor,
} from "./institution-user.ts";

const AUDIENCE = "institution";
const users = new WeakMap<Visit, InstitutionUser>();

/** Where whoever is not signed in for an institution is sent. */
export const INSTITUTION_SIGN_IN = "/sign-in/institution";

/** Where somebody of an institution proves once more who he is, before decisions about money and accounts. */
export const INSTITUTION_STEP_UP = "/sign-in/institution/step-up";

/** Where a signed-in user goes whose institution may not work yet, or no longer: its registration. */
export const INSTITUTION_REGISTRATION = "/workbench/registration";

/** What knowing a user of an institution needs. */
export interface InstitutionSessionDeps {
  db: Db;
  personalData: PersonalData;
}

/**
 * Lets somebody of an institution through whose kind opens the permission. Nobody in particular is sent to sign in;
 * who is of another kind gets Forbidden; who is of an institution that is not approved, or no longer, is shown its
 * registration and nothing else (manual, D4). All of it is read again on every request.
 */
export async function authenticateInstitution(
  deps: InstitutionSessionDeps,
  visit: Visit,
  permission: InstitutionPermission,
): Promise<Response | null> {
  const token = sessionToken(visit, AUDIENCE);
  const now = visit.now;
  const id = token && (await findSessionUser(deps.db, { audience: AUDIENCE, token, now }));
  const user = id ? await findInstitutionUser(deps.db, deps.personalData, id) : null;
  if (user === null) return seeOther(visit, INSTITUTION_SIGN_IN);
  visit.actor = institutionActor(user);
  visit.audit.actor = visit.actor;
  const kinds: readonly InstitutionKind[] = INSTITUTION_PERMISSIONS[permission];
  if (!kinds.includes(user.institution.kind)) throw new Forbidden();
  if (!isOpenTo(permission, user.institution.state)) {
    return seeOther(visit, INSTITUTION_REGISTRATION);
  }
  if (FOR_ADMINS.includes(permission) && !user.isAdmin) throw new Forbidden();
  users.set(visit, user);
  return null;
}

const FOR_ADMINS: readonly InstitutionPermission[] = ["institution-admin", "institution-renewal"];

/** Its state opens pages to an institution: whoever works all of his, one that expired those that renew it. */
function isOpenTo(permission: InstitutionPermission, state: InstitutionState): boolean {
  if (permission === "institution-user" || state === "active") return true;
  return permission === "institution-renewal" && state === "expired";
}

/** The user of a visit that one of the institution permissions let through. */
export function institutionUserOf(visit: Visit): InstitutionUser {
  const user = users.get(visit);
  if (user === undefined) throw new Error("the route does not ask for an institution");
  return user;
}

/** The session that somebody of an institution stands in, for the list of his sessions and for ending others. */
export function institutionSessionOf(visit: Visit): HeldSession {
  const token = sessionToken(visit, AUDIENCE) ?? "";
  return { audience: AUDIENCE, userId: institutionUserOf(visit).id, token };
}

/**
 * Lets somebody of an institution on to a decision about money or accounts who gave his password within the last
 * few minutes; anybody else is sent to give it, and comes back to `next`, a page of our own.
 */
export async function requireInstitutionStepUp(
  db: Db,
  visit: Visit,
  next: string,
): Promise<Response | null> {
  if (await isSteppedUp(db, institutionSessionOf(visit), visit.now)) return null;
  return seeOther(visit, stepUpAddress(INSTITUTION_STEP_UP, next));
}
