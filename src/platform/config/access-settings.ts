import { z } from "zod";
import type { PasswordPolicy } from "../password-policy.ts";
import { onOrOff, wholeNumber } from "./value-schemas.ts";

/** Who may see what, and what stands before it. */
export interface AccessSettings {
  readonly disclosurePolicy: "open" | "verified" | "login";
  readonly areRateLimitsOn: boolean;
  /** Whether tellers give a one-time code after the password (decision 0006). */
  readonly areTellerCodesOn: boolean;
  /** What a new password has to be, for whoever sets one. */
  readonly passwordPolicy: PasswordPolicy;
}

/** Their variables. */
export const accessVariables = z.object({
  DISCLOSURE_POLICY: z
    .enum(
      ["open", "verified", "login"],
      "应为 open（公开）、verified（核验后可查）或 login（登录后可查）",
    )
    .default("open"),
  RATE_LIMITS: onOrOff.default("on"),
  TELLER_CODES: onOrOff.optional(),
  PASSWORD_POLICY: z
    .enum(["asvs", "dengbao"], "应为 asvs（长度与常见密码）或 dengbao（另要求三种字符、90 天更换）")
    .default("asvs"),
  PASSWORD_LENGTH_MIN: wholeNumber(8, 64, "应为 8 到 64 的整数").default(10),
});

type AccessVariables = z.infer<typeof accessVariables>;

/** Reads them; only a demonstration lets tellers in without codes unless it is told otherwise. */
export function accessSettings(read: AccessVariables, isDemo: boolean): AccessSettings {
  return {
    disclosurePolicy: read.DISCLOSURE_POLICY,
    areRateLimitsOn: read.RATE_LIMITS === "on",
    areTellerCodesOn: read.TELLER_CODES === undefined ? !isDemo : read.TELLER_CODES === "on",
    passwordPolicy: { kind: read.PASSWORD_POLICY, lengthMin: read.PASSWORD_LENGTH_MIN },
  };
}

/** What does not go together among them, as a sentence. */
export function accessConflict(env: AccessVariables, isDemo: boolean): string | undefined {
  if (env.RATE_LIMITS === "off" && !isDemo) {
    return "RATE_LIMITS=off 只能在演示模式（DEMO=on）下使用";
  }
  return undefined;
}
