import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { Application } from "./find-application.ts";

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

/** What comes next: who has to do it, what it is, and by when. */
export interface NextStep {
  who: "applicant" | "us" | "nobody";
  title: string;
  text: string;
}

/**
 * What a status page tells of one application. Nothing in it is personal. State, next step and timeline are for
 * anyone who has the number, so they name neither the house nor its amounts (decision 0007).
 */
export interface ApplicationStory {
  state: StateWords;
  /** What it is about, e.g. address and amount: for who applied, and for anyone where houses are open. */
  facts: readonly [label: string, value: string][];
  next: NextStep;
  timeline: readonly TimelineStep[];
  expectedOn: CalendarDate | null;
  /** The slips that can be printed now, by name. */
  printable: readonly string[];
}

/** A slip that an application of this kind can print. */
export interface SlipDescriptor {
  /** Part of the URL. */
  name: string;
  /** The link's words, as the manual has them. */
  title: string;
  fileName: (application: Application) => string;
  print: (db: Db, application: Application, now: Date) => Promise<Uint8Array>;
}

/**
 * A business as the status page, the bank desk and later the review desk see it: they are written once
 * against this and know no business by name. The legal transitions stand in the migration of the
 * business, where the database holds every step to them.
 */
export interface ApplicationDescriptor {
  kind: string;
  /** The first two digits of its numbers. */
  numberPrefix: string;
  /** The manual's word for the business. */
  title: string;
  /** The state that each event leads to. */
  states: {
    submitted: string;
    credited: string;
    inSuspense: string;
    reversed: string;
    expired: string;
    superseded: string;
  };
  tell: (db: Db, application: Application, now: Date) => Promise<ApplicationStory>;
  slips: readonly SlipDescriptor[];
}
