import { checkOwnerPassword, ownerActor } from "#src/accounts/owners/owner-account.ts";
import { OWNER_SIGN_IN } from "#src/accounts/owners/owner-session.ts";
import { recordAudit } from "#src/platform/audit.ts";
import { askCaptcha, countMisbehaviour } from "#src/platform/captcha/form-captcha.ts";
import { readForm } from "#src/platform/http/form.ts";
import { readOwnPath } from "#src/platform/http/own-path.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import { signInProven, signOut } from "#src/platform/http/session-cookie.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { countSignInTry } from "#src/platform/sign-in-tries.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { renderPage } from "#src/ui/render.ts";
import { captchaUse, type DoorDeps, readWithCaptcha } from "./door.ts";
import { askForNewPassword } from "./due-password.ts";
import { OwnerPasswordPage } from "./owner-password-page.tsx";
import { passwordForm, WRONG_PASSWORD } from "./schema.ts";

/** Where an owner finds himself after signing in. */
export const OWNER_HOME = "/me";
/** Signed, and known to nobody else: from this browser this owner signed in before. */
export const OWNER_KNOWN_COOKIE = "owner-browser";

/** The owner's door with user name and password, and the way out. */
export function ownerPasswordRoutes(deps: DoorDeps): Route[] {
  return [
    {
      method: "GET",
      path: OWNER_SIGN_IN,
      permission: "anyone",
      audit: null,
      handle: (visit) =>
        showPage(deps, visit, { username: "", next: visit.c.req.query("next") }, {}),
    },
    {
      method: "POST",
      path: OWNER_SIGN_IN,
      permission: "anyone",
      audit: "owner-signed-in",
      handle: (visit) => takePassword(deps, visit),
    },
    {
      method: "POST",
      path: "/sign-out",
      permission: "owner",
      audit: "owner-signed-out",
      handle: (visit) => leave(deps, visit),
    },
  ];
}

async function showPage(
  deps: DoorDeps,
  visit: Visit,
  typed: { username: string; next: string | undefined },
  errors: FormErrors,
): Promise<Response> {
  const captcha = await askCaptcha(deps, visit, captchaUse("owner", typed.username));
  const props = { shell: deps.shell(visit), captcha, errors };
  const next = readOwnPath(typed.next);
  const html = renderPage(<OwnerPasswordPage {...props} username={typed.username} next={next} />);
  return page(visit, html, Object.keys(errors).length > 0 ? 422 : 200);
}

async function takePassword(deps: DoorDeps, visit: Visit): Promise<Response> {
  const sent = await readForm(visit);
  const typed = { username: sent["username"] ?? "", next: sent["next"] };
  const use = captchaUse("owner", typed.username);
  const form = await readWithCaptcha(deps, visit, { sent, schema: passwordForm, use });
  if (!form.ok) return await showPage(deps, visit, typed, form.errors);
  const { username, password } = form.data;
  const counted = await countSignInTry(deps, visit, {
    username,
    audience: "owner",
    knownCookie: OWNER_KNOWN_COOKIE,
  });
  const owner = await checkOwnerPassword(deps.db, deps.personalData, username, password);
  if (owner !== null) visit.audit.actor = ownerActor(owner);
  await recordAudit(deps.db, visit.audit, "", owner === null ? "refused" : "accepted");
  if (owner === null) {
    await countMisbehaviour(deps, visit, use.account);
    return await showPage(deps, visit, typed, { password: WRONG_PASSWORD });
  }
  await counted.giveBack();
  counted.rememberBrowser();
  const due = await askForNewPassword(deps, visit, "owner", owner);
  if (due !== null) return due;
  const who = { audience: "owner", userId: owner.id } as const;
  if (!(await signInProven(deps.db, visit, who, owner))) {
    return await showPage(deps, visit, typed, { password: WRONG_PASSWORD });
  }
  return seeOther(visit, readOwnPath(typed.next) ?? OWNER_HOME);
}

async function leave(deps: DoorDeps, visit: Visit): Promise<Response> {
  await signOut(deps.db, visit, "owner");
  await recordAudit(deps.db, visit.audit, "", "signed-out");
  return seeOther(visit, "/");
}
