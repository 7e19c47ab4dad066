import { z } from "zod";
import { listSuspense, sumSuspense } from "#src/bank/list-suspense.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { recordAudit } from "#src/platform/audit.ts";
import type { Db } from "#src/platform/database/client.ts";
import { NotFound } from "#src/platform/http/errors.ts";
import { file, page } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { introduceStaff } from "#src/platform/staff/staff-members.ts";
import { staffOf } from "#src/platform/staff/staff-session.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { SuspensePage } from "./pages.tsx";
import { suspenseCsv } from "./suspense-csv.ts";

export interface SuspenseDeps {
  db: Db;
  shell: (visit: Visit) => PageShell;
}

const PAGE_SIZE = 50;
/** More than this waits for nobody; a file stays small enough to be written at once. */
const CSV_ROWS_MAX = 10_000;
const pageNumber = z.coerce.number().int().min(1).max(9_999);

/** 待清算款项: what stands on 2901, for those who keep the accounts. */
export function suspenseRoutes(deps: SuspenseDeps): Route[] {
  return [
    {
      method: "GET",
      path: "/review/suspense",
      permission: "finance",
      audit: null,
      handle: (visit) => show(deps, visit),
    },
    {
      method: "GET",
      path: "/review/suspense.csv",
      permission: "finance",
      audit: "suspense-exported",
      handle: (visit) => save(deps, visit),
    },
  ];
}

async function show(deps: SuspenseDeps, visit: Visit): Promise<Response> {
  const wanted = pageNumber.safeParse(visit.c.req.query("page") ?? "1");
  if (!wanted.success) throw new NotFound();
  const offset = (wanted.data - 1) * PAGE_SIZE;
  const total = await sumSuspense(deps.db);
  const receipts = await listSuspense(deps.db, { limit: PAGE_SIZE, offset });
  if (receipts.length === 0 && wanted.data > 1) throw new NotFound();
  const html = renderPage(
    <SuspensePage
      shell={deps.shell(visit)}
      person={introduceStaff(staffOf(visit))}
      total={total}
      receipts={receipts}
      page={wanted.data}
      pageSize={PAGE_SIZE}
      now={visit.now}
    />,
  );
  return page(visit, html);
}

async function save(deps: SuspenseDeps, visit: Visit): Promise<Response> {
  const receipts = await listSuspense(deps.db, { limit: CSV_ROWS_MAX, offset: 0 });
  await recordAudit(deps.db, visit.audit, "2901", `${receipts.length} receipts`);
  return file(visit, Buffer.from(suspenseCsv(receipts, visit.now)), {
    mediaType: "text/csv; charset=utf-8",
    name: `待清算款项-${shanghaiDate(visit.now)}.csv`,
    isInline: false,
  });
}
