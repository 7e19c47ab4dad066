import { openOwnerAccount, ownerActor } from "#src/accounts/owners/owner-account.ts";
import { checkPhone } from "#src/kernel/phone.ts";
import { recordAudit } from "#src/platform/audit.ts";
import { askCaptcha } from "#src/platform/captcha/form-captcha.ts";
import { readForm, type SentForm } from "#src/platform/http/form.ts";
import { readOwnPath } from "#src/platform/http/own-path.ts";
import { parseForm } from "#src/platform/http/parse-form.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import { signInProven } from "#src/platform/http/session-cookie.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { RESEND_MS } from "#src/platform/one-time-codes.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { renderPage } from "#src/ui/render.ts";
import { type AskedPhone, findAskedPhone, forgetPhone, rememberPhone } from "./asked-phone.ts";
import { type DoorDeps, readWithCaptcha } from "./door.ts";
import { withNext } from "./door-pages.tsx";
import {
  CODE_REFUSALS,
  sendDynamicPassword,
  sendRefusal,
  tryDynamicPassword,
} from "./dynamic-password.ts";
import { OWNER_HOME } from "./owner-password-routes.tsx";
import { CODE_PATH, NoSmsPage, OwnerCodePage, OwnerPhonePage } from "./owner-phone-page.tsx";
import { codeForm, phoneForm } from "./schema.ts";

const PATH = "/sign-in/phone";
const CAPTCHA = { purpose: "owner-code" };

/** The owner's door with a dynamic password: phone and captcha get one, the six digits open. */
export function ownerPhoneRoutes(deps: DoorDeps): Route[] {
  return [
    {
      method: "GET",
      path: PATH,
      permission: "anyone",
      audit: null,
      handle: (visit) => showDoor(deps, visit),
    },
    {
      method: "POST",
      path: CODE_PATH,
      permission: "anyone",
      audit: "owner-code-asked",
      handle: (visit) => withSms(deps, visit, () => sendCode(deps, visit)),
    },
    {
      method: "POST",
      path: PATH,
      permission: "anyone",
      audit: "owner-signed-in",
      handle: (visit) => withSms(deps, visit, () => takeCode(deps, visit)),
    },
  ];
}

async function withSms(
  deps: DoorDeps,
  visit: Visit,
  act: () => Promise<Response>,
): Promise<Response> {
  if (deps.isSmsAvailable) return await act();
  const next = readOwnPath(visit.c.req.query("next"));
  const html = renderPage(<NoSmsPage shell={deps.shell(visit)} next={next} />);
  return page(visit, html, visit.c.req.method === "POST" ? 409 : 200);
}

async function showDoor(deps: DoorDeps, visit: Visit): Promise<Response> {
  const { next, again } = visit.c.req.query();
  return await withSms(deps, visit, async () => {
    const asked = findAskedPhone(deps, visit);
    return asked === null || again !== undefined
      ? await showPhonePage(deps, visit, { phone: asked?.phone ?? "", next }, {})
      : showCodePage(deps, visit, asked, next, {});
  });
}

async function showPhonePage(
  deps: DoorDeps,
  visit: Visit,
  typed: { phone: string; next: string | undefined },
  errors: FormErrors,
): Promise<Response> {
  const captcha = await askCaptcha(deps, visit, CAPTCHA);
  const props = { shell: deps.shell(visit), phone: typed.phone, captcha, errors };
  const html = renderPage(<OwnerPhonePage {...props} next={readOwnPath(typed.next)} />);
  return page(visit, html, statusOf(errors));
}

function showCodePage(
  deps: DoorDeps,
  visit: Visit,
  { phone, sentAt }: AskedPhone,
  next: string | undefined,
  errors: FormErrors,
): Response {
  const againFrom = new Date(sentAt.getTime() + RESEND_MS);
  const props = { shell: deps.shell(visit), phone, againFrom, now: visit.now, errors };
  const html = renderPage(<OwnerCodePage {...props} next={readOwnPath(next)} />);
  return page(visit, html, statusOf(errors));
}

function statusOf(errors: FormErrors): number {
  return Object.keys(errors).length > 0 ? 422 : 200;
}

/** Sends a code and leads to the page that takes it. The answer does not tell whether the phone has an account. */
async function sendCode(deps: DoorDeps, visit: Visit): Promise<Response> {
  const sent = await readForm(visit);
  const typed = { phone: sent["phone"] ?? "", next: sent["next"] };
  const form = await readWithCaptcha(deps, visit, { sent, schema: phoneForm, use: CAPTCHA });
  if (!form.ok) return await showPhonePage(deps, visit, typed, form.errors);
  const { phone } = form.data;
  const refusal = sendRefusal(await sendDynamicPassword(deps, visit, "owner-sign-in", phone));
  if (refusal !== null) return await showPhonePage(deps, visit, typed, { phone: refusal });
  rememberPhone(deps, visit, phone);
  return seeOther(visit, withNext(PATH, readOwnPath(typed.next)));
}

async function takeCode(deps: DoorDeps, visit: Visit): Promise<Response> {
  const sent = await readForm(visit);
  const asked = findAskedPhone(deps, visit);
  if (asked === null || isAnotherPhone(sent, asked)) return await askFirst(deps, visit, sent);
  const form = parseForm(codeForm, sent);
  if (!form.ok) return await refuseCode(deps, visit, sent, asked, form.errors);
  const { phone } = asked;
  const outcome = await tryDynamicPassword(deps, visit, "owner-sign-in", { phone, ...form.data });
  if (outcome === "right") return await enter(deps, visit, phone, sent["next"]);
  await recordAudit(deps.db, visit.audit, "", outcome);
  const errors = { code: CODE_REFUSALS[outcome] };
  return outcome === "ended"
    ? await showPhonePage(deps, visit, { phone, next: sent["next"] }, errors)
    : await refuseCode(deps, visit, sent, asked, errors);
}

/** The page with the phone's field sends it along; changed, the code went to another one. */
function isAnotherPhone(sent: SentForm, asked: AskedPhone): boolean {
  if (sent["phone"] === undefined) return false;
  const typed = checkPhone(sent["phone"]);
  return !typed.ok || typed.phone !== asked.phone;
}

async function askFirst(deps: DoorDeps, visit: Visit, sent: SentForm): Promise<Response> {
  const { phone = "", next } = sent;
  const form = parseForm(phoneForm, sent);
  const errors = {
    ...(form.ok ? {} : form.errors),
    code: "请先填写手机号码和验证码，按“获取动态密码”，再填写短信里的 6 位数字",
  };
  return await showPhonePage(deps, visit, { phone, next }, errors);
}

/** Refuses on the page that the form came from. */
async function refuseCode(
  deps: DoorDeps,
  visit: Visit,
  sent: SentForm,
  asked: AskedPhone,
  errors: FormErrors,
): Promise<Response> {
  const { phone, next } = sent;
  return phone === undefined
    ? showCodePage(deps, visit, asked, next, errors)
    : await showPhonePage(deps, visit, { phone, next }, errors);
}

/** The phone is proven: finds its account or opens one, and signs the owner in. */
async function enter(
  deps: DoorDeps,
  visit: Visit,
  phone: string,
  next: string | undefined,
): Promise<Response> {
  const owner = await deps.db.transaction().execute(async (tx) => {
    const found = await openOwnerAccount(tx, deps.personalData, phone);
    if (found !== null) visit.audit.actor = ownerActor(found);
    const outcome = found === null ? "refused" : found.isNew ? "opened" : "accepted";
    await recordAudit(tx, visit.audit, "", outcome);
    return found;
  });
  forgetPhone(visit);
  if (owner === null) {
    const errors = { "": "这个手机号码的账户已经停用，要恢复请打 12345" };
    return await showPhonePage(deps, visit, { phone, next }, errors);
  }
  const who = { audience: "owner", userId: owner.id } as const;
  const phoneHash = deps.personalData.hash("phone", phone);
  if (!(await signInProven(deps.db, visit, who, { phoneHash }))) {
    const errors = { code: CODE_REFUSALS.ended };
    return await showPhonePage(deps, visit, { phone, next }, errors);
  }
  return seeOther(visit, readOwnPath(next) ?? OWNER_HOME);
}
