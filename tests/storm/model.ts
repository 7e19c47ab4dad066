/** A house as a plain book-keeper knows it; amounts are fen. */
export interface ModelHouse {
  code: string;
  dueFen: bigint;
  principalFen: bigint;
  /** Deposited towards the first deposit. */
  firstPaidFen: bigint;
  /** What open vouchers will take. */
  reservedFen: bigint;
  /** Provisional until it is merged; closed when it was. A house without an owner gives nothing back. */
  status: "recorded" | "provisional" | "closed";
  hasOwner: boolean;
}

/** A payment notice as the paper says it, and what has become of it. */
export interface ModelNotice {
  no: string;
  house: ModelHouse;
  amountFen: bigint;
  depositKind: "00" | "04";
  /** 已交 when it was issued: it is void once that changes. */
  firstPaidSeenFen: bigint;
  issuedOnDay: number;
  expiresOnDay: number;
  state: "open" | "paid" | "expired" | "cancelled" | "reversed";
  creditedOnDay: number | null;
  /** The desk that has it open; a day later nobody has. */
  lockedBy: Desk | null;
  /** Its money went back to the owner. */
  isGivenBack: boolean;
}

/** A refund from the form to the money: of one payment (R05) or of all that the house holds (R01). */
export interface ModelRefund {
  number: string;
  house: ModelHouse;
  reason: "R01" | "R05";
  notice: ModelNotice | null;
  amountFen: bigint;
  state:
    | "submitted"
    | "accepted"
    | "reviewed"
    | "voucher-issued"
    | "voucher-expired"
    | "correcting"
    | "paid";
  voucherExpiresOnDay: number;
}

/** A house that was not on record, from its application to the house it turned out to be. */
export interface ModelNewcomer {
  number: string;
  house: ModelHouse;
  notice: ModelNotice;
  state: "applied" | "checked" | "merged";
}

/** Two desks of one bank. */
export type Desk = "desk one" | "desk two";

/** A message of money that a bank sent under a reference. */
export interface ModelMessage {
  ref: string;
  no: string;
  amountFen: bigint;
  day: number;
  outcome: "credited" | "suspense";
}

/** How many days a payment notice can be paid. */
const NOTICE_DAYS = 15;
/** … and a disbursement voucher. */
const VOUCHER_DAYS = 30;

/**
 * What the whole system should be worth after any history: a second, plain telling of the rules, kept apart
 * from the code that it judges. It knows no database, no lock and no transaction.
 */
export class Model {
  day = 0;
  readonly houses: ModelHouse[];
  readonly notices: ModelNotice[] = [];
  readonly messages: ModelMessage[] = [];
  readonly refunds: ModelRefund[] = [];
  readonly newcomers: ModelNewcomer[] = [];
  /** References of money that went out. */
  readonly paidOut: { ref: string; refund: ModelRefund; day: number }[] = [];
  suspenseFen = 0n;

  constructor(houses: readonly { code: string; dueFen: bigint }[]) {
    this.houses = houses.map((house) => newHouse(house, "recorded"));
  }

  /** What a house is asked for today; null when it owes nothing. */
  asked(house: ModelHouse): { depositKind: "00" | "04"; amountFen: bigint } | null {
    if (house.status !== "recorded") return null;
    const missing = house.dueFen - house.firstPaidFen;
    if (missing <= 0n) return null;
    return { depositKind: house.firstPaidFen === 0n ? "00" : "04", amountFen: missing };
  }

  issued(no: string, house: ModelHouse): void {
    const asked = this.asked(house);
    if (asked === null) throw new Error(`${house.code} owes nothing, yet notice ${no} was issued`);
    this.addNotice(no, house, asked);
  }

  private addNotice(
    no: string,
    house: ModelHouse,
    asked: Pick<ModelNotice, "depositKind" | "amountFen">,
  ): ModelNotice {
    const notice: ModelNotice = {
      ...{ no, house, ...asked, firstPaidSeenFen: house.firstPaidFen, state: "open" },
      ...{ issuedOnDay: this.day, expiresOnDay: this.day + NOTICE_DAYS, creditedOnDay: null },
      ...{ lockedBy: null, isGivenBack: false },
    };
    this.notices.push(notice);
    return notice;
  }

  /** A desk asks for a notice: it is the desk's until the day ends, unless another desk has it. */
  open(desk: Desk, notice: ModelNotice): "open" | "refused" {
    if (!this.isPayable(notice) || this.isElsewhere(desk, notice)) return "refused";
    notice.lockedBy = desk;
    return "open";
  }

  release(desk: Desk, notice: ModelNotice): void {
    if (notice.lockedBy === desk) notice.lockedBy = null;
  }

  passDays(days: number): void {
    this.day += days;
    for (const notice of this.notices) {
      notice.lockedBy = null;
      if (notice.state === "open" && notice.expiresOnDay < this.day) notice.state = "expired";
    }
    for (const refund of this.refunds) {
      if (refund.state === "voucher-issued" && refund.voucherExpiresOnDay < this.day) {
        refund.state = "voucher-expired";
        refund.house.reservedFen -= refund.amountFen;
      }
    }
  }

  private isElsewhere(desk: Desk, notice: ModelNotice): boolean {
    return notice.state === "open" && notice.lockedBy !== null && notice.lockedBy !== desk;
  }

  /** Books a bank's message by the rules of domain §4.3 and tells what the bank is answered. */
  confirm(
    desk: Desk,
    message: Omit<ModelMessage, "outcome" | "no">,
    notice: ModelNotice,
  ): ConfirmAnswer {
    const { ref, amountFen, day } = message;
    // No bank had the money before the paper was there.
    if (day < notice.issuedOnDay) return "refused";
    if (this.paidOut.some((one) => one.ref === ref)) return "refused";
    const known = this.messages.find((one) => one.ref === ref);
    if (known !== undefined) {
      const isSame = known.no === notice.no && known.amountFen === amountFen && known.day === day;
      return isSame ? known.outcome : "refused";
    }
    if (amountFen !== notice.amountFen || this.isElsewhere(desk, notice)) return "refused";
    const outcome = this.isPayable(notice) ? "credited" : "suspense";
    this.messages.push({ ref, no: notice.no, amountFen, day, outcome });
    if (outcome === "credited") this.credit(notice);
    else this.toSuspense(notice);
    return outcome;
  }

  private isPayable(notice: ModelNotice): boolean {
    return (
      notice.state === "open" &&
      this.day <= notice.expiresOnDay &&
      notice.house.firstPaidFen === notice.firstPaidSeenFen
    );
  }

  private credit(notice: ModelNotice): void {
    const { house, amountFen } = notice;
    house.principalFen += amountFen;
    house.firstPaidFen += amountFen;
    notice.state = "paid";
    notice.creditedOnDay = this.day;
    for (const other of this.notices) {
      if (other.house === house && other.state === "open") other.state = "cancelled";
    }
  }

  private toSuspense(notice: ModelNotice): void {
    this.suspenseFen += notice.amountFen;
    if (notice.state !== "open") return;
    notice.state = this.day > notice.expiresOnDay ? "expired" : "cancelled";
  }

  /** Takes a credited notice back, on the day it was booked only. */
  reverse(notice: ModelNotice): "reversed" | "refused" {
    if (notice.state === "reversed") return "reversed";
    if (notice.state !== "paid" || notice.creditedOnDay !== this.day) return "refused";
    if (notice.isGivenBack || notice.house.status === "closed") return "refused";
    if (notice.house.principalFen - notice.house.reservedFen < notice.amountFen) return "refused";
    notice.house.principalFen -= notice.amountFen;
    notice.house.firstPaidFen -= notice.amountFen;
    notice.state = "reversed";
    return "reversed";
  }

  /** What a refund would give back now; null when nothing, or when the house must not be asked. */
  offered(house: ModelHouse, notice: ModelNotice | null): bigint | null {
    if (house.status !== "recorded" || house.reservedFen > 0n || house.principalFen === 0n)
      return null;
    if (notice === null) return house.principalFen;
    if (notice.house !== house || notice.state !== "paid" || notice.isGivenBack) return null;
    return least(notice.amountFen, house.principalFen);
  }

  /** Whether a refund may be handed in: by the owner of a house with money and without an open refund. */
  mayClaim(house: ModelHouse, notice: ModelNotice | null): boolean {
    const hasOpen = this.refunds.some((one) => one.house === house && one.state !== "paid");
    return house.hasOwner && !hasOpen && this.offered(house, notice) !== null;
  }

  claimed(number: string, house: ModelHouse, notice: ModelNotice | null): void {
    const amountFen = this.offered(house, notice) ?? 0n;
    const reason = notice === null ? "R01" : "R05";
    const rest = { state: "submitted", voucherExpiresOnDay: 0 } as const;
    this.refunds.push({ number, house, reason, notice, amountFen, ...rest });
  }

  /** Approval reserves what was claimed, if that is still what the house gives back. */
  approve(refund: ModelRefund): "decided" | "refused" {
    if (this.offered(refund.house, refund.notice) !== refund.amountFen) return "refused";
    refund.house.reservedFen += refund.amountFen;
    refund.voucherExpiresOnDay = this.day + VOUCHER_DAYS;
    refund.state = "voucher-issued";
    return "decided";
  }

  /** The bank says that a voucher was paid. */
  payOut(ref: string, refund: ModelRefund, day = this.day): "paid" | "refused" {
    const known = this.paidOut.find((one) => one.ref === ref);
    if (known !== undefined)
      return known.refund === refund && known.day === day ? "paid" : "refused";
    if (this.messages.some((one) => one.ref === ref)) return "refused";
    const { house, amountFen } = refund;
    if (refund.state !== "voucher-issued") return "refused";
    if (refund.reason === "R01" && house.principalFen !== amountFen) return "refused";
    this.paidOut.push({ ref, refund, day });
    house.reservedFen -= amountFen;
    house.principalFen -= amountFen;
    house.firstPaidFen -= least(amountFen, house.firstPaidFen);
    refund.state = "paid";
    if (refund.notice !== null) refund.notice.isGivenBack = true;
    if (refund.reason === "R01") this.clearOwner(house);
    return "paid";
  }

  private clearOwner(house: ModelHouse): void {
    house.hasOwner = false;
    for (const notice of this.notices) {
      if (notice.house === house && notice.state === "paid") notice.isGivenBack = true;
    }
  }

  /** A house that was not on record is taken up with its notice. */
  takenUp(number: string, code: string, amountFen: bigint): void {
    const house = newHouse({ code, dueFen: amountFen }, "provisional");
    this.houses.push(house);
    const notice = this.addNotice(number, house, { depositKind: "00", amountFen });
    this.newcomers.push({ number, house, notice, state: "applied" });
  }

  /** A newcomer turns out to be a house on record: its money goes there. */
  merge(newcomer: ModelNewcomer, into: ModelHouse): "decided" | "refused" {
    const { house } = newcomer;
    // A house that has paid in full takes no first deposit again: its owner is given it back instead.
    if (into.status !== "recorded" || into.firstPaidFen >= into.dueFen) return "refused";
    into.principalFen += house.principalFen;
    into.firstPaidFen += house.firstPaidFen;
    house.principalFen = 0n;
    house.firstPaidFen = 0n;
    house.status = "closed";
    newcomer.state = "merged";
    for (const notice of this.notices) {
      if ([house, into].includes(notice.house) && notice.state === "open")
        notice.state = "cancelled";
    }
    return "decided";
  }
}

function newHouse(
  house: { code: string; dueFen: bigint },
  status: ModelHouse["status"],
): ModelHouse {
  return { ...house, status, principalFen: 0n, firstPaidFen: 0n, reservedFen: 0n, hasOwner: true };
}

const least = (a: bigint, b: bigint) => (a < b ? a : b);

/** What a bank's message is answered: booked in one of two places, or refused with nothing posted. */
export type ConfirmAnswer = "credited" | "suspense" | "refused";
