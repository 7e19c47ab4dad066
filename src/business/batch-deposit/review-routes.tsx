import { randomUUID } from "node:crypto";
import type { BoundEstate } from "#src/accounts/institutions/bound-estates.ts";
import { institutionUserOf } from "#src/accounts/institutions/institution-session.ts";
import { introduceInstitutionUser } from "#src/accounts/institutions/institution-user.ts";
import { visitedEstate } from "#src/accounts/institutions/visited-estate.ts";
import { BATCH_HOUSES_MAX } from "#src/bank/issue-batch-notice.ts";
import { BadRequest, NotFound } from "#src/platform/http/errors.ts";
import { readListForm, type SentForm } from "#src/platform/http/form.ts";
import { parseForm } from "#src/platform/http/parse-form.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { renderPage } from "#src/ui/render.ts";
import type { BatchDepositDeps } from "./batch-deps.ts";
import { issueBatchDeposit } from "./issue-batch-deposit.ts";
import { judgeAsked } from "./listed-houses.ts";
import { getOwnPhone } from "./queries.ts";
import { ReviewPage } from "./review-page.tsx";
import type { JudgedBatch } from "./rules.ts";
import { batchForm, batchSeal, readBuildings } from "./schema.ts";

interface Review {
  judged: JudgedBatch;
  /** The buildings that were listed, for the way back. */
  buildings?: readonly string[];
  typed?: SentForm;
  errors?: FormErrors;
  submissionKey?: string;
}

/** Answers with each house and its amount, the total, and what stayed out. */
export async function answerReview(
  deps: BatchDepositDeps,
  visit: Visit,
  estate: BoundEstate,
  { judged, buildings = [], typed, errors = {}, submissionKey = randomUUID() }: Review,
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
      buildings={buildings}
      submissionKey={submissionKey}
      phone={phone}
      errors={errors}
    />,
  );
  return page(visit, html, status);
}

/** Hands the batch in, exactly as it was on the page; where anything differs it is shown again. */
export async function submitBatch(deps: BatchDepositDeps, visit: Visit): Promise<Response> {
  const { estate } = await visitedEstate(deps.db, visit);
  const { sent, list } = await readListForm(visit, { name: "house", max: BATCH_HOUSES_MAX });
  const seal = batchSeal.safeParse(sent);
  if (!seal.success || list.length === 0) {
    throw new BadRequest("这张表单不完整，请回到批量交款重新选房屋");
  }
  const at = { db: deps.db, estateId: estate.estateId, now: visit.now };
  const asked = list.map((code) => ({ code, line: null }));
  const buildings = readBuildings(sent["buildings"]);
  const form = parseForm(batchForm, sent);
  const { submissionKey, totalSeen } = seal.data;
  if (!form.ok) {
    const judged = await judgeAsked(at, asked);
    const review = { judged, buildings, typed: sent, errors: form.errors, submissionKey };
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
  const judged = outcome.reason === "changed" ? outcome.judged : await judgeAsked(at, asked);
  const errors = { "": STALE[outcome.reason] };
  const review = { judged, buildings, typed: sent, errors };
  return await answerReview(deps, visit, estate, review, 409);
}

const STALE = {
  changed: "您打开页面以后，房屋或金额变了。下面是现在的情况，请核对后再提交",
  "form-used-elsewhere": "这张表单已经用过了，请核对后再提交一次",
} as const;
