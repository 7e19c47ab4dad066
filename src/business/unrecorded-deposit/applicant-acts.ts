import { cancelByPayer } from "#src/applications/cancel-by-payer.ts";
import type { ApplicantActs, ApplicationDescriptor } from "#src/applications/descriptor.ts";
import { UNRECORDED_DEPOSIT } from "./descriptor.ts";

/** What the applicant can do: correct what was sent back, or take it back before he has paid. */
export const APPLICANT_ACTS: ApplicantActs = {
  correct: {
    states: ["correcting"],
    path: ({ number }) => `/unrecorded-deposit/corrections/${number}`,
  },
  cancel: cancelByPayer(
    UNRECORDED_DEPOSIT,
    "撤销后，这张交款通知单立即作废，银行不再凭它收款，房屋不补录。以后要交款，可以重新提交",
  ),
};

/** What the applicant is told by SMS. */
export const SMS_WORDS = {
  "to-verify": "的钱已到账，房屋资料等待核验",
  correcting: "的材料需要补正，请按页面上写的补正后再提交",
  verified: "已办结，房屋已登记入册",
  merged: "已办结，钱已并入原来登记的房屋",
  rejected: "没有通过核验，钱还在，请申请退款",
  expired: "的交款通知单已过期，没有扣您的钱，要交款请重新提交",
  "in-suspense": "的钱已到银行，还要核对，我们会联系您",
  reversed: "的交款已由银行当天冲正，请向收款网点确认",
} as const satisfies ApplicationDescriptor["smsWords"];
