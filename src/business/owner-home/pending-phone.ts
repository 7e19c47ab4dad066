import type { Visit } from "#src/platform/http/visit.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import type { SignedTokens } from "#src/platform/signed-token.ts";

export interface PendingPhoneDeps {
  tokens: SignedTokens;
  personalData: PersonalData;
}

const COOKIE = "new-phone";
/** Longer than a code lives, so that another one can be asked for. */
const MINUTES = 15;

/** Remembers, for this account and browser, which new phone a code went to; encrypted, for shared computers. */
export function rememberNewPhone(
  deps: PendingPhoneDeps,
  visit: Visit,
  accountId: number,
  phone: string,
): void {
  const text = `${accountId} ${deps.personalData.encrypt(phone).toString("base64url")}`;
  const token = deps.tokens.make(COOKIE, text, new Date(visit.now.getTime() + MINUTES * 60_000));
  visit.cookies.write(visit.c, COOKIE, token, { maxAge: MINUTES * 60, sameSite: "Lax" });
}

/** Finds the new phone of this account; null when none was asked for, or too long ago. */
export function findNewPhone(
  deps: PendingPhoneDeps,
  visit: Visit,
  accountId: number,
): string | null {
  const text = deps.tokens.read(COOKIE, visit.cookies.read(visit.c, COOKIE), visit.now);
  const [, id = "", cipher = ""] = /^([0-9]+) ([\w-]+)$/.exec(text ?? "") ?? [];
  if (id !== `${accountId}`) return null;
  return deps.personalData.decrypt(Buffer.from(cipher, "base64url"));
}

/** Forgets it: the phone is changed. */
export function forgetNewPhone(visit: Visit): void {
  visit.cookies.clear(visit.c, COOKIE);
}
