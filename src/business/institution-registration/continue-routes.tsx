import { codeForm } from "#src/accounts/institutions/contact-fields.ts";
import { proveContact } from "#src/accounts/institutions/contact-proof.ts";
import { recordAudit } from "#src/platform/audit.ts";
import {
  askCaptcha,
  checkCaptcha,
  type FormCaptchaDeps,
} from "#src/platform/captcha/form-captcha.ts";
import { readForm, type SentForm } from "#src/platform/http/form.ts";
import { parseForm } from "#src/platform/http/parse-form.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { type CodeOutcome, sendOneTimeCode, tryOneTimeCode } from "#src/platform/one-time-codes.ts";
import type { SignedTokens } from "#src/platform/signed-token.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { renderPage } from "#src/ui/render.ts";
import { ContinueCodePage, ContinuePage, NoSmsPage } from "./continue-pages.tsx";
import { phoneForm } from "./continue-schema.ts";
import { hasDraftOfPhone, moveDrafts } from "./drafts.ts";
import type { EntryDeps } from "./entry-routes.tsx";

export interface ContinueDeps extends EntryDeps, FormCaptchaDeps {
  tokens: SignedTokens;
  fundCentreName: string;
  /** Whether text messages leave the house, and how many with a code in a day. */
  sms: { isAvailable: boolean; codesPerDay: number };
}

const PURPOSE = "registration-draft";
/** As long as a code lives, and a little for typing it. */
const TOKEN_MINUTES = 10;

/** Continues a half-filled form in another browser: phone and sum, then the code of the text message. */
export function continueRoutes(deps: ContinueDeps): Route[] {
  return [
    {
      method: "GET",
      path: "/register/continue",
      permission: "anyone",
      audit: null,
      handle: (visit) => withSms(deps, visit, () => answerPhone(deps, visit, "", {})),
    },
    {
      method: "POST",
      path: "/register/continue",
      permission: "anyone",
      audit: "registration-code-asked",
      handle: (visit) => withSms(deps, visit, () => sendCode(deps, visit)),
    },
    {
      method: "GET",
      path: "/register/continue/code",
      permission: "anyone",
      audit: null,
      handle: (visit) => withSms(deps, visit, async () => showCode(deps, visit)),
    },
    {
      method: "POST",
      path: "/register/continue/code",
      permission: "anyone",
      audit: "registration-code-tried",
      handle: (visit) => withSms(deps, visit, () => tryCode(deps, visit)),
    },
  ];
}

async function withSms(
  deps: ContinueDeps,
  visit: Visit,
  answer: () => Promise<Response>,
): Promise<Response> {
  if (deps.sms.isAvailable) return await answer();
  const html = renderPage(<NoSmsPage shell={deps.shell(visit)} />);
  return page(visit, html, visit.c.req.method === "POST" ? 409 : 200);
}

async function answerPhone(
  deps: ContinueDeps,
  visit: Visit,
  phone: string,
  errors: FormErrors,
): Promise<Response> {
  const captcha = await askCaptcha(deps, visit, { purpose: PURPOSE });
  const html = renderPage(
    <ContinuePage shell={deps.shell(visit)} phone={phone} captcha={captcha} errors={errors} />,
  );
  return page(visit, html, Object.keys(errors).length > 0 ? 422 : 200);
}

async function sendCode(deps: ContinueDeps, visit: Visit): Promise<Response> {
  const sent = await readForm(visit);
  const errors = await phoneErrors(deps, visit, sent);
  if (errors === null) return seeOther(visit, "/register/continue/code");
  return await answerPhone(deps, visit, sent["phone"] ?? "", errors);
}

/** Sends the code, or says what is wrong. The sum is used up whatever else is wrong with the form. */
async function phoneErrors(
  deps: ContinueDeps,
  visit: Visit,
  sent: SentForm,
): Promise<FormErrors | null> {
  const wrongSum = await checkCaptcha(deps, visit, sent, { purpose: PURPOSE });
  const form = parseForm(phoneForm, sent);
  if (!form.ok) return { ...form.errors, ...wrongSum };
  if (wrongSum !== null) {
    await recordAudit(deps.db, visit.audit, PURPOSE, "wrong-captcha");
    return wrongSum;
  }
  const browserHash = visit.ensureBrowser();
  await deps.limit(visit, "code");
  const outcome = await send(deps, visit, form.data.phone, browserHash);
  return refusalOf(outcome);
}

async function send(deps: ContinueDeps, visit: Visit, phone: string, browserHash: Buffer) {
  const phoneHash = deps.personalData.hash("phone", phone);
  const subject = phoneHash.toString("base64url");
  const until = new Date(visit.now.getTime() + TOKEN_MINUTES * 60_000);
  const token = deps.tokens.make(PURPOSE, `${browserHash.toString("base64url")} ${subject}`, until);
  visit.cookies.write(visit.c, PURPOSE, token, { maxAge: TOKEN_MINUTES * 60, sameSite: "Lax" });
  return await deps.db.transaction().execute(async (tx) => {
    const outcome = await sendOneTimeCode(tx, deps.personalData, {
      purpose: PURPOSE,
      subject,
      browserHash,
      addressHash: visit.addressHash,
      phone,
      isRightPhone: await hasDraftOfPhone(tx, phoneHash),
      text: codeText(deps.fundCentreName),
      now: visit.now,
      dailyCap: deps.sms.codesPerDay,
    });
    await recordAudit(tx, visit.audit, PURPOSE, outcome.kind);
    return outcome;
  });
}

function codeText(fundCentreName: string): string {
  return `验证码 {code}，5 分钟内有效。您正在继续填写机构注册。不是您本人操作的，不用理会，也不要把验证码告诉别人。【${fundCentreName}】`;
}

function refusalOf(outcome: CodeOutcome): FormErrors | null {
  switch (outcome.kind) {
    case "sent":
      return null;
    case "too-often":
      return {
        phone: `这个手机号刚获取过验证码，请过${waitWords(outcome.retryAfterSeconds)}再获取`,
      };
    case "capped":
      return { "": "今天发出的验证码太多，暂时不能再发。请明天再来，或用保存表单的设备接着填" };
  }
}

function waitWords(seconds: number): string {
  if (seconds <= 90) return ` ${seconds} 秒`;
  const minutes = Math.ceil(seconds / 60);
  return minutes <= 90 ? ` ${minutes} 分钟` : ` ${Math.ceil(minutes / 60)} 小时`;
}

/** Of the phone to which this browser asked for a code; null when it did not, or too long ago. */
function subjectOf(deps: ContinueDeps, visit: Visit): string | null {
  const browser = visit.findBrowser();
  const token = visit.cookies.read(visit.c, PURPOSE);
  const [bound, subject] = (deps.tokens.read(PURPOSE, token, visit.now) ?? "").split(" ");
  if (browser === null || bound !== browser.toString("base64url")) return null;
  return subject ?? null;
}

function showCode(deps: ContinueDeps, visit: Visit): Response {
  if (subjectOf(deps, visit) === null) return seeOther(visit, "/register/continue");
  return answerCode(deps, visit, "", {});
}

function answerCode(deps: ContinueDeps, visit: Visit, code: string, errors: FormErrors): Response {
  const html = renderPage(
    <ContinueCodePage shell={deps.shell(visit)} code={code} errors={errors} />,
  );
  return page(visit, html, Object.keys(errors).length > 0 ? 422 : 200);
}

const WRONG_CODE = {
  wrong: "验证码不对，请对照最新一条短信再输入。输错 5 次要重新获取",
  ended: "验证码已经失效，请重新获取",
};

async function tryCode(deps: ContinueDeps, visit: Visit): Promise<Response> {
  const subject = subjectOf(deps, visit);
  if (subject === null) return seeOther(visit, "/register/continue");
  const sent = await readForm(visit);
  const form = parseForm(codeForm, sent);
  if (!form.ok) return answerCode(deps, visit, sent["code"] ?? "", form.errors);
  await deps.limit(visit, "sign-in", PURPOSE);
  const browserHash = visit.ensureBrowser();
  const binding = { purpose: PURPOSE, subject, browserHash };
  const attempt = { ...binding, code: form.data.code, now: visit.now };
  const outcome = await tryOneTimeCode(deps.db, deps.personalData, attempt);
  if (outcome !== "right") {
    await recordAudit(deps.db, visit.audit, PURPOSE, outcome);
    return answerCode(deps, visit, "", { code: WRONG_CODE[outcome] });
  }
  await deps.db.transaction().execute(async (tx) => {
    const phoneHash = Buffer.from(subject, "base64url");
    await moveDrafts(tx, { phoneHash, toBrowser: browserHash });
    // The form need not ask for another code to the same phone.
    await proveContact(tx, { phoneHash, browserHash, now: visit.now });
    await recordAudit(tx, visit.audit, PURPOSE, "right");
  });
  visit.cookies.clear(visit.c, PURPOSE);
  return seeOther(visit, "/register?brought=1");
}
