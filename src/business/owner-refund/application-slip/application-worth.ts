import { applicationSlipKind } from "#src/applications/application-worth.ts";

/** 退款申请单 as 验真 sees it; the bank pays on the 退款支款单 only. */
export const REFUND_APPLICATION_SLIP = applicationSlipKind({
  kind: "refund-application",
  title: "退款申请单",
  words: { party: "收款人", amount: "申请退款" },
  over: { cancelled: "已撤销", rejected: "不予受理" },
});
