import type { SlipKind } from "#src/platform/issued-slips/slip-kind.ts";

/** 年度对账单 as 验真 sees it: what was booked for a house in a year, as of the day on it. */
export const ANNUAL_STATEMENT_SLIP: SlipKind = {
  kind: "annual-statement",
  title: "年度对账单",
  words: { party: "业主", datedOn: "截至日期", amount: "余额" },
  judge: async (_db, { subject }) => ({
    isValid: true,
    label: "有效",
    meaning: "它说明截至单上日期已经记账的款项，之后的变动以现在的登记为准。",
    onward: { href: `/fund/${subject.split("/")[0]}`, words: "看这套房屋的明细" },
  }),
};

/** Statements have no number of their own; no business has numbers that begin like theirs. */
export const STATEMENT_NUMBERS = { kind: ANNUAL_STATEMENT_SLIP.kind, numberPrefix: "83" };
