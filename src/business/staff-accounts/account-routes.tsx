import type { Db } from "#src/platform/database/client.ts";
import { Forbidden, NotFound } from "#src/platform/http/errors.ts";
import { page } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { introduceStaff } from "#src/platform/staff/staff-members.ts";
import { staffOf } from "#src/platform/staff/staff-session.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { AccountsPage, type AccountsPageProps } from "./accounts-page.tsx";
import { type AccountAct, actOnAccount } from "./act-on-account.ts";
import { listAccounts } from "./queries.ts";

export interface AccountsDeps {
  db: Db;
  shell: (visit: Visit) => PageShell;
}

const ACTS: readonly (readonly [act: AccountAct, event: string])[] = [
  ["disable", "staff-disabled"],
  ["enable", "staff-enabled"],
  ["reset-code", "staff-code-reset"],
  ["reset-password", "staff-password-reset"],
];

/** The fund centre's people as an administrator keeps them. */
export function accountRoutes(deps: AccountsDeps): Route[] {
  return [
    {
      method: "GET",
      path: "/review/staff",
      permission: "admin",
      audit: null,
      handle: (visit) => showAccounts(deps, visit, { errors: {}, done: null }, 200),
    },
    ...ACTS.map(
      ([act, event]): Route => ({
        method: "POST",
        path: `/review/staff/:username/${act}`,
        permission: "admin",
        audit: event,
        handle: (visit) => perform(deps, visit, act),
      }),
    ),
  ];
}

async function showAccounts(
  deps: AccountsDeps,
  visit: Visit,
  said: Pick<AccountsPageProps, "errors" | "done">,
  status: number,
): Promise<Response> {
  const member = staffOf(visit);
  const html = renderPage(
    <AccountsPage
      shell={deps.shell(visit)}
      person={introduceStaff(member)}
      ownUsername={member.username}
      accounts={await listAccounts(deps.db)}
      {...said}
    />,
  );
  return page(visit, html, status);
}

async function perform(deps: AccountsDeps, visit: Visit, act: AccountAct): Promise<Response> {
  const username = visit.c.req.param("username") ?? "";
  const { isDemo } = deps.shell(visit);
  const outcome = await actOnAccount(deps.db, {
    admin: staffOf(visit),
    username,
    act,
    isDemo,
    audit: visit.audit,
  });
  switch (outcome.kind) {
    case "unknown":
      throw new NotFound();
    case "done": {
      // Answered at once and not after a redirect: the password is shown on this answer and never again.
      const done = { username, act, password: outcome.password };
      return await showAccounts(deps, visit, { errors: {}, done }, 200);
    }
    case "no-admin":
      throw new Forbidden();
    case "last-admin":
      return await refuse(deps, visit, "这是最后一位系统管理员，不能停用");
    case "own-account":
      return await refuse(deps, visit, "不能办理自己的账号，请另一位管理员来办");
    case "demonstration":
      return await refuse(deps, visit, "这是演示账号，密码是公开的，正式系统里不能恢复");
  }
}

async function refuse(deps: AccountsDeps, visit: Visit, sentence: string): Promise<Response> {
  return await showAccounts(deps, visit, { errors: { "": sentence }, done: null }, 409);
}
