import { z } from "zod";
import type { Db } from "#src/platform/database/client.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import type { SignedTokens } from "#src/platform/signed-token.ts";
import { findStaffCredentials, type StaffCredentials } from "#src/platform/staff/staff-members.ts";
import { makeTotpSecret } from "#src/platform/staff/totp.ts";

/** What the state between password and code needs. */
export interface HalfSignedInDeps {
  db: Db;
  tokens: SignedTokens;
  personalData: PersonalData;
}

/** Somebody who gave his password and not yet his code. */
export interface HalfSignedIn {
  credentials: StaffCredentials;
  /** The secret offered for setting up; null for who has one. */
  newSecret: string | null;
}

const COOKIE = "staff-password";
/** Enough to install an authenticator, too short to leave a desk with the password given. */
const MINUTES = 10;

const contents = z.object({
  id: z.int(),
  mark: z.string(),
  /** Encrypted, so that the cookie of a browser does not hold a secret that will open the desk for years. */
  setup: z.string().nullable(),
});

/**
 * Remembers for a few minutes, in a signed cookie that opens nothing but the second step, whose password was
 * right. Whoever has no secret yet gets one offered, the same until he signs in.
 */
export function rememberPassword(
  deps: HalfSignedInDeps,
  visit: Visit,
  credentials: StaffCredentials,
): void {
  const offersSecret = credentials.totpSecretCipher === null;
  const text = JSON.stringify({
    id: credentials.member.id,
    mark: credentials.passwordMark,
    setup: offersSecret ? deps.personalData.encrypt(makeTotpSecret()).toString("base64") : null,
  });
  const token = deps.tokens.make(COOKIE, text, new Date(visit.now.getTime() + MINUTES * 60_000));
  visit.cookies.write(visit.c, COOKIE, token, { maxAge: MINUTES * 60, sameSite: "Strict" });
}

/** Finds who gave his password a moment ago; null when nobody did, or account or password changed since. */
export async function findHalfSignedIn(
  deps: HalfSignedInDeps,
  visit: Visit,
): Promise<HalfSignedIn | null> {
  const token = visit.cookies.read(visit.c, COOKIE);
  const text = deps.tokens.read(COOKIE, token, visit.now);
  if (text === null) return null;
  const { id, mark, setup } = contents.parse(JSON.parse(text));
  const credentials = await findStaffCredentials(deps.db, id);
  if (credentials === null || credentials.passwordMark !== mark) return null;
  const needsSecret = credentials.totpSecretCipher === null;
  // Reset between the two steps: the password has to be given again.
  if (needsSecret !== (setup !== null)) return null;
  const newSecret = setup === null ? null : deps.personalData.decrypt(Buffer.from(setup, "base64"));
  return { credentials, newSecret };
}

/** Forgets that a password was given. */
export function forgetPassword(visit: Visit): void {
  visit.cookies.clear(visit.c, COOKIE);
}
