import { recordAudit } from "#src/platform/audit.ts";
import { readForm, type SentForm } from "#src/platform/http/form.ts";
import { parseForm } from "#src/platform/http/parse-form.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { qrCode } from "#src/platform/pdf/barcodes.ts";
import type { RateLimits } from "#src/platform/rate-limits.ts";
import { countSignInTry } from "#src/platform/sign-in-tries.ts";
import { checkStaffPassword, staffActor } from "#src/platform/staff/staff-members.ts";
import { STAFF_SIGN_IN, signStaffIn, signStaffOut } from "#src/platform/staff/staff-session.ts";
import { totpAddress } from "#src/platform/staff/totp.ts";
import { useTotpCode } from "#src/platform/staff/use-totp-code.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import {
  findHalfSignedIn,
  forgetPassword,
  type HalfSignedIn,
  type HalfSignedInDeps,
  rememberPassword,
} from "./half-signed-in.ts";
import { codeAndPasswordForm, codeForm, passwordForm } from "./schema.ts";
import { showDemoCode } from "./show-demo-code.ts";
import { CodePage, PasswordPage } from "./sign-in-pages.tsx";

export interface SignInDeps extends HalfSignedInDeps {
  shell: (visit: Visit) => PageShell;
  limits: RateLimits;
}

const CODE_PATH = "/review/sign-in/code";
/** What the authenticator shows beside the code; a long name would make the QR code too fine to scan. */
const ISSUER = "维修资金";
/** Signed, and known to nobody else: from this browser somebody of the staff signed in before. */
const KNOWN_COOKIE = "review-desk";

/** The door of the fund centre's workbench: password, then one-time code; and the way out. */
export function signInRoutes(deps: SignInDeps): Route[] {
  return [
    {
      method: "GET",
      path: STAFF_SIGN_IN,
      permission: "anyone",
      audit: null,
      handle: (visit) => showPasswordPage(deps, visit, "", {}, 200),
    },
    {
      method: "POST",
      path: STAFF_SIGN_IN,
      permission: "anyone",
      audit: "staff-password-given",
      handle: (visit) => takePassword(deps, visit),
    },
    {
      method: "GET",
      path: CODE_PATH,
      permission: "anyone",
      audit: null,
      handle: async (visit) => {
        const half = await findHalfSignedIn(deps, visit);
        if (half === null) return seeOther(visit, STAFF_SIGN_IN);
        return await showCodePage(deps, visit, half, {}, 200);
      },
    },
    {
      method: "POST",
      path: CODE_PATH,
      permission: "anyone",
      audit: "staff-signed-in",
      handle: (visit) => takeCode(deps, visit),
    },
    {
      method: "POST",
      path: "/review/sign-out",
      permission: "staff",
      audit: "staff-signed-out",
      handle: (visit) => leave(deps, visit),
    },
  ];
}

function showPasswordPage(
  deps: SignInDeps,
  visit: Visit,
  username: string,
  errors: FormErrors,
  status: number,
): Response {
  const shell = deps.shell(visit);
  const html = renderPage(<PasswordPage shell={shell} username={username} errors={errors} />);
  return page(visit, html, status);
}

async function takePassword(deps: SignInDeps, visit: Visit): Promise<Response> {
  const sent = await readForm(visit);
  const form = parseForm(passwordForm, sent);
  const typed = sent["username"] ?? "";
  if (!form.ok) return showPasswordPage(deps, visit, typed, form.errors, 422);
  const counted = await countTry(deps, visit, form.data.username);
  const found = await checkStaffPassword(deps.db, form.data.username, form.data.password);
  if (found !== null) visit.audit.actor = staffActor(found.member);
  await recordAudit(deps.db, visit.audit, "", found === null ? "refused" : "accepted");
  if (found === null) {
    const errors = { password: "用户名或密码不对，请再看一遍" };
    return showPasswordPage(deps, visit, typed, errors, 422);
  }
  await counted.giveBack();
  rememberPassword(deps, visit, found);
  return seeOther(visit, CODE_PATH);
}

function countTry(deps: SignInDeps, visit: Visit, username: string) {
  return countSignInTry(deps, visit, { username, audience: "staff", knownCookie: KNOWN_COOKIE });
}

async function showCodePage(
  deps: SignInDeps,
  visit: Visit,
  half: HalfSignedIn,
  errors: FormErrors,
  status: number,
): Promise<Response> {
  const { credentials, newSecret } = half;
  const { username } = credentials.member;
  const shell = deps.shell(visit);
  if (shell.isDemo) await putCodeInOutbox(deps, visit, half);
  const enrolment = newSecret && {
    qrSvg: qrCode(totpAddress(newSecret, username, ISSUER)).svg,
    secret: newSecret,
  };
  const html = renderPage(
    <CodePage
      shell={shell}
      enrolment={enrolment || null}
      needsPassword={credentials.isPasswordInitial}
      errors={errors}
    />,
  );
  return page(visit, html, status);
}

async function putCodeInOutbox(deps: SignInDeps, visit: Visit, half: HalfSignedIn): Promise<void> {
  const { totpSecretCipher, totpLastStep, member } = half.credentials;
  const secret =
    totpSecretCipher === null ? half.newSecret : deps.personalData.decrypt(totpSecretCipher);
  if (secret === null) return;
  const lastStep = totpSecretCipher === null ? null : totpLastStep;
  await showDemoCode(deps.db, { username: member.username, secret, lastStep, now: visit.now });
}

async function takeCode(deps: SignInDeps, visit: Visit): Promise<Response> {
  const sent = await readForm(visit);
  const half = await findHalfSignedIn(deps, visit);
  if (half === null) return seeOther(visit, STAFF_SIGN_IN);
  const form = readCode(sent, half.credentials.isPasswordInitial);
  if (!form.ok) return await showCodePage(deps, visit, half, form.errors, 422);
  const { member } = half.credentials;
  const counted = await countTry(deps, visit, member.username);
  const given = { ...form.data, newSecret: half.newSecret, now: visit.now };
  const isIn = await useTotpCode(deps, half.credentials, given);
  // Who gave the password is known, so that his failures can be found under his name as well.
  visit.audit.actor = staffActor(member);
  await recordAudit(deps.db, visit.audit, "", isIn ? "accepted" : "refused");
  if (!isIn) {
    const errors = { code: "动态口令不对或已经用过，请等验证器换一个数字再填" };
    return await showCodePage(deps, visit, half, errors, 422);
  }
  await counted.giveBack();
  counted.rememberBrowser();
  forgetPassword(visit);
  await signStaffIn(deps.db, visit, member);
  return seeOther(visit, "/review");
}

type ReadCode =
  | { ok: true; data: { code: string; newPassword: string | null } }
  | { ok: false; errors: FormErrors };

function readCode(sent: SentForm, isPasswordWanted: boolean): ReadCode {
  if (!isPasswordWanted) {
    const form = parseForm(codeForm, sent);
    return form.ok ? { ok: true, data: { code: form.data.code, newPassword: null } } : form;
  }
  const form = parseForm(codeAndPasswordForm, sent);
  if (!form.ok) return form;
  const { code, newPassword, repeatedPassword } = form.data;
  if (newPassword !== repeatedPassword) {
    return { ok: false, errors: { repeatedPassword: "两次填的新密码不一样，请再填一次" } };
  }
  return { ok: true, data: { code, newPassword } };
}

async function leave(deps: SignInDeps, visit: Visit): Promise<Response> {
  await signStaffOut(deps.db, visit);
  await recordAudit(deps.db, visit.audit, "", "signed-out");
  return seeOther(visit, STAFF_SIGN_IN);
}
