import { type CancelOutcome, cancelApplication } from "#src/applications/cancel-application.ts";
import { findApplication } from "#src/applications/find-application.ts";
import { NotFound } from "#src/platform/http/errors.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { renderPage } from "#src/ui/render.ts";
import { CancelPage } from "./cancel-page.tsx";
import { NotProvenPage } from "./proof-pages.tsx";
import {
  actsNow,
  requireVisited,
  type StatusDeps,
  type VisitedApplication,
} from "./visited-application.ts";

/** Taking an application back: what it means first, then the act. */
export function cancelRoutes(deps: StatusDeps): Route[] {
  return [
    {
      method: "GET",
      path: "/applications/:number/cancel",
      permission: "anyone",
      audit: null,
      handle: (visit) => ask(deps, visit),
    },
    {
      method: "POST",
      path: "/applications/:number/cancel",
      permission: "anyone",
      audit: "application-cancelled",
      handle: (visit) => cancel(deps, visit),
    },
  ];
}

/** The application that is to be taken back by its proven applicant, or the page to answer with instead. */
async function cancellableOf(
  deps: StatusDeps,
  visit: Visit,
): Promise<VisitedApplication | Response> {
  const visited = await requireVisited(deps, visit);
  if (visited.descriptor.applicantActs?.cancel === undefined) throw new NotFound();
  if (visited.isProven) return visited;
  const words = { shell: deps.shell(visit), number: visited.application.number };
  const html = renderPage(
    <NotProvenPage {...words} act="撤销这笔业务" isSmsAvailable={deps.sms.isAvailable} />,
  );
  return page(visit, html, 403);
}

async function ask(deps: StatusDeps, visit: Visit): Promise<Response> {
  const visited = await cancellableOf(deps, visit);
  if (visited instanceof Response) return visited;
  const isOpen = actsNow(visited).canCancel;
  return await answer(deps, visit, visited, isOpen ? null : await tooLate(deps, visit, visited));
}

async function cancel(deps: StatusDeps, visit: Visit): Promise<Response> {
  const visited = await cancellableOf(deps, visit);
  if (visited instanceof Response) return visited;
  await deps.limit(visit, "submit");
  const { descriptor } = visited;
  const { number } = visited.application;
  const act = { number, descriptor, now: visit.now };
  const outcome = await cancelApplication(deps.db, act, visit.audit);
  if (outcome.kind === "cancelled") return seeOther(visit, `/applications/${number}`);
  return await answer(deps, visit, visited, await sentenceOf(deps, visit, visited, outcome));
}

async function sentenceOf(
  deps: StatusDeps,
  visit: Visit,
  visited: VisitedApplication,
  outcome: Exclude<CancelOutcome, { kind: "cancelled" }>,
): Promise<string> {
  return outcome.kind === "refused" ? outcome.sentence : await tooLate(deps, visit, visited);
}

/** Somebody took a step first: says what the application is now. */
async function tooLate(
  deps: StatusDeps,
  visit: Visit,
  { application, descriptor }: VisitedApplication,
): Promise<string> {
  const fresh = (await findApplication(deps.db, application.number)) ?? application;
  const { state } = await descriptor.tell(deps.db, fresh, visit.now);
  return `这笔业务现在是“${state.label}”，不能撤销了`;
}

async function answer(
  deps: StatusDeps,
  visit: Visit,
  { application, descriptor }: VisitedApplication,
  refusal: string | null,
): Promise<Response> {
  const { facts } = await descriptor.tell(deps.db, application, visit.now);
  const html = renderPage(
    <CancelPage
      shell={deps.shell(visit)}
      title={descriptor.title}
      number={application.number}
      facts={facts}
      consequence={descriptor.applicantActs?.cancel?.consequence ?? ""}
      refusal={refusal}
    />,
  );
  return page(visit, html, refusal === null ? 200 : 409);
}
