import { INSTITUTION_SIGN_IN } from "#src/accounts/institutions/institution-session.ts";
import {
  checkInstitutionPassword,
  institutionActor,
} from "#src/accounts/institutions/institution-user.ts";
import { recordAudit } from "#src/platform/audit.ts";
import { askCaptcha, countMisbehaviour } from "#src/platform/captcha/form-captcha.ts";
import { BadRequest } from "#src/platform/http/errors.ts";
import { readForm } from "#src/platform/http/form.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { InstitutionKind, Route } from "#src/platform/http/route.ts";
import { signInProven, signOut } from "#src/platform/http/session-cookie.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { countSignInTry } from "#src/platform/sign-in-tries.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { renderPage } from "#src/ui/render.ts";
import { captchaUse, type DoorDeps, readWithCaptcha } from "./door.ts";
import { askForNewPassword } from "./due-password.ts";
import { readInstitutionKind } from "./institution-doors.ts";
import { ChooseDoorPage, InstitutionDoorPage } from "./institution-pages.tsx";
import { passwordForm, WRONG_PASSWORD } from "./schema.ts";

/** 物业专项维修资金信息管理系统. */
export const WORKBENCH = "/workbench";
/** Signed, and known to nobody else: from this browser this user signed in before. */
export const INSTITUTION_KNOWN_COOKIE = "institution-browser";

/** The institutions' doors, one for each kind, and the way out. */
export function institutionDoorRoutes(deps: DoorDeps): Route[] {
  return [
    {
      method: "GET",
      path: INSTITUTION_SIGN_IN,
      permission: "anyone",
      audit: null,
      handle: (visit) => showDoor(deps, visit),
    },
    {
      method: "POST",
      path: INSTITUTION_SIGN_IN,
      permission: "anyone",
      audit: "institution-signed-in",
      handle: (visit) => takePassword(deps, visit),
    },
    {
      method: "POST",
      path: "/workbench/sign-out",
      permission: "institution-user",
      audit: "institution-signed-out",
      handle: (visit) => leave(deps, visit),
    },
  ];
}

async function showDoor(deps: DoorDeps, visit: Visit): Promise<Response> {
  const kind = readInstitutionKind(visit.c.req.query("kind"));
  if (kind !== null) return await showPage(deps, visit, { kind, username: "" }, {});
  return page(visit, renderPage(<ChooseDoorPage shell={deps.shell(visit)} />));
}

async function showPage(
  deps: DoorDeps,
  visit: Visit,
  typed: { kind: InstitutionKind; username: string },
  errors: FormErrors,
): Promise<Response> {
  const captcha = await askCaptcha(deps, visit, captchaUse("institution", typed.username));
  const props = { shell: deps.shell(visit), ...typed, captcha, errors };
  const html = renderPage(<InstitutionDoorPage {...props} />);
  return page(visit, html, Object.keys(errors).length > 0 ? 422 : 200);
}

async function takePassword(deps: DoorDeps, visit: Visit): Promise<Response> {
  const sent = await readForm(visit);
  const kind = readInstitutionKind(sent["kind"]);
  if (kind === null) throw new BadRequest("请从登录页选择机构类别后再登录");
  const typed = { kind, username: sent["username"] ?? "" };
  const use = captchaUse("institution", typed.username);
  const form = await readWithCaptcha(deps, visit, { sent, schema: passwordForm, use });
  if (!form.ok) return await showPage(deps, visit, typed, form.errors);
  const { username } = form.data;
  const counted = await countSignInTry(deps, visit, {
    username,
    audience: "institution",
    knownCookie: INSTITUTION_KNOWN_COOKIE,
  });
  const given = { kind, ...form.data };
  const user = await checkInstitutionPassword(deps.db, deps.personalData, given);
  if (user !== null) visit.audit.actor = institutionActor(user);
  await recordAudit(deps.db, visit.audit, "", user === null ? "refused" : "accepted");
  if (user === null) {
    await countMisbehaviour(deps, visit, use.account);
    return await showPage(deps, visit, typed, { password: WRONG_PASSWORD });
  }
  await counted.giveBack();
  counted.rememberBrowser();
  const due = await askForNewPassword(deps, visit, "institution", user);
  if (due !== null) return due;
  const who = { audience: "institution", userId: user.id } as const;
  if (!(await signInProven(deps.db, visit, who, user))) {
    return await showPage(deps, visit, typed, { password: WRONG_PASSWORD });
  }
  return seeOther(visit, WORKBENCH);
}

async function leave(deps: DoorDeps, visit: Visit): Promise<Response> {
  await signOut(deps.db, visit, "institution");
  await recordAudit(deps.db, visit.audit, "", "signed-out");
  return seeOther(visit, INSTITUTION_SIGN_IN);
}
