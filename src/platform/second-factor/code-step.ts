import { recordAudit } from "../audit.ts";
import type { Db } from "../database/client.ts";
import { readForm } from "../http/form.ts";
import { page, seeOther } from "../http/responses.ts";
import type { Route } from "../http/route.ts";
import type { Visit } from "../http/visit.ts";
import { isPasswordOld, type PasswordPolicy, passwordHint } from "../password-policy.ts";
import { qrCode } from "../pdf/barcodes.ts";
import type { RateLimits } from "../rate-limits.ts";
import { countSignInTry } from "../sign-in-tries.ts";
import type { CodeCredentials } from "./code-credentials.ts";
import { readCode } from "./code-form.ts";
import {
  findHalfSignedIn,
  forgetPassword,
  type HalfDoor,
  type HalfSignedIn,
  type HalfSignedInDeps,
  rememberPassword,
} from "./half-signed-in.ts";
import { showDemoCode } from "./show-demo-code.ts";
import { totpAddress } from "./totp.ts";
import { type CodeTable, isPresentPassword, useTotpCode } from "./use-totp-code.ts";

export interface CodeStepDeps extends HalfSignedInDeps {
  limits: RateLimits;
  passwordPolicy: PasswordPolicy;
  isDemo: boolean;
}

/** What the page of the second step shows. */
export interface CodeStepView {
  action: string;
  backHref: string;
  /** What somebody without an authenticator has to set up. */
  enrolment: { qrSvg: string; secret: string } | null;
  /** Why a new password is asked for, and what it has to be; null where the present one stays. */
  newPasswordHint: string | null;
  errors: Record<string, string>;
}

/** A door with two steps: who comes in by it, from where and to where. */
export interface CodeDoor<Credentials extends CodeCredentials> extends HalfDoor<Credentials> {
  table: CodeTable;
  /** Of the session and of the counts of failed tries. */
  audience: string;
  /** Signed, and known to nobody else: from this browser somebody of this door signed in before. */
  knownCookie: string;
  passwordPath: string;
  codePath: string;
  homePath: string;
  auditEvent: string;
  /** What the demonstration's outbox says of the code. */
  demoWords: string;
  actorOf(credentials: Credentials): string;
  signIn(db: Db, visit: Visit, credentials: Credentials): Promise<void>;
  render(visit: Visit, view: CodeStepView): string;
}

/** What the authenticator shows beside the code; a long name would make the QR code too fine to scan. */
const ISSUER = "维修资金";

/** Leads from a right password to the second step. */
export function startCodeStep<Credentials extends CodeCredentials>(
  deps: CodeStepDeps,
  door: CodeDoor<Credentials>,
  visit: Visit,
  credentials: Credentials,
): Response {
  rememberPassword(deps, door, visit, credentials);
  return seeOther(visit, door.codePath);
}

/** The second step of a door: the code of the authenticator, and on the first sign-in its setting up. */
export function codeStepRoutes<Credentials extends CodeCredentials>(
  deps: CodeStepDeps,
  door: CodeDoor<Credentials>,
): Route[] {
  return [
    {
      method: "GET",
      path: door.codePath,
      permission: "anyone",
      audit: null,
      handle: async (visit) => {
        const half = await findHalfSignedIn(deps, door, visit);
        if (half === null) return seeOther(visit, door.passwordPath);
        return await showStep(deps, door, visit, half, {}, 200);
      },
    },
    {
      method: "POST",
      path: door.codePath,
      permission: "anyone",
      audit: door.auditEvent,
      handle: (visit) => takeCode(deps, door, visit),
    },
  ];
}

async function showStep<Credentials extends CodeCredentials>(
  deps: CodeStepDeps,
  door: CodeDoor<Credentials>,
  visit: Visit,
  half: HalfSignedIn<Credentials>,
  errors: Record<string, string>,
  status: number,
): Promise<Response> {
  const { credentials, newSecret } = half;
  if (deps.isDemo) await putCodeInOutbox(deps, door, visit, half);
  const html = door.render(visit, {
    action: door.codePath,
    backHref: door.passwordPath,
    enrolment:
      newSecret === null
        ? null
        : {
            qrSvg: qrCode(totpAddress(newSecret, credentials.username, ISSUER)).svg,
            secret: newSecret,
          },
    newPasswordHint: newPasswordHint(deps, credentials, visit.now),
    errors,
  });
  return page(visit, html, status);
}

/** Null where the present password stays. */
function newPasswordHint(
  { passwordPolicy }: CodeStepDeps,
  credentials: CodeCredentials,
  now: Date,
): string | null {
  const hint = passwordHint(passwordPolicy);
  if (credentials.isPasswordInitial) {
    return `您现在用的是别人给的初始密码，请另设一个：${hint}`;
  }
  const isOld = isPasswordOld(passwordPolicy, credentials.passwordChangedAt, now);
  return isOld ? `现在的密码已经用满 90 天，请换一个：${hint}` : null;
}

async function putCodeInOutbox<Credentials extends CodeCredentials>(
  deps: CodeStepDeps,
  door: CodeDoor<Credentials>,
  visit: Visit,
  half: HalfSignedIn<Credentials>,
): Promise<void> {
  const { totpSecretCipher, totpLastStep, username } = half.credentials;
  const secret =
    totpSecretCipher === null ? half.newSecret : deps.personalData.decrypt(totpSecretCipher);
  if (secret === null) return;
  const lastStep = totpSecretCipher === null ? null : totpLastStep;
  const shown = { username, secret, lastStep, now: visit.now, words: door.demoWords };
  await showDemoCode(deps.db, shown);
}

async function takeCode<Credentials extends CodeCredentials>(
  deps: CodeStepDeps,
  door: CodeDoor<Credentials>,
  visit: Visit,
): Promise<Response> {
  const sent = await readForm(visit);
  const half = await findHalfSignedIn(deps, door, visit);
  if (half === null) return seeOther(visit, door.passwordPath);
  const { credentials, newSecret } = half;
  const { id, username } = credentials;
  const isWanted = newPasswordHint(deps, credentials, visit.now) !== null;
  const form = readCode(sent, isWanted ? { policy: deps.passwordPolicy, username } : null);
  if (!form.ok) return await showStep(deps, door, visit, half, form.errors, 422);
  const counted = await countSignInTry(deps, visit, { username, ...door });
  const { newPassword } = form.data;
  if (newPassword !== null && (await isPresentPassword(deps.db, door.table, id, newPassword))) {
    await counted.giveBack();
    const errors = { newPassword: "新密码不能和现在的一样，请换一个" };
    return await showStep(deps, door, visit, half, errors, 422);
  }
  const given = { ...form.data, newSecret, now: visit.now };
  const isIn = await useTotpCode(deps, door.table, credentials, given);
  // Who gave the password is known, so that his failures can be found under his name as well.
  visit.audit.actor = door.actorOf(credentials);
  await recordAudit(deps.db, visit.audit, "", isIn ? "accepted" : "refused");
  if (!isIn) {
    const errors = { code: "动态口令不对或已经用过，请等验证器换一个数字再填" };
    return await showStep(deps, door, visit, half, errors, 422);
  }
  await counted.giveBack();
  counted.rememberBrowser();
  forgetPassword(door, visit);
  await door.signIn(deps.db, visit, credentials);
  return seeOther(visit, door.homePath);
}
