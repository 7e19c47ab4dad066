import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { House } from "#src/register/find-house.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { renderPage } from "#src/ui/render.ts";
import { NoRefundPage, ReasonPage } from "./pages.tsx";
import { provenOwner } from "./prove-owner.ts";
import { getRefundFacts, hasOpenRefund } from "./queries.ts";
import { type OwnerRefundDeps, refundHouseOf } from "./refund-house.ts";
import { NO_REFUND_SENTENCES, refundObstacle } from "./rules.ts";

/** Offers the reasons to an owner who has proven who he is. */
export async function showReasons(deps: OwnerRefundDeps, visit: Visit): Promise<Response> {
  const house = await refundHouseOf(deps, visit);
  if ((await provenOwner(deps, visit, house)) === null)
    return seeOther(visit, `/refund/${house.code}`);
  return (await refusalPage(deps, visit, house)) ?? answerReasons(deps, visit, house, {}, 200);
}

/** Told in place of reasons and form when no reason would help, and in place of nothing otherwise. */
export async function refusalPage(
  deps: OwnerRefundDeps,
  visit: Visit,
  house: House,
): Promise<Response | null> {
  const obstacle = refundObstacle(await getRefundFacts(deps.db, house));
  const isOpen = await hasOpenRefund(deps.db, house);
  if (obstacle === null && !isOpen) return null;
  const words = isOpen
    ? { title: "这套房屋已有一笔退款正在办", text: OPEN_REFUND }
    : { title: "这套房屋现在不能退款", text: NO_REFUND_SENTENCES[obstacle ?? "reserved"] };
  const html = renderPage(
    <NoRefundPage shell={deps.shell(visit)} house={house} hasOtherReasons={false} {...words} />,
  );
  return page(visit, html, 409);
}

const OPEN_REFUND =
  "一套房屋一次办一笔退款。请用业务单编号在“业务受理状态查询”里看进度；要改的，可以补正或撤销后重新申请";

/** Shows the reasons, with what is wrong about the one that was chosen. */
export function answerReasons(
  deps: OwnerRefundDeps,
  visit: Visit,
  house: House,
  errors: FormErrors,
  status: number,
  chosen = "",
): Response {
  const shown = { shell: deps.shell(visit), house, errors, chosen };
  return page(visit, renderPage(<ReasonPage {...shown} />), status);
}
