import { sweepContactProofs } from "#src/accounts/institutions/contact-proof.ts";
import { expireInstitutions } from "#src/accounts/institutions/expire-institutions.ts";
import { expireApplications } from "#src/applications/book-bank-message.ts";
import { expireVoucherApplications } from "#src/applications/book-disbursement.ts";
import { scanPending } from "#src/applications/documents/scan-document.ts";
import { sweepDocuments } from "#src/applications/documents/sweep-documents.ts";
import type { FindDescriptor } from "#src/applications/find-descriptor.ts";
import { printWaitingTopUps, sweepTopUps } from "#src/business/estate-keeping/top-up-batches.ts";
import { runHouseImports } from "#src/business/house-import/run-imports.ts";
import { sweepChangeDrafts } from "#src/business/institution-profile/change-drafts.ts";
import { sweepRegistrationDrafts } from "#src/business/institution-registration/drafts.ts";
import { sweepNewsFiles } from "#src/business/news/news-files.ts";
import { sweepDrafts } from "#src/business/unrecorded-deposit/drafts.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { Clock } from "#src/kernel/clock.ts";
import { refreshCityBook } from "#src/ledger/city-book/refresh-city-book.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { Log } from "#src/platform/log.ts";
import { sweepOneTimeCodes } from "#src/platform/one-time-codes.ts";
import type { Printer } from "#src/platform/pdf/printer.ts";
import { runPeriodically } from "#src/platform/periodic.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { sweepSessions } from "#src/platform/sessions.ts";
import { deliverSms } from "#src/platform/sms/deliver-sms.ts";
import { sweepSms } from "#src/platform/sms/outbox.ts";
import type { SmsProvider } from "#src/platform/sms/sms-provider.ts";
import type { Uploads } from "#src/platform/uploads/uploads.ts";

/** Somebody looks at a phone and waits. */
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** What is swept, and by what. */
export interface HousekeepingDeps {
  db: Db;
  clock: Clock;
  log: Log;
  personalData: PersonalData;
  uploads: Uploads;
  printer: Printer;
  fundCentreName: string;
  publicUrl: string;
  /** Who brings text messages to phones; null where no message leaves the house. */
  sms: SmsProvider | null;
  findDescriptor: FindDescriptor;
}

/** Starts everything that runs again and again by itself (decision 0003), and answers with what stops it. */
export function startHousekeeping(deps: HousekeepingDeps): (() => Promise<void>)[] {
  const { db, clock, log, personalData, sms, uploads } = deps;
  const every = (everyMs: number, name: string, run: () => Promise<unknown>) =>
    runPeriodically({ name, everyMs, run: async () => void (await run()) }, log);
  const stored = { db, uploads };
  const tasks = [
    every(MINUTE_MS, "expire-notices", () => expire(deps)),
    every(MINUTE_MS, "refresh-city-book", () => refreshCityBook(db, clock())),
    every(HOUR_MS, "sweep-sessions", () => sweepSessions(db, clock())),
    every(HOUR_MS, "sweep-drafts", () => sweepDrafts(db, clock())),
    every(HOUR_MS, "sweep-registration-drafts", () => sweepRegistrationDrafts(db, clock())),
    every(HOUR_MS, "sweep-change-drafts", () => sweepChangeDrafts(db, clock())),
    every(HOUR_MS, "sweep-contact-proofs", () => sweepContactProofs(db, clock())),
    every(HOUR_MS, "sweep-news-files", () => sweepNewsFiles(db, clock())),
    every(HOUR_MS, "expire-institutions", () => expireBound(deps)),
    every(HOUR_MS, "sweep-sms", () => sweepMessages(db, clock())),
    every(2 * SECOND_MS, "print-top-ups", () => printWaitingTopUps(deps)),
    every(HOUR_MS, "sweep-top-ups", () => sweepTopUps(db, clock())),
    every(10 * MINUTE_MS, "sweep-documents", () => sweepDocuments(stored, clock())),
    every(MINUTE_MS, "scan-documents", () => scanPending(stored, clock())),
  ];
  tasks.push(importHouses(deps));
  if (sms === null) return tasks;
  const delivery = { db, personalData, provider: sms, clock, log };
  return [...tasks, every(SECOND_MS, "deliver-sms", () => deliverSms(delivery))];
}

/** Imports may take minutes: whoever stops the system does not wait for the file, only for the rows under way. */
function importHouses(deps: HousekeepingDeps): () => Promise<void> {
  const stopping = new AbortController();
  const run = () => runHouseImports(deps, stopping.signal);
  const stop = runPeriodically({ name: "import-houses", everyMs: 2 * SECOND_MS, run }, deps.log);
  return async () => {
    stopping.abort();
    await stop();
  };
}

async function expire({ db, clock, findDescriptor }: HousekeepingDeps): Promise<void> {
  const now = clock();
  const at = { now, today: shanghaiDate(now) };
  await db.transaction().execute((tx) => expireApplications(tx, at, findDescriptor));
  await db.transaction().execute((tx) => expireVoucherApplications(tx, at, findDescriptor));
}

async function expireBound({ db, clock, personalData }: HousekeepingDeps): Promise<void> {
  const now = clock();
  await expireInstitutions({ db, personalData }, { now, today: shanghaiDate(now) });
}

async function sweepMessages(db: Db, now: Date): Promise<void> {
  await sweepSms(db, now);
  await sweepOneTimeCodes(db, now);
}
