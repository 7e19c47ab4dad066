import { randomUUID } from "node:crypto";
import { findSignedInOwner } from "#src/accounts/owners/owner-session.ts";
import { type DepositOffer, type OfferedKind, offerDeposit } from "#src/bank/deposit-offer.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { mayTell, type TellDeps } from "#src/ledger/disclosure/may-tell.ts";
import { getHouseBalance, type HouseBalance } from "#src/ledger/house-balances.ts";
import { houseStanding } from "#src/ledger/house-standing.ts";
import { recordReading } from "#src/platform/audit.ts";
import { BadRequest, NotFound } from "#src/platform/http/errors.ts";
import { readForm, type SentForm } from "#src/platform/http/form.ts";
import type { LimitVisit } from "#src/platform/http/limit-visit.ts";
import { parseForm } from "#src/platform/http/parse-form.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { getCitySettings } from "#src/register/city-settings.ts";
import { findHouseByCode, type House } from "#src/register/find-house.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { type DepositDeps, type IssueOutcome, issueDepositNotice } from "./issue-payment-notice.ts";
import { DepositPage, NoDepositPage, type TypedDeposit } from "./pages.tsx";
import { countOpenNotices } from "./queries.ts";
import { wrongKindSentence } from "./rules.ts";
import { depositForm, depositFormSeal } from "./schema.ts";

export interface OwnerDepositDeps extends DepositDeps, TellDeps {
  shell: (visit: Visit) => PageShell;
  limit: LimitVisit;
}

/** 业主交款: the form 购房人交款 and its submit. */
export function ownerDepositRoutes(deps: OwnerDepositDeps): Route[] {
  return [
    {
      method: "GET",
      path: "/deposit/:house",
      permission: "anyone",
      audit: "deposit-form-opened",
      handle: (visit) => showForm(deps, visit),
    },
    {
      method: "POST",
      path: "/deposit/:house",
      permission: "anyone",
      audit: "payment-notice-issued",
      handle: (visit) => submit(deps, visit),
    },
  ];
}

interface HouseView {
  house: House;
  balance: HouseBalance;
  offer: DepositOffer;
  openNoticeCount: number;
  /** Whether this visitor may be told what was paid; what is asked for now stands on the notice anyway. */
  isMoneyTold: boolean;
}

async function showForm(deps: OwnerDepositDeps, visit: Visit): Promise<Response> {
  await deps.limit(visit, "fund-detail");
  const view = await getView(deps, visit);
  const told = view.isMoneyTold ? "money-told" : "money-withheld";
  await recordReading(deps.db, visit.audit, view.house.code, told);
  visit.ensureBrowser();
  return answer(deps, visit, view, { submissionKey: randomUUID(), typed: null, errors: {} }, 200);
}

async function getView(deps: OwnerDepositDeps, visit: Visit): Promise<HouseView> {
  const house = await findHouseByCode(deps.db, visit.c.req.param("house") ?? "");
  if (house === null) throw new NotFound();
  const settings = await getCitySettings(deps.db, shanghaiDate(visit.now));
  const balance = await getHouseBalance(deps.db, house);
  const offer = offerDeposit(houseStanding(house, balance, settings), house.status);
  const openNoticeCount = await countOpenNotices(deps.db, house, shanghaiDate(visit.now));
  const isMoneyTold = await mayTell(deps, visit, house.code);
  return { house, balance, offer, openNoticeCount, isMoneyTold };
}

async function submit(deps: OwnerDepositDeps, visit: Visit): Promise<Response> {
  const houseCode = visit.c.req.param("house") ?? "";
  const sent = await readForm(visit);
  const seal = depositFormSeal.safeParse(sent);
  if (!seal.success) throw new BadRequest("这张表单不完整，请回到房屋查询，重新点“交款”填写");
  const form = parseForm(depositForm, sent);
  if (!form.ok) return await showAgain(deps, visit, sent, form.errors, 422);
  await deps.limit(visit, "submit");
  const outcome = await issueDepositNotice(
    deps,
    {
      houseCode,
      form: form.data,
      seal: seal.data,
      browserHash: visit.ensureBrowser(),
      now: visit.now,
    },
    visit.audit,
  );
  if (outcome.ok) return seeOther(visit, `/applications/${outcome.number}?submitted=1`);
  return await showRefusal(deps, visit, sent, outcome);
}

async function showRefusal(
  deps: OwnerDepositDeps,
  visit: Visit,
  sent: SentForm,
  outcome: Extract<IssueOutcome, { ok: false }>,
): Promise<Response> {
  switch (outcome.reason) {
    case "unknown-house":
      throw new NotFound();
    case "nothing-due":
      return await showAgain(deps, visit, sent, {}, 409);
    case "wrong-kind":
      return await showWrongKind(deps, visit, sent, outcome.offered);
    case "amount-changed":
      return await showAgain(
        deps,
        visit,
        sent,
        { "": "您打开页面以后，应交金额变了。下面是现在的金额，请核对后再提交" },
        409,
      );
    case "form-used-elsewhere":
      return await showAgain(
        deps,
        visit,
        { ...sent, submissionKey: randomUUID() },
        { "": "这张表单已经用过了。您填的内容还在，请核对后再提交一次" },
        409,
      );
  }
}

async function showWrongKind(
  deps: OwnerDepositDeps,
  visit: Visit,
  sent: SentForm,
  offered: OfferedKind,
): Promise<Response> {
  const view = await getView(deps, visit);
  const errors = { depositKind: wrongKindSentence(offered, view.isMoneyTold) };
  return answer(deps, visit, view, typedAgain(sent, errors), 422);
}

async function showAgain(
  deps: OwnerDepositDeps,
  visit: Visit,
  sent: SentForm,
  errors: FormErrors,
  status: number,
): Promise<Response> {
  return answer(deps, visit, await getView(deps, visit), typedAgain(sent, errors), status);
}

interface FormAsSent {
  submissionKey: string;
  typed: TypedDeposit | null;
  errors: FormErrors;
}

function typedAgain(sent: SentForm, errors: FormErrors): FormAsSent {
  const typed = {
    depositKind: sent["depositKind"] ?? "",
    payer: sent["payer"] ?? "",
    phone: sent["phone"] ?? "",
  };
  return { submissionKey: sent["submissionKey"] ?? randomUUID(), typed, errors };
}

function answer(
  deps: OwnerDepositDeps,
  visit: Visit,
  view: HouseView,
  form: FormAsSent,
  status: number,
): Response {
  const { house, offer } = view;
  const shell = deps.shell(visit);
  if (!offer.ok) {
    return page(
      visit,
      renderPage(<NoDepositPage {...view} shell={shell} house={house} offer={offer} />),
      status,
    );
  }
  const typed = form.typed ?? { depositKind: offer.depositKind, ...payerOf(visit) };
  const props = { ...view, offer, ...form, typed };
  return page(visit, renderPage(<DepositPage shell={shell} {...props} />), status);
}

/** An owner who is signed in pays for himself as a rule: his own name and phone stand there to be changed. */
function payerOf(visit: Visit): Pick<TypedDeposit, "payer" | "phone"> {
  const owner = findSignedInOwner(visit);
  return { payer: owner?.name ?? "", phone: owner?.phone ?? "" };
}
