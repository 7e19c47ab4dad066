import { recordAudit } from "#src/platform/audit.ts";
import { readForm } from "#src/platform/http/form.ts";
import { parseForm } from "#src/platform/http/parse-form.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { House } from "#src/register/find-house.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { renderPage } from "#src/ui/render.ts";
import { answerOwner, carriedOf, WRONG_OWNER } from "./owner-answer.tsx";
import { NoRefundPage } from "./pages.tsx";
import { provenOwner, proveOwner } from "./prove-owner.ts";
import { findReason } from "./reasons.ts";
import { type OwnerRefundDeps, refundHouseOf } from "./refund-house.ts";
import { answerNewRequest } from "./request-routes.tsx";
import { NO_REFUND_SENTENCES, outsideRegister } from "./rules.ts";
import { ownerForm } from "./schema.ts";
import { passSignedInOwner } from "./signed-in-owner.ts";

/** Asks who the owner is, unless this browser has told or he is signed in. */
export async function showOwner(deps: OwnerRefundDeps, visit: Visit): Promise<Response> {
  const house = await refundHouseOf(deps, visit);
  const outside = outsideRegister(house);
  if (outside !== null) return showObstacle(deps, visit, house, outside);
  if ((await provenOwner(deps, visit, house)) !== null) {
    return seeOther(visit, `/refund/${house.code}/reason`);
  }
  const passed = await passSignedInOwner(deps, visit, house);
  if (passed !== null) return passed;
  visit.ensureBrowser();
  return answerOwner(deps, visit, house, { typedName: "", errors: {}, carried: {} }, 200);
}

function showObstacle(
  deps: OwnerRefundDeps,
  visit: Visit,
  house: House,
  why: "closed" | "provisional",
): Response {
  const words = { title: NO_REFUND_TITLES[why], text: NO_REFUND_SENTENCES[why] };
  const html = renderPage(
    <NoRefundPage shell={deps.shell(visit)} house={house} hasOtherReasons={false} {...words} />,
  );
  return page(visit, html);
}

const NO_REFUND_TITLES = { closed: "这套房屋已经销户", provisional: "这套房屋还在核验" } as const;

/** Compares what was given with the owners on record; right: on to the reasons, or back to the form he left. */
export async function compareOwner(deps: OwnerRefundDeps, visit: Visit): Promise<Response> {
  const house = await refundHouseOf(deps, visit);
  const sent = await readForm(visit);
  const carried = carriedOf(sent, "carried-");
  const form = parseForm(ownerForm, sent);
  const again = (errors: FormErrors) =>
    answerOwner(deps, visit, house, { typedName: sent["ownerName"] ?? "", errors, carried }, 422);
  if (!form.ok) return again(form.errors);
  const outside = outsideRegister(house);
  if (outside !== null) return showObstacle(deps, visit, house, outside);
  await deps.limit(visit, "submit");
  const { ownerName: name, ownerDocumentNo: document } = form.data;
  const outcome = await proveOwner(deps, visit, house, { name, document });
  await recordAudit(deps.db, visit.audit, house.code, outcome);
  if (outcome === "locked") {
    return again({
      "": "这套房屋今天核对错的次数太多，请明天再试，或带证件到维修资金管理中心办理",
    });
  }
  if (outcome === "wrong") return again({ "": WRONG_OWNER });
  const reason = findReason(carried["reason"] ?? "");
  if (reason === null) return seeOther(visit, `/refund/${house.code}/reason`);
  const shown = { reason, sent: carried, errors: {}, isHandedIn: true };
  return await answerNewRequest(deps, visit, house, shown, 200);
}
