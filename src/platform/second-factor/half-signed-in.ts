import { z } from "zod";
import type { Db } from "../database/client.ts";
import type { Visit } from "../http/visit.ts";
import type { PersonalData } from "../personal-data.ts";
import type { SignedTokens } from "../signed-token.ts";
import type { CodeCredentials } from "./code-credentials.ts";
import { makeTotpSecret } from "./totp.ts";

/** What the state between password and code needs. */
export interface HalfSignedInDeps {
  db: Db;
  tokens: SignedTokens;
  personalData: PersonalData;
}

/** Somebody who gave his password and not yet his code. */
export interface HalfSignedIn<Credentials extends CodeCredentials> {
  credentials: Credentials;
  /** The secret offered for setting up; null for who has one. */
  newSecret: string | null;
}

/** Whose door it is: its cookie, and where its people are found. */
export interface HalfDoor<Credentials extends CodeCredentials> {
  passwordCookie: string;
  find(db: Db, id: number): Promise<Credentials | null>;
}

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
export function rememberPassword<Credentials extends CodeCredentials>(
  deps: HalfSignedInDeps,
  door: HalfDoor<Credentials>,
  visit: Visit,
  credentials: Credentials,
): void {
  const offersSecret = credentials.totpSecretCipher === null;
  const text = JSON.stringify({
    id: credentials.id,
    mark: credentials.passwordMark,
    setup: offersSecret ? deps.personalData.encrypt(makeTotpSecret()).toString("base64") : null,
  });
  const until = new Date(visit.now.getTime() + MINUTES * 60_000);
  const token = deps.tokens.make(door.passwordCookie, text, until);
  const options = { maxAge: MINUTES * 60, sameSite: "Strict" } as const;
  visit.cookies.write(visit.c, door.passwordCookie, token, options);
}

/** Finds who gave his password a moment ago; null when nobody did, or account or password changed since. */
export async function findHalfSignedIn<Credentials extends CodeCredentials>(
  deps: HalfSignedInDeps,
  door: HalfDoor<Credentials>,
  visit: Visit,
): Promise<HalfSignedIn<Credentials> | null> {
  const token = visit.cookies.read(visit.c, door.passwordCookie);
  const text = deps.tokens.read(door.passwordCookie, token, visit.now);
  if (text === null) return null;
  const { id, mark, setup } = contents.parse(JSON.parse(text));
  const credentials = await door.find(deps.db, id);
  if (credentials === null || credentials.passwordMark !== mark) return null;
  const needsSecret = credentials.totpSecretCipher === null;
  // Reset between the two steps: the password has to be given again.
  if (needsSecret !== (setup !== null)) return null;
  const newSecret = setup === null ? null : deps.personalData.decrypt(Buffer.from(setup, "base64"));
  return { credentials, newSecret };
}

/** Forgets that a password was given. */
export function forgetPassword(door: { passwordCookie: string }, visit: Visit): void {
  visit.cookies.clear(visit.c, door.passwordCookie);
}
