import { Secret, TOTP } from "otpauth";

/** Codes change this often; authenticator apps know no other setting. */
const STEP_SECONDS = 30;
/** A phone's clock may be half a minute off, and a person needs time to type. */
const STEPS_OFF = 1;

/** Makes the shared secret of a new authenticator, as the text that an app also takes typed in. */
export function makeTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** The address that an authenticator app reads from a QR code. */
export function totpAddress(secret: string, username: string, issuer: string): string {
  return totp(secret, username, issuer).toString();
}

/** The time step of a moment. */
export function totpStep(at: Date): number {
  return Math.floor(at.getTime() / 1000 / STEP_SECONDS);
}

/** The code of a time step: six digits. */
export function totpCode(secret: string, step: number): string {
  return totp(secret).generate({ timestamp: step * STEP_SECONDS * 1000 });
}

/**
 * Finds the time step that a typed code belongs to: the present one, the one before or the one after; null
 * when it is of none of them. Whether the code was used before is for the caller to see.
 */
export function findTotpStep(secret: string, code: string, now: Date): number | null {
  if (!/^[0-9]{6}$/.test(code)) return null;
  const delta = totp(secret).validate({
    token: code,
    timestamp: now.getTime(),
    window: STEPS_OFF,
  });
  return delta === null ? null : totpStep(now) + delta;
}

function totp(secret: string, label = "", issuer = ""): TOTP {
  return new TOTP({
    issuer,
    label,
    secret: Secret.fromBase32(secret),
    digits: 6,
    period: STEP_SECONDS,
  });
}
