import { institutionUserOf } from "#src/accounts/institutions/institution-session.ts";
import { introduceInstitutionUser } from "#src/accounts/institutions/institution-user.ts";
import { recordAudit, recordReading } from "#src/platform/audit.ts";
import { NotFound } from "#src/platform/http/errors.ts";
import type { LimitVisit } from "#src/platform/http/limit-visit.ts";
import { file, fileStream, page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { csvText } from "#src/platform/spreadsheets/csv-text.ts";
import {
  SHEET_MEDIA_TYPES,
  type SheetCell,
  type SheetFormat,
  writeSheet,
} from "#src/platform/spreadsheets/write-sheet.ts";
import { COLUMNS } from "#src/register/import/columns.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { ImportListPage, ImportPage } from "./pages.tsx";
import {
  findImport,
  type HouseImport,
  type ImportProblem,
  listImports,
  listProblems,
  PROBLEMS_ON_PAGE,
  streamProblems,
} from "./queries.ts";
import { type ImportReceivingDeps, receiveImport } from "./receive-import.ts";
import { readPageNumber } from "./schema.ts";

/** What the pages of 房屋导入 are built on. */
export interface HouseImportDeps extends ImportReceivingDeps {
  limit: LimitVisit;
  shell: (visit: Visit) => PageShell;
}

/** 房屋导入: hand a register file in, see how far it is and what is wrong with which row. */
export function houseImportRoutes(deps: HouseImportDeps): Route[] {
  const open = (
    path: string,
    handle: (visit: Visit) => Promise<Response> | Response,
    audit: string | null = null,
  ): Route => ({ method: "GET", path, permission: "developer", audit, handle });
  const base = "/workbench/house-imports";
  return [
    open(base, (visit) => showList(deps, visit, {}, 200)),
    {
      method: "POST",
      path: base,
      permission: "developer",
      audit: "house-import-received",
      handle: (visit) => receive(deps, visit),
    },
    open(`${base}/template.csv`, sendTemplate),
    open(`${base}/:import`, (visit) => showImport(deps, visit)),
    ...(["csv", "xlsx"] as const).map((format) =>
      open(
        `${base}/:import/problems.${format}`,
        (visit) => sendProblems(deps, visit, format),
        "house-import-problems-exported",
      ),
    ),
  ];
}

async function showList(
  deps: HouseImportDeps,
  visit: Visit,
  errors: FormErrors,
  status: number,
): Promise<Response> {
  const user = institutionUserOf(visit);
  const imports = await listImports(deps.db, user.institution.id);
  const person = introduceInstitutionUser(user);
  const props = { shell: deps.shell(visit), person, imports, errors };
  return page(visit, renderPage(<ImportListPage {...props} />), status);
}

async function receive(deps: HouseImportDeps, visit: Visit): Promise<Response> {
  await deps.limit(visit, "upload");
  const received = await receiveImport(deps, visit, institutionUserOf(visit));
  if (received.ok) return seeOther(visit, `/workbench/house-imports/${received.id}`);
  await recordAudit(deps.db, visit.audit, "", "refused");
  return await showList(deps, visit, { file: received.reason }, 422);
}

/** The import of the URL, if it is the institution's own; another's does not exist here. */
async function importOf({ db }: HouseImportDeps, visit: Visit): Promise<HouseImport> {
  const { institution } = institutionUserOf(visit);
  const id = visit.c.req.param("import") ?? "";
  const one = await findImport(db, { id, institutionId: institution.id });
  if (one === null) throw new NotFound();
  return one;
}

async function showImport(deps: HouseImportDeps, visit: Visit): Promise<Response> {
  const one = await importOf(deps, visit);
  const asked = readPageNumber(visit.c.req.query("page"));
  const first = await listProblems(deps.db, one.id, asked);
  const shown = Math.min(asked, Math.max(1, Math.ceil(first.totalCount / PROBLEMS_ON_PAGE)));
  const found = shown === asked ? first : await listProblems(deps.db, one.id, shown);
  const html = renderPage(
    <ImportPage
      shell={deps.shell(visit)}
      person={introduceInstitutionUser(institutionUserOf(visit))}
      one={one}
      problems={found.rows}
      problemCount={found.totalCount}
      page={shown}
    />,
  );
  return page(visit, html);
}

async function sendProblems(
  deps: HouseImportDeps,
  visit: Visit,
  format: SheetFormat,
): Promise<Response> {
  const one = await importOf(deps, visit);
  await recordReading(deps.db, visit.audit, one.id, "saved");
  const rows = problemRows(streamProblems(deps.db, one.id));
  const sheet = { name: "错误报告", heads: ["行号", "列名", "原因"], rows };
  return fileStream(visit, writeSheet(format, sheet), {
    mediaType: SHEET_MEDIA_TYPES[format],
    name: `错误报告-${one.fileName}.${format}`,
  });
}

async function* problemRows(problems: AsyncIterable<ImportProblem>): AsyncGenerator<SheetCell[]> {
  for await (const { line, column, reason } of problems) {
    yield [{ figure: `${line}` }, column, reason];
  }
}

/** An empty register file: the names of its columns. */
function sendTemplate(visit: Visit): Response {
  const header = COLUMNS.map(({ header: name }) => name);
  return file(visit, Buffer.from(csvText([header])), {
    mediaType: SHEET_MEDIA_TYPES.csv,
    name: "房屋登记.csv",
    isInline: false,
  });
}
