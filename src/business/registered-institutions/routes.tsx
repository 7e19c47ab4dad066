import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { Db } from "#src/platform/database/client.ts";
import { NotFound } from "#src/platform/http/errors.ts";
import { readForm, type SentForm } from "#src/platform/http/form.ts";
import { parseForm } from "#src/platform/http/parse-form.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { introduceStaff, staffActor } from "#src/platform/staff/staff-members.ts";
import { staffOf } from "#src/platform/staff/staff-session.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import {
  type ActOutcome,
  actOnInstitution,
  endBinding,
  type InstitutionAct,
  renewBinding,
} from "./act-on-institution.ts";
import { InstitutionPage, type TriedAct } from "./institution-page.tsx";
import { InstitutionsPage } from "./list-page.tsx";
import { findKeptInstitution, listInstitutions } from "./queries.ts";
import { actForm, readInstitutionFilter, renewalForm } from "./schema.ts";

export interface RegisteredInstitutionsDeps {
  db: Db;
  shell: (visit: Visit) => PageShell;
}

const ACTS: readonly (readonly [act: InstitutionAct, event: string])[] = [
  ["suspend", "institution-suspended"],
  ["resume", "institution-resumed"],
  ["close", "institution-closed"],
];

/** The institutions as an administrator of the fund centre keeps them: suspend, resume, close, end, renew. */
export function registeredInstitutionsRoutes(deps: RegisteredInstitutionsDeps): Route[] {
  const one = "/review/institutions/:id";
  return [
    {
      method: "GET",
      path: "/review/institutions",
      permission: "admin",
      audit: null,
      handle: (visit) => showList(deps, visit),
    },
    {
      method: "GET",
      path: one,
      permission: "admin",
      audit: null,
      handle: (visit) => showOne(deps, visit, null, 200),
    },
    ...ACTS.map(
      ([act, event]): Route => ({
        method: "POST",
        path: `${one}/${act}`,
        permission: "admin",
        audit: event,
        handle: (visit) => perform(deps, visit, act),
      }),
    ),
    {
      method: "POST",
      path: `${one}/estates/:estate/end`,
      permission: "admin",
      audit: "binding-ended",
      handle: (visit) => perform(deps, visit, "end"),
    },
    {
      method: "POST",
      path: `${one}/estates/:estate/renew`,
      permission: "admin",
      audit: "binding-renewed",
      handle: (visit) => perform(deps, visit, "renew"),
    },
  ];
}

async function showList(deps: RegisteredInstitutionsDeps, visit: Visit): Promise<Response> {
  const filter = readInstitutionFilter((name) => visit.c.req.query(name));
  const html = renderPage(
    <InstitutionsPage
      shell={deps.shell(visit)}
      person={introduceStaff(staffOf(visit))}
      filter={filter}
      {...(await listInstitutions(deps.db, filter))}
    />,
  );
  return page(visit, html);
}

function idOf(visit: Visit): number {
  const id = visit.c.req.param("id") ?? "";
  if (!/^[1-9][0-9]{0,8}$/.test(id)) throw new NotFound();
  return Number.parseInt(id, 10);
}

async function showOne(
  deps: RegisteredInstitutionsDeps,
  visit: Visit,
  tried: TriedAct | null,
  status: number,
): Promise<Response> {
  const institution = await findKeptInstitution(deps.db, idOf(visit));
  if (institution === null) throw new NotFound();
  const html = renderPage(
    <InstitutionPage
      shell={deps.shell(visit)}
      person={introduceStaff(staffOf(visit))}
      institution={institution}
      tried={tried}
      isDone={visit.c.req.query("done") === "1"}
    />,
  );
  return page(visit, html, status);
}

type Act = InstitutionAct | "end" | "renew";

async function perform(
  deps: RegisteredInstitutionsDeps,
  visit: Visit,
  act: Act,
): Promise<Response> {
  const institutionId = idOf(visit);
  const sent = await readForm(visit);
  const outcome = await carryOut(deps, visit, { act, institutionId, sent });
  switch (outcome.kind) {
    case "unknown":
      throw new NotFound();
    case "done":
      return seeOther(visit, `/review/institutions/${institutionId}?done=1`);
    case "moved-on":
      return await tryAgain(deps, visit, act, sent, { "": MOVED_ON }, 409);
    case "refused":
      return await tryAgain(deps, visit, act, sent, outcome.errors, 422);
  }
}

const MOVED_ON = "这个机构或绑定已经不是刚才的状态了，没有办理。请看现在的状态";

async function carryOut(
  { db }: RegisteredInstitutionsDeps,
  visit: Visit,
  { act, institutionId, sent }: { act: Act; institutionId: number; sent: SentForm },
): Promise<ActOutcome> {
  const actor = staffActor(staffOf(visit));
  const by = { institutionId, actor, now: visit.now, audit: visit.audit };
  const estateCode = visit.c.req.param("estate") ?? "";
  if (act === "renew") {
    const form = parseForm(renewalForm(shanghaiDate(visit.now)), sent);
    if (!form.ok) return await refuse(db, institutionId, form.errors);
    return await renewBinding(db, { ...by, ...form.data, estateCode });
  }
  const form = parseForm(actForm, sent);
  if (!form.ok) return await refuse(db, institutionId, form.errors);
  return act === "end"
    ? await endBinding(db, { ...by, ...form.data, estateCode })
    : await actOnInstitution(db, act, { ...by, ...form.data });
}

/** A number that is none's is told before a form is judged. */
async function refuse(db: Db, id: number, errors: FormErrors): Promise<ActOutcome> {
  const institution = await findKeptInstitution(db, id);
  return institution === null ? { kind: "unknown" } : { kind: "refused", errors };
}

async function tryAgain(
  deps: RegisteredInstitutionsDeps,
  visit: Visit,
  act: Act,
  sent: SentForm,
  errors: FormErrors,
  status: number,
): Promise<Response> {
  const tried: TriedAct = {
    form: `${act}-${visit.c.req.param("estate") ?? ""}`,
    reason: sent["reason"] ?? "",
    endsOn: sent["endsOn"] ?? "",
    errors,
  };
  return await showOne(deps, visit, tried, status);
}
