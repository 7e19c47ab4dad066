import { type DisbursementVoucher, findVoucher, voucherStateNow } from "#src/bank/find-voucher.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { BadRequest, NotFound, TooManyRequests } from "#src/platform/http/errors.ts";
import { readForm, type SentForm } from "#src/platform/http/form.ts";
import { parseForm } from "#src/platform/http/parse-form.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { getHouse } from "#src/register/find-house.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { renderPage } from "#src/ui/render.ts";
import { actOf, type BankDeskDeps, frameOf, limitsOf, showDesk } from "./desk-visit.tsx";
import { failAtDesk, payAtDesk, queryVoucher, releaseVoucherAtDesk } from "./pay-at-desk.ts";
import { findPaidVoucher } from "./queries.ts";
import { tellerOf } from "./teller-session.ts";
import { tellerActor } from "./tellers.ts";
import { VoucherPage } from "./voucher-page.tsx";
import { disbursementRefusal, failureRefusal, voucherLockRefusal } from "./voucher-refusals.ts";
import { disbursementForm, failureForm } from "./voucher-schema.ts";

/** The paying side of the bank's counter: one disbursement voucher, paid once or given back with a reason. */
export function voucherRoutes(deps: BankDeskDeps): Route[] {
  const teller = "bank-teller" as const;
  return [
    {
      method: "GET",
      path: "/bank/vouchers/:voucher",
      permission: teller,
      audit: null,
      handle: (visit) => showVoucher(deps, visit, {}, {}, 200),
    },
    {
      method: "POST",
      path: "/bank/vouchers/:voucher/pay",
      permission: teller,
      audit: "voucher-paid",
      handle: (visit) => pay(deps, visit),
    },
    {
      method: "POST",
      path: "/bank/vouchers/:voucher/fail",
      permission: teller,
      audit: "voucher-failed",
      handle: (visit) => fail(deps, visit),
    },
    {
      method: "POST",
      path: "/bank/vouchers/:voucher/release",
      permission: teller,
      audit: "voucher-released",
      handle: (visit) => release(deps, visit),
    },
  ];
}

/** Looks a voucher up that was typed or scanned, and opens it at this desk. */
export async function queryForVoucher(
  deps: BankDeskDeps,
  visit: Visit,
  number: string,
  typed: string,
): Promise<Response> {
  const outcome = await queryVoucher(deps.db, actOf(visit, number));
  switch (outcome.kind) {
    case "locked":
    case "expired":
    case "cancelled":
    case "failed":
    case "paid":
      return seeOther(visit, `/bank/vouchers/${number}`);
    default: {
      const status = outcome.kind === "unknown" ? 404 : 409;
      const refusal = voucherLockRefusal(outcome, deps.isSmsAvailable);
      return await showDesk(deps, visit, { typed, errors: {}, refusal }, status);
    }
  }
}

/** The voucher of the URL, if it is one of this teller's bank; another bank's does not exist here. */
async function voucherOf(deps: BankDeskDeps, visit: Visit): Promise<DisbursementVoucher> {
  const no = visit.c.req.param("voucher") ?? "";
  const voucher = await findVoucher(deps.db, no, deps.personalData);
  if (voucher === null || voucher.bankCode !== tellerOf(visit).bankCode) throw new NotFound();
  return voucher;
}

async function showVoucher(
  deps: BankDeskDeps,
  visit: Visit,
  typed: SentForm,
  errors: FormErrors,
  status: number,
): Promise<Response> {
  const voucher = await voucherOf(deps, visit);
  const [frame, house, paid] = await Promise.all([
    frameOf(deps, visit),
    getHouse(deps.db, voucher.house),
    findPaidVoucher(deps.db, voucher.no),
  ]);
  const today = shanghaiDate(visit.now);
  const state = voucherStateNow(voucher, { today, at: visit.now });
  const done = visit.c.req.query("done");
  const html = renderPage(
    <VoucherPage
      {...frame}
      voucher={voucher}
      house={house}
      state={state}
      isMine={state === "locked" && voucher.lockedBy === tellerActor(frame.teller)}
      paid={paid}
      isSmsAvailable={deps.isSmsAvailable}
      typed={{
        bankRef: typed["bankRef"] ?? "",
        valueDate: typed["valueDate"] ?? today,
        failure: typed["failure"] ?? "",
        failureWords: typed["failureWords"] ?? "",
      }}
      errors={errors}
      // What the redirect says was just done, if the records agree with it.
      done={(done === "paid" || done === "failed") && done === state ? done : null}
      now={visit.now}
    />,
  );
  return page(visit, html, status);
}

async function pay(deps: BankDeskDeps, visit: Visit): Promise<Response> {
  // First of all: whose bank does not pay it neither counts against its code nor learns that it exists.
  const { no } = await voucherOf(deps, visit);
  const sent = await readForm(visit);
  const form = parseForm(disbursementForm(limitsOf(no, shanghaiDate(visit.now))), sent);
  if (!form.ok) {
    if (form.errors["amountSeen"]) throw new BadRequest(form.errors["amountSeen"]);
    // While the form was filled in, the lease may have run out; only a voucher that is held has a form.
    await queryVoucher(deps.db, actOf(visit, no));
    return await showVoucher(deps, visit, sent, form.errors, 422);
  }
  const counted = await deps.limits.consume("voucher-code", no);
  if (!counted.ok) throw new TooManyRequests(counted.retryAfterSeconds);
  const { amountSeen: amountFen, ...words } = form.data;
  const outcome = await payAtDesk(deps, { ...actOf(visit, no), ...words, amountFen });
  // Counted before it was compared, so that guesses in parallel cannot slip by; only wrong codes stay.
  if (outcome.kind !== "wrong-code") await deps.limits.giveBack("voucher-code", no);
  switch (outcome.kind) {
    case "paid":
    case "repeat":
      return seeOther(visit, `/bank/vouchers/${no}?done=paid`);
    case "unknown":
    case "wrong-bank":
      throw new NotFound();
    default: {
      const { field, sentence } = disbursementRefusal(outcome.kind);
      const isWrongCode = outcome.kind === "wrong-code";
      if (isWrongCode) await queryVoucher(deps.db, actOf(visit, no));
      return await showVoucher(deps, visit, sent, { [field]: sentence }, isWrongCode ? 422 : 409);
    }
  }
}

async function fail(deps: BankDeskDeps, visit: Visit): Promise<Response> {
  const voucher = await voucherOf(deps, visit);
  const sent = await readForm(visit);
  const form = failureForm.safeParse({
    failure: sent["failure"] ?? "",
    failureWords: sent["failureWords"] ?? "",
  });
  if (!form.success) {
    const errors = Object.fromEntries(
      form.error.issues.map((issue) => [String(issue.path[0] ?? ""), issue.message]),
    );
    return await showVoucher(deps, visit, sent, errors, 422);
  }
  const outcome = await failAtDesk(deps, { ...actOf(visit, voucher.no), reason: form.data.reason });
  switch (outcome.kind) {
    case "failed":
    case "repeat":
      return seeOther(visit, `/bank/vouchers/${voucher.no}?done=failed`);
    case "unknown":
    case "wrong-bank":
      throw new NotFound();
    default:
      return await showVoucher(deps, visit, sent, { "": failureRefusal(outcome.kind) }, 409);
  }
}

async function release(deps: BankDeskDeps, visit: Visit): Promise<Response> {
  const voucher = await voucherOf(deps, visit);
  await releaseVoucherAtDesk(deps.db, actOf(visit, voucher.no));
  return seeOther(visit, "/bank");
}
