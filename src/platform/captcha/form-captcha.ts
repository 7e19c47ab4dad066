import type { SentForm } from "../http/form.ts";
import type { Visit } from "../http/visit.ts";
import type { RateLimits } from "../rate-limits.ts";
import type { Captcha } from "./captcha.ts";
import { isWorkDone, makeWork } from "./proof-of-work.ts";

/** What a form with a 验证码 needs; SiteParts has all of it. */
export interface FormCaptchaDeps {
  captcha: Captcha;
  limits: RateLimits;
  /** Signs the work that a browser is asked to do. */
  workSecret: string;
}

/** What a form asks the captcha for. */
export interface CaptchaUse {
  /** One word for each form: an answer given to one opens no other. */
  purpose: string;
  /** Whose door it is, `audience:name` as typed and normalised, once somebody has said so. */
  account?: string | undefined;
}

/** What `CaptchaField` (ui/form/captcha-field.tsx) shows; its fields travel with the form. */
export interface CaptchaQuestion {
  id: string;
  /** Where an address or an account misbehaves: a second sum, or else the work done by the browser. */
  more: { secondId: string; work: string } | null;
}

/**
 * Makes the question for a form that is about to be shown, also for one that is shown again after a refusal:
 * the last answer has used its question up. Usage, with `<CaptchaField captcha={…} errors={errors} />`:
 *
 *     const captcha = await askCaptcha(deps, visit, { purpose: "owner-sign-in", account });
 */
export async function askCaptcha(
  deps: FormCaptchaDeps,
  visit: Visit,
  use: CaptchaUse,
): Promise<CaptchaQuestion> {
  const browser = visit.ensureBrowser();
  const id = await deps.captcha.issue(use.purpose, browser);
  if (!(await doesMisbehave(deps, visit, use.account))) return { id, more: null };
  const secondId = await deps.captcha.issue(secondPurpose(use.purpose), browser);
  return { id, more: { secondId, work: await makeWork(deps.workSecret, id, "more") } };
}

/**
 * Makes the work that a browser may do in the place of the sum, for who can neither see nor hear it (decision 0016):
 * asked for by the button of `CaptchaField`, so that other pages do not pay for it. Null when the captcha is over,
 * used up or another browser's.
 */
export async function askStandIn(
  deps: Pick<FormCaptchaDeps, "captcha" | "workSecret">,
  visit: Visit,
  id: string,
): Promise<string | null> {
  const browser = visit.findBrowser();
  if (browser === null || !(await deps.captcha.isOpen(id, browser))) return null;
  return await makeWork(deps.workSecret, id, "stand-in");
}

/**
 * Checks what was sent with a form that held a `CaptchaField`, before anything else of it is judged. Null when it
 * is right; else the sentence for each field, to be put beside the other refusals of the form. Whatever comes out,
 * the question is used up. A wrong answer counts against the address, and against the account if one is named. Work
 * in the place of the sum is as good as a right answer, also beside a wrong one: who tried and then asked the device
 * has done what was asked. It is good as long as the form is, since only the sum can be read by somebody else.
 */
export async function checkCaptcha(
  deps: FormCaptchaDeps,
  visit: Visit,
  sent: SentForm,
  use: CaptchaUse,
): Promise<Record<string, string> | null> {
  const field = (name: string) => (sent[name] ?? "").slice(0, 2_000);
  // Asked before the question is used up: of two posts of one form the second is refused and counts against the
  // address, and the first, which may take longer to judge, must not be asked for more because of it.
  const isMoreNeeded = await doesMisbehave(deps, visit, use.account);
  const isRight = await isSumDone(deps, visit, field, use.purpose);
  const more = await checkMore(deps, visit, sent, use.purpose);
  if (isRight && (more === "done" || !isMoreNeeded)) return null;
  if (!isRight || more === "wrong") await countMisbehaviour(deps, visit, use.account);
  if (!isRight) return { captcha: sentenceFor(field) };
  return more === "wrong" ? { secondCaptcha: WRONG } : { captcha: MORE };
}

const EMPTY = "请填写算式的得数";
const WRONG = "得数不对。图片已经换了一张，请再算一次";
const MORE = "刚才出错的次数较多，请再算一次，并按页面提示完成验证";
const STAND_IN_OVER =
  "代算没有用上，可能是页面打开太久了。请再让这台设备代算一次，或填写算式的得数";

type ReadField = (name: string) => string;

function sentenceFor(field: ReadField): string {
  if (field("captcha").trim() !== "") return WRONG;
  return field("captchaStandIn") === "" ? EMPTY : STAND_IN_OVER;
}

/** The right answer, or the work in its place. */
async function isSumDone(
  deps: FormCaptchaDeps,
  visit: Visit,
  field: ReadField,
  purpose: string,
): Promise<boolean> {
  const [id, answer] = [field("captchaId"), field("captcha").trim()];
  const used = await deps.captcha.useUp(id, answer, purpose, visit.ensureBrowser());
  if (used.isRight) return true;
  if (!used.isOfForm) return false;
  return await isWorkDone(deps.workSecret, id, "stand-in", field("captchaStandIn"));
}

/** The second sum, or the work of the browser: `missing` when neither was sent. */
async function checkMore(
  deps: FormCaptchaDeps,
  visit: Visit,
  sent: SentForm,
  purpose: string,
): Promise<"done" | "wrong" | "missing"> {
  const { captchaId = "", captchaWork = "", secondCaptchaId = "", secondCaptcha = "" } = sent;
  const browser = visit.ensureBrowser();
  const isSecondRight = await deps.captcha.check(
    secondCaptchaId.slice(0, 100),
    secondCaptcha.slice(0, 100),
    secondPurpose(purpose),
    browser,
  );
  if (isSecondRight) return "done";
  if (await isWorkDone(deps.workSecret, captchaId, "more", captchaWork)) return "done";
  return secondCaptcha.trim() === "" ? "missing" : "wrong";
}

function secondPurpose(purpose: string): string {
  return `${purpose}, second`;
}

/** Counts that something was wrong that a person seldom gets wrong: a sum, a password, a code. */
export async function countMisbehaviour(
  deps: Pick<FormCaptchaDeps, "limits">,
  visit: Visit,
  account: string | undefined,
): Promise<void> {
  await deps.limits.consume("misbehaving-address", visit.addressHash);
  if (account !== undefined) await deps.limits.consume("misbehaving-account", account);
}

async function doesMisbehave(
  { limits }: Pick<FormCaptchaDeps, "limits">,
  visit: Visit,
  account: string | undefined,
): Promise<boolean> {
  if (await limits.isUsedUp("misbehaving-address", visit.addressHash)) return true;
  return account !== undefined && (await limits.isUsedUp("misbehaving-account", account));
}
