import { randomUUID } from "node:crypto";
import { readUploadForm, type UploadDeps } from "#src/applications/documents/read-upload-form.ts";
import { listDocuments, type StoredDocument } from "#src/applications/documents/stored-document.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { cleanText } from "#src/kernel/typed-text.ts";
import { recordAudit } from "#src/platform/audit.ts";
import { BadRequest, NotFound } from "#src/platform/http/errors.ts";
import type { SentForm } from "#src/platform/http/form.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { type Estate, findEstateByCode } from "#src/register/find-estate.ts";
import type { HouseSearch } from "#src/register/search/search-houses.ts";
import { listStandards } from "#src/register/standards/list-standards.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { findDraft, saveDraft } from "./drafts.ts";
import { EstateSearchPage } from "./estate-pages.tsx";
import type { FormState } from "./form-field.ts";
import { UnrecordedFormPage } from "./form-pages.tsx";
import { judgeAll, offeredRules } from "./form-state.ts";
import { findTwinAdvice, identityOf } from "./queries.ts";
import { submissionKey, typedOf } from "./schema.ts";

export interface UnrecordedDepositDeps extends UploadDeps {
  shell: (visit: Visit) => PageShell;
  search: HouseSearch;
}

/** 未备案房屋交款, as far as the form: the estate, house, owners and documents. */
export function unrecordedFormRoutes(deps: UnrecordedDepositDeps): Route[] {
  return [
    {
      method: "GET",
      path: "/unrecorded-deposit",
      permission: "anyone",
      audit: null,
      handle: (visit) => searchEstate(deps, visit),
    },
    {
      method: "GET",
      path: "/unrecorded-deposit/:estate",
      permission: "anyone",
      audit: null,
      handle: (visit) => showForm(deps, visit),
    },
    {
      method: "POST",
      path: "/unrecorded-deposit/:estate",
      permission: "anyone",
      audit: "unrecorded-form-filled",
      handle: (visit) => takeForm(deps, visit),
    },
  ];
}

const ESTATE_NAME_MAX = 100;
const ESTATES_MAX = 20;

async function searchEstate(deps: UnrecordedDepositDeps, visit: Visit): Promise<Response> {
  const sent = visit.c.req.query("estate");
  const typed = sent ?? "";
  const sentence = sent === undefined ? null : wrongEstateName(typed);
  if (sent !== undefined) await deps.limit(visit, "search");
  const isLooking = sent !== undefined && sentence === null;
  const html = renderPage(
    <EstateSearchPage
      shell={deps.shell(visit)}
      typed={typed}
      errors={sentence === null ? {} : { estate: sentence }}
      estates={isLooking ? deps.search.findEstates(typed, ESTATES_MAX) : null}
    />,
  );
  return page(visit, html, sentence === null ? 200 : 422);
}

function wrongEstateName(typed: string): string | null {
  const name = cleanText(typed);
  if (name === "") return "请填写小区名称，例如 示例花园";
  if (name.length > ESTATE_NAME_MAX) return "小区名称太长，请只写名称，例如 示例花园";
  const letters = name.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  return letters < 2 ? "请至少写两个字，例如 示例花园" : null;
}

async function estateOf(deps: UnrecordedDepositDeps, visit: Visit): Promise<Estate> {
  const estate = await findEstateByCode(deps.db, visit.c.req.param("estate") ?? "");
  if (estate === null) throw new NotFound();
  return estate;
}

async function showForm(deps: UnrecordedDepositDeps, visit: Visit): Promise<Response> {
  const estate = await estateOf(deps, visit);
  const browserHash = visit.ensureBrowser();
  const key = submissionKey.safeParse(visit.c.req.query("form"));
  const draft = key.success
    ? await findDraft(deps, { submissionKey: key.data, browserHash })
    : null;
  if (draft === null || !key.success || draft.estateId !== estate.id) {
    const state = { submissionKey: randomUUID(), typed: {}, documents: [] };
    return await answerForm(deps, visit, estate, state, 200);
  }
  const documents = await draftDocuments(deps, key.data, browserHash);
  const judged = await judgeAll(
    deps.db,
    { estateId: estate.id, typed: draft.typed, documents },
    shanghaiDate(visit.now),
  );
  const state = {
    submissionKey: key.data,
    typed: draft.typed,
    documents,
    rules: judged.rules,
    errors: judged.ok ? {} : judged.errors,
  };
  return await answerForm(deps, visit, estate, state, 200);
}

function draftDocuments(
  deps: UnrecordedDepositDeps,
  key: string,
  browserHash: Buffer,
): Promise<StoredDocument[]> {
  return listDocuments(deps, { submissionKey: key, browserHash });
}

/** 提交: what is wrong is said at once; a form without faults is kept and shown for confirmation. */
async function takeForm(deps: UnrecordedDepositDeps, visit: Visit): Promise<Response> {
  const estate = await estateOf(deps, visit);
  const browserHash = visit.ensureBrowser();
  const { sent, fileErrors, isOnlyFiles } = await readUploadForm(deps, visit);
  const key = keyOf(sent);
  const typed = typedOf(sent);
  const documents = await draftDocuments(deps, key, browserHash);
  const state = { submissionKey: key, typed, documents };
  if (isOnlyFiles) {
    const status = Object.keys(fileErrors).length > 0 ? 422 : 200;
    return await answerForm(deps, visit, estate, { ...state, errors: fileErrors }, status);
  }
  await deps.limit(visit, "draft");
  const today = shanghaiDate(visit.now);
  const judged = await judgeAll(deps.db, { estateId: estate.id, typed, documents }, today);
  const errors = { ...(judged.ok ? {} : judged.errors), ...fileErrors };
  if (!judged.ok || Object.keys(errors).length > 0) {
    const shown = { ...state, errors, rules: judged.rules };
    return await answerForm(deps, visit, estate, shown, 422);
  }
  const twin = await findTwinAdvice(deps.db, identityOf(estate.id, judged.form), browserHash);
  if (twin !== null) {
    const shown = { ...state, twin, rules: judged.rules, errors: { "": twin.title } };
    return await answerForm(deps, visit, estate, shown, 409);
  }
  const draft = { estateId: estate.id, typed, savedAt: visit.now };
  if (!(await saveDraft(deps, { submissionKey: key, browserHash }, draft))) {
    const used = "这张表单已经用过了。您填的内容还在，请重新上传要件，再提交一次";
    const fresh = { submissionKey: randomUUID(), typed, documents: [], errors: { "": used } };
    return await answerForm(deps, visit, estate, fresh, 409);
  }
  await recordAudit(deps.db, visit.audit, estate.code, "filled");
  return seeOther(visit, `/unrecorded-deposit/review/${key}`);
}

function keyOf(sent: SentForm): string {
  const key = submissionKey.safeParse(sent["submissionKey"]);
  if (!key.success) throw new BadRequest("这张表单不完整，请回到小区列表，重新点“未备案交款”填写");
  return key.data;
}

type Shown = Pick<FormState, "submissionKey" | "typed" | "documents"> & Partial<FormState>;

async function answerForm(
  deps: UnrecordedDepositDeps,
  visit: Visit,
  estate: Estate,
  shown: Shown,
  status: number,
): Promise<Response> {
  const state = { errors: {}, twin: null, rules: offeredRules(), ...shown };
  const hasPriceField = await asksForPrice(deps, state);
  const props = { ...state, estate, hasPriceField, shell: deps.shell(visit) };
  return page(visit, renderPage(<UnrecordedFormPage {...props} />), status);
}

/** The price is asked for where a standard of the city goes by it, and stays where it was typed. */
export async function asksForPrice(
  deps: Pick<UnrecordedDepositDeps, "db">,
  state: Pick<FormState, "typed" | "errors">,
): Promise<boolean> {
  if ((state.typed["price"] ?? "") !== "" || state.errors["price"] !== undefined) return true;
  const standards = await listStandards(deps.db);
  return standards.some(({ basis }) => basis === "PRICE");
}
