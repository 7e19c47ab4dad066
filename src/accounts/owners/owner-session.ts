import type { Db } from "#src/platform/database/client.ts";
import { seeOther } from "#src/platform/http/responses.ts";
import { sessionToken } from "#src/platform/http/session-cookie.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { findSessionUser, type HeldSession, isSteppedUp } from "#src/platform/sessions.ts";
import { stepUpAddress } from "../step-up-address.ts";
import { findOwnerAccount, type OwnerAccount, ownerActor } from "./owner-account.ts";

const AUDIENCE = "owner";
const owners = new WeakMap<Visit, OwnerAccount>();

/** Where an owner who is not signed in is sent. */
export const OWNER_SIGN_IN = "/sign-in";

/** Where an owner proves once more who he is, before decisions about money and his account. */
export const OWNER_STEP_UP = "/sign-in/step-up";

/** What knowing an owner needs. */
export interface OwnerSessionDeps {
  db: Db;
  personalData: PersonalData;
}

/**
 * Lets a signed-in owner through and sends everybody else to the sign-in page. The account is read again on every
 * request: one that is disabled is out at once.
 */
export async function authenticateOwner(
  deps: OwnerSessionDeps,
  visit: Visit,
): Promise<Response | null> {
  await recogniseOwner(deps, visit);
  return owners.has(visit) ? null : seeOther(visit, OWNER_SIGN_IN);
}

/**
 * Finds out whether an owner is signed in, on a page that anyone may open. Without the cookie nothing is read. A
 * cookie that opens nothing any more is taken away, so that no header offers what is over.
 */
export async function recogniseOwner(deps: OwnerSessionDeps, visit: Visit): Promise<void> {
  const token = sessionToken(visit, AUDIENCE);
  if (!token) return;
  const userId = await findSessionUser(deps.db, { audience: AUDIENCE, token, now: visit.now });
  const owner = userId && (await findOwnerAccount(deps.db, deps.personalData, userId));
  if (!owner) return visit.cookies.clear(visit.c, AUDIENCE);
  owners.set(visit, owner);
  visit.isOwner = true;
  visit.actor = ownerActor(owner);
  visit.audit.actor = visit.actor;
}

/** Who is signed in as an owner on a page that anyone may open; null for a visitor. */
export function findSignedInOwner(visit: Visit): OwnerAccount | null {
  return owners.get(visit) ?? null;
}

/** The owner of a visit that the permission `owner` let through. */
export function ownerOf(visit: Visit): OwnerAccount {
  const owner = findSignedInOwner(visit);
  if (owner === null) throw new Error("the route does not ask for an owner");
  return owner;
}

/** The session that an owner stands in, for the list of his sessions and for ending others. */
export function ownerSessionOf(visit: Visit): HeldSession {
  const token = sessionToken(visit, AUDIENCE) ?? "";
  return { audience: AUDIENCE, userId: ownerOf(visit).id, token };
}

/**
 * Lets an owner on to a decision about money or his account who gave his password or a code within the last few
 * minutes; anybody else is sent to give it, and comes back to `next`, a page of our own.
 */
export async function requireOwnerStepUp(
  db: Db,
  visit: Visit,
  next: string,
): Promise<Response | null> {
  if (await isSteppedUp(db, ownerSessionOf(visit), visit.now)) return null;
  return seeOther(visit, stepUpAddress(OWNER_STEP_UP, next));
}
