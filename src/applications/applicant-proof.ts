import { findSignedInOwner } from "#src/accounts/owners/owner-session.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import type { SignedTokens } from "#src/platform/signed-token.ts";
import { findContactPhone } from "./contact-phone.ts";
import type { Application } from "./find-application.ts";

/** What tells an applicant from somebody who merely has the number. */
export interface ApplicantProofDeps {
  db: Db;
  personalData: PersonalData;
  tokens: SignedTokens;
}

const PURPOSE = "applicant-proof";
/** Long enough to correct a form with its documents, short enough for a borrowed computer. */
const PROOF_MINUTES = 30;

type Proven = Pick<Application, "number" | "browserHash">;

/**
 * Tells whether whoever visits is the applicant: his browser handed the application in, or it gave the
 * one-time code that went to the phone of the application, at most half an hour ago, or he is signed in as the owner
 * whose account has that phone. Only then may he correct, cancel or print; the number alone opens nothing.
 */
export async function isProvenApplicant(
  deps: ApplicantProofDeps,
  visit: Visit,
  application: Proven & Pick<Application, "id">,
): Promise<boolean> {
  if (isProvenBrowser(deps, visit, application)) return true;
  const owner = findSignedInOwner(visit);
  if (owner === null) return false;
  return owner.phone === (await findContactPhone(deps.db, deps.personalData, application.id));
}

function isProvenBrowser(
  deps: Pick<ApplicantProofDeps, "tokens">,
  visit: Visit,
  application: Proven,
): boolean {
  const browser = visit.findBrowser();
  if (browser === null) return false;
  if (browser.equals(application.browserHash)) return true;
  const token = visit.cookies.read(visit.c, cookieOf(application));
  return deps.tokens.read(PURPOSE, token, visit.now) === boundText(browser, application);
}

/** Remembers in this browser, for half an hour, that it has proven to be the applicant's. */
export function rememberProof(
  deps: Pick<ApplicantProofDeps, "tokens">,
  visit: Visit,
  application: Proven,
): void {
  const until = new Date(visit.now.getTime() + PROOF_MINUTES * 60_000);
  const token = deps.tokens.make(PURPOSE, boundText(visit.ensureBrowser(), application), until);
  const options = { maxAge: PROOF_MINUTES * 60, sameSite: "Lax" } as const;
  visit.cookies.write(visit.c, cookieOf(application), token, options);
}

/** One cookie for each application, so that somebody with two need not prove the first again. */
function cookieOf({ number }: Proven): string {
  return `applicant-${number}`;
}

/** A token is good for one browser and one application: copied to another it says nothing. */
function boundText(browser: Buffer, { number }: Proven): string {
  return `${browser.toString("base64url")} ${number}`;
}
