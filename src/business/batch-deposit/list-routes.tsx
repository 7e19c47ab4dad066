import { institutionUserOf } from "#src/accounts/institutions/institution-session.ts";
import { introduceInstitutionUser } from "#src/accounts/institutions/institution-user.ts";
import { visitedEstate } from "#src/accounts/institutions/visited-estate.ts";
import { BATCH_HOUSES_MAX } from "#src/bank/issue-batch-notice.ts";
import { recordAudit } from "#src/platform/audit.ts";
import { BadRequest } from "#src/platform/http/errors.ts";
import { page } from "#src/platform/http/responses.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { receiveForm } from "#src/platform/uploads/receive-form.ts";
import { renderPage } from "#src/ui/render.ts";
import type { BatchDepositDeps } from "./batch-deps.ts";
import { answerChoice } from "./choose-routes.tsx";
import { judgeAsked } from "./listed-houses.ts";
import { type HouseList, readHouseList } from "./read-house-list.ts";
import { NothingPage } from "./review-page.tsx";
import { answerReview } from "./review-routes.tsx";
import { batchRefusal } from "./rules.ts";

/** Takes an uploaded list of house codes to the review, or says line by line why none of it goes in. */
export async function reviewList(deps: BatchDepositDeps, visit: Visit): Promise<Response> {
  const { estate } = await visitedEstate(deps.db, visit);
  await deps.limit(visit, "upload");
  const list = await receiveList(deps, visit);
  if (!list.ok) {
    await recordAudit(deps.db, visit.audit, estate.code, "refused");
    const errors = { list: list.reason };
    const choice = { kind: "00", buildings: [], ticked: [], errors } as const;
    return await answerChoice(deps, visit, estate, choice, 422);
  }
  const at = { db: deps.db, estateId: estate.estateId, now: visit.now };
  const judged = await judgeAsked(at, list.houses);
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
