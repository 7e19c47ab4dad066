import type { Captcha } from "#src/platform/captcha/captcha.ts";
import type { SentForm } from "#src/platform/http/form.ts";
import type { Visit } from "#src/platform/http/visit.ts";

export interface FormCaptchaDeps {
  captcha: Captcha;
}

/** What a form asks the captcha for. */
export interface CaptchaUse {
  /** One word for each form: an answer given to one opens no other. */
  purpose: string;
  account?: string | undefined;
}

/** A picture with a sum, as a form shows it. */
export interface CaptchaQuestion {
  id: string;
  pngBase64: string;
}

/** Makes the question for a form that is about to be shown. */
export async function askCaptcha(
  deps: FormCaptchaDeps,
  visit: Visit,
  use: CaptchaUse,
): Promise<CaptchaQuestion> {
  const { id, png } = await deps.captcha.issue(use.purpose, visit.ensureBrowser());
  return { id, pngBase64: png.toString("base64") };
}

/** Checks what was sent; null when it is right. Whatever comes out, the question is used up. */
export async function checkCaptcha(
  deps: FormCaptchaDeps,
  visit: Visit,
  sent: SentForm,
  use: CaptchaUse,
): Promise<Record<string, string> | null> {
  const answer = (sent["captcha"] ?? "").slice(0, 100).trim();
  const id = sent["captchaId"] ?? "";
  if (await deps.captcha.check(id, answer, use.purpose, visit.ensureBrowser())) return null;
  return { captcha: answer === "" ? "请填写算式的得数" : "得数不对。图片已经换了一张，请再算一次" };
}
