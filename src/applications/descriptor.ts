import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Fen } from "#src/kernel/money.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import type { Application } from "./find-application.ts";
import type { ReviewDescriptor, ReviewRole } from "./review-descriptor.ts";

/** How a state looks in a list or a heading. */
export interface StateWords {
  label: string;
  tone: "ok" | "wait" | "bad" | "mute";
}

/** One step of the way of an application, as its timeline shows it. */
export interface TimelineStep {
  label: string;
  detail: string;
  state: "done" | "now" | "later" | "failed";
}

/**
 * What comes next: who has to do it, what it is, and by when. The day is part of the text: ours is the one that
 * we promised, the applicant's only one that he has to keep.
 */
export interface NextStep {
  who: "applicant" | "us" | "nobody";
  title: string;
  text: string;
  /** Where the applicant has to go for it, slip in hand; left out where he need not go anywhere. */
  goTo?: "bank" | "fund-centre";
  /** The last day on which the applicant can do it, such as the end of a notice; never a promise of ours. */
  keepBy?: CalendarDate;
}

/**
 * What a status page tells of one application. Nothing in it is personal. State, next step and timeline are for
 * anyone who has the number, so they name neither the house nor its amounts (decision 0007).
 */
export interface ApplicationStory {
  state: StateWords;
  /** What it is about, e.g. address and amount: for who applied, and for anyone where houses are open. */
  facts: readonly [label: string, value: string][];
  /** What has to be paid, in fen: told to whom the facts are told. */
  amountFen?: Fen;
  next: NextStep;
  timeline: readonly TimelineStep[];
  /** The slips that can be printed now, by name. */
  printable: readonly string[];
  /** What the fund centre wants to be put right, in its words; only while it is the applicant's turn. */
  corrections?: readonly string[];
  /** Where the visitor can go on from here, e.g. to ask for money back. */
  links?: readonly { href: string; words: string }[];
}

/** A slip that an application of this kind can print. */
export interface SlipDescriptor {
  /** Part of the URL. */
  name: string;
  /** The link's words, as the manual has them. */
  title: string;
  fileName: (application: Application) => string;
  print: (db: Db, application: Application, now: Date) => Promise<Uint8Array>;
  /** Who of the fund centre may hand it over the counter; absent: whoever takes applications on. */
  staffRoles?: readonly ReviewRole[];
}

/** The state that each event of a payment notice leads to. */
export interface NoticeStates {
  credited: string;
  inSuspense: string;
  reversed: string;
  expired: string;
  superseded: string;
}

/** The state that each event of a disbursement voucher leads to. */
export interface VoucherStates {
  paid: string;
  /** The bank could not pay, e.g. the account is wrong: back to the applicant. */
  failed: string;
  expired: string;
}

/** A supporting document (要件) that an application of a kind needs, for the reason it was made. */
export interface DocumentRule {
  /** Part of the field's name, e.g. `purchase-contract`. */
  code: string;
  /** 购房合同 */
  title: string;
  isRequired: boolean;
  /** How many files it may have. */
  max: number;
  hint?: string;
}

/** What an applicant can do about an application that is under way, proven to be his (applicant proof). */
export interface ApplicantActs {
  /** States in which the applicant corrects what he handed in (补正), and the page on which he does it. */
  correct?: { states: readonly string[]; path: (application: Application) => string };
  /** States from which he takes it back, and what else that changes, in the transaction of the step. */
  cancel?: {
    states: readonly string[];
    toState: string;
    /** Says in one sentence what taking it back means. */
    consequence: string;
    /** Comes before the step. Throws CancelRefused with a sentence where it cannot be taken back now. */
    undo: (tx: Tx, application: Application, now: Date) => Promise<void>;
  };
}

/**
 * A business as the status page, the bank desk and the review desk see it: they are written once against
 * this and know no business by name. The legal transitions stand in the migration of the business, where
 * the database holds every step to them.
 */
export interface ApplicationDescriptor {
  kind: string;
  /** The first two digits of its numbers. */
  numberPrefix: string;
  /** The manual's word for the business. */
  title: string;
  /** The state of an application that was just handed in. */
  submittedState: string;
  /** Of a business that asks for money. */
  noticeStates?: NoticeStates;
  /** Of a business that gives money back. */
  voucherStates?: VoucherStates;
  tell: (db: Db, application: Application, now: Date) => Promise<ApplicationStory>;
  slips: readonly SlipDescriptor[];
  /** The documents that this application needs; absent: a business without documents. */
  documents?: (db: Db, application: Application) => Promise<readonly DocumentRule[]>;
  applicantActs?: ApplicantActs;
  /** The states of which the applicant is told by SMS, and what is said of his application: 已办结. */
  smsWords?: Readonly<Record<string, string>>;
  /** What the audit trail calls the audit events of its URLs, by their names: 提交退款申请. */
  auditWords?: Readonly<Record<string, string>>;
  /** Absent: nobody at the fund centre has to decide on it. */
  review?: ReviewDescriptor;
}
