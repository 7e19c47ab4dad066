import { findSignedInOwner } from "#src/accounts/owners/owner-session.ts";
import { checkCaptcha, type FormCaptchaDeps } from "#src/platform/captcha/form-captcha.ts";
import type { DisclosurePolicy } from "#src/platform/config.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { SentForm } from "#src/platform/http/form.ts";
import type { LimitVisit } from "#src/platform/http/limit-visit.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import type { SignedTokens } from "#src/platform/signed-token.ts";
import type { House } from "#src/register/find-house.ts";
import { isOwnHouse } from "./own-house.ts";

/** What the gate before 查看明细 needs. */
export interface GateDeps extends FormCaptchaDeps {
  db: Db;
  policy: DisclosurePolicy;
  personalData: PersonalData;
  limit: LimitVisit;
  tokens: SignedTokens;
}

/**
 * What stands between a visitor and the detail of a house; `link` for who is signed in and whose account does not
 * open the house.
 */
export type Gate = "open" | "captcha" | "verify" | "sign-in" | "link";

const PASS_MINUTES = 10;

/** The cookies that hold a pass: for a worked-out sum, and for a known fact of one house. */
type PassCookie = "look" | "verified";

/** The purpose under which the captcha of the look-up is issued and checked. */
export const CAPTCHA_PURPOSE = "fund-look";

/**
 * Decides what a visitor has to do before the detail of a house is shown, by the deployment's disclosure
 * policy (manual, D3): nothing for a few look-ups and then a captcha, one known fact, or a sign-in. An owner who is
 * signed in opens his own houses under every policy. Counts the look-up of anybody else. Throws TooManyRequests
 * when even a person could not look at so many houses.
 */
export async function gateFor(deps: GateDeps, visit: Visit, house: House): Promise<Gate> {
  if (await isOwnHouse(deps, visit, house.code)) return "open";
  if (deps.policy === "login") return closedGate(visit);
  await deps.limit(visit, "fund-detail");
  if (deps.policy === "verified") {
    const verified = readPass(deps, visit, "verified");
    return verified === house.code ? "open" : "verify";
  }
  const pass = readPass(deps, visit, "look");
  const counted = await deps.limits.consume("fund-look", pass ?? visit.addressHash);
  return counted.ok ? "open" : "captcha";
}

/** What somebody meets under `login` whose account does not open the house. */
export function closedGate(visit: Visit): "sign-in" | "link" {
  return findSignedInOwner(visit) === null ? "sign-in" : "link";
}

/**
 * Checks a worked-out sum; the right one lets the same browser look at a few more houses. Null then, else the
 * sentence for each field.
 */
export async function passCaptcha(
  deps: GateDeps,
  visit: Visit,
  sent: SentForm,
): Promise<Record<string, string> | null> {
  const errors = await checkCaptcha(deps, visit, sent, { purpose: CAPTCHA_PURPOSE });
  if (errors === null) writePass(deps, visit, "look", sent["captchaId"] ?? "");
  return errors;
}

/** What came of a fact given about a house's owner. */
export type FactOutcome = "right" | "wrong" | "locked";

/**
 * Checks one known fact of the owner: the last four characters of the document or the last four digits of
 * the phone on file. Five wrong ones in a day close the house for everybody until the next.
 */
export async function passFact(
  deps: GateDeps,
  visit: Visit,
  house: House,
  fact: string,
): Promise<FactOutcome> {
  const counted = await deps.limits.consume("fund-verify", house.code);
  if (!counted.ok) return "locked";
  const isRight = await ownerFits(deps, house, fact.toUpperCase());
  if (!isRight) return "wrong";
  // Counted before it was compared, so that guesses in parallel cannot slip by; only wrong ones stay.
  await deps.limits.giveBack("fund-verify", house.code);
  writePass(deps, visit, "verified", house.code);
  return "right";
}

async function ownerFits(deps: GateDeps, house: House, fact: string): Promise<boolean> {
  if (!/^[0-9A-Z]{4}$/.test(fact)) return false;
  const owners = await deps.db
    .selectFrom("house_owner")
    .select(["document_cipher", "phone_cipher"])
    .where("estate_id", "=", house.estateId)
    .where("house_id", "=", house.houseId)
    .execute();
  const ends = owners.flatMap(({ document_cipher, phone_cipher }) => [
    deps.personalData.decrypt(document_cipher).slice(-4),
    phone_cipher === null ? "" : deps.personalData.decrypt(phone_cipher).slice(-4),
  ]);
  return ends.includes(fact);
}

/** Reads a pass of this browser that is not over: which sum it solved, or which house it knew a fact of. */
export function readPass(
  deps: Pick<GateDeps, "tokens">,
  visit: Visit,
  cookie: PassCookie,
): string | null {
  return deps.tokens.read(cookie, visit.cookies.read(visit.c, cookie), visit.now);
}

function writePass(deps: GateDeps, visit: Visit, cookie: PassCookie, text: string): void {
  const until = new Date(visit.now.getTime() + PASS_MINUTES * 60_000);
  const token = deps.tokens.make(cookie, text, until);
  visit.cookies.write(visit.c, cookie, token, { maxAge: PASS_MINUTES * 60, sameSite: "Lax" });
}
