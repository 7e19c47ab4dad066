import type { HouseEffect, RefundSplit } from "#src/bank/issue-voucher.ts";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import {
  addFen,
  type Fen,
  maxFen,
  minFen,
  subtractFen,
  timesAreaHalfUp,
  ZERO_FEN,
} from "#src/kernel/money.ts";
import type { HouseBalance } from "#src/ledger/house-balances.ts";
import type { RefundReasonCode } from "#src/platform/database/tables/application-records.ts";
import type { DepositKindCode } from "#src/platform/database/tables/ledger.ts";
import type { House } from "#src/register/find-house.ts";
import { firstDepositDue } from "#src/register/standards/first-deposit-due.ts";

/** A deposit of the house that is neither reversed nor given back already. */
export interface PaidDeposit {
  journalId: bigint;
  depositKind: DepositKindCode | null;
  principalFen: Fen;
  noticeNo: string | null;
  valueDate: CalendarDate;
}

/** What the owner states beside the reason, as far as the amount depends on it. */
export interface RefundBasis {
  /** R03: the measured area, in hundredths of ㎡. */
  newAreaHundredths: number | null;
  /** R04 and R05: the payment that is given back. */
  journalId: bigint | null;
  /** R07: the amount that the approval names. */
  askedFen: Fen | null;
}

/** What a refund is computed from. */
export interface RefundFacts {
  house: Pick<House, "isRejected" | "status" | "areaHundredths" | "standard" | "dueFen">;
  balance: HouseBalance;
  /** Oldest first. */
  deposits: readonly PaidDeposit[];
}

/** What is given back, how it came about and what it does to the house. */
export interface RefundOffer extends RefundSplit {
  ok: true;
  amountFen: Fen;
  effect: HouseEffect;
  originalNoticeNo: string | null;
}

/** Why nothing is given back for a reason. */
export type NoRefund =
  | "closed"
  | "provisional"
  | "reserved"
  | "nothing-held"
  | "nothing-too-much"
  | "no-standard"
  | "no-area-basis"
  | "area-not-smaller"
  | "no-such-payment"
  | "no-second-payment"
  | "above-balance"
  | "nothing-asked"
  | "basis-missing";

const FIRST_DEPOSIT_KINDS: readonly (DepositKindCode | null)[] = ["00", "01", "04"];

/**
 * Computes what a house gives back for a reason, from what it holds now (the field's amount rules for each
 * reason). Never more than the balance, never what another voucher has reserved. The amount is computed
 * and cannot be chosen, but for R07, where an approval names it.
 */
export function offerRefund(
  reason: RefundReasonCode,
  facts: RefundFacts,
  basis: RefundBasis,
): RefundOffer | { ok: false; reason: NoRefund } {
  const obstacle = refundObstacle(facts);
  if (obstacle !== null) return refuse(obstacle);
  switch (reason) {
    case "R01":
      return whole(facts, { kind: "owner-cleared" });
    case "R06":
      return whole(facts, { kind: "closed" });
    case "R02":
      return overpaid(facts);
    case "R03":
      return smallerArea(facts, basis.newAreaHundredths);
    case "R04":
    case "R05":
      return onePayment(facts, basis.journalId, reason);
    case "R07":
      return decided(facts, basis.askedFen);
  }
}

/**
 * Says why a house is not one to ask money back from, or null when it is: one on record, or one that the fund
 * centre refused to record, whose money was paid for nothing.
 */
export function outsideRegister(
  house: Pick<House, "isRejected" | "status">,
): "closed" | "provisional" | null {
  if (house.status === "recorded" || house.isRejected) return null;
  return house.status;
}

/** Says why a house gives nothing back for any reason, or null when it may. */
export function refundObstacle({ house, balance }: RefundFacts): NoRefund | null {
  const outside = outsideRegister(house);
  if (outside !== null) return outside;
  if (balance.reservedFen > ZERO_FEN) return "reserved";
  if (heldFen(balance) === ZERO_FEN) return "nothing-held";
  return null;
}

const NOTHING_STATED: RefundBasis = { newAreaHundredths: null, journalId: null, askedFen: null };

/** Says why a house gives nothing back for a reason, whatever its owner states; null when it depends on that. */
export function reasonRefusal(reason: RefundReasonCode, facts: RefundFacts): NoRefund | null {
  const offered = offerRefund(reason, facts, NOTHING_STATED);
  return offered.ok || offered.reason === "basis-missing" ? null : offered.reason;
}

/** The payments that a reason lets the owner choose from: every one, but of a double payment not the first. */
export function payableDeposits(
  reason: RefundReasonCode,
  deposits: readonly PaidDeposit[],
): readonly PaidDeposit[] {
  return reason === "R04" ? deposits.slice(1) : deposits;
}

function refuse(reason: NoRefund): { ok: false; reason: NoRefund } {
  return { ok: false, reason };
}

function heldFen(balance: HouseBalance): Fen {
  return addFen(balance.principalFen, balance.interestFen);
}

/** R01 and R06: everything. What was deposited first goes back as such when the deposit itself was void. */
function whole({ balance }: RefundFacts, effect: HouseEffect): RefundOffer {
  const { principalFen, interestFen, firstPaidFen } = balance;
  const isVoid = effect.kind === "owner-cleared";
  const firstDepositFen = isVoid ? minFen(principalFen, firstPaidFen) : ZERO_FEN;
  return offer({ principalFen, interestFen, firstDepositFen, effect });
}

/** R02: paid − payable at the standard that is the house's own. */
function overpaid({ house, balance }: RefundFacts): RefundOffer | { ok: false; reason: NoRefund } {
  if (house.dueFen === null) return refuse("no-standard");
  const excess = subtractFen(balance.firstPaidFen, house.dueFen);
  return firstDepositBack(balance, excess, { kind: "none" });
}

/**
 * R03: (area on record − measured area) × rate, but no more than leaves the house with what the measured
 * area asks for: whoever has paid in part is not given what he still owes.
 */
function smallerArea(
  { house, balance }: RefundFacts,
  newAreaHundredths: number | null,
): RefundOffer | { ok: false; reason: NoRefund } {
  const { standard } = house;
  if (standard === null || house.dueFen === null) return refuse("no-standard");
  if (standard.basis === "PRICE") return refuse("no-area-basis");
  if (newAreaHundredths === null) return refuse("basis-missing");
  const difference = house.areaHundredths - newAreaHundredths;
  if (difference <= 0 || newAreaHundredths <= 0) return refuse("area-not-smaller");
  const dueAfter = firstDepositDue(standard, { areaHundredths: newAreaHundredths, priceFen: null });
  if (dueAfter === null) return refuse("no-standard");
  const byArea = timesAreaHalfUp(difference, standard.coefficientE4);
  const excess = subtractFen(balance.firstPaidFen, dueAfter);
  return firstDepositBack(balance, minFen(byArea, excess), {
    kind: "area-corrected",
    areaHundredths: newAreaHundredths,
  });
}

/** R04 and R05: one payment in full, as far as its money is still there. */
function onePayment(
  { balance, deposits }: RefundFacts,
  journalId: bigint | null,
  reason: "R04" | "R05",
): RefundOffer | { ok: false; reason: NoRefund } {
  const offered = payableDeposits(reason, deposits);
  if (offered.length === 0) {
    return refuse(reason === "R04" ? "no-second-payment" : "no-such-payment");
  }
  if (journalId === null) return refuse("basis-missing");
  const deposit = offered.find((one) => one.journalId === journalId);
  if (deposit === undefined) return refuse("no-such-payment");
  const principalFen = minFen(deposit.principalFen, balance.principalFen);
  if (principalFen === ZERO_FEN) return refuse("nothing-held");
  const isFirst = FIRST_DEPOSIT_KINDS.includes(deposit.depositKind);
  return {
    ...offer({
      principalFen,
      interestFen: ZERO_FEN,
      firstDepositFen: isFirst ? minFen(principalFen, balance.firstPaidFen) : ZERO_FEN,
      effect: { kind: "none" },
    }),
    ...(isFirst && balance.firstPaidFen > ZERO_FEN
      ? { depositKind: deposit.depositKind as RefundSplit["depositKind"] }
      : {}),
    originalNoticeNo: deposit.noticeNo,
  };
}

/** R07: what the approval names, principal first. A house that keeps no principal owes no deposit any more. */
function decided(
  { balance }: RefundFacts,
  askedFen: Fen | null,
): RefundOffer | { ok: false; reason: NoRefund } {
  if (askedFen === null) return refuse("basis-missing");
  if (askedFen <= ZERO_FEN) return refuse("nothing-asked");
  if (askedFen > heldFen(balance)) return refuse("above-balance");
  const principalFen = minFen(askedFen, balance.principalFen);
  const isAll = principalFen === balance.principalFen;
  return offer({
    principalFen,
    interestFen: subtractFen(askedFen, principalFen),
    firstDepositFen: minFen(principalFen, balance.firstPaidFen),
    effect: { kind: isAll ? "exempt" : "none" },
  });
}

function firstDepositBack(
  balance: HouseBalance,
  excess: Fen,
  effect: HouseEffect,
): RefundOffer | { ok: false; reason: NoRefund } {
  const principalFen = minFen(maxFen(excess, ZERO_FEN), balance.principalFen);
  if (principalFen === ZERO_FEN) return refuse("nothing-too-much");
  return offer({ principalFen, interestFen: ZERO_FEN, firstDepositFen: principalFen, effect });
}

function offer(
  parts: Pick<RefundSplit, "principalFen" | "interestFen" | "firstDepositFen"> & {
    effect: HouseEffect;
  },
): RefundOffer {
  return {
    ok: true,
    ...parts,
    amountFen: addFen(parts.principalFen, parts.interestFen),
    depositKind: parts.firstDepositFen > ZERO_FEN ? "00" : null,
    originalNoticeNo: null,
  };
}

/** Says why nothing is given back, and what to do instead. */
export const NO_REFUND_SENTENCES: Record<NoRefund, string> = {
  closed: "这套房屋已经销户，余额已经退清，不能再退",
  provisional: "这套房屋还在核验，核验通过后才能申请退款",
  reserved: "这套房屋有一笔退款正在支付，办完以后才能再申请",
  "nothing-held": "这套房屋现在没有余额，没有钱可以退",
  "nothing-too-much": "按登记的面积和标准，这套房屋没有多交",
  "no-standard": "这套房屋还没有核定交存标准，请先带购房合同到维修资金管理中心核定",
  "no-area-basis": "这套房屋按房价交存，面积变化不影响应交金额",
  "area-not-smaller": "实测面积应小于登记面积，才有面积差可退",
  "no-such-payment": "没有找到这一笔交款，请从列出的交款里选择",
  "no-second-payment": "这套房屋只有一笔交款，没有重复交",
  "above-balance": "退款金额超过了这套房屋的余额，请改小",
  "nothing-asked": "退款金额应大于 0",
  "basis-missing": "请先填写计算退款要用的内容",
};
