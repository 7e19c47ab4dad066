import type { VoucherState } from "#src/bank/find-voucher.ts";
import type { VoucherLock } from "#src/bank/lock-voucher.ts";
import type { DisbursementRefusal, FailureOutcome } from "#src/bank/pay-voucher.ts";
import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import type { Refusal } from "./refusals.ts";

/** Says why a voucher cannot be paid at this desk, with what to tell the customer. */
export function voucherLockRefusal(
  outcome: Exclude<VoucherLock, { kind: "locked" }>,
  isSmsAvailable: boolean,
): Refusal {
  switch (outcome.kind) {
    case "unknown":
      return {
        title: "没有这张支款单",
        text: "请不要付款。请核对 18 位编号，看是不是抄错了。",
      };
    case "wrong-bank":
      return {
        title: `这张支款单由${outcome.bankName}付款`,
        text: `请不要付款。请客户到${outcome.bankName}任一网点办理。`,
      };
    case "locked-elsewhere":
      return {
        title: "处理中：别的柜面正在办这张支款单",
        text: `请不要付款。对方没有办完的话，${formatShanghaiTime(outcome.until).slice(11)} 以后自动解除，可以再查询。`,
      };
    case "house-closed":
      return {
        title: "这套房屋已经销户",
        text: "请不要付款。请客户到维修资金管理中心核对。",
      };
    case "balance-changed":
      return {
        title: "这套房屋的余额在批准以后变了",
        text: "请不要付款。请客户联系维修资金管理中心，重新开具支款单。",
      };
    default:
      return deadVoucherWords(outcome.kind, isSmsAvailable);
  }
}

/** Says what a voucher is that cannot be paid any more; a text message is promised only where one can be sent. */
export function deadVoucherWords(state: VoucherState, isSmsAvailable: boolean): Refusal {
  switch (state) {
    case "expired":
      return {
        title: "这张支款单已过期",
        text: isSmsAvailable
          ? "请不要付款。维修资金管理中心会重新开具，请客户留意短信。"
          : "请不要付款。维修资金管理中心会重新开具，请客户在业务受理状态查询里看。",
      };
    case "cancelled":
      return {
        title: "这张支款单已作废",
        text: "请不要付款。请客户在业务受理状态查询里看原因。",
      };
    case "failed":
      return {
        title: "这张支款单已登记付款失败",
        text: "请不要付款。请客户按原因补正，批准后会有新的支款单。",
      };
    case "paid":
      return { title: "这张支款单已付款", text: "请不要再付。" };
    case "locked":
      return {
        title: "处理中：别的柜面正在办这张支款单",
        text: "请不要付款，稍后再查询。",
      };
    case "issued":
      return {
        title: "这张支款单还没有锁定给本柜面",
        text: "请重新查询一次，锁定后再付款。",
      };
  }
}

/** Says why a payment was not booked, and beside which field. */
export function disbursementRefusal(kind: Exclude<DisbursementRefusal, "unknown" | "wrong-bank">): {
  field: string;
  sentence: string;
} {
  const sentence = {
    "reference-used": "这个银行流水号已经用在另一笔上，没有记账。请核对流水号",
    "amount-differs": "金额与支款单不一致，没有记账。请重新查询，按页面上的金额付款",
    "wrong-code": "授权码不对，没有记账。请对照支款单银行联再看一遍",
    "already-paid": "这张支款单已经用另一个流水号付过款，没有再记账。请核对是不是付了两次",
    failed: "这张支款单已登记付款失败，没有记账。请不要付款",
    expired: "这张支款单已过期，没有记账。请不要付款",
    cancelled: "这张支款单已作废，没有记账。请不要付款",
    "locked-elsewhere": "别的柜面正在办这张支款单，没有记账。请不要付款，稍后再查询",
    "house-closed": "这套房屋已经销户，没有记账。请不要付款",
    "balance-changed":
      "这套房屋的余额在批准以后变了，没有记账。请不要付款，请客户联系维修资金管理中心",
  }[kind];
  const field = { "reference-used": "bankRef", "wrong-code": "code" }[kind as string] ?? "";
  return { field, sentence };
}

/** Says why a failure was not written down. */
export function failureRefusal(
  kind: Exclude<FailureOutcome["kind"], "failed" | "repeat" | "unknown" | "wrong-bank">,
): string {
  return {
    "locked-elsewhere": "别的柜面正在办这张支款单，没有登记。请稍后再查询",
    paid: "这张支款单已付款，不能登记付款失败",
    expired: "这张支款单已过期，不用登记",
    cancelled: "这张支款单已作废，不用登记",
  }[kind];
}

/** Why a bank could not pay: the words that the applicant reads. */
export const FAILURE_REASONS = {
  "wrong-account": "收款账号不对或已注销",
  "name-differs": "收款账户的户名与支款单不一致",
  other: "其他原因",
} as const;
