import { cancelByPayer } from "#src/applications/cancel-by-payer.ts";
import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";
import { BATCH_DEPOSIT } from "./descriptor.ts";

/** The institution takes its notice back before it has paid. */
export const CANCEL = cancelByPayer(
  BATCH_DEPOSIT,
  "撤销后，这张交款通知单立即作废，银行不再凭它收款。其中的房屋可以重新提交",
);

/** What the contact is told by SMS. */
export const SMS_WORDS = {
  settled: "已办结，钱已按清册记入各套房屋的账户",
  expired: "的交款通知单已过期，没有扣钱，要交款请重新提交",
  cancelled: "的交款通知单已作废，请查看原因",
  "in-suspense": "的钱已到银行，还要核对，我们会联系您",
  reversed: "的交款已由银行当天冲正，请向收款网点确认",
} as const satisfies ApplicationDescriptor["smsWords"];
