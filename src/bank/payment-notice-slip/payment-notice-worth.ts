import { formatDayInSentence, shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { SlipKind, SlipStanding } from "#src/platform/issued-slips/slip-kind.ts";
import { type NoticeState, noticeStateNow } from "../notice-state.ts";

/** 交款通知单 as 验真 sees it: good for paying while its notice is open. */
export const PAYMENT_NOTICE_SLIP: SlipKind = {
  kind: "payment-notice",
  title: "交款通知单",
  words: { party: "交款人", datedOn: "有效期至", amount: "应交金额" },
  judge: async (db, { number }, now) => {
    const row = await db
      .selectFrom("payment_notice")
      .select(["state", "expires_on as expiresOn", "locked_until as lockedUntil"])
      .where("no", "=", number)
      .executeTakeFirstOrThrow();
    const state = noticeStateNow(row, { today: shanghaiDate(now), at: now });
    const onward = { href: `/applications/${number}`, words: "看办理进度" };
    return { ...standingOf(state, formatDayInSentence(row.expiresOn)), onward };
  },
};

function standingOf(state: NoticeState, lastDay: string): SlipStanding {
  switch (state) {
    case "issued":
    case "locked":
      return {
        isValid: true,
        label: "有效",
        meaning: `可以凭它到银行交款，最后一天是${lastDay}（含当天）。钱只交到单上写的专户，不要交给个人。`,
      };
    case "paid":
      return {
        isValid: false,
        label: "已交款",
        meaning: "单上的钱已经到账，请不要再凭它交款。",
      };
    case "expired":
      return {
        isValid: false,
        label: "已过期",
        meaning: `${lastDay}已经过了，不能再凭它交款。还要交的，请重新提交，打印新的通知单。`,
      };
    case "cancelled":
      return {
        isValid: false,
        label: "已作废",
        meaning: "这张通知单已经撤销，或者被别的通知单代替，请不要凭它交款。",
      };
    case "reversed":
      return {
        isValid: false,
        label: "已冲正",
        meaning: "这笔交款到账后被银行冲正，等于没有交。还要交的，请重新提交，打印新的通知单。",
      };
  }
}
