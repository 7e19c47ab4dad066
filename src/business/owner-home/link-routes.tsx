import { ownerOf } from "#src/accounts/owners/owner-session.ts";
import { maskPhone } from "#src/kernel/masking.ts";
import { NotFound } from "#src/platform/http/errors.ts";
import { readForm, type SentForm } from "#src/platform/http/form.ts";
import { parseForm } from "#src/platform/http/parse-form.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { findHouseByCode, type House } from "#src/register/find-house.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { renderPage } from "#src/ui/render.ts";
import { HOME, type OwnerHomeDeps } from "./home.ts";
import { type LinkOutcome, linkByFact, linkByPhone } from "./link-houses.ts";
import { LinkHousePage, LinkPage, LinkSearchPage } from "./link-pages.tsx";
import { factForm, identityForm } from "./schema.ts";

/** 关联房屋: all houses of a phone and a document at once, or one by its address and a fact. */
export function linkRoutes(deps: OwnerHomeDeps): Route[] {
  return [
    {
      method: "GET",
      path: "/me/link",
      permission: "owner",
      audit: null,
      handle: (visit) => answerLink(deps, visit, "", {}),
    },
    {
      method: "POST",
      path: "/me/link",
      permission: "owner",
      audit: "owner-house-linked",
      handle: (visit) => linkAll(deps, visit),
    },
    {
      method: "GET",
      path: "/me/find-house",
      permission: "owner",
      audit: null,
      handle: (visit) => search(deps, visit),
    },
    {
      method: "GET",
      path: "/me/link/:house",
      permission: "owner",
      audit: null,
      handle: async (visit) => answerHouse(deps, visit, await houseOf(deps, visit), {}, {}),
    },
    {
      method: "POST",
      path: "/me/link/:house",
      permission: "owner",
      audit: "owner-house-linked",
      handle: (visit) => linkOne(deps, visit),
    },
  ];
}

function statusOf(errors: FormErrors): number {
  return Object.keys(errors).length > 0 ? 422 : 200;
}

function answerLink(
  deps: OwnerHomeDeps,
  visit: Visit,
  typed: string,
  errors: FormErrors,
): Response {
  const maskedPhone = maskPhone(ownerOf(visit).phone);
  const props = { shell: deps.shell(visit), maskedPhone, typed, errors };
  return page(visit, renderPage(<LinkPage {...props} />), statusOf(errors));
}

async function linkAll(deps: OwnerHomeDeps, visit: Visit): Promise<Response> {
  const sent = await readForm(visit);
  const again = (errors: FormErrors) => answerLink(deps, visit, sent["documentNo"] ?? "", errors);
  const form = parseForm(identityForm, sent);
  if (!form.ok) return again(form.errors);
  const { documentNo } = form.data;
  const outcome = await linkByPhone(deps, ownerOf(visit), documentNo, visit.audit, visit.now);
  if (outcome.kind === "linked") return linked(visit, outcome);
  return again(
    outcome.kind === "none"
      ? {
          documentNo:
            "没有可以关联的房屋。请对照身份证再看一遍；登记的手机不是这个的，请在下面按地址关联",
        }
      : refusal(outcome),
  );
}

function linked(visit: Visit, { codes }: Extract<LinkOutcome, { kind: "linked" }>): Response {
  return seeOther(visit, `${HOME}?linked=${codes.length}`);
}

function refusal(outcome: Exclude<LinkOutcome, { kind: "linked" }>): FormErrors {
  switch (outcome.kind) {
    case "other-person":
      return {
        documentNo:
          "这个账户是另一个证件号码的。一个账户只关联同一个人的房屋，家人的请用家人的手机号登录后关联",
      };
    case "account-locked":
      return {
        "": "今天核对错的次数太多，请明天再试；手边有不动产权证或购房合同的，按地址找到房屋后凭要件申请",
      };
    case "house-locked":
      return { "": "这套房屋今天核对错的次数太多，请明天再试，或在下面凭要件申请" };
    case "none":
      return {
        "": "填的和登记的不一致，没有关联。请对照身份证和合同或回单再看一遍；都没有错的，请在下面凭要件申请",
      };
  }
}

async function search(deps: OwnerHomeDeps, visit: Visit): Promise<Response> {
  await deps.limit(visit, "search");
  const typed = visit.c.req.query("q") ?? "";
  const answer = await deps.search.search(typed);
  const props = { shell: deps.shell(visit), typed, answer };
  return page(visit, renderPage(<LinkSearchPage {...props} />));
}

async function houseOf(deps: OwnerHomeDeps, visit: Visit): Promise<House> {
  const house = await findHouseByCode(deps.db, visit.c.req.param("house") ?? "");
  if (house === null) throw new NotFound();
  return house;
}

function answerHouse(
  deps: OwnerHomeDeps,
  visit: Visit,
  house: House,
  sent: SentForm,
  errors: FormErrors,
): Response {
  const { documentNo = "", factKind = "", fact = "" } = sent;
  const typed = { documentNo, factKind, fact };
  const { isSmsAvailable } = deps;
  const props = { shell: deps.shell(visit), house, typed, errors, isSmsAvailable };
  return page(visit, renderPage(<LinkHousePage {...props} />), statusOf(errors));
}

async function linkOne(deps: OwnerHomeDeps, visit: Visit): Promise<Response> {
  const house = await houseOf(deps, visit);
  const sent = await readForm(visit);
  const form = parseForm(factForm, sent);
  if (!form.ok) return answerHouse(deps, visit, house, sent, form.errors);
  const outcome = await linkByFact(deps, ownerOf(visit), house, form.data, visit.audit, visit.now);
  if (outcome.kind === "linked") return linked(visit, outcome);
  return answerHouse(deps, visit, house, sent, refusal(outcome));
}
