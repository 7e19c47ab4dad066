import { DEPOSIT_KIND_WORDS } from "#src/bank/deposit-kinds.ts";
import type { DepositOffer, OfferedKind } from "#src/bank/deposit-offer.ts";

/**
 * Says which kind of deposit fits the house instead of the chosen one; why, only to whom the money of the house
 * may be told.
 */
export function wrongKindSentence(offered: OfferedKind, isMoneyTold: boolean): string {
  if (!isMoneyTold) return `这套房屋现在要交的是“${DEPOSIT_KIND_WORDS[offered]}”，请选它`;
  return {
    "00": "这套房屋还没有交过首次交款，请选“首次交款”",
    "04": "这套房屋的首次交款还没有交足，请选“欠款补交”",
    "02": "这套房屋首次交款已经交足、余额偏低，请选“维修资金续交”",
  }[offered];
}

type NoOfferReason = Extract<DepositOffer, { ok: false }>["reason"];

/** Told instead of a reason that would tell of the house's money to whom it may not be told. */
const NOTHING_DUE = {
  title: "这套房屋现在没有要交的款",
  text: "您不用做什么。原因和每一笔钱的来去，请点“查看明细”，核对以后就能看到",
};

/** Says why nothing can be deposited, and what to do instead. What the payer has to do is always told. */
export function noDepositWords(
  reason: NoOfferReason,
  isMoneyTold: boolean,
): { title: string; text: string } {
  const isForPayer = reason === "provisional" || reason === "no-standard";
  return isMoneyTold || isForPayer ? NO_DEPOSIT_SENTENCES[reason] : NOTHING_DUE;
}

const NO_DEPOSIT_SENTENCES: Record<NoOfferReason, { title: string; text: string }> = {
  closed: {
    title: "这套房屋已经销户",
    text: "销户的房屋不再交款。如果您认为登记有误，请带上证件到维修资金管理中心核对",
  },
  provisional: {
    title: "这套房屋还在核验",
    text: "房屋资料核验通过后就可以交款，您不用做什么",
  },
  exempt: {
    title: "这套房屋不用交款",
    text: "按规定这套房屋不用交存维修资金",
  },
  "no-standard": {
    title: "这套房屋还没有交存标准",
    text: "请带购房合同到维修资金管理中心核定标准，核定后就可以在这里交款",
  },
  "paid-in-full": {
    title: "这套房屋已经交清",
    text: "现在不用交款。您可以查看明细，看每一笔钱的来去",
  },
};
