import { z } from "zod";
import type { Visit } from "#src/platform/http/visit.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import type { SignedTokens } from "#src/platform/signed-token.ts";

/** A phone to which this browser had a dynamic password sent a moment ago. */
export interface AskedPhone {
  /** In its canonical form. */
  phone: string;
  sentAt: Date;
}

export interface AskedPhoneDeps {
  tokens: SignedTokens;
  personalData: PersonalData;
}

const COOKIE = "owner-phone";
/** Longer than the code lives, so that the phone stands there still when another one is asked for. */
const MINUTES = 15;

const contents = z.object({
  browser: z.string(),
  /** Encrypted: the cookie of a shared computer is not to tell who sat there. */
  phone: z.string(),
  sentAt: z.number(),
});

/** Remembers, for this browser alone, to which phone a dynamic password went. */
export function rememberPhone(deps: AskedPhoneDeps, visit: Visit, phone: string): void {
  const text = JSON.stringify({
    browser: visit.ensureBrowser().toString("base64url"),
    phone: deps.personalData.encrypt(phone).toString("base64url"),
    sentAt: visit.now.getTime(),
  });
  const token = deps.tokens.make(COOKIE, text, new Date(visit.now.getTime() + MINUTES * 60_000));
  visit.cookies.write(visit.c, COOKIE, token, { maxAge: MINUTES * 60, sameSite: "Lax" });
}

/** Finds the phone that this browser asked for; null when it asked for none, or too long ago. */
export function findAskedPhone(deps: AskedPhoneDeps, visit: Visit): AskedPhone | null {
  const text = deps.tokens.read(COOKIE, visit.cookies.read(visit.c, COOKIE), visit.now);
  if (text === null) return null;
  const { browser, phone, sentAt } = contents.parse(JSON.parse(text));
  if (browser !== visit.findBrowser()?.toString("base64url")) return null;
  return {
    phone: deps.personalData.decrypt(Buffer.from(phone, "base64url")),
    sentAt: new Date(sentAt),
  };
}

/** Forgets it: the owner is in. */
export function forgetPhone(visit: Visit): void {
  visit.cookies.clear(visit.c, COOKIE);
}
