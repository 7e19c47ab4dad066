import type { BoundEstate } from "#src/accounts/institutions/bound-estates.ts";
import { institutionUserOf } from "#src/accounts/institutions/institution-session.ts";
import { introduceInstitutionUser } from "#src/accounts/institutions/institution-user.ts";
import { visitedEstate } from "#src/accounts/institutions/visited-estate.ts";
import { BATCH_HOUSES_MAX } from "#src/bank/issue-batch-notice.ts";
import { recordAudit } from "#src/platform/audit.ts";
import { BadRequest } from "#src/platform/http/errors.ts";
import { readListForm } from "#src/platform/http/form.ts";
import { page } from "#src/platform/http/responses.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { renderPage } from "#src/ui/render.ts";
import type { BatchDepositDeps } from "./batch-deps.ts";
import { ChoosePage } from "./choose-page.tsx";
import { judgeAsked, listHousesIn, listOffering } from "./listed-houses.ts";
import { type BuildingChoice, countIn } from "./queries.ts";
import { answerReview } from "./review-routes.tsx";
import { type BatchKind, batchRefusal } from "./rules.ts";
import { choiceSeal, readChoiceQuery } from "./schema.ts";

/** What is chosen so far. */
export interface Choice {
  kind: BatchKind;
  /** The buildings whose houses are listed; `whole`: of all that have any. */
  buildings: readonly string[] | "whole";
  /** The codes that are ticked, or `all` that are listed. */
  ticked: readonly string[] | "all";
  errors: FormErrors;
}

/** Shows the buildings to choose from and, once some are chosen, their houses. */
export async function showChoice(deps: BatchDepositDeps, visit: Visit): Promise<Response> {
  const { estate } = await visitedEstate(deps.db, visit);
  const query = readChoiceQuery(visit.c.req.query(), visit.c.req.queries("building") ?? []);
  const isNoneChosen = query.buildings.length === 0 && visit.c.req.query("tick") !== undefined;
  const errors = isNoneChosen ? { building: "请至少选一幢，再列出它的房屋" } : {};
  return await answerChoice(deps, visit, estate, { ...query, errors }, isNoneChosen ? 422 : 200);
}

/** Answers with the page of a choice. More houses than one notice takes are refused before they are listed. */
export async function answerChoice(
  deps: BatchDepositDeps,
  visit: Visit,
  estate: BoundEstate,
  choice: Choice,
  status: number,
): Promise<Response> {
  const at = { db: deps.db, estateId: estate.estateId, now: visit.now };
  const { kind } = choice;
  const offering = await listOffering(at);
  const chosen = chosenOf(choice, offering[kind]);
  const tooMany = tooManyWords(chosen, kind);
  const houses = tooMany === null ? await listHousesIn(at, kind, chosen) : [];
  const html = renderPage(
    <ChoosePage
      shell={deps.shell(visit)}
      person={introduceInstitutionUser(institutionUserOf(visit))}
      estate={estate}
      kind={kind}
      offering={offering}
      chosen={chosen}
      houses={houses}
      ticked={new Set(choice.ticked === "all" ? codesOf(houses) : choice.ticked)}
      errors={tooMany === null ? choice.errors : { ...choice.errors, building: tooMany }}
    />,
  );
  return page(visit, html, tooMany === null ? status : 422);
}

const codesOf = (houses: Awaited<ReturnType<typeof listHousesIn>>) =>
  houses.map(({ house }) => house.code);

/** The buildings that are listed. The only one that has houses is listed without being asked for. */
function chosenOf(
  { buildings }: Choice,
  offering: readonly BuildingChoice[],
): readonly BuildingChoice[] {
  if (buildings === "whole" || offering.length === 1) return offering;
  return offering.filter(({ key }) => buildings.includes(key));
}

function tooManyWords(chosen: readonly BuildingChoice[], kind: BatchKind): string | null {
  const count = chosen.reduce((sum, one) => sum + countIn(one, kind), 0);
  if (count <= BATCH_HOUSES_MAX) return null;
  return `选的幢一共 ${count} 套，一张交款通知单最多 ${BATCH_HOUSES_MAX} 套，请少选几幢，分几次提交`;
}

/** Takes what was ticked to the review, or back to the choice with what is wrong; `edit` comes back from there. */
export async function reviewChoice(deps: BatchDepositDeps, visit: Visit): Promise<Response> {
  const { estate } = await visitedEstate(deps.db, visit);
  const { sent, list } = await readListForm(visit, { name: "house", max: BATCH_HOUSES_MAX });
  const seal = choiceSeal.safeParse(sent);
  if (!seal.success) throw new BadRequest("这张表单不完整，请回到批量交款重新选房屋");
  const { scope, kind, buildings } = seal.data;
  const at = { db: deps.db, estateId: estate.estateId, now: visit.now };
  const asked = list.map((code) => ({ code, line: null }));
  const judged = await judgeAsked(at, asked);
  const refusal = batchRefusal(judged, asked.length);
  const isShown = refusal === null || scope === "edit";
  await recordAudit(deps.db, visit.audit, estate.code, isShown ? "shown" : "refused");
  if (scope === "edit") {
    const keys = judged.chosen.map(({ house }) => house.buildingKey);
    const back = { kind, buildings: [...buildings, ...new Set(keys)], ticked: list, errors: {} };
    return await answerChoice(deps, visit, estate, back, 200);
  }
  if (refusal === null) return await answerReview(deps, visit, estate, { judged, buildings }, 200);
  const choice = { kind, buildings, ticked: list, errors: { house: refusal } };
  return await answerChoice(deps, visit, estate, choice, 422);
}
