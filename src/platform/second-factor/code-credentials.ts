import { createHash } from "node:crypto";

/** Somebody whose password was right and whose code is asked for next, whatever table he stands in. */
export interface CodeCredentials {
  id: number;
  username: string;
  /** Null until the first sign-in has set it up. */
  totpSecretCipher: Buffer | null;
  /** The time step whose code was used last. */
  totpLastStep: number | null;
  /** Somebody else chose the password, so it has to be replaced. */
  isPasswordInitial: boolean;
  passwordChangedAt: Date;
  /** Changes with the password: what was proven with the old one counts no longer. */
  passwordMark: string;
}

/** The columns that both tables of people with codes have. */
export interface CodeRow {
  id: number;
  username: string;
  password_hash: string;
  password_changed_at: Date;
  totp_secret_cipher: Buffer | null;
  totp_last_step: bigint | null;
  is_password_initial: boolean;
}

/** Reads the credentials of a row. */
export function codeCredentials(row: CodeRow): CodeCredentials {
  return {
    id: row.id,
    username: row.username,
    totpSecretCipher: row.totp_secret_cipher,
    totpLastStep:
      row.totp_last_step === null ? null : Number.parseInt(row.totp_last_step.toString(), 10),
    isPasswordInitial: row.is_password_initial,
    passwordChangedAt: row.password_changed_at,
    passwordMark: createHash("sha256").update(row.password_hash).digest("base64url").slice(0, 16),
  };
}
