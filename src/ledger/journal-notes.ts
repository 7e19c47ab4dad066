import type { CalendarDate } from "#src/kernel/calendar-date.ts";

/**
 * An amount inside a journal's note: whole fen as decimal text ("1185120"), since JSON numbers cannot be
 * trusted with money.
 */
export type FenText = string;

/** Why a deposit has its amount: kept on the journal of kind `deposit`. */
export interface DepositNote {
  /** Measured or forecast area of the house, in hundredths of ㎡, as it was on that day. */
  areaHundredths: number;
  standardCode: string;
  /** 元/㎡ in ten-thousandths, as decimal text. */
  coefficientE4: string;
  /** The first deposit that area and standard give. */
  dueFen: FenText;
  bankName: string;
  branchName: string;
  /** The payment notice that was paid; null for money taken before notices had numbers. */
  noticeNo: string | null;
  /** The bank's own number of the payment; null where the bank gave none. */
  bankRef: string | null;
  channel: "counter" | "platform";
}

/** A stretch of days in which a house's balance and the rate stood still. */
export interface InterestSegment {
  fromDate: CalendarDate;
  /** Not counted: the day of settlement opens the next stretch. */
  toDate: CalendarDate;
  days: number;
  principalFen: FenText;
  interestFen: FenText;
  /** Yearly rate in hundredths of a per cent: 150 is 1.50 %. */
  rateBasisPoints: number;
}

/**
 * How one house's interest was computed: kept on the house's entry in a journal of kind `interest`.
 * Interest = Σ (principal + interest) × days × rate ÷ day count, half-up to the fen once per house.
 */
export interface InterestNote {
  dayCount: 360 | 365;
  segments: InterestSegment[];
}

/** What a settlement of interest was for: kept on journals of kind `bank-interest` and `interest`. */
export interface InterestRunNote {
  settledOn: CalendarDate;
  estateCode: string;
  buildingLabel: string;
  unitLabel: string;
}

/** Whose money a project may use (Decree 165 art. 20): the owners who share the part that is repaired. */
export type UseScope = "estate" | "building" | "unit" | "some-owners";

/** What a use of funds paid for: kept on the journal of kind `use`. */
export interface UseNote {
  projectName: string;
  scope: UseScope;
  /** The scope in words: 12幢3单元. */
  scopeWords: string;
  contractorName: string;
  /** The cost shared by all houses in the scope, whether paid from the fund or by the owners themselves. */
  totalFen: FenText;
  /** What the fund paid of it. */
  fundFen: FenText;
  totalAreaHundredths: number;
  houseCount: number;
}

/** One house's share of a use: kept on the house's entry, on each of the two when both accounts pay. */
export interface UseShareNote {
  areaHundredths: number;
  totalAreaHundredths: number;
  totalFen: FenText;
  shareFen: FenText;
  /** What the owner pays beside the fund since the balance did not suffice; "0" in most cases. */
  selfFundedFen: FenText;
}

/** Why money waits: kept on the journal of kind `suspense`. `reason` is written by the database. */
export interface SuspenseNote {
  bankName: string;
  branchName: string;
  noticeNo: string;
  bankRef: string;
  reason?:
    | "already-paid"
    | "reversed"
    | "cancelled"
    | "expired"
    | "house-closed"
    | "house-paid-meanwhile";
}

/** Where merged money came from and went: kept on journals of kind `house-merge`. */
export interface HouseMergeNote {
  fromCode: string;
  fromAddress: string;
  intoCode: string;
  intoAddress: string;
  /** The payment notice by which the money had come; null where there was none. */
  noticeNo: string | null;
}
