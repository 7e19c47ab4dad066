import type { DisclosurePolicy } from "#src/platform/config.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { RateLimits } from "#src/platform/rate-limits.ts";
import type { SignedTokens } from "#src/platform/signed-token.ts";
import { readPass } from "./gate.ts";
import { isOwnHouse } from "./own-house.ts";

/** What deciding whether a page may tell of a house's money needs. */
export interface TellDeps {
  db: Db;
  policy: DisclosurePolicy;
  limits: RateLimits;
  tokens: SignedTokens;
}

/**
 * Decides whether a page that is not 查看明细 may tell how a house stands with its money: a result list, the page
 * 购房人交款. Where houses are open it may for a few houses, counted for the visitor as the look-ups themselves
 * are; behind a known fact, for the house whose fact this browser gave; behind a sign-in, of
 * no house. An owner who is signed in is told of his own houses under every policy (decision 0007).
 */
export async function mayTell(deps: TellDeps, visit: Visit, houseCode: string): Promise<boolean> {
  if (await isOwnHouse(deps, visit, houseCode)) return true;
  switch (deps.policy) {
    case "open": {
      const key = readPass(deps, visit, "look") ?? visit.addressHash;
      return (await deps.limits.consume("fund-tell", key)).ok;
    }
    case "verified":
      return readPass(deps, visit, "verified") === houseCode;
    case "login":
      return false;
  }
}
