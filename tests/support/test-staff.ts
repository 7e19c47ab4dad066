import { seedStaff } from "#src/demo/staff.ts";
import { openPersonalData } from "#src/platform/personal-data.ts";
import { makeTotpSecret, totpCode, totpStep } from "#src/platform/second-factor/totp.ts";
import type { TestDatabase } from "./test-database.ts";
import type { WebVisitor } from "./web-visitor.ts";

const SECRET = makeTotpSecret();
const PASSWORD = "Demo-2026!";

/**
 * Adds the fund centre's people under the names of the demonstration's (`reviewer-demo`), as a deployment's
 * own: a start that is no demonstration leaves them open. Their one-time codes are set up.
 */
export async function buildStaff({ owner }: TestDatabase, dataKey: Buffer): Promise<void> {
  await seedStaff(owner);
  const totp_secret_cipher = openPersonalData(dataKey).encrypt(SECRET);
  await owner
    .updateTable("staff_member")
    .set({ totp_secret_cipher, is_demonstration: false })
    .execute();
}

/** Signs one of them in over HTTP, as often as a test likes within one moment. */
export async function signStaffIn(
  visitor: WebVisitor,
  { owner }: TestDatabase,
  username: string,
  now: Date,
): Promise<WebVisitor> {
  await owner
    .updateTable("staff_member")
    .set({ totp_last_step: null })
    .where("username", "=", username)
    .execute();
  const password = await visitor.post("/review/sign-in", { username, password: PASSWORD });
  const code = await visitor.post("/review/sign-in/code", {
    code: totpCode(SECRET, totpStep(now)),
  });
  if (password.status !== 303 || code.headers.location !== "/review") {
    throw new Error(`${username} could not sign in: ${password.status}, ${code.status}`);
  }
  return visitor;
}

/** The code that the authenticator of every one of them shows at a moment. */
export function codeAt(now: Date): string {
  return totpCode(SECRET, totpStep(now));
}
