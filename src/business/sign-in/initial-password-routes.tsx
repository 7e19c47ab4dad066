import { replaceInitialPassword } from "#src/accounts/institutions/institution-password.ts";
import {
  INSTITUTION_SIGN_IN,
  signInstitutionIn,
} from "#src/accounts/institutions/institution-session.ts";
import { institutionActor } from "#src/accounts/institutions/institution-user.ts";
import { recordAudit } from "#src/platform/audit.ts";
import { readForm, type SentForm } from "#src/platform/http/form.ts";
import { parseForm } from "#src/platform/http/parse-form.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { verifyPassword } from "#src/platform/passwords.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { renderPage } from "#src/ui/render.ts";
import type { DoorDeps } from "./door.ts";
import { findInitialUser, forgetInitialPassword, type InitialUser } from "./initial-password.ts";
import { NEW_PASSWORD_PATH, NewPasswordPage } from "./institution-pages.tsx";
import { WORKBENCH } from "./institution-routes.tsx";
import { newPasswordForm } from "./schema.ts";

/** After an initial password of an institution: the user's own, before anything opens. */
export function initialPasswordRoutes(deps: DoorDeps): Route[] {
  return [
    {
      method: "GET",
      path: NEW_PASSWORD_PATH,
      permission: "anyone",
      audit: null,
      handle: async (visit) => {
        if ((await findInitialUser(deps, visit)) === null) {
          return seeOther(visit, INSTITUTION_SIGN_IN);
        }
        return showPage(deps, visit, {});
      },
    },
    {
      method: "POST",
      path: NEW_PASSWORD_PATH,
      permission: "anyone",
      audit: "institution-password-set",
      handle: (visit) => takePassword(deps, visit),
    },
  ];
}

function showPage(deps: DoorDeps, visit: Visit, errors: FormErrors): Response {
  const html = renderPage(<NewPasswordPage shell={deps.shell(visit)} errors={errors} />);
  return page(visit, html, Object.keys(errors).length > 0 ? 422 : 200);
}

async function takePassword(deps: DoorDeps, visit: Visit): Promise<Response> {
  const sent = await readForm(visit);
  const initial = await findInitialUser(deps, visit);
  if (initial === null) return seeOther(visit, INSTITUTION_SIGN_IN);
  const form = await readPassword(sent, initial);
  if (!form.ok) return showPage(deps, visit, form.errors);
  const { user, passwordHash } = initial;
  const given = { userId: user.id, passwordHash, newPassword: form.newPassword };
  const isReplaced = await replaceInitialPassword(deps.db, given);
  visit.audit.actor = institutionActor(user);
  await recordAudit(deps.db, visit.audit, "", isReplaced ? "accepted" : "refused");
  forgetInitialPassword(visit);
  if (!isReplaced) return seeOther(visit, INSTITUTION_SIGN_IN);
  await signInstitutionIn(deps.db, visit, user);
  return seeOther(visit, WORKBENCH);
}

type ReadPassword = { ok: true; newPassword: string } | { ok: false; errors: FormErrors };

async function readPassword(sent: SentForm, { passwordHash }: InitialUser): Promise<ReadPassword> {
  const form = parseForm(newPasswordForm, sent);
  if (!form.ok) return form;
  const { newPassword, repeatedPassword } = form.data;
  if (newPassword !== repeatedPassword) {
    return { ok: false, errors: { repeatedPassword: "两次填的新密码不一样，请再填一次" } };
  }
  if (await verifyPassword(passwordHash, newPassword)) {
    return { ok: false, errors: { newPassword: "新密码和初始密码一样，请另设一个" } };
  }
  return { ok: true, newPassword };
}
