import { checkApplicationNumber } from "#src/kernel/application-number.ts";
import {
  type CalendarDate,
  endOfShanghaiDay,
  formatShanghaiTime,
  parseCalendarDate,
  shanghaiDate,
} from "#src/kernel/calendar-date.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { staffActor } from "#src/platform/staff/staff-members.ts";
import { renderPage } from "#src/ui/render.ts";
import { readDetails } from "./case-history.ts";
import { caseRoutes } from "./case-routes.tsx";
import { readCaseRows } from "./case-rows.ts";
import { CaseSearchPage } from "./case-search-page.tsx";
import { DecidedPage, type DecidedRow } from "./decided-page.tsx";
import { type Desk, openDesk, type ReviewDeskDeps } from "./desk.ts";
import { type DeskVisit, deskFrame, deskVisit } from "./desk-frame.ts";
import { decisionOfStep, REVIEW_ROLES, stageOf } from "./desk-stages.ts";
import {
  countQueue,
  listApplicationsOfHouses,
  listOwnDecisions,
  listQueue,
  listQueueDistricts,
  type OwnDecision,
} from "./queue.ts";
import { HomePage, QueuePage } from "./queue-page.tsx";
import { readQueueFilter } from "./schema.ts";

/** The fund centre's review desk: the queue of a role, what one decided, and the applications themselves. */
export function reviewDeskRoutes(deps: ReviewDeskDeps): Route[] {
  const desk = openDesk(deps);
  return [
    {
      method: "GET",
      path: "/review",
      permission: "staff",
      audit: null,
      handle: (visit) => showQueue(desk, visit),
    },
    {
      method: "GET",
      path: "/review/decided",
      permission: "case-worker",
      audit: null,
      handle: (visit) => showDecided(desk, visit),
    },
    {
      method: "GET",
      path: "/review/search",
      permission: "case-worker",
      audit: null,
      handle: (visit) => search(desk, visit),
    },
    ...caseRoutes(desk),
  ];
}

async function showQueue(desk: Desk, visit: Visit): Promise<Response> {
  const mine = deskVisit(desk.reviewed, visit);
  const frame = await deskFrame(desk, visit, mine);
  const isCaseWorker = mine.member.roles.some((role) => REVIEW_ROLES.some((one) => one === role));
  if (!isCaseWorker) return page(visit, renderPage(<HomePage {...frame} />));
  const filter = readQueueFilter((name) => visit.c.req.query(name));
  const numbers = await listQueue(desk.db, mine.queue, filter);
  const html = renderPage(
    <QueuePage
      {...frame}
      filter={filter}
      rows={await readCaseRows(desk.db, desk.findReviewed, numbers, visit.now)}
      counts={await countQueue(desk.db, mine.queue, filter)}
      kinds={kindsOf(mine)}
      districts={await listQueueDistricts(desk.db, mine.queue)}
    />,
  );
  return page(visit, html);
}

function kindsOf({ queue }: DeskVisit): { kind: string; title: string }[] {
  const titles = new Map(queue.stages.map(({ descriptor }) => [descriptor.kind, descriptor.title]));
  return [...titles].map(([kind, title]) => ({ kind, title }));
}

async function showDecided(desk: Desk, visit: Visit): Promise<Response> {
  const mine = deskVisit(desk.reviewed, visit);
  const today = shanghaiDate(visit.now);
  const day = parseCalendarDate(visit.c.req.query("day") ?? "") ?? today;
  const decisions = await listOwnDecisions(desk.db, staffActor(mine.member), dayOf(day));
  const html = renderPage(
    <DecidedPage
      {...(await deskFrame(desk, visit, mine))}
      day={day}
      rows={decisions.flatMap((decision) => decidedRow(desk, decision) ?? [])}
    />,
  );
  return page(visit, html);
}

function dayOf(day: CalendarDate): { from: Date; until: Date } {
  const until = endOfShanghaiDay(day);
  return { from: new Date(until.getTime() + 1 - 24 * 3_600_000), until };
}

function decidedRow(desk: Desk, decision: OwnDecision): DecidedRow | null {
  const descriptor = desk.findReviewed(decision.kind);
  if (descriptor === null) return null;
  const name = readDetails(decision.details).decision;
  const taken = decisionOfStep(descriptor, decision, name);
  const stage = stageOf(descriptor, decision.state);
  return {
    number: decision.number,
    title: descriptor.title,
    decided: taken ? `${taken.stage.title}：${taken.decision.label}` : "办理",
    time: formatShanghaiTime(decision.at).slice(11),
    state: stage ? `待${stage.title}` : "不在审核中",
    mark: stage ? "half" : "full",
  };
}

async function search(desk: Desk, visit: Visit): Promise<Response> {
  const typed = (visit.c.req.query("q") ?? "").trim();
  const check = checkApplicationNumber(typed);
  if (check.ok) return seeOther(visit, `/review/applications/${check.number}`);
  const sentence = numberSentence(check);
  const numbers = sentence === null ? await numbersAt(desk, typed) : [];
  const frame = await deskFrame(desk, visit, deskVisit(desk.reviewed, visit));
  const rows = await readCaseRows(desk.db, desk.findReviewed, numbers, visit.now);
  const html = renderPage(
    <CaseSearchPage {...frame} typed={typed} sentence={sentence} rows={rows} />,
  );
  return page(visit, html, sentence === null ? 200 : 422);
}

/** Ten and more digits were meant as a number of an application. */
function numberSentence(check: Exclude<ReturnType<typeof checkApplicationNumber>, { ok: true }>) {
  const digits = check.digits ?? 0;
  switch (check.reason) {
    case "empty":
      return "请输入业务单编号或房屋地址";
    case "length":
      return digits < 10 ? null : `业务单编号应是 18 位数字，现在是 ${digits} 位`;
    case "check-digit":
      return "业务单编号有一位不对，请对照单据再看一遍";
    case "not-digits":
      return null;
  }
}

async function numbersAt(desk: Desk, typed: string): Promise<string[]> {
  const answer = await desk.search.search(typed);
  if (answer.kind === "guidance") return [];
  const kinds = desk.reviewed.map(({ kind }) => kind);
  const houses = answer.exact.length > 0 ? answer.exact : answer.near;
  return await listApplicationsOfHouses(desk.db, houses, kinds);
}
