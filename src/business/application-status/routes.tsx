import { type ApplicantProofDeps, isProvenApplicant } from "#src/applications/applicant-proof.ts";
import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";
import { type Application, findApplication } from "#src/applications/find-application.ts";
import { type ApplicationNumber, checkApplicationNumber } from "#src/kernel/application-number.ts";
import { recordAudit } from "#src/platform/audit.ts";
import type { Db } from "#src/platform/database/client.ts";
import { NotFound } from "#src/platform/http/errors.ts";
import type { LimitVisit } from "#src/platform/http/limit-visit.ts";
import { file, page } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { qrCode } from "#src/platform/pdf/barcodes.ts";
import { getHouse } from "#src/register/find-house.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { ApplicationPage, NotYourSlipPage, StatusSearchPage, UnknownNumberPage } from "./pages.tsx";
import { readTypedNumber } from "./schema.ts";

export interface StatusDeps extends ApplicantProofDeps {
  db: Db;
  shell: (visit: Visit) => PageShell;
  limit: LimitVisit;
  descriptors: readonly ApplicationDescriptor[];
  publicUrl: string;
}

/** 业务受理状态查询, the page of one application, and its slips: for every business alike. */
export function applicationStatusRoutes(deps: StatusDeps): Route[] {
  return [
    {
      method: "GET",
      path: "/status",
      permission: "anyone",
      audit: null,
      handle: (visit) => search(deps, visit),
    },
    {
      method: "GET",
      path: "/applications/:number",
      permission: "anyone",
      audit: null,
      handle: (visit) => show(deps, visit, visit.c.req.param("number") ?? ""),
    },
    {
      method: "GET",
      path: "/applications/:number/slips/:slip",
      permission: "anyone",
      audit: "slip-printed",
      handle: (visit) => print(deps, visit),
    },
  ];
}

async function search(deps: StatusDeps, visit: Visit): Promise<Response> {
  const typed = visit.c.req.query("number") ?? "";
  const read = readTypedNumber(typed);
  if (read.kind === "number") return await show(deps, visit, read.number);
  const sentence = read.kind === "wrong" ? read.sentence : null;
  const html = renderPage(
    <StatusSearchPage shell={deps.shell(visit)} typed={typed} sentence={sentence} />,
  );
  return page(visit, html, sentence === null ? 200 : 422);
}

async function show(deps: StatusDeps, visit: Visit, typed: string): Promise<Response> {
  await deps.limit(visit, "status");
  const check = checkApplicationNumber(typed);
  const application = check.ok ? await findApplication(deps.db, check.number) : null;
  if (application === null) {
    const html = renderPage(<UnknownNumberPage shell={deps.shell(visit)} typed={typed} />);
    return page(visit, html, 404);
  }
  const descriptor = descriptorOf(deps, application);
  const isApplicant = isProvenApplicant(deps, visit, application);
  const house = application.house && (await getHouse(deps.db, application.house));
  const html = renderPage(
    <ApplicationPage
      shell={deps.shell(visit)}
      title={descriptor.title}
      number={application.number as ApplicationNumber}
      story={await descriptor.tell(deps.db, application, visit.now)}
      isJustSubmitted={isApplicant && visit.c.req.query("submitted") === "1"}
      isApplicant={isApplicant}
      slips={descriptor.slips}
      qrSvg={qrCode(`${deps.publicUrl}/applications/${application.number}`).svg}
      detailHref={house && `/fund/${house.code}`}
    />,
  );
  return page(visit, html);
}

async function print(deps: StatusDeps, visit: Visit): Promise<Response> {
  await deps.limit(visit, "print");
  const { number = "", slip: name = "" } = visit.c.req.param();
  const application = await findApplication(deps.db, number);
  if (application === null) throw new NotFound();
  const descriptor = descriptorOf(deps, application);
  const slip = descriptor.slips.find((offered) => offered.name === name);
  if (slip === undefined) throw new NotFound();
  if (!isProvenApplicant(deps, visit, application)) {
    const html = renderPage(<NotYourSlipPage shell={deps.shell(visit)} number={number} />);
    return page(visit, html, 403);
  }
  const story = await descriptor.tell(deps.db, application, visit.now);
  if (!story.printable.includes(slip.name)) throw new NotFound();
  const pdf = await slip.print(deps.db, application, visit.now);
  await recordAudit(deps.db, visit.audit, number, slip.name);
  return file(visit, pdf, {
    mediaType: "application/pdf",
    name: slip.fileName(application),
    isInline: true,
  });
}

function descriptorOf(deps: StatusDeps, application: Application): ApplicationDescriptor {
  const found = deps.descriptors.find((descriptor) => descriptor.kind === application.kind);
  if (found === undefined) throw new Error(`no business handles the kind ${application.kind}`);
  return found;
}
