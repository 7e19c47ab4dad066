import { createHash } from "node:crypto";
import { z } from "zod";
import {
  findInstitutionUser,
  type InstitutionUser,
} from "#src/accounts/institutions/institution-user.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { DoorDeps } from "./door.ts";

type Deps = Pick<DoorDeps, "db" | "personalData" | "tokens">;

/** A user who gave his initial password a moment ago. */
export interface InitialUser {
  user: InstitutionUser;
  /** The stored hash of that password. */
  passwordHash: string;
}

const COOKIE = "institution-password";
/** Enough to think of a password, too short to leave a desk with the initial one given. */
const MINUTES = 10;

const contents = z.object({ id: z.int(), mark: z.string() });

/**
 * Remembers for a few minutes, in a signed cookie that opens nothing but the page for a new password, that a user
 * gave an initial one. It holds only while that initial password is his.
 */
export async function rememberInitialPassword(
  deps: Deps,
  visit: Visit,
  { id }: Pick<InstitutionUser, "id">,
): Promise<void> {
  const text = JSON.stringify({ id, mark: markOf(await readPasswordHash(deps, id)) });
  const token = deps.tokens.make(COOKIE, text, new Date(visit.now.getTime() + MINUTES * 60_000));
  visit.cookies.write(visit.c, COOKIE, token, { maxAge: MINUTES * 60, sameSite: "Strict" });
}

/** Finds who has to replace his initial password; null when nobody does, or it was replaced or reset since. */
export async function findInitialUser(deps: Deps, visit: Visit): Promise<InitialUser | null> {
  const text = deps.tokens.read(COOKIE, visit.cookies.read(visit.c, COOKIE), visit.now);
  if (text === null) return null;
  const { id, mark } = contents.parse(JSON.parse(text));
  const user = await findInstitutionUser(deps.db, deps.personalData, id);
  if (user?.isPasswordInitial !== true) return null;
  const passwordHash = await readPasswordHash(deps, id);
  return markOf(passwordHash) === mark ? { user, passwordHash } : null;
}

/** Forgets it: the user has a password of his own. */
export function forgetInitialPassword(visit: Visit): void {
  visit.cookies.clear(visit.c, COOKIE);
}

async function readPasswordHash({ db }: Deps, id: number): Promise<string> {
  const { password_hash } = await db
    .selectFrom("institution_user")
    .select("password_hash")
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  return password_hash;
}

/** Changes with every password: the stored hash has a new salt each time. */
function markOf(passwordHash: string): string {
  return createHash("sha256").update(passwordHash).digest("base64url").slice(0, 22);
}
