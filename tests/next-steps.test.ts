import { expect, test } from "vitest";
import type { NextStep } from "#src/applications/descriptor.ts";
import type { Application } from "#src/applications/find-application.ts";
import { byDay } from "#src/applications/story-words.ts";
import { type BatchRecord, tellBatch } from "#src/business/batch-deposit/story.ts";
import { tellHouseLink } from "#src/business/house-link/story.ts";
import { tellChange } from "#src/business/institution-profile/story.ts";
import {
  type RegistrationRecord,
  tellRegistration,
} from "#src/business/institution-registration/story.ts";
import { type DepositRecord, tellDeposit } from "#src/business/owner-deposit/story.ts";
import { type RefundRecord, tellRefund } from "#src/business/owner-refund/story.ts";
import { tellUnrecorded, type UnrecordedRecord } from "#src/business/unrecorded-deposit/story.ts";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { fen } from "#src/kernel/money.ts";
import { NOW } from "./support/builders.ts";

const LAST_DAY = calendarDate("2026-12-08");

function applicationIn(state: string): Application {
  return {
    ...{ id: 1n, number: "", kind: "", state, house: null, noticeNo: null, events: [] },
    ...{ browserHash: Buffer.alloc(32), createdAt: NOW, promisedOn: calendarDate("2026-11-26") },
  };
}

const HOUSE = { address: "", code: "T1", mergedIntoCode: null, custody: { bankName: "示例银行" } };
const NOTICE = {
  ...{ state: "open", expiresOn: LAST_DAY, lockedUntil: null, depositKind: "01" },
  ...{ payerName: "", houseCount: 2, amountFen: fen(1_000n) },
};
const recordOf = (state: string) => ({
  application: applicationIn(state),
  house: HOUSE,
  notice: NOTICE,
  subject: { place: "", custody: HOUSE.custody },
  suspendedAt: [],
  heldFen: fen(1_000n),
  claim: {
    ...{ reason: "R01", principalFen: fen(900n), interestFen: fen(100n) },
    basis: { arithmetic: "" },
  },
  voucher: { state: "issued", expiresOn: LAST_DAY, lockedUntil: null },
  registration: { title: "", path: "", institution: "developer" },
  institution: { name: "", creditCode: "", bindings: [] },
  conflicts: [],
  isSmsAvailable: true,
});

const TELLERS = {
  owner: (record: unknown) => tellDeposit(record as DepositRecord, NOW),
  batch: (record: unknown) => tellBatch(record as BatchRecord, NOW),
  unrecorded: (record: unknown) => tellUnrecorded(record as UnrecordedRecord, NOW),
  refund: (record: unknown) => tellRefund(record as RefundRecord, NOW),
  registration: (record: unknown) => tellRegistration(record as RegistrationRecord),
  change: (record: unknown) => tellChange((record as RegistrationRecord).application, ""),
  link: (record: unknown) =>
    tellHouseLink((record as RegistrationRecord).application, {
      address: "",
      isSmsAvailable: true,
    }),
};

function told(business: keyof typeof TELLERS, state: string): NextStep {
  return TELLERS[business](recordOf(state)).next;
}

/** Business and state with the day that its next step names. */
const APPLICANTS_DAYS = [
  ["owner", "awaiting-payment", LAST_DAY],
  ["batch", "awaiting-payment", LAST_DAY],
  ["unrecorded", "awaiting-payment", LAST_DAY],
  ["unrecorded", "correcting", undefined],
  ["refund", "submitted", undefined],
  ["refund", "correcting", undefined],
  ["refund", "voucher-issued", LAST_DAY],
  ["registration", "correcting", undefined],
  ["change", "correcting", undefined],
  ["link", "correcting", undefined],
] as const;

test.each(APPLICANTS_DAYS)(
  "%s, %s: the applicant is told the day he has to keep, and never ours",
  (business, state, day) => {
    const next = told(business, state);
    expect(next).toMatchObject({ who: "applicant" });
    expect(next.keepBy).toBe(day);
    expect(next.goTo !== undefined, next.title).toBe(next.title.startsWith("到"));
    const days = next.text.match(/\d+月\d+日前（含当天）|\d+月\d+日/g) ?? [];
    expect(days).toEqual(day === undefined ? [] : [byDay(day)]);
  },
);

const OUR_DAYS = [
  ["unrecorded", "to-verify"],
  ["unrecorded", "checked"],
  ["refund", "accepted"],
  ["refund", "reviewed"],
  ["registration", "submitted"],
  ["registration", "reviewed"],
  ["change", "submitted"],
  ["change", "reviewed"],
  ["link", "submitted"],
] as const;

test.each(OUR_DAYS)("%s, %s: the promise is ours and says so", (business, state) => {
  const next = told(business, state);
  expect(next).toMatchObject({ who: "us" });
  expect(next.keepBy).toBeUndefined();
  expect(next.text).toMatch(/最晚 11月26日办好/);
  expect(next.text).not.toContain("含当天");
});
