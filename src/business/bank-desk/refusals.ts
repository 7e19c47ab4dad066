import type { ConfirmationOutcome } from "#src/bank/confirm-payment.ts";
import type { LockOutcome } from "#src/bank/lock-payment-notice.ts";
import type { NoticeState } from "#src/bank/notice-state.ts";
import type { ReversalOutcome } from "#src/bank/reverse-payment.ts";
import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";

/** Told in place of the amount: do not take the money, and what to tell the customer. */
export interface Refusal {
  title: string;
  text: string;
}

/** Says why a notice cannot be taken at this desk, with what to tell the customer. */
export function lockRefusal(outcome: Exclude<LockOutcome, { kind: "locked" }>): Refusal {
  switch (outcome.kind) {
    case "unknown":
      return {
        title: "没有这张通知单",
        text: "请核对 18 位编号，看是不是抄错了。编号没错的，请客户打开手机里的业务单再看一遍。退款只凭退款支款单，请输入支款单号；退款申请单不能领款。",
      };
    case "wrong-bank":
      return {
        title: `这张通知单要到${outcome.bankName}交款`,
        text: `请不要收款。请客户到${outcome.bankName}任一网点办理。`,
      };
    case "locked-elsewhere":
      return {
        title: "处理中：别的柜面正在办这张通知单",
        text: `请不要收款。对方没有办完的话，${formatShanghaiTime(outcome.until).slice(11)} 以后自动解除，可以再查询。`,
      };
    case "house-closed":
      return { title: "房屋已经销户", text: "请不要收款。请客户到维修资金管理中心核对。" };
    case "house-paid-meanwhile":
      return {
        title: "房屋已经用别的通知单交过款",
        text: "请不要收款。请客户在业务受理状态查询里查看，还要交款的可以重新提交。批量交款里只要有一套交过，整张通知单就不能再用。",
      };
    default:
      return deadNoticeWords(outcome.kind);
  }
}

/** Says what a notice is that cannot be paid any more. */
export function deadNoticeWords(state: NoticeState): Refusal {
  switch (state) {
    case "expired":
      return {
        title: "这张通知单已过期",
        text: "请不要收款，没有扣客户的钱。请客户重新提交，领一张新的通知单。",
      };
    case "cancelled":
      return { title: "这张通知单已作废", text: "请不要收款。还要交款的，请客户重新提交。" };
    case "paid":
      return { title: "这张通知单已交款", text: "钱已记入房屋账户，请不要再收。" };
    case "reversed":
      return { title: "这张通知单已冲正", text: "请不要收款。还要交款的，请客户重新提交。" };
    case "locked":
      return { title: "处理中：别的柜面正在办这张通知单", text: "请不要收款，稍后再查询。" };
    case "issued":
      return { title: "这张通知单还没有锁定给本柜面", text: "请重新查询一次，锁定后再收款。" };
  }
}

/** Says why a confirmation posted nothing, and what the teller does with the money in hand. */
export function confirmationRefusal(
  kind: Exclude<ConfirmationOutcome["kind"], "credited" | "suspense" | "repeat">,
): string {
  return {
    unknown: "没有这张通知单，没有记账。请核对编号",
    "wrong-bank": "这张通知单不由本行收款，没有记账。请不要收款，请客户到通知单上的银行办理",
    "amount-differs": "金额与通知单不一致，没有记账。请重新查询，按页面上的金额收款",
    "locked-elsewhere":
      "别的柜面正在办这张通知单，没有记账。钱已经收了的，请稍后用同一个流水号再确认",
    "reference-used": "这个银行流水号已经用在另一笔收款上，没有记账。请核对流水号",
  }[kind];
}

/** Says why a reversal was refused. */
export function reversalRefusal(
  kind: Exclude<ReversalOutcome["kind"], "reversed" | "repeat">,
): string {
  return {
    unknown: "没有这张通知单",
    "wrong-bank": "这笔钱不是本行收的，不能在这里冲正",
    "not-paid": "这张通知单没有入账，不用冲正",
    "another-day": "只有当天的收款可以冲正。以前的收款，请客户申请退款",
    spent: "这笔钱已经使用或预留，不能冲正。请联系维修资金管理中心",
  }[kind];
}
