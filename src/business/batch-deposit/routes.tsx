import { listBoundEstates } from "#src/accounts/institutions/bound-estates.ts";
import { institutionUserOf } from "#src/accounts/institutions/institution-session.ts";
import { introduceInstitutionUser } from "#src/accounts/institutions/institution-user.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { page } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { renderPage } from "#src/ui/render.ts";
import type { BatchDepositDeps } from "./batch-deps.ts";
import { reviewChoice, showChoice } from "./choose-routes.tsx";
import { reviewList } from "./list-routes.tsx";
import { BatchListPage } from "./own-pages.tsx";
import { BATCHES_ON_PAGE, listBatches } from "./queries.ts";
import { submitBatch } from "./review-routes.tsx";
import { readPageQuery } from "./schema.ts";

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
      handle: (visit) => submitBatch(deps, visit),
    },
  ];
}

async function showList(deps: BatchDepositDeps, visit: Visit): Promise<Response> {
  const user = institutionUserOf(visit);
  const { institution } = user;
  const asked = readPageQuery(visit.c.req.query("page"));
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
