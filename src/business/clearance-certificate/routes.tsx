import {
  type BoundEstate,
  findBoundEstate,
  listBoundEstates,
} from "#src/accounts/institutions/bound-estates.ts";
import { institutionUserOf } from "#src/accounts/institutions/institution-session.ts";
import { introduceInstitutionUser } from "#src/accounts/institutions/institution-user.ts";
import { visitedEstate } from "#src/accounts/institutions/visited-estate.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { listBuildings } from "#src/ledger/estate-book/list-buildings.ts";
import { readOwedFigures } from "#src/ledger/owed-figures.ts";
import { recordAudit } from "#src/platform/audit.ts";
import type { Db } from "#src/platform/database/client.ts";
import { BadRequest, NotFound } from "#src/platform/http/errors.ts";
import { readForm, type SentForm } from "#src/platform/http/form.ts";
import type { LimitVisit } from "#src/platform/http/limit-visit.ts";
import { parseForm } from "#src/platform/http/parse-form.ts";
import { file, page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { type CertificatePrintDeps, printCertificate } from "./certificate-slip.ts";
import { issueCertificate } from "./issue-certificate.ts";
import { type BuildingOption, CertificatesPage } from "./pages.tsx";
import {
  type CertificateScope,
  countCertificatePrint,
  findCertificate,
  listCertificates,
} from "./queries.ts";
import { buildingForm, houseForm, readCertificateQuery } from "./schema.ts";

/** What the pages of 已交清证明 are built on. */
export interface ClearanceCertificateDeps extends CertificatePrintDeps {
  db: Db;
  limit: LimitVisit;
  shell: (visit: Visit) => PageShell;
}

/** 已交清证明: issued for a house or a building of a bound estate that is paid in full, printed at any time. */
export function clearanceCertificateRoutes(deps: ClearanceCertificateDeps): Route[] {
  const developer = "developer" as const;
  return [
    {
      method: "GET",
      path: "/workbench/clearance-certificates",
      permission: developer,
      audit: null,
      handle: (visit) => show(deps, visit),
    },
    {
      method: "POST",
      path: "/workbench/clearance-certificates/issue/:estate",
      permission: developer,
      audit: "clearance-certificate-issued",
      handle: (visit) => issue(deps, visit),
    },
    {
      method: "GET",
      path: "/workbench/clearance-certificates/:certificate/slip",
      permission: developer,
      audit: "clearance-certificate-printed",
      handle: (visit) => print(deps, visit),
    },
  ];
}

async function show(deps: ClearanceCertificateDeps, visit: Visit): Promise<Response> {
  const { institution } = institutionUserOf(visit);
  const query = readCertificateQuery(visit.c.req.query());
  const estates = await listBoundEstates(deps.db, institution.id, shanghaiDate(visit.now));
  const estate = estates.find(({ code }) => code === query.estate) ?? estates[0] ?? null;
  const shown = { estate, typed: { building: query.building, house: "" }, errors: {} };
  return await answer(deps, visit, shown, 200);
}

interface Shown {
  estate: BoundEstate | null;
  typed: { building: string; house: string };
  errors: FormErrors;
}

async function answer(
  deps: ClearanceCertificateDeps,
  visit: Visit,
  shown: Shown,
  status: number,
): Promise<Response> {
  const user = institutionUserOf(visit);
  const { id } = user.institution;
  const { issued } = readCertificateQuery(visit.c.req.query());
  const [estates, certificates, buildings] = await Promise.all([
    listBoundEstates(deps.db, id, shanghaiDate(visit.now)),
    listCertificates(deps.db, id),
    listOptions(deps.db, shown.estate),
  ]);
  const html = renderPage(
    <CertificatesPage
      shell={deps.shell(visit)}
      person={introduceInstitutionUser(user)}
      {...shown}
      estates={estates}
      buildings={buildings}
      certificates={certificates}
      issued={certificates.find(({ no }) => no === issued) ?? null}
    />,
  );
  return page(visit, html, status);
}

async function listOptions(db: Db, estate: BoundEstate | null): Promise<BuildingOption[]> {
  if (estate === null) return [];
  const [buildings, figures] = await Promise.all([
    listBuildings(db, estate.estateId),
    readOwedFigures(db, [estate.estateId]),
  ]);
  return buildings.map(({ id, key, label }) => {
    const found = figures.find(({ buildingId }) => buildingId === id);
    return { key, label, owingCount: found ? found.unpaidCount + found.partPaidCount : 0 };
  });
}

async function issue(deps: ClearanceCertificateDeps, visit: Visit): Promise<Response> {
  const { user, estate: opened } = await visitedEstate(deps.db, visit);
  const sent = await readForm(visit);
  const wanted = sent["for"];
  if (wanted !== "building" && wanted !== "house") {
    throw new BadRequest("这张表单不完整，请回到已交清证明重新选");
  }
  const read = readScope(wanted, sent);
  const estate = read.ok ? await estateOf(deps.db, visit, read.scope, opened) : opened;
  const typed = { building: sent["building"] ?? "", house: sent["house"] ?? "" };
  const refuse = async (errors: FormErrors) => {
    await recordAudit(deps.db, visit.audit, estate.code, "refused");
    return await answer(deps, visit, { estate, typed, errors }, 422);
  };
  if (!read.ok) return await refuse(read.errors);
  await deps.limit(visit, "submit");
  const request = { user, estate, scope: read.scope, now: visit.now };
  const outcome = await issueCertificate(deps.db, request, visit.audit);
  if (outcome.ok) {
    const back = `estate=${estate.code}&issued=${outcome.no}`;
    return seeOther(visit, `/workbench/clearance-certificates?${back}`);
  }
  return await answer(deps, visit, { estate, typed, errors: { [wanted]: outcome.sentence } }, 422);
}

/** A house code names its own estate: whoever is bound to that as well need not open it first. */
async function estateOf(
  db: Db,
  visit: Visit,
  scope: CertificateScope,
  opened: BoundEstate,
): Promise<BoundEstate> {
  if (!("houseCode" in scope)) return opened;
  const [code = ""] = scope.houseCode.split("-");
  const { institution } = institutionUserOf(visit);
  const today = shanghaiDate(visit.now);
  const named = await findBoundEstate(db, { institutionId: institution.id, code, today });
  return named ?? opened;
}

function readScope(
  wanted: "building" | "house",
  sent: SentForm,
): { ok: true; scope: CertificateScope } | { ok: false; errors: FormErrors } {
  if (wanted === "building") {
    const form = parseForm(buildingForm, sent);
    return form.ok ? { ok: true, scope: { buildingKey: form.data.building } } : form;
  }
  const form = parseForm(houseForm, sent);
  return form.ok ? { ok: true, scope: { houseCode: form.data.house } } : form;
}

async function print(deps: ClearanceCertificateDeps, visit: Visit): Promise<Response> {
  const { institution } = institutionUserOf(visit);
  const no = visit.c.req.param("certificate") ?? "";
  const certificate = await findCertificate(deps.db, { no, institutionId: institution.id });
  if (certificate === null) throw new NotFound();
  await deps.limit(visit, "print");
  const count = await countCertificatePrint(deps.db, no);
  const pdf = await printCertificate(deps, deps.db, certificate, { count, now: visit.now });
  await recordAudit(deps.db, visit.audit, no, "printed");
  const name = `已交清证明-${no}.pdf`;
  return file(visit, pdf, { mediaType: "application/pdf", name, isInline: true });
}
