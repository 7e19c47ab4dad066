import {
  INSTITUTION_STEP_UP,
  institutionSessionOf,
  institutionUserOf,
} from "#src/accounts/institutions/institution-session.ts";
import { checkInstitutionPassword } from "#src/accounts/institutions/institution-user.ts";
import { checkOwnerPassword, type OwnerAccount } from "#src/accounts/owners/owner-account.ts";
import { OWNER_STEP_UP, ownerOf, ownerSessionOf } from "#src/accounts/owners/owner-session.ts";
import { maskPhone } from "#src/kernel/masking.ts";
import { recordAudit } from "#src/platform/audit.ts";
import { readForm, type SentForm } from "#src/platform/http/form.ts";
import { readOwnPath } from "#src/platform/http/own-path.ts";
import { parseForm } from "#src/platform/http/parse-form.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { type HeldSession, stepUp } from "#src/platform/sessions.ts";
import { countSignInTry } from "#src/platform/sign-in-tries.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { renderPage } from "#src/ui/render.ts";
import type { DoorDeps } from "./door.ts";
import { withNext } from "./door-pages.tsx";
import {
  CODE_REFUSALS,
  sendDynamicPassword,
  sendRefusal,
  tryDynamicPassword,
} from "./dynamic-password.ts";
import { INSTITUTION_KNOWN_COOKIE, WORKBENCH } from "./institution-routes.tsx";
import { OWNER_HOME, OWNER_KNOWN_COOKIE } from "./owner-password-routes.tsx";
import { codeForm, passwordOnlyForm } from "./schema.ts";
import { CodeAgainPage, NoStepUpPage, PasswordAgainPage } from "./step-up-pages.tsx";

const WRONG = "密码不对，请再看一遍";

/** Proving once more who one is, before decisions about money and accounts. */
export function stepUpRoutes(deps: DoorDeps): Route[] {
  return [
    {
      method: "GET",
      path: OWNER_STEP_UP,
      permission: "owner",
      audit: null,
      handle: (visit) => showOwner(deps, visit, visit.c.req.query("next"), {}),
    },
    {
      method: "POST",
      path: OWNER_STEP_UP,
      permission: "owner",
      audit: "owner-stepped-up",
      handle: (visit) => takeOwner(deps, visit),
    },
    {
      method: "POST",
      path: `${OWNER_STEP_UP}/code`,
      permission: "owner",
      audit: "owner-code-asked",
      handle: (visit) => sendOwnerCode(deps, visit),
    },
    {
      method: "GET",
      path: INSTITUTION_STEP_UP,
      permission: "institution-user",
      audit: null,
      handle: (visit) => showInstitution(deps, visit, visit.c.req.query("next"), {}),
    },
    {
      method: "POST",
      path: INSTITUTION_STEP_UP,
      permission: "institution-user",
      audit: "institution-stepped-up",
      handle: (visit) => takeInstitution(deps, visit),
    },
  ];
}

function statusOf(errors: FormErrors): number {
  return Object.keys(errors).length > 0 ? 422 : 200;
}

function showOwner(
  deps: DoorDeps,
  visit: Visit,
  typedNext: string | undefined,
  errors: FormErrors,
): Response {
  const owner = ownerOf(visit);
  const next = readOwnPath(typedNext) ?? OWNER_HOME;
  const props = { shell: deps.shell(visit), next, errors, action: OWNER_STEP_UP };
  if (owner.username !== null) {
    return page(visit, renderPage(<PasswordAgainPage {...props} />), statusOf(errors));
  }
  if (!deps.isSmsAvailable) {
    return page(visit, renderPage(<NoStepUpPage {...props} />), statusOf(errors));
  }
  const isSent = visit.c.req.query("sent") !== undefined || errors["code"] !== undefined;
  const more = { maskedPhone: maskPhone(owner.phone), isSent };
  return page(visit, renderPage(<CodeAgainPage {...props} {...more} />), statusOf(errors));
}

async function sendOwnerCode(deps: DoorDeps, visit: Visit): Promise<Response> {
  const { next } = await readForm(visit);
  const { username, phone } = ownerOf(visit);
  const back = readOwnPath(next) ?? OWNER_HOME;
  if (username !== null || !deps.isSmsAvailable) {
    return seeOther(visit, withNext(OWNER_STEP_UP, back));
  }
  const refusal = sendRefusal(await sendDynamicPassword(deps, visit, "owner-step-up", phone));
  if (refusal !== null) return showOwner(deps, visit, next, { code: refusal });
  return seeOther(visit, withNext(`${OWNER_STEP_UP}?sent=1`, back));
}

async function takeOwner(deps: DoorDeps, visit: Visit): Promise<Response> {
  const sent = await readForm(visit);
  const owner = ownerOf(visit);
  const errors =
    owner.username === null
      ? await codeErrors(deps, visit, owner, sent)
      : await ownerPasswordErrors(deps, visit, owner.username, sent);
  if (errors !== null) return showOwner(deps, visit, sent["next"], errors);
  await open(deps, visit, ownerSessionOf(visit));
  return seeOther(visit, readOwnPath(sent["next"]) ?? OWNER_HOME);
}

async function open(deps: DoorDeps, visit: Visit, held: HeldSession): Promise<void> {
  await deps.db.transaction().execute(async (tx) => {
    await stepUp(tx, held, visit.now);
    await recordAudit(tx, visit.audit, "", "accepted");
  });
}

async function codeErrors(
  deps: DoorDeps,
  visit: Visit,
  { phone }: OwnerAccount,
  sent: SentForm,
): Promise<FormErrors | null> {
  const form = parseForm(codeForm, sent);
  if (!form.ok) return form.errors;
  const outcome = await tryDynamicPassword(deps, visit, "owner-step-up", { phone, ...form.data });
  if (outcome === "right") return null;
  await recordAudit(deps.db, visit.audit, "", outcome);
  return { code: CODE_REFUSALS[outcome] };
}

async function ownerPasswordErrors(
  deps: DoorDeps,
  visit: Visit,
  username: string,
  sent: SentForm,
): Promise<FormErrors | null> {
  const who = { username, audience: "owner", knownCookie: OWNER_KNOWN_COOKIE };
  return await passwordErrors(deps, visit, who, sent, async (password) => {
    return (await checkOwnerPassword(deps.db, deps.personalData, username, password)) !== null;
  });
}

/** Counted like a sign-in: whoever sits down at an open session does not get more guesses than at the door. */
async function passwordErrors(
  deps: DoorDeps,
  visit: Visit,
  who: Parameters<typeof countSignInTry>[2],
  sent: SentForm,
  isRight: (password: string) => Promise<boolean>,
): Promise<FormErrors | null> {
  const form = parseForm(passwordOnlyForm, sent);
  if (!form.ok) return form.errors;
  const counted = await countSignInTry(deps, visit, {
    ...who,
    username: who.username.toLowerCase(),
  });
  if (await isRight(form.data.password)) {
    await counted.giveBack();
    return null;
  }
  await recordAudit(deps.db, visit.audit, "", "refused");
  return { password: WRONG };
}

function showInstitution(
  deps: DoorDeps,
  visit: Visit,
  typedNext: string | undefined,
  errors: FormErrors,
): Response {
  const next = readOwnPath(typedNext) ?? WORKBENCH;
  const props = { shell: deps.shell(visit), next, errors, action: INSTITUTION_STEP_UP };
  return page(visit, renderPage(<PasswordAgainPage {...props} />), statusOf(errors));
}

async function takeInstitution(deps: DoorDeps, visit: Visit): Promise<Response> {
  const sent = await readForm(visit);
  const { username, institution } = institutionUserOf(visit);
  const who = { username, audience: "institution", knownCookie: INSTITUTION_KNOWN_COOKIE };
  const errors = await passwordErrors(deps, visit, who, sent, async (password) => {
    const given = { kind: institution.kind, username, password };
    return (await checkInstitutionPassword(deps.db, deps.personalData, given)) !== null;
  });
  if (errors !== null) return showInstitution(deps, visit, sent["next"], errors);
  await open(deps, visit, institutionSessionOf(visit));
  return seeOther(visit, readOwnPath(sent["next"]) ?? WORKBENCH);
}
