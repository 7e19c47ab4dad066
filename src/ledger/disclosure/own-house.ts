import { isLinkedHouse } from "#src/accounts/owners/owner-houses.ts";
import { findSignedInOwner } from "#src/accounts/owners/owner-session.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { Visit } from "#src/platform/http/visit.ts";

/**
 * Tells whether whoever visits is signed in as an owner whose account opens this house. Of a visitor who is not
 * signed in nothing is read.
 */
export async function isOwnHouse(
  deps: { db: Db },
  visit: Visit,
  houseCode: string,
): Promise<boolean> {
  const owner = findSignedInOwner(visit);
  return owner !== null && (await isLinkedHouse(deps.db, owner.id, houseCode));
}
