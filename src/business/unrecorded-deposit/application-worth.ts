import { applicationSlipKind } from "#src/applications/application-worth.ts";

/** 未备案房屋交款申请单 as 验真 sees it; money is paid on the 交款通知单 of the same number. */
export const UNRECORDED_APPLICATION_SLIP = applicationSlipKind({
  kind: "unrecorded-application",
  title: "未备案房屋交款申请单",
  words: { party: "业主", amount: "应交金额" },
  over: {
    cancelled: "已作废",
    expired: "已过期",
    rejected: "核验未通过",
    reversed: "已冲正",
  },
});
