import { residentIdOfOldNumber } from "#src/kernel/resident-id.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { LimitVisit } from "#src/platform/http/limit-visit.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import type { RateLimits } from "#src/platform/rate-limits.ts";
import type { SignedTokens } from "#src/platform/signed-token.ts";
import type { House } from "#src/register/find-house.ts";
import { isSameName } from "#src/register/same-name.ts";
import { type Claimant, findClaimant, listOwners, type Owner } from "./queries.ts";

/** What proving to be an owner needs. */
export interface OwnerProofDeps {
  db: Db;
  personalData: PersonalData;
  limits: RateLimits;
  limit: LimitVisit;
  tokens: SignedTokens;
}

/** What came of a name and a document number given for a house. */
export type ProofOutcome = "right" | "wrong" | "locked";

const PURPOSE = "refund-owner";
const COOKIE = "refund-owner";
/** Long enough to photograph and send all the papers. */
const PROOF_MINUTES = 60;

/**
 * Compares a name and a document number with the owners on record (manual, D3): both must be those of one
 * of them. The right answer is remembered in this browser, for this house, for an hour; neither of the two
 * is, only the keyed hash of the number. A house without owners answers like one with others.
 */
export async function proveOwner(
  deps: OwnerProofDeps,
  visit: Visit,
  house: House,
  claimed: { name: string; document: string },
): Promise<ProofOutcome> {
  const counted = await deps.limits.consume("refund-owner", house.code);
  if (!counted.ok) return "locked";
  const owners = await listOwners(deps.db, house, deps.personalData);
  const owner = owners.find((one) => fits(deps.personalData, one, claimed));
  if (owner === undefined) return "wrong";
  // Counted before it was compared, so that guesses in parallel cannot slip by; only wrong ones stay.
  await deps.limits.giveBack("refund-owner", house.code);
  rememberOwner(deps, visit, house, owner);
  return "right";
}

/** Remembers which owner of a house this browser has proven to be, by whichever proof. */
export function rememberOwner(
  deps: Pick<OwnerProofDeps, "tokens">,
  visit: Visit,
  house: House,
  owner: Claimant,
): void {
  const until = new Date(visit.now.getTime() + PROOF_MINUTES * 60_000);
  const token = deps.tokens.make(PURPOSE, boundText(visit.ensureBrowser(), house, owner), until);
  visit.cookies.write(visit.c, COOKIE, token, { maxAge: PROOF_MINUTES * 60, sameSite: "Lax" });
}

/**
 * Reads which owner of a house this browser has proven to be; null when it has not, too long ago, or when the
 * register names another person in his place by now.
 */
export async function provenOwner(
  deps: OwnerProofDeps,
  visit: Visit,
  house: House,
): Promise<Claimant | null> {
  const browser = visit.findBrowser();
  if (browser === null) return null;
  const text = deps.tokens.read(PURPOSE, visit.cookies.read(visit.c, COOKIE), visit.now);
  const said = /^([0-9]{1,2}) ([\w-]{43}) /.exec(text ?? "");
  if (said === null) return null;
  const [, n = "", hash = ""] = said;
  const claimant = { n: Number.parseInt(n, 10), documentHash: Buffer.from(hash, "base64url") };
  if (text !== boundText(browser, house, claimant)) return null;
  const owner = findClaimant(await listOwners(deps.db, house, deps.personalData), claimant);
  return owner === undefined ? null : claimant;
}

/** A token is good for one person, browser and house: copied to another it says nothing. */
function boundText(browser: Buffer, house: House, { n, documentHash }: Claimant): string {
  const [person, place] = [documentHash, browser].map((bytes) => bytes.toString("base64url"));
  return `${n} ${person} ${house.code} ${place}`;
}

function fits(
  personalData: PersonalData,
  owner: Owner,
  claimed: { name: string; document: string },
): boolean {
  const numbers = [claimed.document, residentIdOfOldNumber(claimed.document)];
  const hashes = numbers.flatMap((number) =>
    number === null ? [] : [personalData.hash("document", number)],
  );
  const isDocument = hashes.some((hash) => hash.equals(owner.documentHash));
  return isSameName(owner.name, claimed.name) && isDocument;
}
