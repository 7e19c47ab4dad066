import { createHash, randomBytes } from "node:crypto";
import { TooManyRequests } from "./http/errors.ts";
import type { LimitRule } from "./http/limit-visit.ts";
import type { Visit } from "./http/visit.ts";
import type { RateLimits } from "./rate-limits.ts";
import type { SignedTokens } from "./signed-token.ts";

/** What counting tries to sign in needs. */
export interface SignInTriesDeps {
  limits: RateLimits;
  tokens: SignedTokens;
}

/** One counted try. */
export interface SignInTry {
  /** What was typed was right: the try counts no longer. */
  giveBack(): Promise<void>;
  /** The user is in: this browser is known for him from now on. */
  rememberBrowser(): void;
}

/** A browser, and the users who signed in from it, newest first. */
interface KnownBrowser {
  id: string;
  users: readonly string[];
}

const KNOWN_DAYS = 90;
/** Colleagues who share a desk; a cookie should stay small. */
const USERS_MAX = 8;

/**
 * Counts a try to sign in before what was typed is looked at, so that guesses in parallel cannot slip by; a
 * right one is given back, so that only failures stay. Failures count for the address, and for the user name
 * over all addresses, whether or not there is such a user. A browser from which this user signed in before
 * (`knownCookie`) has a count of its own: strangers who fail under his name, however often, never shut him
 * out of it. Throws TooManyRequests with the time to wait.
 */
export async function countSignInTry(
  deps: SignInTriesDeps,
  visit: Visit,
  who: { username: string; audience: string; knownCookie: string },
): Promise<SignInTry> {
  const named = `${who.audience}:${who.username}`;
  const user = createHash("sha256").update(named).digest("base64url").slice(0, 22);
  const browser = readKnownBrowser(deps, visit, who.knownCookie);
  const isKnown = browser.users.includes(user);
  const userKey = isKnown ? `${user}@${browser.id}` : user;
  const ofAddress = await countAddressTry(deps, visit);
  try {
    await take(deps, "sign-in-user", userKey);
  } catch (refusal) {
    // Turned away unheard, he has not failed: his colleagues behind the same address do not pay for it.
    await ofAddress.giveBack();
    throw refusal;
  }
  return {
    async giveBack() {
      await ofAddress.giveBack();
      await deps.limits.giveBack("sign-in-user", userKey);
    },
    rememberBrowser() {
      const others = browser.users.filter((known) => known !== user);
      const users = [user, ...others].slice(0, USERS_MAX);
      writeKnownBrowser(deps, visit, who.knownCookie, { id: browser.id, users });
    },
  };
}

/**
 * Counts a try for the address alone, where what is guessed has its own few tries under every name: a code that
 * went to a phone. Throws TooManyRequests with the time to wait.
 */
export async function countAddressTry(
  deps: Pick<SignInTriesDeps, "limits">,
  visit: Visit,
): Promise<Pick<SignInTry, "giveBack">> {
  await take(deps, "sign-in", visit.addressHash);
  return { giveBack: () => deps.limits.giveBack("sign-in", visit.addressHash) };
}

async function take(
  deps: Pick<SignInTriesDeps, "limits">,
  rule: LimitRule,
  key: string | Buffer,
): Promise<void> {
  const answer = await deps.limits.consume(rule, key);
  if (!answer.ok) throw new TooManyRequests(answer.retryAfterSeconds);
}

function readKnownBrowser(deps: SignInTriesDeps, visit: Visit, cookieName: string): KnownBrowser {
  const cookie = visit.cookies.read(visit.c, cookieName);
  const [id, ...users] = (deps.tokens.read(cookieName, cookie, visit.now) ?? "").split(" ");
  return { id: id || randomBytes(16).toString("base64url"), users };
}

function writeKnownBrowser(
  deps: SignInTriesDeps,
  visit: Visit,
  cookieName: string,
  browser: KnownBrowser,
): void {
  const maxAge = KNOWN_DAYS * 24 * 3600;
  const until = new Date(visit.now.getTime() + maxAge * 1000);
  const token = deps.tokens.make(cookieName, [browser.id, ...browser.users].join(" "), until);
  visit.cookies.write(visit.c, cookieName, token, { maxAge, sameSite: "Strict" });
}
