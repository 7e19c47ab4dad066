import type { ApplicationEvent } from "#src/applications/find-application.ts";
import { recordReading } from "#src/platform/audit.ts";
import { BadRequest, Forbidden, NotFound } from "#src/platform/http/errors.ts";
import { readForm } from "#src/platform/http/form.ts";
import { parseForm } from "#src/platform/http/parse-form.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { findStaffNames, staffActor } from "#src/platform/staff/staff-members.ts";
import { renderPage } from "#src/ui/render.ts";
import { readDetails, whoOf } from "./case-history.ts";
import { CasePage } from "./case-page.tsx";
import { printSlip } from "./case-slips.tsx";
import { type DecideOutcome, decide } from "./decide.ts";
import type { Desk } from "./desk.ts";
import { type DeskVisit, deskFrame, deskVisit } from "./desk-frame.ts";
import { decisionOfStep } from "./desk-stages.ts";
import { type Case, loadCase } from "./load-case.ts";
import { type Revealed, revealPersonalData } from "./reveal.ts";
import { readSentDecision, revealForm, type SentDecision } from "./schema.ts";

/** The page of one application at the desk, the decision on it, and its personal data in clear. */
export function caseRoutes(desk: Desk): Route[] {
  const permission = "case-worker" as const;
  return [
    {
      method: "GET",
      path: "/review/applications/:number",
      permission,
      audit: null,
      handle: (visit) => showCase(desk, visit, {}, 200),
    },
    {
      method: "GET",
      path: "/review/applications/:number/slips/:slip",
      permission,
      audit: "slip-printed",
      handle: async (visit) => {
        const found = await caseOf(desk, visit, deskVisit(desk.reviewed, visit));
        return await printSlip(desk, visit, found);
      },
    },
    {
      method: "POST",
      path: "/review/applications/:number/decide",
      permission,
      audit: "application-decided",
      handle: (visit) => takeDecision(desk, visit),
    },
    {
      method: "POST",
      path: "/review/applications/:number/look",
      permission,
      audit: "document-chosen",
      handle: (visit) => look(desk, visit),
    },
    {
      method: "POST",
      path: "/review/applications/:number/reveal",
      permission,
      audit: "personal-data-revealed",
      handle: (visit) => reveal(desk, visit),
    },
  ];
}

interface Shown {
  sent?: SentDecision;
  errors?: Readonly<Record<string, string>>;
  revealed?: Revealed;
}

const numberOf = (visit: Visit) => visit.c.req.param("number") ?? "";

async function caseOf(desk: Desk, visit: Visit, mine: DeskVisit): Promise<Case> {
  const found = await loadCase(desk, mine, numberOf(visit), visit.now);
  if (found === null) throw new NotFound();
  return found;
}

async function showCase(desk: Desk, visit: Visit, shown: Shown, status: number): Promise<Response> {
  const mine = deskVisit(desk.reviewed, visit);
  const found = await caseOf(desk, visit, mine);
  const html = renderPage(
    <CasePage
      {...(await deskFrame(desk, visit, mine))}
      shown={found}
      sent={shown.sent ?? null}
      errors={shown.errors ?? {}}
      revealed={shown.revealed ?? null}
      justDecided={justDecided(desk, visit, mine, found)}
    />,
  );
  return page(visit, html, status);
}

/** What the redirect says was just decided, if the timeline agrees with it. */
function justDecided(desk: Desk, visit: Visit, { member }: DeskVisit, found: Case): string | null {
  const last = found.application.events.at(-1);
  const isMine = last !== undefined && last.actor === staffActor(member);
  if (visit.c.req.query("done") !== "1" || !isMine) return null;
  return stepWords(desk, found.application.kind, last);
}

function stepWords(desk: Desk, kind: string, step: ApplicationEvent): string | null {
  const descriptor = desk.findReviewed(kind);
  const name = readDetails(step.details).decision;
  const taken = descriptor && decisionOfStep(descriptor, step, name);
  return taken && `${taken.stage.title}：${taken.decision.label}`;
}

async function takeDecision(desk: Desk, visit: Visit): Promise<Response> {
  const { member } = deskVisit(desk.reviewed, visit);
  const sent = readSentDecision(await readForm(visit));
  const number = numberOf(visit);
  const act = { number, member, sent, now: visit.now, audit: visit.audit };
  const outcome = await decide(desk, act);
  switch (outcome.kind) {
    case "decided":
      return seeOther(visit, `/review/applications/${number}?done=1`);
    case "unknown":
      throw new NotFound();
    case "not-yours":
      throw new Forbidden();
    case "no-such-decision":
      throw new BadRequest("没有这个审核决定，请从业务单的页面上办理");
    case "refused":
      return await showCase(desk, visit, { sent, errors: outcome.errors }, 422);
    default: {
      const sentence = await conflictSentence(desk, number, outcome);
      return await showCase(desk, visit, { sent, errors: { "": sentence } }, 409);
    }
  }
}

type Conflict = Extract<DecideOutcome, { kind: "already" | "own-work" | "stale" | "busy" }>;

async function conflictSentence(desk: Desk, number: string, outcome: Conflict): Promise<string> {
  switch (outcome.kind) {
    case "own-work":
      return "您已经用别的岗位办过这笔业务，审批要由另一个人来办";
    case "stale":
      return "您看过以后，这笔业务的内容或金额有变化，决定没有记录。请看过新的内容再决定";
    case "busy":
      return "别人正在办这笔业务，您的决定没有记录。请稍等一会儿再提交";
    case "already":
      return await alreadySentence(desk, number, outcome.last);
  }
}

async function alreadySentence(
  desk: Desk,
  number: string,
  last: ApplicationEvent | null,
): Promise<string> {
  if (last === null) return "这笔业务刚刚已经往下办了，您的决定没有记录";
  const names = await findStaffNames(desk.db, [last.actor]);
  const words = await lastStepWords(desk, number, last);
  return `这笔业务已经由${whoOf(last, names)}办过${words}，您的决定没有记录`;
}

async function lastStepWords(desk: Desk, number: string, last: ApplicationEvent) {
  const row = await desk.db
    .selectFrom("application")
    .select("kind")
    .where("number", "=", number)
    .executeTakeFirst();
  const words = row && stepWords(desk, row.kind, last);
  return words ? `（${words}）` : "";
}

/** Opens another page of the documents beside what is typed. The picture's own address records the look. */
async function look(desk: Desk, visit: Visit): Promise<Response> {
  const sent = readSentDecision(await readForm(visit));
  const answer = await showCase(desk, visit, { sent }, 200);
  await recordReading(desk.db, visit.audit, numberOf(visit), "document-chosen");
  return answer;
}

async function reveal(desk: Desk, visit: Visit): Promise<Response> {
  const form = await readForm(visit);
  const sent = readSentDecision(form);
  const found = await caseOf(desk, visit, deskVisit(desk.reviewed, visit));
  const reading = parseForm(revealForm, form);
  if (!reading.ok) return await showCase(desk, visit, { sent, errors: reading.errors }, 422);
  const { number, kind } = found.application;
  const descriptor = desk.findReviewed(kind);
  const reason = reading.data.revealReason;
  const revealed =
    descriptor &&
    (await revealPersonalData(desk.db, { number, descriptor, reason, audit: visit.audit }));
  if (!revealed) throw new NotFound();
  return await showCase(desk, visit, { sent, revealed }, 200);
}
