import {
  institutionSessionOf,
  institutionUserOf,
  requireInstitutionStepUp,
} from "#src/accounts/institutions/institution-session.ts";
import { introduceInstitutionUser } from "#src/accounts/institutions/institution-user.ts";
import { recordAudit } from "#src/platform/audit.ts";
import type { Db } from "#src/platform/database/client.ts";
import { BadRequest, Forbidden, NotFound } from "#src/platform/http/errors.ts";
import { readForm, type SentForm } from "#src/platform/http/form.ts";
import { parseForm } from "#src/platform/http/parse-form.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { endOtherSessions, endSessionById, listSessions } from "#src/platform/sessions.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { actOnUser, inviteUser, type UserAct } from "./change-users.ts";
import { listUsers } from "./queries.ts";
import { invitation } from "./schema.ts";
import { SessionsPage } from "./sessions-page.tsx";
import { UsersPage, type UsersPageProps } from "./users-page.tsx";

export interface InstitutionAccountsDeps {
  db: Db;
  personalData: PersonalData;
  shell: (visit: Visit) => PageShell;
}

const USERS = "/workbench/users";
const SESSIONS = "/workbench/sessions";

const ACTS: readonly (readonly [act: UserAct, event: string])[] = [
  ["disable", "institution-user-disabled"],
  ["enable", "institution-user-enabled"],
  ["reset-password", "institution-user-password-reset"],
];

/** Who of an institution signs in, kept by its administrator, and everybody's own sessions. */
export function institutionAccountsRoutes(deps: InstitutionAccountsDeps): Route[] {
  const admin = "institution-admin" as const;
  return [
    {
      method: "GET",
      path: USERS,
      permission: admin,
      audit: null,
      handle: (visit) => steppedUp(deps, visit, () => showUsers(deps, visit, NOTHING_SAID, 200)),
    },
    {
      method: "POST",
      path: USERS,
      permission: admin,
      audit: "institution-user-invited",
      handle: (visit) => steppedUp(deps, visit, () => invite(deps, visit)),
    },
    ...ACTS.map(
      ([act, event]): Route => ({
        method: "POST",
        path: `${USERS}/:username/${act}`,
        permission: admin,
        audit: event,
        handle: (visit) => steppedUp(deps, visit, () => perform(deps, visit, act)),
      }),
    ),
    {
      method: "GET",
      path: SESSIONS,
      permission: "institution",
      audit: null,
      handle: (visit) => showSessions(deps, visit),
    },
    {
      method: "POST",
      path: `${SESSIONS}/end`,
      permission: "institution",
      audit: "institution-session-ended",
      handle: (visit) => endOne(deps, visit),
    },
    {
      method: "POST",
      path: `${SESSIONS}/end-others`,
      permission: "institution",
      audit: "institution-sessions-ended",
      handle: (visit) => endOthers(deps, visit),
    },
  ];
}

/** Accounts are opened only to somebody who gave his password within the last minutes. */
async function steppedUp(
  { db }: InstitutionAccountsDeps,
  visit: Visit,
  go: () => Promise<Response>,
): Promise<Response> {
  return (await requireInstitutionStepUp(db, visit, USERS)) ?? (await go());
}

type Said = Pick<UsersPageProps, "typed" | "errors" | "done">;
const NOTHING_SAID: Said = { typed: {}, errors: {}, done: null };

async function showUsers(
  { db, personalData, shell }: InstitutionAccountsDeps,
  visit: Visit,
  said: Said,
  status: number,
): Promise<Response> {
  const user = institutionUserOf(visit);
  const html = renderPage(
    <UsersPage
      shell={shell(visit)}
      person={introduceInstitutionUser(user)}
      ownUsername={user.username}
      users={await listUsers(db, personalData, user.institution.id)}
      {...said}
    />,
  );
  return page(visit, html, status);
}

async function invite(deps: InstitutionAccountsDeps, visit: Visit): Promise<Response> {
  const sent: SentForm = await readForm(visit);
  const form = parseForm(invitation, sent);
  const refuse = (errors: UsersPageProps["errors"], status: number) =>
    showUsers(deps, visit, { typed: sent, errors, done: null }, status);
  if (!form.ok) return await refuse(form.errors, 422);
  const admin = institutionUserOf(visit);
  const outcome = await inviteUser(deps, { admin, audit: visit.audit }, form.data);
  switch (outcome.kind) {
    case "no-admin":
      throw new Forbidden();
    case "taken":
      return await refuse({ username: "这个用户名已经有人用，请换一个" }, 422);
    case "invited": {
      // Answered at once and not after a redirect: the password is shown on this answer and never again.
      const { username } = form.data;
      const done = { username, act: "invite", password: outcome.password } as const;
      return await showUsers(deps, visit, { ...NOTHING_SAID, done }, 200);
    }
  }
}

async function perform(
  deps: InstitutionAccountsDeps,
  visit: Visit,
  act: UserAct,
): Promise<Response> {
  const username = visit.c.req.param("username") ?? "";
  const { isDemo } = deps.shell(visit);
  const by = { admin: institutionUserOf(visit), audit: visit.audit };
  const outcome = await actOnUser(deps, by, { username, act, isDemo, now: visit.now });
  const refuse = (sentence: string) =>
    showUsers(deps, visit, { ...NOTHING_SAID, errors: { "": sentence } }, 409);
  switch (outcome.kind) {
    case "unknown":
      throw new NotFound();
    case "no-admin":
      throw new Forbidden();
    case "own-account":
      return await refuse("不能办理自己的账号，请另一位管理员来办");
    case "last-admin":
      return await refuse("这是最后一位管理员，不能停用");
    case "demonstration":
      return await refuse("这是演示账号，密码是公开的，正式系统里不能恢复");
    case "done": {
      const done = { username, act, password: outcome.password };
      return await showUsers(deps, visit, { ...NOTHING_SAID, done }, 200);
    }
  }
}

async function showSessions(
  { db, shell }: InstitutionAccountsDeps,
  visit: Visit,
): Promise<Response> {
  const sessions = await listSessions(db, institutionSessionOf(visit), visit.now);
  const person = introduceInstitutionUser(institutionUserOf(visit));
  const html = renderPage(
    <SessionsPage shell={shell(visit)} person={person} sessions={sessions} />,
  );
  return page(visit, html);
}

async function endOne({ db }: InstitutionAccountsDeps, visit: Visit): Promise<Response> {
  const id = (await readForm(visit))["session"] ?? "";
  if (!/^[1-9][0-9]{0,8}$/.test(id)) throw new BadRequest("请从登录列表上选一个来退出");
  const held = institutionSessionOf(visit);
  // Ended meanwhile, or never his: it is not among his sessions, as he wanted.
  await db.transaction().execute(async (tx) => {
    const isEnded = await endSessionById(tx, held, Number.parseInt(id, 10));
    await recordAudit(tx, visit.audit, visit.actor, isEnded ? "done" : "refused");
  });
  return seeOther(visit, SESSIONS);
}

async function endOthers({ db }: InstitutionAccountsDeps, visit: Visit): Promise<Response> {
  await db.transaction().execute(async (tx) => {
    await endOtherSessions(tx, institutionSessionOf(visit));
    await recordAudit(tx, visit.audit, visit.actor, "done");
  });
  return seeOther(visit, SESSIONS);
}
