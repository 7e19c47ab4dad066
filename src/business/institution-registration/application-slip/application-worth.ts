import { applicationSlipKind } from "#src/applications/application-worth.ts";

/** 机构注册申请单 as 验真 sees it; who may work here is decided by the fund centre, not by the paper. */
export const REGISTRATION_APPLICATION_SLIP = applicationSlipKind({
  kind: "registration-application",
  title: "机构注册申请单",
  // No amount stands on it.
  words: { party: "申请单位", amount: "金额" },
  over: { cancelled: "已撤销", rejected: "没有通过" },
});
