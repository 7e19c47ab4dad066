import type { z } from "zod";
import {
  AlreadyTaken,
  closeOwnerAccount,
  setOwnerPassword,
} from "#src/accounts/owners/change-account.ts";
import type { OwnerAccount } from "#src/accounts/owners/owner-account.ts";
import {
  OWNER_SIGN_IN,
  ownerOf,
  ownerSessionOf,
  requireOwnerStepUp,
} from "#src/accounts/owners/owner-session.ts";
import { tellOfChange } from "#src/accounts/tell-of-change.ts";
import { maskPhone } from "#src/kernel/masking.ts";
import { recordAudit } from "#src/platform/audit.ts";
import { NotFound } from "#src/platform/http/errors.ts";
import { readForm } from "#src/platform/http/form.ts";
import { parseForm } from "#src/platform/http/parse-form.ts";
import { file, page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import { signOut } from "#src/platform/http/session-cookie.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { judgePassword, passwordHint } from "#src/platform/password-policy.ts";
import { hashPassword } from "#src/platform/passwords.ts";
import { endOtherSessions, endSessionById, listSessions } from "#src/platform/sessions.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { renderPage } from "#src/ui/render.ts";
import { ClosePage, PasswordPage } from "./account-form-pages.tsx";
import { AccountPage } from "./account-page.tsx";
import { collectOwnData } from "./export-data.ts";
import { ACCOUNT, type OwnerHomeDeps } from "./home.ts";
import { passwordForm } from "./schema.ts";

/** 账户与登录: what is kept about the account, where it is signed in, its password, and closing it. */
export function accountRoutes(deps: OwnerHomeDeps): Route[] {
  return [
    {
      method: "GET",
      path: ACCOUNT,
      permission: "owner",
      audit: null,
      handle: (visit) => showAccount(deps, visit),
    },
    {
      method: "POST",
      path: "/me/account/sessions/:session/end",
      permission: "owner",
      audit: "owner-session-ended",
      handle: (visit) => endOne(deps, visit),
    },
    {
      method: "POST",
      path: "/me/account/sessions/end-others",
      permission: "owner",
      audit: "owner-session-ended",
      handle: (visit) => endOthers(deps, visit),
    },
    {
      method: "GET",
      path: "/me/account/password",
      permission: "owner",
      audit: null,
      handle: (visit) => steppedUp(deps, visit, PASSWORD, () => showPassword(deps, visit)),
    },
    {
      method: "POST",
      path: "/me/account/password",
      permission: "owner",
      audit: "owner-password-set",
      handle: (visit) => steppedUp(deps, visit, PASSWORD, () => setPassword(deps, visit)),
    },
    {
      method: "GET",
      path: "/me/data.json",
      permission: "owner",
      audit: "owner-data-exported",
      handle: (visit) => steppedUp(deps, visit, ACCOUNT, () => exportData(deps, visit)),
    },
    {
      method: "GET",
      path: "/me/account/close",
      permission: "owner",
      audit: null,
      handle: (visit) => steppedUp(deps, visit, CLOSE, () => answerClose(deps, visit, {})),
    },
    {
      method: "POST",
      path: "/me/account/close",
      permission: "owner",
      audit: "owner-account-closed",
      handle: (visit) => steppedUp(deps, visit, CLOSE, () => close(deps, visit)),
    },
  ];
}

const PASSWORD = "/me/account/password";
const CLOSE = "/me/account/close";

/** Opens a decision about the account to whoever gave his password or a code in the last minutes. */
async function steppedUp(
  deps: OwnerHomeDeps,
  visit: Visit,
  next: string,
  act: () => Promise<Response> | Response,
): Promise<Response> {
  return (await requireOwnerStepUp(deps.db, visit, next)) ?? (await act());
}

const DONE: Readonly<Record<string, string>> = {
  phone: "手机号码已更换，以后用新号码登录。其他地方的登录已退出。",
  password: "用户名和密码已保存。其他地方的登录已退出。",
  session: "那一处登录已退出。",
  others: "其他地方的登录都已退出。",
};

async function showAccount(deps: OwnerHomeDeps, visit: Visit): Promise<Response> {
  const owner = ownerOf(visit);
  const html = renderPage(
    <AccountPage
      shell={deps.shell(visit)}
      name={owner.name}
      maskedPhone={maskPhone(owner.phone)}
      username={owner.username}
      sessions={await listSessions(deps.db, ownerSessionOf(visit), visit.now)}
      done={DONE[visit.c.req.query("done") ?? ""] ?? null}
    />,
  );
  return page(visit, html);
}

async function endOne(deps: OwnerHomeDeps, visit: Visit): Promise<Response> {
  const text = visit.c.req.param("session") ?? "";
  if (!/^[1-9][0-9]{0,8}$/.test(text)) throw new NotFound();
  const held = ownerSessionOf(visit);
  const isEnded = await deps.db.transaction().execute(async (tx) => {
    const ended = await endSessionById(tx, held, Number.parseInt(text, 10));
    if (ended) await recordAudit(tx, visit.audit, "", "one");
    return ended;
  });
  if (!isEnded) throw new NotFound();
  return seeOther(visit, `${ACCOUNT}?done=session`);
}

async function endOthers(deps: OwnerHomeDeps, visit: Visit): Promise<Response> {
  await deps.db.transaction().execute(async (tx) => {
    await endOtherSessions(tx, ownerSessionOf(visit));
    await recordAudit(tx, visit.audit, "", "others");
  });
  return seeOther(visit, `${ACCOUNT}?done=others`);
}

function showPassword(deps: OwnerHomeDeps, visit: Visit): Response {
  return answerPassword(deps, visit, ownerOf(visit).username ?? "", {});
}

function answerPassword(
  deps: OwnerHomeDeps,
  visit: Visit,
  username: string,
  errors: FormErrors,
): Response {
  const props = {
    shell: deps.shell(visit),
    username,
    errors,
    hint: passwordHint(deps.config.passwordPolicy),
  };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  return page(visit, renderPage(<PasswordPage {...props} />), status);
}

async function setPassword(deps: OwnerHomeDeps, visit: Visit): Promise<Response> {
  const sent = await readForm(visit);
  const again = (errors: FormErrors) => answerPassword(deps, visit, sent["username"] ?? "", errors);
  const form = parseForm(passwordForm, sent);
  if (!form.ok) return again(form.errors);
  const owner = ownerOf(visit);
  const errors = newPasswordErrors(deps, owner, form.data);
  if (Object.keys(errors).length > 0) return again(errors);
  const passwordHash = await hashPassword(form.data.password);
  try {
    await deps.db.transaction().execute(async (tx) => {
      await setOwnerPassword(tx, owner.id, { username: form.data.username, passwordHash });
      await endOtherSessions(tx, ownerSessionOf(visit));
      const change = { kind: "password", audience: "owner" } as const;
      await tellOfChange(tx, deps.personalData, { phone: owner.phone, change, now: visit.now });
      await recordAudit(tx, visit.audit, "", "done");
    });
  } catch (error) {
    if (!(error instanceof AlreadyTaken)) throw error;
    return again({ username: "这个用户名已经有人用了，请换一个" });
  }
  return seeOther(visit, `${ACCOUNT}?done=password`);
}

function newPasswordErrors(
  { config }: OwnerHomeDeps,
  { phone }: OwnerAccount,
  { username, password, passwordAgain }: z.infer<typeof passwordForm>,
): FormErrors {
  const wrong = judgePassword(config.passwordPolicy, { password, username, phone });
  if (wrong !== null) return { password: wrong };
  return password === passwordAgain ? {} : { passwordAgain: "两次填的密码不一样，请再填一次" };
}

async function exportData(deps: OwnerHomeDeps, visit: Visit): Promise<Response> {
  await deps.limit(visit, "print");
  const data = await collectOwnData(deps, ownerOf(visit), ownerSessionOf(visit), visit.now);
  await recordAudit(deps.db, visit.audit, "", "done");
  return file(visit, Buffer.from(JSON.stringify(data, null, 2)), {
    mediaType: "application/json; charset=utf-8",
    name: "我的维修资金数据.json",
    isInline: false,
  });
}

function answerClose(deps: OwnerHomeDeps, visit: Visit, errors: FormErrors): Response {
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  return page(visit, renderPage(<ClosePage shell={deps.shell(visit)} errors={errors} />), status);
}

async function close(deps: OwnerHomeDeps, visit: Visit): Promise<Response> {
  const sent = await readForm(visit);
  if (sent["isSure"] !== "yes") {
    return answerClose(deps, visit, { isSure: "请勾选，确认您知道注销不能恢复" });
  }
  await deps.db.transaction().execute(async (tx) => {
    await closeOwnerAccount(tx, deps.personalData, ownerOf(visit));
    await recordAudit(tx, visit.audit, "", "done");
  });
  await signOut(deps.db, visit, "owner");
  return seeOther(visit, OWNER_SIGN_IN);
}
