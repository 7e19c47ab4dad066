import {
  findPhoneOf,
  type PasswordAudience,
  replacePassword,
} from "#src/accounts/account-password.ts";
import { INSTITUTION_SIGN_IN } from "#src/accounts/institutions/institution-session.ts";
import { institutionActor } from "#src/accounts/institutions/institution-user.ts";
import { ownerActor } from "#src/accounts/owners/owner-account.ts";
import { OWNER_SIGN_IN } from "#src/accounts/owners/owner-session.ts";
import { tellOfChange } from "#src/accounts/tell-of-change.ts";
import { recordAudit } from "#src/platform/audit.ts";
import { readForm, type SentForm } from "#src/platform/http/form.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import { signInProven } from "#src/platform/http/session-cookie.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { judgePassword, passwordHint } from "#src/platform/password-policy.ts";
import { verifyPassword } from "#src/platform/passwords.ts";
import { endSessionsOf } from "#src/platform/sessions.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { renderPage } from "#src/ui/render.ts";
import type { DoorDeps } from "./door.ts";
import { findDue, forgetDue, whyDue } from "./due-password.ts";
import { DuePasswordPage } from "./due-password-page.tsx";
import { WORKBENCH } from "./institution-routes.tsx";
import { OWNER_HOME } from "./owner-password-routes.tsx";

/** The door at which a password may turn out to be due. */
interface DueDoor {
  audience: PasswordAudience;
  /** Where the password is given. */
  path: string;
  audit: string;
  home: string;
  actorOf: (user: { id: number; username: string }) => string;
}

const DOORS: readonly DueDoor[] = [
  {
    audience: "owner",
    path: OWNER_SIGN_IN,
    audit: "owner-password-renewed",
    home: OWNER_HOME,
    actorOf: ownerActor,
  },
  {
    audience: "institution",
    path: INSTITUTION_SIGN_IN,
    audit: "institution-password-renewed",
    home: WORKBENCH,
    actorOf: institutionActor,
  },
];

/** After a password that is due: a new one before anything opens. */
export function duePasswordRoutes(deps: DoorDeps): Route[] {
  return DOORS.flatMap((door): Route[] => [
    {
      method: "GET",
      path: `${door.path}/password`,
      permission: "anyone",
      audit: null,
      handle: (visit) => showPage(deps, door, visit, {}),
    },
    {
      method: "POST",
      path: `${door.path}/password`,
      permission: "anyone",
      audit: door.audit,
      handle: (visit) => takePassword(deps, door, visit),
    },
  ]);
}

async function showPage(
  deps: DoorDeps,
  door: DueDoor,
  visit: Visit,
  errors: FormErrors,
): Promise<Response> {
  const stored = await findDue(deps, visit, door.audience);
  if (stored === null) return seeOther(visit, door.path);
  const html = renderPage(
    <DuePasswordPage
      shell={deps.shell(visit)}
      action={`${door.path}/password`}
      why={whyDue(deps, stored, visit.now) ?? ""}
      hint={passwordHint(deps.config.passwordPolicy)}
      errors={errors}
    />,
  );
  return page(visit, html, Object.keys(errors).length > 0 ? 422 : 200);
}

async function takePassword(deps: DoorDeps, door: DueDoor, visit: Visit): Promise<Response> {
  const sent = await readForm(visit);
  const { audience } = door;
  const stored = await findDue(deps, visit, audience);
  if (stored === null) return seeOther(visit, door.path);
  const errors = await judge(deps, sent, stored);
  if (errors !== null) return await showPage(deps, door, visit, errors);
  const user = { id: stored.userId, username: stored.username };
  visit.audit.actor = door.actorOf(user);
  const passwordHash = await deps.db.transaction().execute(async (tx) => {
    const replaced = await replacePassword(tx, audience, stored, sent["newPassword"] ?? "");
    // Whoever came in with the old one is out.
    if (replaced !== null) {
      await endSessionsOf(tx, audience, [stored.userId]);
      const change = { kind: "password", audience } as const;
      const phone = await findPhoneOf(tx, deps.personalData, audience, stored.userId);
      await tellOfChange(tx, deps.personalData, { phone, change, now: visit.now });
    }
    await recordAudit(tx, visit.audit, "", replaced === null ? "refused" : "accepted");
    return replaced;
  });
  forgetDue(visit, audience);
  const who = { audience, userId: user.id };
  const isIn = passwordHash !== null && (await signInProven(deps.db, visit, who, { passwordHash }));
  return seeOther(visit, isIn ? door.home : door.path);
}

async function judge(
  deps: DoorDeps,
  { newPassword = "", repeatedPassword = "" }: SentForm,
  stored: { username: string; passwordHash: string },
): Promise<FormErrors | null> {
  const wish = { password: newPassword, username: stored.username };
  const refusal = judgePassword(deps.config.passwordPolicy, wish);
  if (refusal !== null) return { newPassword: refusal };
  if (newPassword !== repeatedPassword) {
    return { repeatedPassword: "两次填的新密码不一样，请再填一次" };
  }
  const isSame = await verifyPassword(stored.passwordHash, newPassword);
  return isSame ? { newPassword: "新密码不能和现在的一样，请换一个" } : null;
}
