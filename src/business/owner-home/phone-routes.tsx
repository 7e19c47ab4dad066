import { ownerOf, ownerSessionOf, requireOwnerStepUp } from "#src/accounts/owners/owner-session.ts";
import { maskPhone } from "#src/kernel/masking.ts";
import { readForm } from "#src/platform/http/form.ts";
import { parseForm } from "#src/platform/http/parse-form.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { CodeOutcome } from "#src/platform/one-time-codes.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { renderPage } from "#src/ui/render.ts";
import { changePhone, type PhoneChangeOutcome, sendNewPhoneCode } from "./change-phone.ts";
import { ACCOUNT, type OwnerHomeDeps } from "./home.ts";
import { NewPhoneCodePage, NewPhonePage } from "./new-phone-pages.tsx";
import { findNewPhone, forgetNewPhone, rememberNewPhone } from "./pending-phone.ts";
import { codeForm, newPhoneForm } from "./schema.ts";

const PHONE = "/me/account/phone";
const CODE = "/me/account/phone/code";

/** 更换手机号码: proven by a code to the new phone, by somebody who has just proven himself again. */
export function phoneRoutes(deps: OwnerHomeDeps): Route[] {
  return [
    {
      method: "GET",
      path: PHONE,
      permission: "owner",
      audit: null,
      handle: (visit) => steppedUp(deps, visit, () => answerPhone(deps, visit, "", {})),
    },
    {
      method: "POST",
      path: PHONE,
      permission: "owner",
      audit: "owner-phone-code-asked",
      handle: (visit) => steppedUp(deps, visit, () => askCode(deps, visit)),
    },
    {
      method: "GET",
      path: CODE,
      permission: "owner",
      audit: null,
      handle: (visit) => steppedUp(deps, visit, () => showCode(deps, visit)),
    },
    {
      method: "POST",
      path: CODE,
      permission: "owner",
      audit: "owner-phone-changed",
      handle: (visit) => steppedUp(deps, visit, () => takeCode(deps, visit)),
    },
  ];
}

async function steppedUp(
  deps: OwnerHomeDeps,
  visit: Visit,
  act: () => Promise<Response> | Response,
): Promise<Response> {
  return (await requireOwnerStepUp(deps.db, visit, PHONE)) ?? (await act());
}

function statusOf(errors: FormErrors): number {
  return Object.keys(errors).length > 0 ? 422 : 200;
}

function answerPhone(
  deps: OwnerHomeDeps,
  visit: Visit,
  typed: string,
  errors: FormErrors,
): Response {
  const { isSmsAvailable } = deps;
  const props = { shell: deps.shell(visit), typed, errors, isSmsAvailable };
  return page(visit, renderPage(<NewPhonePage {...props} />), statusOf(errors));
}

async function askCode(deps: OwnerHomeDeps, visit: Visit): Promise<Response> {
  const sent = await readForm(visit);
  if (!deps.isSmsAvailable) return answerPhone(deps, visit, "", {});
  const again = (errors: FormErrors) => answerPhone(deps, visit, sent["phone"] ?? "", errors);
  const form = parseForm(newPhoneForm, sent);
  if (!form.ok) return again(form.errors);
  const account = ownerOf(visit);
  const { phone } = form.data;
  if (phone === account.phone) return again({ phone: "这就是现在的手机号码，不用更换" });
  await deps.limit(visit, "code");
  if (!(await deps.limits.consume("owner-phone", `owner:${account.id}`)).ok) {
    return again({ "": "今天换手机号码的次数太多，请明天再试" });
  }
  const change = { account, phone, browserHash: visit.ensureBrowser(), now: visit.now };
  const refused = refusalOf(await sendNewPhoneCode(deps, change, visit.audit));
  if (refused !== null) return again(refused);
  rememberNewPhone(deps, visit, account.id, phone);
  return seeOther(visit, CODE);
}

function refusalOf(outcome: CodeOutcome): FormErrors | null {
  switch (outcome.kind) {
    case "sent":
      return null;
    case "too-often":
      return { phone: "这个手机号刚获取过动态密码，请过几分钟再获取" };
    case "capped":
      return { "": "今天发出的动态密码太多，暂时不能再发。请明天再来，或到窗口办理" };
  }
}

function showCode(deps: OwnerHomeDeps, visit: Visit): Response {
  const phone = findNewPhone(deps, visit, ownerOf(visit).id);
  return phone === null ? seeOther(visit, PHONE) : answerCode(deps, visit, phone, {});
}

function answerCode(
  deps: OwnerHomeDeps,
  visit: Visit,
  phone: string,
  errors: FormErrors,
): Response {
  const props = { shell: deps.shell(visit), maskedPhone: maskPhone(phone), errors };
  return page(visit, renderPage(<NewPhoneCodePage {...props} />), statusOf(errors));
}

async function takeCode(deps: OwnerHomeDeps, visit: Visit): Promise<Response> {
  const account = ownerOf(visit);
  const phone = findNewPhone(deps, visit, account.id);
  if (phone === null) return seeOther(visit, PHONE);
  const form = parseForm(codeForm, await readForm(visit));
  if (!form.ok) return answerCode(deps, visit, phone, form.errors);
  const outcome = await changePhone(
    deps,
    {
      account,
      phone,
      code: form.data.code,
      browserHash: visit.ensureBrowser(),
      held: ownerSessionOf(visit),
      now: visit.now,
    },
    visit.audit,
  );
  if (outcome !== "changed") return answerCode(deps, visit, phone, { code: REFUSALS[outcome] });
  forgetNewPhone(visit);
  return seeOther(visit, `${ACCOUNT}?done=phone`);
}

const REFUSALS: Record<Exclude<PhoneChangeOutcome, "changed">, string> = {
  wrong: "动态密码不对，请对照最新一条短信再输入。输错 5 次要重新获取",
  ended: "动态密码已经失效，请重新获取",
  taken: "这个手机号已经有业主账户。请用它登录，注销那个账户以后再换",
};
