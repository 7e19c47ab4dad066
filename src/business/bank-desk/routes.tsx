import { findNotice, type PaymentNotice } from "#src/bank/find-notice.ts";
import { type NoticeState, noticeStateNow } from "#src/bank/notice-state.ts";
import { getNoticeSubject } from "#src/bank/notice-subject.ts";
import { isVoucherNumber } from "#src/bank/voucher-number.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { recordAudit } from "#src/platform/audit.ts";
import { BadRequest, NotFound } from "#src/platform/http/errors.ts";
import { readForm } from "#src/platform/http/form.ts";
import { parseForm } from "#src/platform/http/parse-form.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import { signIn, signOut } from "#src/platform/http/session-cookie.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { codeStepRoutes, startCodeStep } from "#src/platform/second-factor/code-step.ts";
import { countSignInTry } from "#src/platform/sign-in-tries.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { renderPage } from "#src/ui/render.ts";
import { SignInPage } from "#src/ui/sign-in-page.tsx";
import { actOf, type BankDeskDeps, frameOf, limitsOf, showDesk } from "./desk-visit.tsx";
import { NoticePage } from "./notice-page.tsx";
import { listReceipts, type Receipt } from "./queries.ts";
import { confirmationRefusal, lockRefusal, reversalRefusal } from "./refusals.ts";
import { confirmationForm, noticeNumber, reversalForm, signInForm } from "./schema.ts";
import { tellerDoor } from "./teller-door.tsx";
import { tellerOf } from "./teller-session.ts";
import { checkTellerPassword, tellerActor } from "./tellers.ts";
import { queryForVoucher, voucherRoutes } from "./voucher-routes.tsx";
import { confirmAtDesk, queryNotice, releaseAtDesk, reverseAtDesk } from "./work-the-desk.ts";

/** The bank's counter: sign in, look a notice up, confirm its money, give it back, take it back. */
export function bankDeskRoutes(deps: BankDeskDeps): Route[] {
  const teller = "bank-teller" as const;
  return [
    {
      method: "GET",
      path: "/bank/sign-in",
      permission: "anyone",
      audit: null,
      handle: (visit) => showSignIn(deps, visit, "", {}, 200),
    },
    {
      method: "POST",
      path: "/bank/sign-in",
      permission: "anyone",
      audit: "teller-signed-in",
      handle: (visit) => enter(deps, visit),
    },
    ...codeStepRoutes(deps, tellerDoor(deps.shell)),
    {
      method: "POST",
      path: "/bank/sign-out",
      permission: teller,
      audit: "teller-signed-out",
      handle: (visit) => leave(deps, visit),
    },
    {
      method: "GET",
      path: "/bank",
      permission: teller,
      audit: null,
      handle: (visit) => showDesk(deps, visit, { typed: "", errors: {}, refusal: null }, 200),
    },
    {
      method: "POST",
      path: "/bank/query",
      permission: teller,
      audit: "notice-queried",
      handle: (visit) => query(deps, visit),
    },
    {
      method: "GET",
      path: "/bank/notices/:number",
      permission: teller,
      audit: null,
      handle: (visit) => showNotice(deps, visit, {}, {}, 200),
    },
    {
      method: "POST",
      path: "/bank/notices/:number/confirm",
      permission: teller,
      audit: "payment-confirmed",
      handle: (visit) => confirm(deps, visit),
    },
    {
      method: "POST",
      path: "/bank/notices/:number/release",
      permission: teller,
      audit: "notice-released",
      handle: (visit) => release(deps, visit),
    },
    {
      method: "POST",
      path: "/bank/notices/:number/reverse",
      permission: teller,
      audit: "payment-reversed",
      handle: (visit) => reverse(deps, visit),
    },
    ...voucherRoutes(deps),
  ];
}

function showSignIn(
  deps: BankDeskDeps,
  visit: Visit,
  username: string,
  errors: FormErrors,
  status: number,
): Response {
  const html = renderPage(
    <SignInPage
      shell={deps.shell(visit)}
      desk="bank"
      title="银行柜面登录"
      action="/bank/sign-in"
      buttonLabel="登录"
      username={username}
      errors={errors}
    />,
  );
  return page(visit, html, status);
}

async function enter(deps: BankDeskDeps, visit: Visit): Promise<Response> {
  const sent = await readForm(visit);
  const form = parseForm(signInForm, sent);
  const typed = sent["username"] ?? "";
  if (!form.ok) return showSignIn(deps, visit, typed, form.errors, 422);
  const door = tellerDoor(deps.shell);
  const { username, password } = form.data;
  const counted = await countSignInTry(deps, visit, { username, ...door });
  const found = await checkTellerPassword(deps.db, username, password);
  const event = deps.areTellerCodesOn ? "teller-password-given" : visit.audit.event;
  // Who gave the password is known, so that his signing in is found under his name.
  if (found !== null) visit.audit.actor = tellerActor(found.teller);
  const outcome = found === null ? "refused" : "accepted";
  await recordAudit(deps.db, { ...visit.audit, event }, "", outcome);
  if (found === null) {
    const errors = { password: "用户名或密码不对，请再看一遍" };
    return showSignIn(deps, visit, typed, errors, 422);
  }
  await counted.giveBack();
  if (deps.areTellerCodesOn) return startCodeStep(deps, door, visit, found);
  counted.rememberBrowser();
  await signIn(deps.db, visit, "bank", found.teller.id);
  return seeOther(visit, "/bank");
}

async function leave(deps: BankDeskDeps, visit: Visit): Promise<Response> {
  await signOut(deps.db, visit, "bank");
  await recordAudit(deps.db, visit.audit, "", "signed-out");
  return seeOther(visit, "/bank/sign-in");
}

async function query(deps: BankDeskDeps, visit: Visit): Promise<Response> {
  const typed = (await readForm(visit))["number"] ?? "";
  const number = noticeNumber.safeParse(typed);
  if (!number.success) {
    const errors = { number: number.error.issues[0]?.message ?? "" };
    return await showDesk(deps, visit, { typed, errors, refusal: null }, 422);
  }
  if (isVoucherNumber(number.data)) return await queryForVoucher(deps, visit, number.data, typed);
  const outcome = await queryNotice(deps.db, actOf(visit, number.data));
  switch (outcome.kind) {
    case "locked":
    case "expired":
    case "cancelled":
    case "paid":
    case "reversed":
      return seeOther(visit, `/bank/notices/${number.data}`);
    default: {
      const status = outcome.kind === "unknown" ? 404 : 409;
      return await showDesk(
        deps,
        visit,
        { typed, errors: {}, refusal: lockRefusal(outcome) },
        status,
      );
    }
  }
}

/** The notice of the URL, if it is one of this teller's bank; another bank's does not exist here. */
async function noticeOf(deps: BankDeskDeps, visit: Visit): Promise<PaymentNotice> {
  const no = visit.c.req.param("number") ?? "";
  const notice = await findNotice(deps.db, no, deps.personalData);
  if (notice === null || notice.bankCode !== tellerOf(visit).bankCode) throw new NotFound();
  return notice;
}

async function showNotice(
  deps: BankDeskDeps,
  visit: Visit,
  typed: Partial<Record<"bankRef" | "valueDate" | "reason", string>>,
  errors: FormErrors,
  status: number,
): Promise<Response> {
  const notice = await noticeOf(deps, visit);
  const [frame, subject, receipts] = await Promise.all([
    frameOf(deps, visit),
    getNoticeSubject(deps.db, notice),
    listReceipts(deps.db, notice.no, notice.bankCode),
  ]);
  const today = shanghaiDate(visit.now);
  const state = noticeStateNow(notice, { today, at: visit.now });
  const credited = receipts.find((receipt) => receipt.outcome === "credited");
  const html = renderPage(
    <NoticePage
      {...frame}
      notice={notice}
      subject={subject}
      state={state}
      isMine={state === "locked" && notice.lockedBy === tellerActor(frame.teller)}
      receipts={receipts}
      typed={{
        bankRef: typed.bankRef ?? "",
        valueDate: typed.valueDate ?? today,
        reason: typed.reason ?? "",
      }}
      errors={errors}
      isReversible={
        state === "paid" && credited !== undefined && shanghaiDate(credited.receivedAt) === today
      }
      done={doneOf(visit, state, receipts)}
      now={visit.now}
    />,
  );
  return page(visit, html, status);
}

/** What the redirect says was just done, if the records agree with it. */
function doneOf(visit: Visit, state: NoticeState, receipts: readonly Receipt[]) {
  const done = visit.c.req.query("done");
  if (done === "confirmed" && state === "paid") return done;
  if (done === "reversed" && state === "reversed") return done;
  const hasSuspense = receipts.some((receipt) => receipt.outcome === "suspense");
  return done === "suspense" && hasSuspense ? done : null;
}

async function confirm(deps: BankDeskDeps, visit: Visit): Promise<Response> {
  const no = visit.c.req.param("number") ?? "";
  const sent = await readForm(visit);
  const today = shanghaiDate(visit.now);
  const form = parseForm(confirmationForm(limitsOf(no, today)), sent);
  if (!form.ok) {
    if (form.errors["amountSeen"]) throw new BadRequest(form.errors["amountSeen"]);
    // While the form was filled in, the lease may have run out; only a notice that is held has a form.
    await queryNotice(deps.db, actOf(visit, no));
    return await showNotice(deps, visit, sent, form.errors, 422);
  }
  const { bankRef, valueDate, amountSeen } = form.data;
  const act = { ...actOf(visit, no), bankRef, valueDate, amountFen: amountSeen };
  const outcome = await confirmAtDesk(deps, act);
  switch (outcome.kind) {
    case "credited":
      return seeOther(visit, `/bank/notices/${no}?done=confirmed`);
    case "suspense":
      return seeOther(visit, `/bank/notices/${no}?done=suspense`);
    case "repeat": {
      const done = outcome.first === "credited" ? "confirmed" : "suspense";
      return seeOther(visit, `/bank/notices/${no}?done=${done}`);
    }
    case "unknown":
    case "wrong-bank":
      throw new NotFound();
    default: {
      const field = outcome.kind === "reference-used" ? "bankRef" : "";
      const errors = { [field]: confirmationRefusal(outcome.kind) };
      return await showNotice(deps, visit, sent, errors, 409);
    }
  }
}

async function release(deps: BankDeskDeps, visit: Visit): Promise<Response> {
  const notice = await noticeOf(deps, visit);
  await releaseAtDesk(deps.db, actOf(visit, notice.no));
  return seeOther(visit, "/bank");
}

async function reverse(deps: BankDeskDeps, visit: Visit): Promise<Response> {
  const notice = await noticeOf(deps, visit);
  const sent = await readForm(visit);
  const form = parseForm(reversalForm, sent);
  if (!form.ok) return await showNotice(deps, visit, sent, form.errors, 422);
  const outcome = await reverseAtDesk(deps, {
    ...actOf(visit, notice.no),
    reason: form.data.reason,
  });
  if (outcome.kind === "reversed" || outcome.kind === "repeat") {
    return seeOther(visit, `/bank/notices/${notice.no}?done=reversed`);
  }
  const errors = { "": reversalRefusal(outcome.kind) };
  return await showNotice(deps, visit, sent, errors, 409);
}
