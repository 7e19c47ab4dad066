import { institutionUserOf } from "#src/accounts/institutions/institution-session.ts";
import { introduceInstitutionUser } from "#src/accounts/institutions/institution-user.ts";
import { cancelApplication } from "#src/applications/cancel-application.ts";
import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";
import { type Application, findApplication } from "#src/applications/find-application.ts";
import { listNoticeHouses } from "#src/bank/list-notice-houses.ts";
import { type ApplicationNumber, checkApplicationNumber } from "#src/kernel/application-number.ts";
import { recordAudit } from "#src/platform/audit.ts";
import type { Db } from "#src/platform/database/client.ts";
import { NotFound } from "#src/platform/http/errors.ts";
import { readForm } from "#src/platform/http/form.ts";
import type { LimitVisit } from "#src/platform/http/limit-visit.ts";
import { file, page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { BatchPage } from "./own-pages.tsx";
import { isOwnBatch } from "./queries.ts";
import { readPageQuery } from "./schema.ts";

/** What the page of one batch is built on. */
export interface OwnBatchDeps {
  db: Db;
  limit: LimitVisit;
  shell: (visit: Visit) => PageShell;
  descriptor: ApplicationDescriptor;
}

/** One batch of the institution: its page, its paper, and taking it back. */
export function ownBatchRoutes(deps: OwnBatchDeps): Route[] {
  const developer = "developer" as const;
  return [
    {
      method: "GET",
      path: "/workbench/batch-deposits/:number",
      permission: developer,
      audit: null,
      handle: (visit) => show(deps, visit, {}, 200),
    },
    {
      method: "GET",
      path: "/workbench/batch-deposits/:number/slip",
      permission: developer,
      audit: "batch-deposit-printed",
      handle: (visit) => print(deps, visit),
    },
    {
      method: "POST",
      path: "/workbench/batch-deposits/:number/cancel",
      permission: developer,
      audit: "batch-deposit-cancelled",
      handle: (visit) => cancel(deps, visit),
    },
  ];
}

/** The batch of the URL, if it is the institution's own; another's does not exist here. */
async function batchOf({ db }: OwnBatchDeps, visit: Visit): Promise<Application> {
  const check = checkApplicationNumber(visit.c.req.param("number") ?? "");
  if (!check.ok) throw new NotFound();
  const { institution } = institutionUserOf(visit);
  const isOwn = await isOwnBatch(db, institution.id, check.number);
  const application = isOwn ? await findApplication(db, check.number) : null;
  if (application === null) throw new NotFound();
  return application;
}

async function show(
  deps: OwnBatchDeps,
  visit: Visit,
  errors: FormErrors,
  status: number,
): Promise<Response> {
  const application = await batchOf(deps, visit);
  const story = await deps.descriptor.tell(deps.db, application, visit.now);
  const cancelling = deps.descriptor.applicantActs?.cancel;
  const mayCancel =
    story.next.who === "applicant" && cancelling?.states.includes(application.state);
  const html = renderPage(
    <BatchPage
      shell={deps.shell(visit)}
      person={introduceInstitutionUser(institutionUserOf(visit))}
      number={application.number as ApplicationNumber}
      story={story}
      houses={await listNoticeHouses(deps.db, application.number)}
      page={readPageQuery(visit.c.req.query("page"))}
      isJustSubmitted={visit.c.req.query("submitted") === "1" && application.events.length === 1}
      cancelConsequence={mayCancel && cancelling ? cancelling.consequence : null}
      errors={errors}
    />,
  );
  return page(visit, html, status);
}

async function print(deps: OwnBatchDeps, visit: Visit): Promise<Response> {
  const application = await batchOf(deps, visit);
  await deps.limit(visit, "print");
  const [slip] = deps.descriptor.slips;
  const story = await deps.descriptor.tell(deps.db, application, visit.now);
  if (slip === undefined || !story.printable.includes(slip.name)) throw new NotFound();
  const pdf = await slip.print(deps.db, application, visit.now);
  await recordAudit(deps.db, visit.audit, application.number, slip.name);
  const name = slip.fileName(application);
  return file(visit, pdf, { mediaType: "application/pdf", name, isInline: true });
}

async function cancel(deps: OwnBatchDeps, visit: Visit): Promise<Response> {
  const { number } = await batchOf(deps, visit);
  await readForm(visit);
  const act = { number, descriptor: deps.descriptor, now: visit.now };
  const outcome = await cancelApplication(deps.db, act, visit.audit);
  if (outcome.kind === "cancelled") return seeOther(visit, `/workbench/batch-deposits/${number}`);
  const sentence =
    outcome.kind === "refused" ? outcome.sentence : "这张通知单的状态刚刚变了，下面是现在的情况";
  return await show(deps, visit, { "": sentence }, 409);
}
