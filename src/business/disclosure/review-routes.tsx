import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { type LockOutcome, lockYear } from "#src/ledger/locked-years/lock-year.ts";
import { type PrepareOutcome, prepareYear } from "#src/ledger/locked-years/prepare-year.ts";
import {
  findPreparedContent,
  listLockedYears,
  listPreparedYears,
} from "#src/ledger/locked-years/read-locked-years.ts";
import { readForm } from "#src/platform/http/form.ts";
import { parseForm } from "#src/platform/http/parse-form.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { introduceStaff } from "#src/platform/staff/staff-members.ts";
import { staffOf } from "#src/platform/staff/staff-session.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { renderPage } from "#src/ui/render.ts";
import type { DisclosureDeps } from "./desk.ts";
import { ReviewPage } from "./review-page.tsx";
import { lockForm, prepareForm } from "./schema.ts";

/** So many years back may be prepared. */
const YEARS_BACK = 20;

/** 年度公示: the role finance prepares a year that is over, the role approver locks it. */
export function reviewDisclosureRoutes(deps: DisclosureDeps): Route[] {
  return [
    {
      method: "GET",
      path: "/review/disclosure",
      permission: "yearly-disclosure",
      audit: null,
      handle: (visit) => show(deps, visit, "", {}),
    },
    {
      method: "POST",
      path: "/review/disclosure/prepare",
      permission: "finance",
      audit: "year-prepared",
      handle: (visit) => prepare(deps, visit),
    },
    {
      method: "POST",
      path: "/review/disclosure/lock",
      permission: "approver",
      audit: "year-locked",
      handle: (visit) => lock(deps, visit),
    },
  ];
}

/** The years that the page offers, the newest first. */
function offeredYears(visit: Visit): number[] {
  const thisYear = Number.parseInt(shanghaiDate(visit.now).slice(0, 4), 10);
  return Array.from({ length: YEARS_BACK }, (_, at) => thisYear - 1 - at);
}

async function show(
  deps: DisclosureDeps,
  visit: Visit,
  chosen: string,
  errors: FormErrors,
  status = 200,
): Promise<Response> {
  const waiting = [];
  for (const head of await listPreparedYears(deps.db)) {
    const content = await findPreparedContent(deps.db, head.preparedYearId);
    if (content !== null) waiting.push({ head, content });
  }
  const member = staffOf(visit);
  const html = renderPage(
    <ReviewPage
      shell={deps.shell(visit)}
      person={introduceStaff(member)}
      staffId={member.id}
      years={offeredYears(visit)}
      chosen={chosen}
      waiting={waiting}
      locked={await listLockedYears(deps.db)}
      done={visit.c.req.query("done") ?? ""}
      errors={errors}
    />,
  );
  return page(visit, html, status);
}

const PREPARE_REFUSALS: Readonly<Record<Exclude<PrepareOutcome["kind"], "prepared">, string>> = {
  "not-over": "这一年还没有结束，结束以后才能整理",
  unchanged: "和已经锁定的最新一版完全一样，不用再整理",
  "prepared-already": "这一年已经整理好，正等审批员核对锁定，不用再整理",
  "no-figures":
    "这时候的账和各户余额对不上，或者还没有可以公布的数字。请过几分钟再整理；还是这样的话，请运行账本检查",
};

async function prepare(deps: DisclosureDeps, visit: Visit): Promise<Response> {
  const sent = await readForm(visit);
  const chosen = sent["year"] ?? "";
  const form = parseForm(prepareForm, sent);
  if (!form.ok) return await show(deps, visit, chosen, form.errors, 422);
  const oldest = offeredYears(visit).at(-1) ?? 0;
  if (form.data.year < oldest) {
    const year = `只能整理最近 ${YEARS_BACK} 年，最早是 ${oldest} 年。请在列表里选择年份`;
    return await show(deps, visit, chosen, { year }, 422);
  }
  const outcome = await prepareYear(deps.db, { ...actOf(deps, visit), year: form.data.year });
  if (outcome.kind === "prepared") return seeOther(visit, "/review/disclosure?done=prepared");
  const status = outcome.kind === "not-over" ? 422 : 409;
  return await show(deps, visit, chosen, { year: PREPARE_REFUSALS[outcome.kind] }, status);
}

const LOCK_REFUSALS: Readonly<Record<Exclude<LockOutcome["kind"], "locked">, string>> = {
  replaced: "刚才有人重新整理了这一年，请看过新的数字再锁定",
  "own-preparation": "这一年是您自己整理的，要由另一个人核对锁定",
  outdated: "整理以后，这一年的账有变动。请财务员重新整理，再来锁定",
  "locked-meanwhile": "刚才有别人锁定了这一年，不用再锁定",
};

async function lock(deps: DisclosureDeps, visit: Visit): Promise<Response> {
  const form = parseForm(lockForm, await readForm(visit));
  if (!form.ok) return await show(deps, visit, "", form.errors, 422);
  const { year, prepared } = form.data;
  const outcome = await lockYear(deps.db, {
    ...actOf(deps, visit),
    year,
    preparedYearId: prepared,
  });
  if (outcome.kind === "locked") return seeOther(visit, "/review/disclosure?done=locked");
  return await show(deps, visit, "", { "": LOCK_REFUSALS[outcome.kind] }, 409);
}

function actOf(deps: DisclosureDeps, visit: Visit) {
  const { policy } = deps;
  return { staffId: staffOf(visit).id, policy, audit: visit.audit, now: visit.now };
}
