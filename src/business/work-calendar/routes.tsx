import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { Db } from "#src/platform/database/client.ts";
import { BadRequest, NotFound } from "#src/platform/http/errors.ts";
import { readForm, type SentForm } from "#src/platform/http/form.ts";
import { parseForm } from "#src/platform/http/parse-form.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { introduceStaff } from "#src/platform/staff/staff-members.ts";
import { staffOf } from "#src/platform/staff/staff-session.ts";
import { findMissingYears, listCalendarDays } from "#src/register/work-calendar.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { enterCalendarDays, removeCalendarDay } from "./change-calendar.ts";
import { CalendarPage, type TypedEntry } from "./pages.tsx";
import { calendarForm, daysOf, lastEnterableDay, readYear, removeForm } from "./schema.ts";

export interface WorkCalendarDeps {
  db: Db;
  shell: (visit: Visit) => PageShell;
}

/** 工作日历: the administrators keep the holidays by which promises to the public are counted. */
export function workCalendarRoutes(deps: WorkCalendarDeps): Route[] {
  return [
    {
      method: "GET",
      path: "/review/calendar",
      permission: "admin",
      audit: null,
      handle: (visit) => show(deps, visit, NOTHING_TYPED, {}),
    },
    {
      method: "POST",
      path: "/review/calendar",
      permission: "admin",
      audit: "calendar-days-entered",
      handle: (visit) => enter(deps, visit),
    },
    {
      method: "POST",
      path: "/review/calendar/remove",
      permission: "admin",
      audit: "calendar-day-removed",
      handle: (visit) => remove(deps, visit),
    },
  ];
}

const NOTHING_TYPED: TypedEntry = { kind: "holiday", firstDay: "", lastDay: "", name: "" };

async function show(
  deps: WorkCalendarDeps,
  visit: Visit,
  typed: TypedEntry,
  errors: FormErrors,
  status = 200,
): Promise<Response> {
  const today = shanghaiDate(visit.now);
  const year = readYear(visit.c.req.query("year"), today);
  if (year === null) throw new NotFound();
  const html = renderPage(
    <CalendarPage
      shell={deps.shell(visit)}
      person={introduceStaff(staffOf(visit))}
      year={year}
      days={await listCalendarDays(deps.db, year)}
      missingYears={await findMissingYears(deps.db, today)}
      today={today}
      lastDay={lastEnterableDay(today)}
      typed={typed}
      errors={errors}
    />,
  );
  return page(visit, html, status);
}

async function enter(deps: WorkCalendarDeps, visit: Visit): Promise<Response> {
  const sent = await readForm(visit);
  const form = parseForm(calendarForm(shanghaiDate(visit.now)), sent);
  if (!form.ok) return await show(deps, visit, typedIn(sent), form.errors, 422);
  const read = daysOf(form.data);
  if (!read.ok) return await show(deps, visit, typedIn(sent), read.errors, 422);
  const { kind, name, firstDay } = form.data;
  const outcome = await enterCalendarDays(deps.db, { days: read.days, kind, name }, visit.audit);
  if (outcome.ok) return seeOther(visit, yearPath(firstDay));
  return await show(deps, visit, typedIn(sent), { firstDay: outcome.sentence }, 409);
}

function typedIn(sent: SentForm): TypedEntry {
  const { kind = "", firstDay = "", lastDay = "", name = "" } = sent;
  return { kind, firstDay, lastDay, name };
}

async function remove(deps: WorkCalendarDeps, visit: Visit): Promise<Response> {
  const form = parseForm(removeForm, await readForm(visit));
  if (!form.ok) throw new BadRequest("没有这一天，请回到工作日历，重新点“删除”");
  const { day } = form.data;
  const act = { day, today: shanghaiDate(visit.now) };
  // A day that is gone already is what was wanted.
  await removeCalendarDay(deps.db, act, visit.audit);
  return seeOther(visit, yearPath(day));
}

function yearPath(day: string): string {
  return `/review/calendar?year=${day.slice(0, 4)}`;
}
