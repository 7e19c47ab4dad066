import { randomUUID } from "node:crypto";
import { findBoundEstate } from "#src/accounts/institutions/bound-estates.ts";
import { institutionUserOf } from "#src/accounts/institutions/institution-session.ts";
import {
  institutionActor,
  introduceInstitutionUser,
} from "#src/accounts/institutions/institution-user.ts";
import { type VisitedEstate, visitedEstate } from "#src/accounts/institutions/visited-estate.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { compareLabels } from "#src/ledger/estate-book/building-layout.ts";
import { type EstateHouse, listHousesBelow } from "#src/ledger/estate-houses.ts";
import { recordReading } from "#src/platform/audit.ts";
import type { Db } from "#src/platform/database/client.ts";
import { BadRequest, NotFound } from "#src/platform/http/errors.ts";
import { readForm } from "#src/platform/http/form.ts";
import type { LimitVisit } from "#src/platform/http/limit-visit.ts";
import { file, page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { printTopUpNotices, readTopUpRule, type TopUpPrintDeps } from "./print-top-up.ts";
import { readTopUpQuery, topUpBatchForm } from "./schema.ts";
import {
  findTopUpBatch,
  listTopUpBatches,
  readTopUpFile,
  requestTopUpBatch,
  type TopUpBatch,
} from "./top-up-batches.ts";
import { TopUpBatchPage, TopUpPage } from "./top-up-pages.tsx";

export interface TopUpDeps extends TopUpPrintDeps {
  db: Db;
  personalData: PersonalData;
  limit: LimitVisit;
  shell: (visit: Visit) => PageShell;
}

/** 续交通知: which houses are below the line, their notices one by one, and all of them outside of the request. */
export function topUpRoutes(deps: TopUpDeps): Route[] {
  const permission = "estate-keeper" as const;
  const path = "/workbench/estates/:estate/top-up";
  const batch = "/workbench/top-up/:batch";
  return [
    { method: "GET", path, permission, audit: null, handle: (visit) => showHouses(deps, visit) },
    {
      method: "POST",
      path,
      permission,
      audit: "top-up-notices-asked",
      handle: (visit) => askForAll(deps, visit),
    },
    {
      method: "GET",
      path: `${path}/:house`,
      permission,
      audit: "top-up-notice-printed",
      handle: (visit) => printOne(deps, visit),
    },
    {
      method: "GET",
      path: batch,
      permission,
      audit: null,
      handle: (visit) => showBatch(deps, visit),
    },
    {
      method: "GET",
      path: `${batch}/files/:n`,
      permission,
      audit: "top-up-notices-saved",
      handle: (visit) => sendFile(deps, visit),
    },
  ];
}

async function showHouses(deps: TopUpDeps, visit: Visit): Promise<Response> {
  const visited = await visitedEstate(deps.db, visit);
  return await answerHouses(deps, visit, visited, {}, 200);
}

async function answerHouses(
  deps: TopUpDeps,
  visit: Visit,
  visited: VisitedEstate,
  errors: FormErrors,
  status: number,
): Promise<Response> {
  const { user, estate, today } = visited;
  const query = readTopUpQuery((name) => visit.c.req.query(name));
  const rule = await readTopUpRule(deps.db, today);
  const [all, batches] = await Promise.all([
    listBelow(deps.db, estate.estateId, rule.triggerPercent),
    listTopUpBatches(deps.db, user.institution.id, estate.estateId),
  ]);
  const buildings = [...Map.groupBy(all, ({ buildingKey }) => buildingKey)].map(
    ([key, houses]) => ({
      key,
      label: houses[0]?.buildingLabel ?? "",
      count: houses.length,
    }),
  );
  const html = renderPage(
    <TopUpPage
      shell={deps.shell(visit)}
      person={introduceInstitutionUser(user)}
      estate={estate}
      rule={rule}
      houses={ofBuilding(all, query.building)}
      buildings={buildings}
      building={query.building}
      page={query.page}
      batchId={randomUUID()}
      batches={batches}
      errors={errors}
    />,
  );
  return page(visit, html, status);
}

function ofBuilding(houses: readonly EstateHouse[], key: string | null): EstateHouse[] {
  return houses.filter(({ buildingKey }) => key === null || buildingKey === key);
}

async function listBelow(db: Db, estateId: number, triggerPercent: number) {
  const houses = await listHousesBelow(db, estateId, triggerPercent);
  return houses.sort(
    (a, b) =>
      compareLabels(a.buildingKey, b.buildingKey) ||
      compareLabels(a.unitKey, b.unitKey) ||
      (a.floor ?? 0) - (b.floor ?? 0) ||
      compareLabels(a.roomKey, b.roomKey),
  );
}

async function askForAll(deps: TopUpDeps, visit: Visit): Promise<Response> {
  const visited = await visitedEstate(deps.db, visit);
  const { user, estate, today } = visited;
  const sent = topUpBatchForm.safeParse(await readForm(visit));
  if (!sent.success) throw new BadRequest("提交的内容不是这张表单，请从页面上重新提交");
  const { batch: id, building } = sent.data;
  const known = await findTopUpBatch(deps.db, user.institution.id, id);
  if (known !== null) return seeOther(visit, `/workbench/top-up/${id}`);
  const rule = await readTopUpRule(deps.db, today);
  const all = await listBelow(deps.db, estate.estateId, rule.triggerPercent);
  const houses = ofBuilding(all, building);
  if (houses.length === 0) {
    const sentence = `这个范围里没有余额不足 ${rule.triggerPercent}% 的房屋，请另选范围`;
    return await answerHouses(deps, visit, visited, { building: sentence }, 422);
  }
  await requestTopUpBatch(deps.db, {
    id,
    institutionId: user.institution.id,
    estate,
    buildingLabel: building === null ? "" : (houses[0]?.buildingLabel ?? ""),
    houseIds: houses.map(({ houseId }) => houseId),
    actor: institutionActor(user),
    audit: visit.audit,
    now: visit.now,
  });
  return seeOther(visit, `/workbench/top-up/${id}`);
}

async function printOne(deps: TopUpDeps, visit: Visit): Promise<Response> {
  const { user, estate, today } = await visitedEstate(deps.db, visit);
  await deps.limit(visit, "print");
  const rule = await readTopUpRule(deps.db, today);
  const below = await listHousesBelow(deps.db, estate.estateId, rule.triggerPercent);
  const house = below.find(({ code }) => code === visit.c.req.param("house"));
  if (house === undefined) throw new NotFound();
  const pdf = await printTopUpNotices(deps, deps.db, {
    estateId: estate.estateId,
    issuer: user.institution.name,
    rule,
    houses: [house],
    today,
    now: visit.now,
  });
  await recordReading(deps.db, visit.audit, house.code, "saved");
  const name = `续交通知-${house.code}.pdf`;
  return file(visit, pdf, { mediaType: "application/pdf", name, isInline: true });
}

/** A print of this institution, of an estate that it is still bound to. */
async function visitedBatch(deps: TopUpDeps, visit: Visit) {
  const user = institutionUserOf(visit);
  const id = visit.c.req.param("batch") ?? "";
  const isId = topUpBatchForm.shape.batch.safeParse(id).success;
  const batch = isId ? await findTopUpBatch(deps.db, user.institution.id, id) : null;
  const estate = batch && (await boundEstateOf(deps.db, visit, batch));
  if (batch === null || estate === null) throw new NotFound();
  return { user, batch, estate };
}

async function boundEstateOf(db: Db, visit: Visit, { estateCode }: TopUpBatch) {
  const institutionId = institutionUserOf(visit).institution.id;
  return await findBoundEstate(db, {
    institutionId,
    code: estateCode,
    today: shanghaiDate(visit.now),
  });
}

async function showBatch(deps: TopUpDeps, visit: Visit): Promise<Response> {
  const { user, batch, estate } = await visitedBatch(deps, visit);
  const person = introduceInstitutionUser(user);
  const props = { shell: deps.shell(visit), person, estate, batch };
  return page(visit, renderPage(<TopUpBatchPage {...props} />));
}

async function sendFile(deps: TopUpDeps, visit: Visit): Promise<Response> {
  const { batch } = await visitedBatch(deps, visit);
  const n = visit.c.req.param("n") ?? "";
  const isNumber = /^[1-9][0-9]{0,4}$/.test(n);
  const number = Number.parseInt(n, 10);
  const pdf = isNumber ? await readTopUpFile(deps.db, deps.personalData, batch.id, number) : null;
  if (pdf === null) throw new NotFound();
  await recordReading(deps.db, visit.audit, batch.estateCode, "saved");
  const name = `续交通知-${batch.estateCode}-${n}.pdf`;
  return file(visit, pdf, { mediaType: "application/pdf", name, isInline: false });
}
