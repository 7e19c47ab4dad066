import { z } from "zod";
import { cleanText, toHalfWidth } from "#src/kernel/typed-text.ts";
import {
  CAPTCHA_PURPOSE,
  closedGate,
  type Gate,
  type GateDeps,
  gateFor,
  passCaptcha,
  passFact,
} from "#src/ledger/disclosure/gate.ts";
import type { SearchPurpose } from "#src/ledger/house-search/search-page.tsx";
import { type HouseSearchDeps, houseSearchRoute } from "#src/ledger/house-search/search-route.tsx";
import { recordAudit, recordReading } from "#src/platform/audit.ts";
import { askCaptcha } from "#src/platform/captcha/form-captcha.ts";
import { NotFound } from "#src/platform/http/errors.ts";
import { readForm, type SentForm } from "#src/platform/http/form.ts";
import { parseForm } from "#src/platform/http/parse-form.ts";
import { file, page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { findHouseByCode, type House } from "#src/register/find-house.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { renderPage } from "#src/ui/render.ts";
import { FundPage } from "./fund-page.tsx";
import { CaptchaPage, LinkFirstPage, SignInFirstPage, VerifyPage } from "./gate-pages.tsx";
import { linesCsv } from "./lines-csv.ts";
import { getHouseFund } from "./queries.ts";

const PURPOSE: SearchPurpose = {
  title: "维修资金查询",
  description: "按地址查一套房屋的维修资金：余额、利息和每一笔明细，可以下载。",
  action: "/fund",
  mainAct: "detail",
  hasDeposit: false,
};

export type FundLookupDeps = GateDeps & HouseSearchDeps;

/** 维修资金查询: find a house and see every fen of it, behind the deployment's disclosure policy. */
export function fundLookupRoutes(deps: FundLookupDeps): Route[] {
  return [
    houseSearchRoute(deps, PURPOSE),
    {
      method: "GET",
      path: "/fund/:house",
      permission: "anyone",
      audit: "fund-detail-read",
      handle: (visit) => showFund(deps, visit, answerPage),
    },
    {
      method: "POST",
      path: "/fund/:house",
      permission: "anyone",
      audit: "fund-gate-tried",
      handle: (visit) => passGate(deps, visit),
    },
    {
      method: "GET",
      path: "/fund/:house/lines.csv",
      permission: "anyone",
      audit: "fund-detail-exported",
      handle: (visit) => showFund(deps, visit, answerCsv),
    },
  ];
}

type Answer = (deps: FundLookupDeps, visit: Visit, house: House) => Promise<Response>;

async function houseOf(deps: FundLookupDeps, visit: Visit): Promise<House> {
  const house = await findHouseByCode(deps.db, visit.c.req.param("house") ?? "");
  if (house === null) throw new NotFound();
  return house;
}

async function showFund(deps: FundLookupDeps, visit: Visit, answer: Answer): Promise<Response> {
  const house = await houseOf(deps, visit);
  const gate = await gateFor(deps, visit, house);
  await recordReading(deps.db, visit.audit, house.code, gate);
  return gate === "open"
    ? await answer(deps, visit, house)
    : await showGate(deps, visit, house, gate, {});
}

async function answerPage(deps: FundLookupDeps, visit: Visit, house: House): Promise<Response> {
  const fund = await getHouseFund(deps.db, house, visit.now);
  return page(visit, renderPage(<FundPage shell={deps.shell(visit)} fund={fund} />));
}

async function answerCsv(deps: FundLookupDeps, visit: Visit, house: House): Promise<Response> {
  const fund = await getHouseFund(deps.db, house, visit.now);
  return file(visit, Buffer.from(linesCsv(fund.lines)), {
    mediaType: "text/csv; charset=utf-8",
    name: `维修资金明细-${house.code}.csv`,
    isInline: false,
  });
}

async function showGate(
  deps: FundLookupDeps,
  visit: Visit,
  house: House,
  gate: Exclude<Gate, "open">,
  errors: FormErrors,
): Promise<Response> {
  const shell = deps.shell(visit);
  const words = { shell, address: house.address, action: `/fund/${house.code}`, errors };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  if (gate === "sign-in") return page(visit, renderPage(<SignInFirstPage {...words} />), 403);
  if (gate === "link") return page(visit, renderPage(<LinkFirstPage {...words} />), 403);
  if (gate === "verify") return page(visit, renderPage(<VerifyPage {...words} />), status);
  const captcha = await askCaptcha(deps, visit, { purpose: CAPTCHA_PURPOSE });
  return page(visit, renderPage(<CaptchaPage {...words} captcha={captcha} />), status);
}

const factForm = z.object({
  fact: z.string().transform((text) => toHalfWidth(cleanText(text)).slice(0, 20)),
});

async function passGate(deps: FundLookupDeps, visit: Visit): Promise<Response> {
  const house = await houseOf(deps, visit);
  const sent = await readForm(visit);
  if (deps.policy === "login") return await showGate(deps, visit, house, closedGate(visit), {});
  await deps.limit(visit, "fund-detail");
  const errors =
    deps.policy === "verified"
      ? await factErrors(deps, visit, house, sent)
      : await passCaptcha(deps, visit, sent);
  await recordAudit(deps.db, visit.audit, house.code, errors === null ? "passed" : "refused");
  if (errors === null) return seeOther(visit, `/fund/${house.code}`);
  const gate = deps.policy === "verified" ? "verify" : "captcha";
  return await showGate(deps, visit, house, gate, errors);
}

async function factErrors(
  deps: FundLookupDeps,
  visit: Visit,
  house: House,
  sent: SentForm,
): Promise<FormErrors | null> {
  const form = parseForm(factForm, sent);
  const fact = form.ok ? form.data.fact : "";
  if (fact === "") return { fact: "请填写证件号码后 4 位，或登记手机号后 4 位" };
  switch (await passFact(deps, visit, house, fact)) {
    case "right":
      return null;
    case "wrong":
      return { fact: "与登记的不一致，请对照证件再看一遍。登记有误的，请打 12345" };
    case "locked":
      return { fact: "这套房屋今天核对错的次数太多，请明天再试，或打 12345" };
  }
}
