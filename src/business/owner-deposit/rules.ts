import { DEPOSIT_KIND_WORDS, type DepositKind } from "#src/bank/deposit-kinds.ts";
import type { Fen } from "#src/kernel/money.ts";
import type { HouseStanding } from "#src/ledger/house-standing.ts";

/** The kinds of deposit that an owner can choose from on the form. */
export const OFFERED_KINDS = ["00", "04", "02"] as const satisfies readonly DepositKind[];
export type OfferedKind = (typeof OFFERED_KINDS)[number];

/** What a house can deposit now, or why nothing. */
export type DepositOffer =
  | { ok: true; depositKind: OfferedKind; amountFen: Fen }
  | { ok: false; reason: "closed" | "provisional" | "exempt" | "no-standard" | "paid-in-full" };

/**
 * Decides what a house is asked for: the whole first deposit while nothing was paid, what is missing of
 * it once part was paid (a second first deposit is refused), and a top-up when the balance fell below the
 * trigger (Decree 165 art. 7, 8 and 17). The amount is computed and cannot be chosen.
 */
export function offerDeposit(
  standing: HouseStanding,
  status: "recorded" | "provisional" | "closed",
): DepositOffer {
  if (status === "provisional") return { ok: false, reason: "provisional" };
  switch (standing.kind) {
    case "unpaid":
      return { ok: true, depositKind: "00", amountFen: standing.dueFen };
    case "part-paid":
      return { ok: true, depositKind: "04", amountFen: standing.owedFen };
    case "below-trigger":
      return { ok: true, depositKind: "02", amountFen: standing.topUpFen };
    default:
      return { ok: false, reason: standing.kind };
  }
}

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
