import type { z } from "zod";
import { recordAudit } from "#src/platform/audit.ts";
import {
  type CaptchaUse,
  checkCaptcha,
  type FormCaptchaDeps,
} from "#src/platform/captcha/form-captcha.ts";
import type { Config } from "#src/platform/config.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { SentForm } from "#src/platform/http/form.ts";
import type { LimitVisit } from "#src/platform/http/limit-visit.ts";
import { type ParsedForm, parseForm } from "#src/platform/http/parse-form.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import type { SignInTriesDeps } from "#src/platform/sign-in-tries.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { passwordForm } from "./schema.ts";

/** What the doors are built on. */
export interface DoorDeps extends FormCaptchaDeps, SignInTriesDeps {
  db: Db;
  personalData: PersonalData;
  limit: LimitVisit;
  isSmsAvailable: boolean;
  config: Pick<Config, "fundCentreName" | "passwordPolicy" | "smsCodesPerDay">;
  shell: (visit: Visit) => PageShell;
}

/** A door's captcha; under a name that was failed for before, it asks for more. */
export function captchaUse(audience: "owner" | "institution", typed: string): CaptchaUse {
  const name = passwordForm.shape.username.safeParse(typed);
  const account = name.success ? `${audience}:${name.data}` : undefined;
  return { purpose: `${audience}-sign-in`, account };
}

/**
 * Reads a form with a captcha. The answer is used up whatever else is wrong, and while it is not right nothing
 * that was typed is compared with anything.
 */
export async function readWithCaptcha<Shape extends z.ZodRawShape>(
  deps: DoorDeps,
  visit: Visit,
  asked: { sent: SentForm; schema: z.ZodObject<Shape>; use: CaptchaUse },
): Promise<ParsedForm<z.infer<z.ZodObject<Shape>>>> {
  const wrongSum = await checkCaptcha(deps, visit, asked.sent, asked.use);
  const form = parseForm(asked.schema, asked.sent);
  if (wrongSum === null) return form;
  if (!form.ok) return { ok: false, errors: { ...form.errors, ...wrongSum } };
  await recordAudit(deps.db, visit.audit, "", "wrong-captcha");
  return { ok: false, errors: wrongSum };
}
