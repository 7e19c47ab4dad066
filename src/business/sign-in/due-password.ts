import { createHash } from "node:crypto";
import { z } from "zod";
import {
  findStoredPassword,
  type PasswordAudience,
  type StoredPassword,
} from "#src/accounts/account-password.ts";
import { INSTITUTION_SIGN_IN } from "#src/accounts/institutions/institution-session.ts";
import { OWNER_SIGN_IN } from "#src/accounts/owners/owner-session.ts";
import { seeOther } from "#src/platform/http/responses.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { isPasswordOld } from "#src/platform/password-policy.ts";
import type { DoorDeps } from "./door.ts";

type Deps = Pick<DoorDeps, "db" | "tokens">;

/** Enough to think of a password, too short to leave a desk with the old one given. */
const MINUTES = 10;

const contents = z.object({ id: z.int(), mark: z.string() });

/** Why a password has to be replaced before anything opens; null when it may stay. */
export function whyDue(
  { config }: Pick<DoorDeps, "config">,
  stored: StoredPassword,
  now: Date,
): string | null {
  if (stored.isInitial) return "您现在用的是别人给的初始密码，请另设一个再进入。";
  return isPasswordOld(config.passwordPolicy, stored.changedAt, now)
    ? "现在的密码已经用满 90 天，请换一个再进入。"
    : null;
}

/**
 * After a right password: null when it may stay, else the way to the page for a new one, with nothing opened before.
 * One that was replaced while it was looked at opens neither: the sign-in that follows finds it out.
 */
export async function askForNewPassword(
  deps: DoorDeps,
  visit: Visit,
  audience: PasswordAudience,
  user: { id: number; passwordHash: string },
): Promise<Response | null> {
  const stored = await findStoredPassword(deps.db, audience, user.id);
  if (stored?.passwordHash !== user.passwordHash) return null;
  if (whyDue(deps, stored, visit.now) === null) return null;
  rememberDue(deps, visit, audience, stored);
  const door = audience === "owner" ? OWNER_SIGN_IN : INSTITUTION_SIGN_IN;
  return seeOther(visit, `${door}/password`);
}

/**
 * Remembers for a few minutes, in a signed cookie that opens nothing but the page for a new password, that somebody
 * gave one that is due. It holds only while that password is his.
 */
function rememberDue(
  deps: Deps,
  visit: Visit,
  audience: PasswordAudience,
  stored: StoredPassword,
): void {
  const cookie = cookieOf(audience);
  const text = JSON.stringify({ id: stored.userId, mark: markOf(stored) });
  const token = deps.tokens.make(cookie, text, new Date(visit.now.getTime() + MINUTES * 60_000));
  visit.cookies.write(visit.c, cookie, token, { maxAge: MINUTES * 60, sameSite: "Strict" });
}

/** Finds the password that its user gave and has to replace; null when there is none, or it was changed since. */
export async function findDue(
  deps: Deps,
  visit: Visit,
  audience: PasswordAudience,
): Promise<StoredPassword | null> {
  const cookie = cookieOf(audience);
  const text = deps.tokens.read(cookie, visit.cookies.read(visit.c, cookie), visit.now);
  if (text === null) return null;
  const { id, mark } = contents.parse(JSON.parse(text));
  const stored = await findStoredPassword(deps.db, audience, id);
  return stored !== null && markOf(stored) === mark ? stored : null;
}

/** Forgets it: the user has a new password. */
export function forgetDue(visit: Visit, audience: PasswordAudience): void {
  visit.cookies.clear(visit.c, cookieOf(audience));
}

function cookieOf(audience: PasswordAudience): string {
  return `${audience}-password`;
}

/** Changes with every password: the stored hash has a new salt each time. */
function markOf({ passwordHash }: StoredPassword): string {
  return createHash("sha256").update(passwordHash).digest("base64url").slice(0, 22);
}
