import { formatDayInSentence, shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { SlipKind, SlipStanding } from "#src/platform/issued-slips/slip-kind.ts";
import { type VoucherState, voucherStateNow } from "../find-voucher.ts";

/** 退款支款单 as 验真 sees it: good for being paid while its voucher is open. */
export const VOUCHER_SLIP: SlipKind = {
  kind: "disbursement-voucher",
  title: "退款支款单",
  words: { party: "收款人", datedOn: "有效期至", amount: "付款金额" },
  judge: async (db, { number }, now) => {
    const row = await db
      .selectFrom("disbursement_voucher as voucher")
      .innerJoin("application", "application.id", "voucher.application_id")
      .select(["voucher.state", "expires_on as expiresOn", "locked_until as lockedUntil"])
      .select("application.number")
      .where("no", "=", number)
      .executeTakeFirstOrThrow();
    const state = voucherStateNow(row, { today: shanghaiDate(now), at: now });
    const onward = { href: `/applications/${row.number}`, words: "看办理进度" };
    return { ...standingOf(state, formatDayInSentence(row.expiresOn)), onward };
  },
};

function standingOf(state: VoucherState, lastDay: string): SlipStanding {
  switch (state) {
    case "issued":
    case "locked":
      return {
        isValid: true,
        label: "有效",
        meaning: `银行可以凭它付款，最后一天是${lastDay}（含当天）。付款还要核对授权码和收款人身份证。`,
      };
    case "paid":
      return {
        isValid: false,
        label: "已付款",
        meaning: "单上的钱已经付给收款人，请不要再付。",
      };
    case "expired":
      return {
        isValid: false,
        label: "已过期",
        meaning: `${lastDay}已经过了，银行不再凭它付款。由资金管理中心重新开具。`,
      };
    case "cancelled":
      return { isValid: false, label: "已作废", meaning: "这张支款单已经作废，请不要付款。" };
    case "failed":
      return {
        isValid: false,
        label: "已作废",
        meaning: "银行没有付成，这张支款单不再有效。收款账户更正后会开具新的。",
      };
  }
}
