import { CancelRefused } from "#src/applications/cancel-application.ts";
import type { ApplicantActs, ApplicationDescriptor } from "#src/applications/descriptor.ts";
import { cancelPaymentNotice } from "#src/bank/cancel-payment-notice.ts";
import type { NoticeState } from "#src/bank/notice-state.ts";
import { OWNER_DEPOSIT } from "./descriptor.ts";

/** Why a notice in this state cannot be cancelled by its payer. */
const REFUSALS: Record<Exclude<NoticeState, "issued">, string> = {
  locked: "银行正在办理这张通知单，暂时不能撤销",
  paid: "银行已经确认到账，不能再撤销。要退回的话，请申请退款",
  expired: "这张通知单已经过期，不用再撤销",
  cancelled: "这张通知单已经作废，不用再撤销",
  reversed: "银行已经冲正这笔交款，不用再撤销",
};

/** The payer takes his notice back before he has paid: it is void, and no desk takes money for it. */
export const CANCEL: NonNullable<ApplicantActs["cancel"]> = {
  states: [OWNER_DEPOSIT.submittedState],
  toState: OWNER_DEPOSIT.noticeStates.superseded,
  consequence: "撤销后，这张交款通知单立即作废，银行不再凭它收款。以后要交款，可以重新提交",
  undo: async (tx, application, now) => {
    if (application.noticeNo === null) throw new Error("a deposit has its payment notice");
    const state = await cancelPaymentNotice(tx, application.noticeNo, now);
    if (state !== "issued") throw new CancelRefused(REFUSALS[state]);
  },
};

/** What the payer is told by SMS. */
export const SMS_WORDS = {
  settled: "已办结，钱已记入房屋账户",
  expired: "的交款通知单已过期，没有扣您的钱，要交款请重新提交",
  "in-suspense": "的钱已到银行，还要核对，我们会联系您",
  reversed: "的交款已由银行当天冲正，请向收款网点确认",
} as const satisfies ApplicationDescriptor["smsWords"];
