import type { Db } from "../database/client.ts";
import { hashPassword, verifyPassword } from "../passwords.ts";
import type { PersonalData } from "../personal-data.ts";
import type { CodeCredentials } from "./code-credentials.ts";
import { findTotpStep } from "./totp.ts";

/** Where people with one-time codes stand: the fund centre's, and the banks' tellers. */
export type CodeTable = "staff_member" | "bank_teller";

/** The second step of a sign-in: a code, and what the first sign-in sets up with it. */
export interface OneTimeCode {
  code: string;
  /** The secret that the page offered to somebody who has none yet. */
  newSecret: string | null;
  /** Chosen in place of an initial or an old password. */
  newPassword: string | null;
  now: Date;
}

/**
 * Uses a one-time code. It opens the door once: of two uses of one code, or of an older one after a newer,
 * the second is refused, also when both come at the same moment. With the first code the secret is set up
 * and an initial password replaced; once it is set up, no page can set up another.
 */
export async function useTotpCode(
  deps: { db: Db; personalData: PersonalData },
  table: CodeTable,
  credentials: CodeCredentials,
  given: OneTimeCode,
): Promise<boolean> {
  const { totpSecretCipher, id } = credentials;
  const secret =
    totpSecretCipher === null ? given.newSecret : deps.personalData.decrypt(totpSecretCipher);
  const step = secret === null ? null : findTotpStep(secret, given.code, given.now);
  if (secret === null || step === null) return false;
  const passwordHash = given.newPassword === null ? null : await hashPassword(given.newPassword);
  const used = await deps.db
    .updateTable(table)
    .set({
      totp_last_step: BigInt(step),
      ...(totpSecretCipher === null
        ? { totp_secret_cipher: deps.personalData.encrypt(secret) }
        : {}),
      ...(passwordHash === null ? {} : { password_hash: passwordHash, is_password_initial: false }),
    })
    .where("id", "=", id)
    .where("is_disabled", "=", false)
    .where((where) =>
      totpSecretCipher === null
        ? where("totp_secret_cipher", "is", null)
        : where.and([
            where("totp_secret_cipher", "=", totpSecretCipher),
            where.or([
              where("totp_last_step", "is", null),
              where("totp_last_step", "<", BigInt(step)),
            ]),
          ]),
    )
    .returning("id")
    .executeTakeFirst();
  return used !== undefined;
}

/** Tells whether a wish for a new password is the present one again. */
export async function isPresentPassword(
  db: Db,
  table: CodeTable,
  id: number,
  wish: string,
): Promise<boolean> {
  const row = await db
    .selectFrom(table)
    .select("password_hash")
    .where("id", "=", id)
    .executeTakeFirst();
  return await verifyPassword(row?.password_hash ?? null, wish);
}
