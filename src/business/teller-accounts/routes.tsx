import type { Db } from "#src/platform/database/client.ts";
import { NotFound } from "#src/platform/http/errors.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { introduceStaff, staffActor } from "#src/platform/staff/staff-members.ts";
import { staffOf } from "#src/platform/staff/staff-session.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { TellersPage } from "./pages.tsx";
import { listTellers } from "./queries.ts";
import { type ResetAct, type ResetOutcome, resetTellerCode } from "./reset-code.ts";

export interface TellerAccountsDeps {
  db: Db;
  shell: (visit: Visit) => PageShell;
  areTellerCodesOn: boolean;
}

const PATH = "/review/tellers";
const ACTS: readonly (readonly [act: ResetAct, path: string, event: string])[] = [
  ["ask", "ask-reset", "teller-code-reset-asked"],
  ["do", "reset", "teller-code-reset"],
  ["withdraw", "withdraw-reset", "teller-code-reset-withdrawn"],
];

/** The banks' tellers as the fund centre's administrators see them, and the reset of their codes. */
export function tellerAccountRoutes(deps: TellerAccountsDeps): Route[] {
  return [
    {
      method: "GET",
      path: PATH,
      permission: "admin",
      audit: null,
      handle: (visit) => showTellers(deps, visit, {}, 200),
    },
    ...ACTS.map(
      ([act, path, event]): Route => ({
        method: "POST",
        path: `${PATH}/:username/${path}`,
        permission: "admin",
        audit: event,
        handle: (visit) => perform(deps, visit, act),
      }),
    ),
  ];
}

async function showTellers(
  deps: TellerAccountsDeps,
  visit: Visit,
  errors: FormErrors,
  status: number,
): Promise<Response> {
  const member = staffOf(visit);
  const html = renderPage(
    <TellersPage
      shell={deps.shell(visit)}
      person={introduceStaff(member)}
      ownActor={staffActor(member)}
      tellers={await listTellers(deps.db)}
      areCodesOn={deps.areTellerCodesOn}
      done={visit.c.req.query("done") ?? null}
      errors={errors}
      now={visit.now}
    />,
  );
  return page(visit, html, status);
}

async function perform(deps: TellerAccountsDeps, visit: Visit, act: ResetAct): Promise<Response> {
  const username = visit.c.req.param("username") ?? "";
  const admin = staffActor(staffOf(visit));
  const request = { act, username, admin, now: visit.now, audit: visit.audit };
  const outcome = await resetTellerCode(deps.db, request);
  if (outcome.kind === "unknown") throw new NotFound();
  if (outcome.kind === "done") return seeOther(visit, `${PATH}?done=${act}`);
  return await showTellers(deps, visit, { "": REFUSALS[outcome.kind] }, 409);
}

const REFUSALS: Readonly<Record<Exclude<ResetOutcome["kind"], "done" | "unknown">, string>> = {
  "no-code": "这位柜员还没有设置动态口令，不用重置",
  "asked-already": "已经有人申请重置这位柜员的动态口令，请另一位管理员确认",
  "not-asked": "没有待确认的重置申请，可能已经办好、撤回或超过 24 小时，请看最新情况",
  "own-request": "申请是您提出的，须由另一位管理员确认",
};
