import { bridgeBalances } from "#src/bank/statements/bridge-balances.ts";
import { closeStatement } from "#src/bank/statements/close-statement.ts";
import { listCustodyAccounts } from "#src/bank/statements/custody-accounts.ts";
import { listCarried, listClosed } from "#src/bank/statements/list-carried.ts";
import { readBookBalance } from "#src/bank/statements/list-movements.ts";
import {
  findStatement,
  type KeptStatement,
  loadWorksheet,
} from "#src/bank/statements/load-worksheet.ts";
import { noteItem } from "#src/bank/statements/note-item.ts";
import type { StatementProblem } from "#src/bank/statements/read-statement.ts";
import { recordAudit, recordReading } from "#src/platform/audit.ts";
import { NotFound } from "#src/platform/http/errors.ts";
import { readForm } from "#src/platform/http/form.ts";
import type { LimitVisit } from "#src/platform/http/limit-visit.ts";
import { parseForm } from "#src/platform/http/parse-form.ts";
import { fileStream, page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import {
  SHEET_MEDIA_TYPES,
  type SheetFormat,
  writeSheet,
} from "#src/platform/spreadsheets/write-sheet.ts";
import { introduceStaff } from "#src/platform/staff/staff-members.ts";
import { staffOf } from "#src/platform/staff/staff-session.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { AccountsPage, HOME } from "./accounts-page.tsx";
import { DIFFERENCES_ON_PAGE, type TypedNote } from "./difference-cards.tsx";
import { DIFFERENCE_HEADS, differenceRows } from "./differences-sheet.ts";
import { type ReceivingDeps, receiveFile } from "./receive-file.ts";
import { closeForm, noteForm, readPageNumber, readStatementId } from "./schema.ts";
import { StatementPage } from "./statement-page.tsx";
import { closeRefusal, NOTE_REFUSALS } from "./words.ts";

export interface ReconciliationDeps extends ReceivingDeps {
  limit: LimitVisit;
  shell: (visit: Visit) => PageShell;
}

const CLOSED_SHOWN = 50;

/** 银行对账: the role finance hands files in and works the differences, the role approver closes. */
export function reconciliationRoutes(deps: ReconciliationDeps): Route[] {
  const open = (path: string, handle: (visit: Visit) => Promise<Response>): Route => ({
    method: "GET",
    path,
    permission: "reconciliation",
    audit: null,
    handle,
  });
  return [
    open(HOME, (visit) => showAccounts(deps, visit, {}, [])),
    {
      method: "POST",
      path: HOME,
      permission: "finance",
      audit: "statement-received",
      handle: (visit) => receive(deps, visit),
    },
    open(`${HOME}/:statement`, async (visit) =>
      showStatement(deps, visit, await statementOf(deps, visit), { errors: {}, typed: null }),
    ),
    {
      method: "POST",
      path: `${HOME}/:statement/notes`,
      permission: "finance",
      audit: "statement-noted",
      handle: (visit) => note(deps, visit),
    },
    {
      method: "POST",
      path: `${HOME}/:statement/close`,
      permission: "approver",
      audit: "statement-closed",
      handle: (visit) => close(deps, visit),
    },
    ...(["csv", "xlsx"] as const).map(
      (format): Route => ({
        method: "GET",
        path: `${HOME}/:statement/differences.${format}`,
        permission: "reconciliation",
        audit: "statement-differences-exported",
        handle: (visit) => sendDifferences(deps, visit, format),
      }),
    ),
  ];
}

async function showAccounts(
  deps: ReconciliationDeps,
  visit: Visit,
  errors: FormErrors,
  problems: readonly StatementProblem[],
  status = 200,
): Promise<Response> {
  const html = renderPage(
    <AccountsPage
      shell={deps.shell(visit)}
      person={introduceStaff(staffOf(visit))}
      accounts={await listCustodyAccounts(deps.db)}
      closed={await listClosed(deps.db, CLOSED_SHOWN)}
      errors={errors}
      problems={problems}
    />,
  );
  return page(visit, html, status);
}

async function receive(deps: ReconciliationDeps, visit: Visit): Promise<Response> {
  await deps.limit(visit, "upload");
  const received = await receiveFile(deps, visit);
  if (received.ok) return seeOther(visit, `${HOME}/${received.statementId}?done=received`);
  await recordAudit(deps.db, visit.audit, "", "refused");
  return await showAccounts(deps, visit, { file: received.reason }, received.problems, 422);
}

/** The statement of the URL; what is none is not there. */
async function statementOf({ db }: ReconciliationDeps, visit: Visit): Promise<KeptStatement> {
  const id = readStatementId(visit.c.req.param("statement"));
  const statement = id === null ? null : await findStatement(db, id);
  if (statement === null) throw new NotFound();
  return statement;
}

async function workOf({ db }: ReconciliationDeps, statement: KeptStatement) {
  if (statement.closed !== null || statement.isReplaced) return null;
  const { accountId, closingFen, lastDay } = statement;
  const sheet = await loadWorksheet(db, statement);
  const bookFen = await readBookBalance(db, { accountId, day: lastDay });
  return { sheet, bridge: bridgeBalances(sheet, { closingFen, bookFen, lastDay }) };
}

async function showStatement(
  deps: ReconciliationDeps,
  visit: Visit,
  statement: KeptStatement,
  said: { errors: FormErrors; typed: TypedNote | null },
  status = 200,
): Promise<Response> {
  const work = await workOf(deps, statement);
  const pageCount = Math.ceil((work?.sheet.items.length ?? 0) / DIFFERENCES_ON_PAGE);
  const member = staffOf(visit);
  const html = renderPage(
    <StatementPage
      shell={deps.shell(visit)}
      person={introduceStaff(member)}
      staffId={member.id}
      statement={statement}
      work={work}
      carried={statement.closed === null ? [] : await listCarried(deps.db, statement.id)}
      page={Math.min(readPageNumber(visit.c.req.query("page")), Math.max(1, pageCount))}
      done={visit.c.req.query("done") ?? ""}
      {...said}
    />,
  );
  return page(visit, html, status);
}

async function note(deps: ReconciliationDeps, visit: Visit): Promise<Response> {
  const statement = await statementOf(deps, visit);
  const sent = await readForm(visit);
  const typed = {
    item: sent["item"] ?? "",
    reason: sent["reason"] ?? "",
    remark: sent["remark"] ?? "",
  };
  const form = parseForm(noteForm, sent);
  if (!form.ok) {
    return await showStatement(deps, visit, statement, { errors: form.errors, typed }, 422);
  }
  const { item: key, reason, remark } = form.data;
  const outcome = await noteItem(deps.db, {
    ...actOf(visit),
    statementId: statement.id,
    ...{ key, reason, remark },
  });
  const at = readPageNumber(visit.c.req.query("page"));
  if (outcome === "noted") {
    return seeOther(visit, `${HOME}/${statement.id}?page=${at}&done=noted#${key}`);
  }
  const errors = { [outcome === "not-cut-off" ? "reason" : ""]: NOTE_REFUSALS[outcome] };
  return await showStatement(deps, visit, statement, { errors, typed }, 422);
}

async function close(deps: ReconciliationDeps, visit: Visit): Promise<Response> {
  const statement = await statementOf(deps, visit);
  const form = parseForm(closeForm, await readForm(visit));
  if (!form.ok) {
    return await showStatement(deps, visit, statement, { errors: form.errors, typed: null }, 422);
  }
  const outcome = await closeStatement(deps.db, {
    ...actOf(visit),
    statementId: statement.id,
    hasLooked: form.data.looked !== undefined,
    seen: form.data.seen ?? "",
  });
  if (outcome.kind === "closed") return seeOther(visit, `${HOME}/${statement.id}?done=closed`);
  const field = outcome.kind === "not-looked" ? "looked" : "";
  const errors = { [field]: closeRefusal(outcome) };
  const now = await statementOf(deps, visit);
  return await showStatement(deps, visit, now, { errors, typed: null }, 422);
}

function actOf(visit: Visit) {
  return { staffId: staffOf(visit).id, audit: visit.audit, now: visit.now };
}

async function sendDifferences(
  deps: ReconciliationDeps,
  visit: Visit,
  format: SheetFormat,
): Promise<Response> {
  const statement = await statementOf(deps, visit);
  const work = await workOf(deps, statement);
  if (work === null) throw new NotFound();
  await recordReading(deps.db, visit.audit, `statement:${statement.id}`, "saved");
  const rows = differenceRows(work.sheet.items);
  const sheet = { name: "对账差异", heads: DIFFERENCE_HEADS, rows };
  return fileStream(visit, writeSheet(format, sheet), {
    mediaType: SHEET_MEDIA_TYPES[format],
    name: `对账差异-${statement.accountNo}-${statement.lastDay}.${format}`,
  });
}
