import { isLinkedHouse } from "#src/accounts/owners/owner-houses.ts";
import { findSignedInOwner, requireOwnerStepUp } from "#src/accounts/owners/owner-session.ts";
import { recordAudit } from "#src/platform/audit.ts";
import { seeOther } from "#src/platform/http/responses.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { House } from "#src/register/find-house.ts";
import { type OwnerProofDeps, rememberOwner } from "./prove-owner.ts";
import { listOwners, type Owner } from "./queries.ts";

/**
 * Takes an owner who is signed in, and whose account opens the house, on without asking for name and document number
 * again: he gave them when he linked it. Money is decided on, so his password or a code is asked for where it was
 * not given in the last minutes. Null for everybody else.
 */
export async function passSignedInOwner(
  deps: OwnerProofDeps,
  visit: Visit,
  house: House,
): Promise<Response | null> {
  const owner = await findRegisteredOwner(deps, visit, house);
  if (owner === null) return null;
  const path = `/refund/${house.code}`;
  const stepUp = await requireOwnerStepUp(deps.db, visit, path);
  if (stepUp !== null) return stepUp;
  await recordAudit(deps.db, visit.audit, house.code, "signed-in");
  rememberOwner(deps, visit, house, owner);
  return seeOther(visit, `${path}/reason`);
}

/** Which of the owners on record the signed-in one is; null where he is none, or has not linked the house. */
async function findRegisteredOwner(
  deps: OwnerProofDeps,
  visit: Visit,
  house: House,
): Promise<Owner | null> {
  const account = findSignedInOwner(visit);
  const hash = account?.documentHash ?? null;
  if (account === null || hash === null) return null;
  if (!(await isLinkedHouse(deps.db, account.id, house.code))) return null;
  const owners = await listOwners(deps.db, house, deps.personalData);
  return owners.find(({ documentHash }) => documentHash.equals(hash)) ?? null;
}
