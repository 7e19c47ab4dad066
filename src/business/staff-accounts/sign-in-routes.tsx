import { recordAudit } from "#src/platform/audit.ts";
import { readForm } from "#src/platform/http/form.ts";
import { parseForm } from "#src/platform/http/parse-form.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import { signOut } from "#src/platform/http/session-cookie.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import {
  type CodeStepDeps,
  codeStepRoutes,
  startCodeStep,
} from "#src/platform/second-factor/code-step.ts";
import { countSignInTry } from "#src/platform/sign-in-tries.ts";
import { checkStaffPassword, staffActor } from "#src/platform/staff/staff-members.ts";
import { STAFF_SIGN_IN } from "#src/platform/staff/staff-session.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { SignInPage } from "#src/ui/sign-in-page.tsx";
import { passwordForm } from "./schema.ts";
import { staffDoor } from "./staff-door.tsx";

export interface SignInDeps extends CodeStepDeps {
  shell: (visit: Visit) => PageShell;
}

/** The door of the fund centre's workbench: password, then one-time code; and the way out. */
export function signInRoutes(deps: SignInDeps): Route[] {
  const door = staffDoor(deps.shell);
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
    ...codeStepRoutes(deps, door),
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
  const html = renderPage(
    <SignInPage
      shell={deps.shell(visit)}
      desk="fund-centre"
      title="管理中心登录"
      action={STAFF_SIGN_IN}
      buttonLabel="下一步"
      username={username}
      errors={errors}
    />,
  );
  return page(visit, html, status);
}

async function takePassword(deps: SignInDeps, visit: Visit): Promise<Response> {
  const sent = await readForm(visit);
  const form = parseForm(passwordForm, sent);
  const typed = sent["username"] ?? "";
  if (!form.ok) return showPasswordPage(deps, visit, typed, form.errors, 422);
  const door = staffDoor(deps.shell);
  const { username, password } = form.data;
  const counted = await countSignInTry(deps, visit, { username, ...door });
  const found = await checkStaffPassword(deps.db, username, password);
  if (found !== null) visit.audit.actor = staffActor(found.member);
  await recordAudit(deps.db, visit.audit, "", found === null ? "refused" : "accepted");
  if (found === null) {
    const errors = { password: "用户名或密码不对，请再看一遍" };
    return showPasswordPage(deps, visit, typed, errors, 422);
  }
  await counted.giveBack();
  return startCodeStep(deps, door, visit, found);
}

async function leave(deps: SignInDeps, visit: Visit): Promise<Response> {
  await signOut(deps.db, visit, "staff");
  await recordAudit(deps.db, visit.audit, "", "signed-out");
  return seeOther(visit, STAFF_SIGN_IN);
}
