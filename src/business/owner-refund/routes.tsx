import { seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import { compareOwner, showOwner } from "./owner-routes.tsx";
import { showReasons } from "./reason-routes.tsx";
import { type OwnerRefundDeps, refundHouseOf } from "./refund-house.ts";
import { showRequest, submitRequest } from "./request-routes.tsx";

/** 业主退款: the owner proves who he is, chooses why, and hands in what the reason asks for. */
export function ownerRefundRoutes(deps: OwnerRefundDeps): Route[] {
  return [
    {
      method: "GET",
      path: "/refund/:house",
      permission: "anyone",
      audit: "refund-owner-compared",
      handle: (visit) => showOwner(deps, visit),
    },
    {
      method: "GET",
      path: "/refund/:house/owner",
      permission: "anyone",
      audit: null,
      // Whoever comes back to the refusal through the browser's history starts at the form.
      handle: async (visit) =>
        seeOther(visit, `/refund/${(await refundHouseOf(deps, visit)).code}`),
    },
    {
      method: "POST",
      path: "/refund/:house/owner",
      permission: "anyone",
      audit: "refund-owner-compared",
      handle: (visit) => compareOwner(deps, visit),
    },
    {
      method: "GET",
      path: "/refund/:house/reason",
      permission: "anyone",
      audit: null,
      handle: (visit) => showReasons(deps, visit),
    },
    {
      method: "GET",
      path: "/refund/:house/request",
      permission: "anyone",
      audit: null,
      handle: (visit) => showRequest(deps, visit),
    },
    {
      method: "POST",
      path: "/refund/:house/request",
      permission: "anyone",
      audit: "refund-submitted",
      handle: (visit) => submitRequest(deps, visit),
    },
  ];
}
