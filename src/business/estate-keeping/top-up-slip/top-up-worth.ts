import type { SlipKind } from "#src/platform/issued-slips/slip-kind.ts";

/** 续交通知 as 验真 sees it: what a house had to top up on the day it was given out. */
export const TOP_UP_SLIP: SlipKind = {
  kind: "top-up-notice",
  title: "续交通知",
  words: { party: "发出单位", datedOn: "发出日期", amount: "应续交" },
  judge: async (_db, { subject }) => ({
    isValid: true,
    label: "有效",
    meaning:
      "数目按发出那天的账面计算，之后交过款的以现在的登记为准。钱只交到银行专户，不交给物业、业委会或个人。",
    onward: { href: `/deposit/${houseOf(subject)}`, words: "去续交" },
  }),
};

/** Notices to top up have no number of their own; no business has numbers that begin like theirs. */
export const TOP_UP_NUMBERS = { kind: TOP_UP_SLIP.kind, numberPrefix: "82" };

/** A house gets notices from each of its keepers; one does not replace another's. */
export function topUpSubject(houseCode: string, issuer: string): string {
  return `${houseCode} ${issuer}`;
}

function houseOf(subject: string): string {
  return subject.slice(0, subject.indexOf(" "));
}
