import { rememberProof } from "#src/applications/applicant-proof.ts";
import type { Application } from "#src/applications/find-application.ts";
import {
  type ProofByCodeDeps,
  sendApplicantCode,
  tryApplicantCode,
} from "#src/applications/prove-applicant.ts";
import { recordAudit } from "#src/platform/audit.ts";
import { askCaptcha, checkCaptcha } from "#src/platform/captcha/form-captcha.ts";
import { readForm, type SentForm } from "#src/platform/http/form.ts";
import { parseForm } from "#src/platform/http/parse-form.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { CodeOutcome } from "#src/platform/one-time-codes.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { renderPage } from "#src/ui/render.ts";
import { CodePage, NoSmsPage, PhonePage } from "./proof-pages.tsx";
import { codeForm, phoneForm } from "./schema.ts";
import { requireVisited, type StatusDeps } from "./visited-application.ts";

const CAPTCHA_PURPOSE = "applicant-proof";

/** Proving with another browser that an application is one's own: phone and sum, then the code of the SMS. */
export function proofRoutes(deps: StatusDeps): Route[] {
  return [
    {
      method: "GET",
      path: "/applications/:number/proof",
      permission: "anyone",
      audit: null,
      handle: (visit) => showPhoneForm(deps, visit),
    },
    {
      method: "POST",
      path: "/applications/:number/proof",
      permission: "anyone",
      audit: "applicant-code-asked",
      handle: (visit) => sendCode(deps, visit),
    },
    {
      method: "GET",
      path: "/applications/:number/proof/code",
      permission: "anyone",
      audit: null,
      handle: (visit) => showCodeForm(deps, visit),
    },
    {
      method: "POST",
      path: "/applications/:number/proof/code",
      permission: "anyone",
      audit: "applicant-code-tried",
      handle: (visit) => tryCode(deps, visit),
    },
  ];
}

/** The application to be proven, or the page to answer with instead. */
async function unprovenOf(deps: StatusDeps, visit: Visit): Promise<Application | Response> {
  const visited = await requireVisited(deps, visit);
  const { number } = visited.application;
  if (visited.isProven) return seeOther(visit, `/applications/${number}`);
  if (deps.sms.isAvailable) return visited.application;
  const html = renderPage(<NoSmsPage shell={deps.shell(visit)} number={number} />);
  return page(visit, html, visit.c.req.method === "POST" ? 409 : 200);
}

async function showPhoneForm(deps: StatusDeps, visit: Visit): Promise<Response> {
  const found = await unprovenOf(deps, visit);
  return found instanceof Response ? found : await answerPhoneForm(deps, visit, found, "", {});
}

async function answerPhoneForm(
  deps: StatusDeps,
  visit: Visit,
  { number }: Application,
  phone: string,
  errors: FormErrors,
): Promise<Response> {
  const captcha = await askCaptcha(deps, visit, { purpose: CAPTCHA_PURPOSE });
  const props = { shell: deps.shell(visit), number, phone, captcha, errors };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  return page(visit, renderPage(<PhonePage {...props} />), status);
}

async function sendCode(deps: StatusDeps, visit: Visit): Promise<Response> {
  const application = await unprovenOf(deps, visit);
  if (application instanceof Response) return application;
  const sent = await readForm(visit);
  const errors = await phoneErrors(deps, visit, application, sent);
  if (errors === null) {
    return seeOther(visit, `/applications/${application.number}/proof/code?sent=1`);
  }
  return await answerPhoneForm(deps, visit, application, sent["phone"] ?? "", errors);
}

/** Sends the code, or says what is wrong. The sum is used up whatever else is wrong with the form. */
async function phoneErrors(
  deps: StatusDeps,
  visit: Visit,
  application: Application,
  sent: SentForm,
): Promise<FormErrors | null> {
  const wrongSum = await checkCaptcha(deps, visit, sent, { purpose: CAPTCHA_PURPOSE });
  const form = parseForm(phoneForm, sent);
  if (!form.ok) return { ...form.errors, ...wrongSum };
  if (wrongSum !== null) {
    await recordAudit(deps.db, visit.audit, application.number, "wrong-captcha");
    return wrongSum;
  }
  const browserHash = visit.ensureBrowser();
  await deps.limit(visit, "code");
  const outcome = await sendApplicantCode(
    proofDeps(deps),
    {
      application,
      browserHash,
      addressHash: visit.addressHash,
      phone: form.data.phone,
      now: visit.now,
    },
    visit.audit,
  );
  return refusalOf(outcome);
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
      return { "": "今天发出的验证码太多，暂时不能再发。请明天再来，或打 12345 办理" };
  }
}

function waitWords(seconds: number): string {
  if (seconds <= 90) return ` ${seconds} 秒`;
  const minutes = Math.ceil(seconds / 60);
  return minutes <= 90 ? ` ${minutes} 分钟` : ` ${Math.ceil(minutes / 60)} 小时`;
}

async function showCodeForm(deps: StatusDeps, visit: Visit): Promise<Response> {
  const application = await unprovenOf(deps, visit);
  if (application instanceof Response) return application;
  visit.ensureBrowser();
  return answerCodeForm(deps, visit, application, "", {});
}

function answerCodeForm(
  deps: StatusDeps,
  visit: Visit,
  { number }: Application,
  code: string,
  errors: FormErrors,
): Response {
  const props = { shell: deps.shell(visit), number, code, errors };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  return page(visit, renderPage(<CodePage {...props} />), status);
}

async function tryCode(deps: StatusDeps, visit: Visit): Promise<Response> {
  const application = await unprovenOf(deps, visit);
  if (application instanceof Response) return application;
  const sent = await readForm(visit);
  const form = parseForm(codeForm, sent);
  if (!form.ok) return answerCodeForm(deps, visit, application, sent["code"] ?? "", form.errors);
  await deps.limit(visit, "sign-in", application.number);
  const outcome = await tryApplicantCode(
    proofDeps(deps),
    { application, browserHash: visit.ensureBrowser(), code: form.data.code, now: visit.now },
    visit.audit,
  );
  if (outcome === "right") {
    rememberProof(deps, visit, application);
    return seeOther(visit, `/applications/${application.number}`);
  }
  return answerCodeForm(deps, visit, application, "", { code: WRONG_CODE[outcome] });
}

const WRONG_CODE = {
  wrong: "验证码不对，请对照最新一条短信再输入。输错 5 次要重新获取",
  ended: "验证码已经失效，请重新获取",
};

function proofDeps(deps: StatusDeps): ProofByCodeDeps {
  return { ...deps, codesPerDay: deps.sms.codesPerDay };
}
