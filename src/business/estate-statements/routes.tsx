import { findBoundEstate } from "#src/accounts/institutions/bound-estates.ts";
import { institutionUserOf } from "#src/accounts/institutions/institution-session.ts";
import {
  institutionActor,
  introduceInstitutionUser,
} from "#src/accounts/institutions/institution-user.ts";
import { type VisitedEstate, visitedEstate } from "#src/accounts/institutions/visited-estate.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { recordReading } from "#src/platform/audit.ts";
import type { Db } from "#src/platform/database/client.ts";
import { NotFound } from "#src/platform/http/errors.ts";
import { readForm } from "#src/platform/http/form.ts";
import type { LimitVisit } from "#src/platform/http/limit-visit.ts";
import { file, fileStream, page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { SHEET_MEDIA_TYPES, writeSheet } from "#src/platform/spreadsheets/write-sheet.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { listDifferences } from "./differences.ts";
import { isOver, listPeriods, parsePeriod } from "./rules.ts";
import {
  countParts,
  printStatement,
  type StatementPrintDeps,
  statementSheet,
} from "./statement-files.ts";
import { StatementPage } from "./statement-page.tsx";
import {
  findStatement,
  findVersionBefore,
  listStatements,
  lockStatement,
  reckonStatement,
  type Statement,
} from "./statements.ts";
import { StatementsPage, type StatementsPageProps } from "./statements-page.tsx";

export interface EstateStatementsDeps extends StatementPrintDeps {
  db: Db;
  limit: LimitVisit;
  shell: (visit: Visit) => PageShell;
}

/** 公示报表 of an estate: reckoned for a period that is over, locked, posted, taken along. */
export function estateStatementsRoutes(deps: EstateStatementsDeps): Route[] {
  const permission = "estate-keeper" as const;
  const path = "/workbench/estates/:estate/statements";
  const one = "/workbench/statements/:statement";
  const open = (
    route: string,
    audit: string | null,
    handle: (visit: Visit) => Promise<Response>,
  ): Route => ({ method: "GET", path: route, permission, audit, handle });
  return [
    open(path, null, (visit) => choosePeriod(deps, visit)),
    {
      method: "POST",
      path,
      permission,
      audit: "estate-statement-locked",
      handle: (visit) => lock(deps, visit),
    },
    open(one, null, (visit) => showStatement(deps, visit)),
    open(`${one}/print`, "estate-statement-printed", (visit) => sendPrint(deps, visit)),
    open(`${one}/houses.csv`, "estate-statement-saved", (visit) => sendCsv(deps, visit)),
    open(`${one}/houses.json`, "estate-statement-saved", (visit) => sendJson(deps, visit)),
  ];
}

async function choosePeriod(deps: EstateStatementsDeps, visit: Visit): Promise<Response> {
  const visited = await visitedEstate(deps.db, visit);
  const chosen = visit.c.req.query("period") ?? "";
  return await answer(deps, visit, visited, { chosen, errors: {} });
}

const NO_PERIOD = "请选择一个时段";
const NOT_OVER = "这个时段还没有结束，结束以后才能公示";

async function answer(
  deps: EstateStatementsDeps,
  visit: Visit,
  visited: VisitedEstate,
  said: { chosen: string; errors: FormErrors; status?: number },
): Promise<Response> {
  const { user, estate, today } = visited;
  const period = parsePeriod(said.chosen);
  const isReady = period !== null && isOver(period, today);
  const statements = await listStatements(deps.db, estate.estateId);
  const preview: StatementsPageProps["preview"] = isReady
    ? {
        period,
        content: await reckonStatement(deps.db, estate, period),
        last: statements.find((one) => one.period === period.code) ?? null,
      }
    : null;
  const refusal = said.chosen === "" || isReady ? {} : { period: period ? NOT_OVER : NO_PERIOD };
  const errors = { ...refusal, ...said.errors };
  const html = renderPage(
    <StatementsPage
      shell={deps.shell(visit)}
      person={introduceInstitutionUser(user)}
      estate={estate}
      periods={listPeriods(today)}
      statements={statements}
      preview={preview}
      chosen={said.chosen}
      errors={errors}
    />,
  );
  const isRefused = Object.keys(errors).length > 0;
  return page(visit, html, said.status ?? (isRefused ? 422 : 200));
}

async function lock(deps: EstateStatementsDeps, visit: Visit): Promise<Response> {
  const visited = await visitedEstate(deps.db, visit);
  const chosen = (await readForm(visit))["period"] ?? "";
  const period = parsePeriod(chosen);
  const refuse = (name: string, sentence: string, status: number) =>
    answer(deps, visit, visited, { chosen, errors: { [name]: sentence }, status });
  if (period === null) return await refuse("period", NO_PERIOD, 422);
  const outcome = await lockStatement(deps.db, {
    estate: visited.estate,
    period,
    institutionId: visited.user.institution.id,
    actor: institutionActor(visited.user),
    audit: visit.audit,
    today: visited.today,
    now: visit.now,
  });
  switch (outcome.kind) {
    case "locked":
      return seeOther(visit, `/workbench/statements/${outcome.number}?locked=1`);
    case "not-over":
      return await refuse("period", NOT_OVER, 422);
    case "unchanged":
      return await refuse("", `和已锁定的 ${outcome.number} 一样，不用再锁定`, 409);
    case "locked-meanwhile":
      return await refuse("", "刚才有别人锁定了这个时段，请看过再决定", 409);
  }
}

/** A locked statement of an estate that the institution is bound to today; whoever of its keepers locked it. */
async function visitedStatement(deps: EstateStatementsDeps, visit: Visit) {
  const user = institutionUserOf(visit);
  const number = visit.c.req.param("statement") ?? "";
  const code = /^([A-Z]{2}[0-9]{4,8})-[0-9A-Z]{5,7}-[1-9][0-9]{0,5}$/.exec(number)?.[1];
  if (code === undefined) throw new NotFound();
  const today = shanghaiDate(visit.now);
  const estate = await findBoundEstate(deps.db, {
    institutionId: user.institution.id,
    code,
    today,
  });
  const statement = estate && (await findStatement(deps.db, number));
  if (estate === null || statement === null) throw new NotFound();
  return { user, estate, statement };
}

async function showStatement(deps: EstateStatementsDeps, visit: Visit): Promise<Response> {
  const { user, estate, statement } = await visitedStatement(deps, visit);
  const before = await findVersionBefore(deps.db, statement);
  const html = renderPage(
    <StatementPage
      shell={deps.shell(visit)}
      person={introduceInstitutionUser(user)}
      estate={estate}
      statement={statement}
      differences={before && listDifferences(before.content, statement.content)}
      parts={countParts(statement)}
      page={readNumber(visit.c.req.query("page"))}
      justLocked={visit.c.req.query("locked") === "1"}
    />,
  );
  return page(visit, html);
}

/** Whatever is no number counts as the first. */
function readNumber(asked = ""): number {
  return /^[1-9][0-9]{0,4}$/.test(asked) ? Number.parseInt(asked, 10) : 1;
}

async function sendPrint(deps: EstateStatementsDeps, visit: Visit): Promise<Response> {
  const { statement } = await visitedStatement(deps, visit);
  const part = readNumber(visit.c.req.query("part"));
  if (part > countParts(statement)) throw new NotFound();
  await deps.limit(visit, "print");
  const pdf = await printStatement(deps, deps.db, statement, part);
  await recordReading(deps.db, visit.audit, statement.number, "saved");
  return file(visit, pdf, {
    mediaType: "application/pdf",
    name: nameOf(statement, "pdf"),
    isInline: true,
  });
}

async function sendCsv(deps: EstateStatementsDeps, visit: Visit): Promise<Response> {
  const { statement } = await visitedStatement(deps, visit);
  await recordReading(deps.db, visit.audit, statement.number, "saved");
  return fileStream(visit, writeSheet("csv", statementSheet(statement)), {
    mediaType: SHEET_MEDIA_TYPES.csv,
    name: nameOf(statement, "csv"),
  });
}

/** What is locked, with where it comes from; its hash is that of `content` alone. */
async function sendJson(deps: EstateStatementsDeps, visit: Visit): Promise<Response> {
  const { statement } = await visitedStatement(deps, visit);
  await recordReading(deps.db, visit.audit, statement.number, "saved");
  const { number, version, institutionName, lockedAt, hash, content } = statement;
  const text = JSON.stringify({
    number,
    version,
    lockedBy: institutionName,
    lockedAt,
    sha256: hash,
    content,
  });
  return file(visit, Buffer.from(text), {
    mediaType: "application/json; charset=utf-8",
    name: nameOf(statement, "json"),
    isInline: false,
  });
}

function nameOf({ number }: Statement, ending: string): string {
  return `维修资金收支公示-${number}.${ending}`;
}
