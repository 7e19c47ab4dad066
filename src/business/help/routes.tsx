import type { VNode } from "preact";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { Db } from "#src/platform/database/client.ts";
import { page } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { readCitySettings } from "#src/register/city-settings.ts";
import { getCalendarExceptions, listCalendarDays } from "#src/register/work-calendar.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { ObjectionsPage, QuestionsPage } from "./answers-pages.tsx";
import { BranchesPage } from "./branches-page.tsx";
import { hoursWords, openingAt, unusualDays } from "./opening.ts";
import { HelpPage } from "./pages.tsx";
import { listBankBranches, listBranchFilters, listServiceWindows } from "./queries.ts";
import { questionGroups } from "./questions.ts";
import { readBranchQuery } from "./schema.ts";

/** How far ahead closings are told. */
const TOLD_DAYS = 60;

export interface HelpDeps {
  db: Db;
  /** Whether text messages leave the house. */
  isSmsAvailable: boolean;
  shell: (visit: Visit) => PageShell;
}

/** 帮助: whom to ask, where and when; the banks' branches; questions; objections. */
export function helpRoutes(deps: HelpDeps): Route[] {
  const show = (path: string, draw: (visit: Visit) => Promise<VNode> | VNode): Route => ({
    method: "GET",
    path,
    permission: "anyone",
    audit: null,
    handle: async (visit) => page(visit, renderPage(await draw(visit)), 200, "revalidate"),
  });
  return [
    show("/help", (visit) => drawHelp(deps, visit)),
    show("/help/branches", (visit) => drawBranches(deps, visit)),
    show("/help/questions", (visit) => (
      <QuestionsPage shell={deps.shell(visit)} groups={questionGroups(deps.isSmsAvailable)} />
    )),
    show("/help/objections", (visit) => <ObjectionsPage shell={deps.shell(visit)} />),
  ];
}

async function drawHelp({ db, shell }: HelpDeps, visit: Visit): Promise<VNode> {
  const today = shanghaiDate(visit.now);
  const year = Number.parseInt(today, 10);
  const [settings, exceptions, thisYear, nextYear, windows] = await Promise.all([
    readCitySettings(db, today),
    getCalendarExceptions(db, today),
    listCalendarDays(db, year),
    listCalendarDays(db, year + 1),
    listServiceWindows(db),
  ]);
  const hours = settings["service-hours"];
  return (
    <HelpPage
      shell={shell(visit)}
      opening={openingAt(visit.now, hours, exceptions)}
      hours={hoursWords(hours)}
      unusual={unusualDays(today, [...thisYear, ...nextYear], TOLD_DAYS)}
      windows={windows}
    />
  );
}

async function drawBranches({ db, shell }: HelpDeps, visit: Visit): Promise<VNode> {
  const wanted = readBranchQuery(visit.c.req.query());
  const [filters, branches] = await Promise.all([
    listBranchFilters(db),
    listBankBranches(db, wanted),
  ]);
  return (
    <BranchesPage shell={shell(visit)} wanted={wanted} filters={filters} branches={branches} />
  );
}
