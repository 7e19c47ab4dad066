import type { SearchPurpose } from "#src/ledger/house-search/search-page.tsx";
import { type HouseSearchDeps, houseSearchRoute } from "#src/ledger/house-search/search-route.tsx";
import { searchStatus } from "#src/ledger/house-search/search-status.ts";
import { json } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { toSearchJson } from "./search-json.ts";

const PURPOSE: SearchPurpose = {
  title: "业主自主办理区",
  description:
    "业主输入房屋地址，在网上办维修资金的首次交款、续交、退款和打印交款通知单，不用登录。",
  action: "/owner-service",
  mainAct: "deposit",
  hasDeposit: true,
};

/** 业主自主办理区: the search from which an owner pays or claims back, as a page and as JSON. */
export function ownerSelfServiceRoutes(deps: HouseSearchDeps): Route[] {
  return [
    houseSearchRoute(deps, PURPOSE),
    {
      method: "GET",
      path: "/search.json",
      permission: "anyone",
      audit: null,
      handle: (visit) => answerJson(deps, visit),
    },
  ];
}

async function answerJson(deps: HouseSearchDeps, visit: Visit): Promise<Response> {
  await deps.limit(visit, "suggest");
  const answer = await deps.search.search(visit.c.req.query("q") ?? "");
  const isBad = searchStatus(answer) !== 200;
  return json(visit, toSearchJson(answer), isBad ? 400 : 200);
}
