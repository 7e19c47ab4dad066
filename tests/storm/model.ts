/** A house as a plain book-keeper knows it; amounts are fen. */
export interface ModelHouse {
  code: string;
  dueFen: bigint;
  principalFen: bigint;
  /** Deposited towards the first deposit. */
  firstPaidFen: bigint;
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

/**
 * What the whole system should be worth after any history: a second, plain telling of the rules, kept apart
 * from the code that it judges. It knows no database, no lock and no transaction.
 */
export class Model {
  day = 0;
  readonly houses: ModelHouse[];
  readonly notices: ModelNotice[] = [];
  readonly messages: ModelMessage[] = [];
  suspenseFen = 0n;

  constructor(houses: readonly { code: string; dueFen: bigint }[]) {
    this.houses = houses.map((house) => ({ ...house, principalFen: 0n, firstPaidFen: 0n }));
  }

  /** What a house is asked for today; null when it owes nothing. */
  asked(house: ModelHouse): { depositKind: "00" | "04"; amountFen: bigint } | null {
    const missing = house.dueFen - house.firstPaidFen;
    if (missing <= 0n) return null;
    return { depositKind: house.firstPaidFen === 0n ? "00" : "04", amountFen: missing };
  }

  issued(no: string, house: ModelHouse): void {
    const asked = this.asked(house);
    if (asked === null) throw new Error(`${house.code} owes nothing, yet notice ${no} was issued`);
    this.notices.push({
      ...{ no, house, ...asked, firstPaidSeenFen: house.firstPaidFen, state: "open" },
      ...{
        issuedOnDay: this.day,
        expiresOnDay: this.day + NOTICE_DAYS,
        creditedOnDay: null,
        lockedBy: null,
      },
    });
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
    for (const notice of this.notices) notice.lockedBy = null;
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
    if (notice.house.principalFen < notice.amountFen) return "refused";
    notice.house.principalFen -= notice.amountFen;
    notice.house.firstPaidFen -= notice.amountFen;
    notice.state = "reversed";
    return "reversed";
  }
}

/** What a bank's message is answered: booked in one of two places, or refused with nothing posted. */
export type ConfirmAnswer = "credited" | "suspense" | "refused";
