import { cancelPaymentNotice } from "#src/bank/cancel-payment-notice.ts";
import type { NoticeState } from "#src/bank/notice-state.ts";
import { CancelRefused } from "./cancel-application.ts";
import type { ApplicantActs, ApplicationDescriptor } from "./descriptor.ts";

/** Why a notice in this state cannot be cancelled by its payer. */
const REFUSALS: Record<Exclude<NoticeState, "issued">, string> = {
  locked: "银行正在办理这张通知单，暂时不能撤销",
  paid: "银行已经确认到账，不能再撤销。要退回的话，请申请退款",
  expired: "这张通知单已经过期，不用再撤销",
  cancelled: "这张通知单已经作废，不用再撤销",
  reversed: "银行已经冲正这笔交款，不用再撤销",
};

/**
 * How the applicant of a business that asks for money takes it back before he has paid: the notice is void,
 * and no desk takes money for it. `consequence` says what else that means.
 */
export function cancelByPayer(
  business: Pick<ApplicationDescriptor, "submittedState"> & {
    noticeStates: { superseded: string };
  },
  consequence: string,
): NonNullable<ApplicantActs["cancel"]> {
  return {
    states: [business.submittedState],
    toState: business.noticeStates.superseded,
    consequence,
    undo: async (tx, application, now) => {
      if (application.noticeNo === null) throw new Error("a deposit has its payment notice");
      const state = await cancelPaymentNotice(tx, application.noticeNo, now);
      if (state !== "issued") throw new CancelRefused(REFUSALS[state]);
    },
  };
}
