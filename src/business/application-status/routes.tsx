import type { ApplicationStory } from "#src/applications/descriptor.ts";
import { documentField, missingDocuments } from "#src/applications/documents/document-rules.ts";
import { listDocuments } from "#src/applications/documents/stored-document.ts";
import { type ApplicationNumber, checkApplicationNumber } from "#src/kernel/application-number.ts";
import { readSlipCode } from "#src/kernel/slip-code.ts";
import { recordAudit } from "#src/platform/audit.ts";
import { NotFound } from "#src/platform/http/errors.ts";
import { file, page } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { qrCode } from "#src/platform/pdf/barcodes.ts";
import { getHouse } from "#src/register/find-house.ts";
import { renderPage } from "#src/ui/render.ts";
import { ApplicationPage } from "./application-page.tsx";
import { cancelRoutes } from "./cancel-routes.tsx";
import { listOpinions } from "./opinions.ts";
import { NotProvenPage } from "./proof-pages.tsx";
import { proofRoutes } from "./proof-routes.tsx";
import { readTypedNumber } from "./schema.ts";
import { StatusSearchPage, UnknownNumberPage } from "./search-pages.tsx";
import {
  actsNow,
  findVisited,
  type StatusDeps,
  type VisitedApplication,
} from "./visited-application.ts";

/**
 * 业务受理状态查询, the page of one application, its slips and what its applicant can do about it: for every
 * business alike.
 */
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
    ...proofRoutes(deps),
    ...cancelRoutes(deps),
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
  const visited = await findVisited(deps, visit, typed);
  if (visited === null) {
    const html = renderPage(<UnknownNumberPage shell={deps.shell(visit)} typed={typed} />);
    return page(visit, html, 404);
  }
  const { application, descriptor, isProven } = visited;
  // A number alone tells of a house only where houses are open; who applied knows it already.
  const isHouseTold = isProven || deps.policy === "open";
  const house =
    isHouseTold && application.house ? await getHouse(deps.db, application.house) : null;
  const story = await descriptor.tell(deps.db, application, visit.now);
  const html = renderPage(
    <ApplicationPage
      shell={deps.shell(visit)}
      title={descriptor.title}
      number={application.number as ApplicationNumber}
      story={story}
      isJustSubmitted={isProven && visit.c.req.query("submitted") === "1"}
      isApplicant={isProven}
      isHouseTold={isHouseTold}
      slips={descriptor.slips}
      acts={actsNow(visited)}
      opinions={listOpinions(application, story)}
      missingDocuments={await missingOf(deps, visited, story)}
      verifyHref={verifyHref(visit, application.number)}
      qrSvg={qrCode(`${deps.publicUrl}/applications/${application.number}`).svg}
      detailHref={house && `/fund/${house.code}`}
    />,
  );
  return page(visit, html);
}

/** Whoever scanned a slip came with its code: he may have it checked without typing anything. */
function verifyHref(visit: Visit, number: string): string | null {
  const code = readSlipCode(visit.c.req.query("code") ?? "");
  if (!code.ok) return null;
  const own = checkApplicationNumber(visit.c.req.query("slip") ?? "");
  return `/verify/${own.ok ? own.number : number}?code=${code.code}`;
}

async function missingOf(
  deps: StatusDeps,
  { application, descriptor }: VisitedApplication,
  story: ApplicationStory,
): Promise<readonly string[]> {
  if (descriptor.documents === undefined || story.next.who === "nobody") return [];
  const rules = await descriptor.documents(deps.db, application);
  const documents = await listDocuments(deps, { applicationId: application.id });
  const missing = missingDocuments(rules, documents);
  return rules.filter(({ code }) => documentField(code) in missing).map(({ title }) => title);
}

async function print(deps: StatusDeps, visit: Visit): Promise<Response> {
  await deps.limit(visit, "print");
  const { number = "", slip: name = "" } = visit.c.req.param();
  const visited = await findVisited(deps, visit, number);
  if (visited === null) throw new NotFound();
  const { application, descriptor, isProven } = visited;
  const slip = descriptor.slips.find((offered) => offered.name === name);
  if (slip === undefined) throw new NotFound();
  if (!isProven) {
    const words = { shell: deps.shell(visit), number, act: "打印这张单据" };
    const html = renderPage(<NotProvenPage {...words} isSmsAvailable={deps.sms.isAvailable} />);
    return page(visit, html, 403);
  }
  const story = await descriptor.tell(deps.db, application, visit.now);
  if (!story.printable.includes(slip.name)) throw new NotFound();
  const pdf = await slip.print(deps.db, application, visit.now);
  await recordAudit(deps.db, visit.audit, application.number, slip.name);
  return file(visit, pdf, {
    mediaType: "application/pdf",
    name: slip.fileName(application),
    isInline: true,
  });
}
