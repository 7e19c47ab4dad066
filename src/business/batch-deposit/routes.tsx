import { randomUUID } from "node:crypto";
import { type BoundEstate, listBoundEstates } from "#src/accounts/institutions/bound-estates.ts";
import { institutionUserOf } from "#src/accounts/institutions/institution-session.ts";
import { introduceInstitutionUser } from "#src/accounts/institutions/institution-user.ts";
import { visitedEstate } from "#src/accounts/institutions/visited-estate.ts";
import { BATCH_HOUSES_MAX } from "#src/bank/issue-batch-notice.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { listBuildings } from "#src/ledger/estate-book/list-buildings.ts";
import { readEstateFigures } from "#src/ledger/estate-figures.ts";
import { recordAudit } from "#src/platform/audit.ts";
import type { Db } from "#src/platform/database/client.ts";
import { BadRequest, NotFound } from "#src/platform/http/errors.ts";
import { readListForm, type SentForm } from "#src/platform/http/form.ts";
import type { LimitVisit } from "#src/platform/http/limit-visit.ts";
import { parseForm } from "#src/platform/http/parse-form.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { receiveForm } from "#src/platform/uploads/receive-form.ts";
import type { Uploads } from "#src/platform/uploads/uploads.ts";
import { getCitySettings } from "#src/register/city-settings.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { ChoosePage } from "./choose-page.tsx";
import { issueBatchDeposit } from "./issue-batch-deposit.ts";
import { BatchListPage } from "./own-pages.tsx";
import {
  BATCHES_ON_PAGE,
  type BuildingChoice,
  findBatchHouses,
  getOwnPhone,
  listBatches,
  listHouseCodes,
} from "./queries.ts";
import { type HouseList, readHouseList } from "./read-house-list.ts";
import { NothingPage, ReviewPage } from "./review-page.tsx";
import {
  type AskedHouse,
  type BatchKind,
  batchRefusal,
  type ChosenHouse,
  type JudgedBatch,
  judgeBatch,
} from "./rules.ts";
import { batchForm, batchSeal, choiceSeal, readBatchQuery } from "./schema.ts";

/** What the pages of 批量交款 are built on. */
export interface BatchDepositDeps {
  db: Db;
  personalData: PersonalData;
  uploads: Uploads;
  limit: LimitVisit;
  shell: (visit: Visit) => PageShell;
}

/** 批量交款: choose houses of a bound estate, see each amount and the total, hand in one notice for all. */
export function batchDepositRoutes(deps: BatchDepositDeps): Route[] {
  const developer = "developer" as const;
  return [
    {
      method: "GET",
      path: "/workbench/batch-deposits",
      permission: developer,
      audit: null,
      handle: (visit) => showList(deps, visit),
    },
    {
      method: "GET",
      path: "/workbench/batch-deposits/new/:estate",
      permission: developer,
      audit: null,
      handle: (visit) => showChoice(deps, visit),
    },
    {
      method: "POST",
      path: "/workbench/batch-deposits/review/:estate",
      permission: developer,
      audit: "batch-deposit-reviewed",
      handle: (visit) => reviewChoice(deps, visit),
    },
    {
      method: "POST",
      path: "/workbench/batch-deposits/list/:estate",
      permission: developer,
      audit: "batch-deposit-reviewed",
      handle: (visit) => reviewList(deps, visit),
    },
    {
      method: "POST",
      path: "/workbench/batch-deposits/submit/:estate",
      permission: developer,
      audit: "batch-deposit-issued",
      handle: (visit) => submit(deps, visit),
    },
  ];
}

async function showList(deps: BatchDepositDeps, visit: Visit): Promise<Response> {
  const user = institutionUserOf(visit);
  const { institution } = user;
  const asked = readBatchQuery(visit.c.req.query()).page;
  let shown = asked;
  let found = await listBatches(deps.db, institution.id, asked);
  if (found.rows.length === 0 && asked > 1) {
    shown = 1;
    found = await listBatches(deps.db, institution.id, 1);
  }
  const estates = await listBoundEstates(deps.db, institution.id, shanghaiDate(visit.now));
  const html = renderPage(
    <BatchListPage
      shell={deps.shell(visit)}
      person={introduceInstitutionUser(user)}
      estates={estates}
      page={Math.min(shown, Math.max(1, Math.ceil(found.totalCount / BATCHES_ON_PAGE)))}
      {...found}
    />,
  );
  return page(visit, html);
}

async function showChoice(deps: BatchDepositDeps, visit: Visit): Promise<Response> {
  const estate = (await visitedEstate(deps.db, visit)).estate;
  const { kind, building } = readBatchQuery(visit.c.req.query());
  return await answerChoice(deps, visit, estate, { kind, building, ticked: [], errors: {} }, 200);
}

interface Choice {
  kind: BatchKind;
  building: string;
  ticked: readonly string[];
  errors: FormErrors;
}

async function answerChoice(
  deps: BatchDepositDeps,
  visit: Visit,
  estate: BoundEstate,
  choice: Choice,
  status: number,
): Promise<Response> {
  const { kind, errors } = choice;
  const buildings = await listChoices(deps, visit, estate);
  const offering = buildings.filter(
    (one) => (kind === "00" ? one.unpaidCount : one.partPaidCount) > 0,
  );
  const building = offering.find(({ key }) => key === choice.building) ?? offering[0] ?? null;
  const houses = building === null ? [] : await listOfKind(deps, visit, estate, kind, building.key);
  const html = renderPage(
    <ChoosePage
      shell={deps.shell(visit)}
      person={introduceInstitutionUser(institutionUserOf(visit))}
      estate={estate}
      kind={kind}
      buildings={buildings}
      building={building}
      houses={houses}
      ticked={new Set(choice.ticked)}
      errors={errors}
    />,
  );
  return page(visit, html, status);
}

async function listChoices(
  { db }: BatchDepositDeps,
  visit: Visit,
  estate: BoundEstate,
): Promise<BuildingChoice[]> {
  const settings = await getCitySettings(db, shanghaiDate(visit.now));
  const [buildings, figures] = await Promise.all([
    listBuildings(db, estate.estateId),
    readEstateFigures(db, estate.estateId, settings["top-up-trigger-percent"]),
  ]);
  const byId = new Map(figures.map((one) => [one.buildingId, one.standings]));
  return buildings.map(({ id, key, label }) => ({
    key,
    label,
    unpaidCount: byId.get(id)?.get("unpaid") ?? 0,
    partPaidCount: byId.get(id)?.get("part-paid") ?? 0,
  }));
}

/** The houses of a building, or of the whole estate, that can be asked for this kind of deposit. */
async function listOfKind(
  deps: BatchDepositDeps,
  visit: Visit,
  estate: BoundEstate,
  kind: BatchKind,
  buildingKey: string | null,
): Promise<readonly ChosenHouse[]> {
  const codes = await listHouseCodes(deps.db, { estateId: estate.estateId, buildingKey });
  const found = await findHouses(deps, visit, estate, codes);
  return codes.flatMap((code): ChosenHouse[] => {
    const one = found.get(code);
    if (one === undefined || !one.offer.ok || one.offer.depositKind !== kind) return [];
    const { house, offer, firstPaidFen, openNoticeCount } = one;
    return [{ house, amountFen: offer.amountFen, firstPaidSeenFen: firstPaidFen, openNoticeCount }];
  });
}

async function findHouses(
  { db }: BatchDepositDeps,
  visit: Visit,
  estate: BoundEstate,
  codes: readonly string[],
) {
  const today = shanghaiDate(visit.now);
  const settings = await getCitySettings(db, today);
  return await findBatchHouses(db, { estateId: estate.estateId, codes, today }, settings);
}

async function reviewChoice(deps: BatchDepositDeps, visit: Visit): Promise<Response> {
  const estate = (await visitedEstate(deps.db, visit)).estate;
  const { sent, list } = await readListForm(visit, { name: "house", max: BATCH_HOUSES_MAX });
  const seal = choiceSeal.safeParse(sent);
  if (!seal.success) throw new BadRequest("这张表单不完整，请回到批量交款重新选房屋");
  const { scope, building, kind } = seal.data;
  const codes =
    scope === "ticked"
      ? list
      : (await listOfKind(deps, visit, estate, kind, scope === "building" ? building : null)).map(
          ({ house }) => house.code,
        );
  const asked = codes.map((code) => ({ code, line: null }));
  const judged = judgeBatch(asked, await findHouses(deps, visit, estate, codes));
  const refusal = batchRefusal(judged, asked.length);
  await recordAudit(deps.db, visit.audit, estate.code, refusal === null ? "shown" : "refused");
  if (refusal === null) return await answerReview(deps, visit, estate, { judged }, 200);
  const errors = { house: refusal };
  return await answerChoice(deps, visit, estate, { kind, building, ticked: list, errors }, 422);
}

async function reviewList(deps: BatchDepositDeps, visit: Visit): Promise<Response> {
  const estate = (await visitedEstate(deps.db, visit)).estate;
  await deps.limit(visit, "upload");
  const list = await receiveList(deps, visit);
  const again = async (reason: string) => {
    await recordAudit(deps.db, visit.audit, estate.code, "refused");
    const choice = { kind: "00", building: "", ticked: [], errors: { list: reason } } as const;
    return await answerChoice(deps, visit, estate, choice, 422);
  };
  if (!list.ok) return await again(list.reason);
  const judged = await judgeAsked(deps, visit, estate, list.houses);
  const refusal = batchRefusal(judged, list.houses.length);
  await recordAudit(deps.db, visit.audit, estate.code, refusal === null ? "shown" : "refused");
  if (refusal === null) return await answerReview(deps, visit, estate, { judged }, 200);
  const html = renderPage(
    <NothingPage
      shell={deps.shell(visit)}
      person={introduceInstitutionUser(institutionUserOf(visit))}
      estate={estate}
      obstacles={judged.obstacles}
      sentence={refusal}
    />,
  );
  return page(visit, html, 422);
}

async function judgeAsked(
  deps: BatchDepositDeps,
  visit: Visit,
  estate: BoundEstate,
  asked: readonly AskedHouse[],
): Promise<JudgedBatch> {
  const codes = asked.map(({ code }) => code);
  return judgeBatch(asked, await findHouses(deps, visit, estate, codes));
}

/** Receives the one file of the form; it is read while it lies on the disk and is gone afterwards. */
async function receiveList(deps: BatchDepositDeps, visit: Visit): Promise<HouseList> {
  const type = (visit.c.req.header("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  if (type !== "multipart/form-data") throw new BadRequest("提交的内容不是表单，请从页面上传名单");
  let list: HouseList = { ok: false, reason: "请选择名单文件" };
  await receiveForm(visit, {
    folder: deps.uploads.incoming,
    beforeFile: (field) => {
      if (field !== "list") throw new BadRequest("提交的表单有多余的内容，请返回页面重新上传");
    },
    onFile: async (file) => {
      list = file.isTooLong
        ? { ok: false, reason: "名单文件超过 10 MB，请只留“房屋编号”一列" }
        : await readHouseList(file.path, BATCH_HOUSES_MAX);
    },
  });
  return list;
}

interface Review {
  judged: JudgedBatch;
  typed?: SentForm;
  errors?: FormErrors;
  submissionKey?: string;
}

async function answerReview(
  deps: BatchDepositDeps,
  visit: Visit,
  estate: BoundEstate,
  { judged, typed, errors = {}, submissionKey = randomUUID() }: Review,
  status: number,
): Promise<Response> {
  const user = institutionUserOf(visit);
  visit.ensureBrowser();
  const phone = typed?.["phone"] ?? (await getOwnPhone(deps.db, deps.personalData, user.id));
  const html = renderPage(
    <ReviewPage
      shell={deps.shell(visit)}
      person={introduceInstitutionUser(user)}
      estate={estate}
      depositKind={judged.depositKind ?? "00"}
      judged={judged}
      submissionKey={submissionKey}
      phone={phone}
      errors={errors}
    />,
  );
  return page(visit, html, status);
}

async function submit(deps: BatchDepositDeps, visit: Visit): Promise<Response> {
  const estate = (await visitedEstate(deps.db, visit)).estate;
  const { sent, list } = await readListForm(visit, { name: "house", max: BATCH_HOUSES_MAX });
  const seal = batchSeal.safeParse(sent);
  if (!seal.success || list.length === 0) {
    throw new BadRequest("这张表单不完整，请回到批量交款重新选房屋");
  }
  const asked = list.map((code) => ({ code, line: null }));
  const form = parseForm(batchForm, sent);
  const { submissionKey, totalSeen } = seal.data;
  if (!form.ok) {
    const judged = await judgeAsked(deps, visit, estate, asked);
    const review = { judged, typed: sent, errors: form.errors, submissionKey };
    return await answerReview(deps, visit, estate, review, 422);
  }
  await deps.limit(visit, "submit");
  const outcome = await issueBatchDeposit(
    deps,
    {
      user: institutionUserOf(visit),
      estateCode: estate.code,
      codes: list,
      phone: form.data.phone,
      totalSeen,
      submissionKey,
      browserHash: visit.ensureBrowser(),
      now: visit.now,
    },
    visit.audit,
  );
  if (outcome.ok) {
    return seeOther(visit, `/workbench/batch-deposits/${outcome.number}?submitted=1`);
  }
  if (outcome.reason === "unknown-estate") throw new NotFound();
  const judged =
    outcome.reason === "changed" ? outcome.judged : await judgeAsked(deps, visit, estate, asked);
  const errors = { "": STALE[outcome.reason] };
  return await answerReview(deps, visit, estate, { judged, typed: sent, errors }, 409);
}

const STALE = {
  changed: "您打开页面以后，房屋或金额变了。下面是现在的情况，请核对后再提交",
  "form-used-elsewhere": "这张表单已经用过了，请核对后再提交一次",
} as const;
