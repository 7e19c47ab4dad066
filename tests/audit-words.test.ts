import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ConfirmationOutcome } from "#src/bank/confirm-payment.ts";
import type { LockOutcome } from "#src/bank/lock-payment-notice.ts";
import type { VoucherLock } from "#src/bank/lock-voucher.ts";
import type { DisbursementOutcome, FailureOutcome } from "#src/bank/pay-voucher.ts";
import type { ReversalOutcome } from "#src/bank/reverse-payment.ts";
import { outcomeWords } from "#src/business/audit-trail/event-words.ts";
import { subjectWordsOf } from "#src/business/audit-trail/subject-words.ts";
import type { UserAct } from "#src/business/institution-accounts/change-users.ts";
import type { PhoneChangeOutcome } from "#src/business/owner-home/change-phone.ts";
import type { LinkOutcome } from "#src/business/owner-home/link-houses.ts";
import type { ProofOutcome } from "#src/business/owner-refund/prove-owner.ts";
import type { AccountAct } from "#src/business/staff-accounts/act-on-account.ts";
import type { ResetAct } from "#src/business/teller-accounts/reset-code.ts";
import type { Gate } from "#src/ledger/disclosure/gate.ts";
import type { CodeOutcome, CodeTry } from "#src/platform/one-time-codes.ts";
import { siteDescriptors } from "#src/site.ts";
import type { SiteParts } from "#src/site-parts.ts";

const parts = { config: { disclosurePolicy: "open", fundCentreName: "示例中心" } } as SiteParts;
const descriptors = siteDescriptors(parts);
const SOURCE = join(import.meta.dirname, "../src");

type Named =
  | LockOutcome["kind"]
  | ConfirmationOutcome["kind"]
  | ReversalOutcome["kind"]
  | DisbursementOutcome["kind"]
  | FailureOutcome["kind"]
  | VoucherLock["kind"]
  | CodeOutcome["kind"]
  | LinkOutcome["kind"]
  | CodeTry
  | PhoneChangeOutcome
  | ProofOutcome
  | AccountAct
  | UserAct
  | ResetAct
  | Gate;

/** What is recorded by a name that its type gives; one that is missing here does not compile. */
const NAMED: Readonly<Record<Named, true>> = {
  locked: true,
  unknown: true,
  "wrong-bank": true,
  "locked-elsewhere": true,
  expired: true,
  cancelled: true,
  paid: true,
  reversed: true,
  "house-closed": true,
  "house-paid-meanwhile": true,
  credited: true,
  suspense: true,
  repeat: true,
  "amount-differs": true,
  "reference-used": true,
  "not-paid": true,
  "another-day": true,
  spent: true,
  "wrong-code": true,
  "already-paid": true,
  failed: true,
  "balance-changed": true,
  sent: true,
  "too-often": true,
  capped: true,
  linked: true,
  none: true,
  "other-person": true,
  "account-locked": true,
  "house-locked": true,
  right: true,
  wrong: true,
  ended: true,
  changed: true,
  taken: true,
  disable: true,
  enable: true,
  "reset-code": true,
  "reset-password": true,
  ask: true,
  do: true,
  withdraw: true,
  open: true,
  captcha: true,
  verify: true,
  "sign-in": true,
  link: true,
};

const isSaidInWords = (words: string) => !/[a-z]{2}/.test(words);

test("every outcome that a type names has its word", () => {
  const outcomes = Object.keys(NAMED);
  expect(outcomes.filter((one) => !isSaidInWords(outcomeWords(one)))).toEqual([]);
});

test("every outcome that is written out where it is recorded has its word", () => {
  const outcomes = recordedLiterals();
  expect(outcomes).toEqual(expect.arrayContaining(["accepted", "refused", "money-told", "saved"]));
  expect(outcomes.filter((one) => !isSaidInWords(outcomeWords(one)))).toEqual([]);
});

test("every slip that is printed has its word", () => {
  const slips = descriptors.flatMap((one) => one.slips.map(({ name }) => name));
  expect(slips).toContain("payment-notice");
  expect(slips.filter((one) => !isSaidInWords(outcomeWords(one)))).toEqual([]);
});

test("every business and every purpose that an entry can be about has its word", () => {
  const words = subjectWordsOf(descriptors);
  const subjects = [
    ...descriptors.map(({ kind }) => kind),
    "registration-draft",
    "registration-contact",
    "institution:5",
    "news/12",
  ];
  const said = subjects.map((subject) => words({ event: "institution-suspended", subject }));
  expect(said.filter((one) => !isSaidInWords(one))).toEqual([]);
  expect(words({ event: "institution-user-invited", subject: "institution:5" })).toBe("机构用户 5");
});

/** The words between quotes in each recording, but for the one subject among them. */
function recordedLiterals(): string[] {
  const files = readdirSync(SOURCE, { recursive: true, encoding: "utf8" }).filter(
    (path) => /\.tsx?$/.test(path) && !path.includes(".test."),
  );
  const found = files.flatMap((path) => {
    const text = readFileSync(join(SOURCE, path), "utf8");
    const calls = text.matchAll(/record(?:Audit|Reading)\(([^;]*?)\);/g);
    const told = text.matchAll(/const (?:outcome|told) = ([^;(]*?);/g);
    const isRecording = /record(?:Audit|Reading)\(/.test(text);
    return [
      ...[...calls].map(([, call = ""]) => call.slice(call.indexOf("audit,") + 1)),
      ...(isRecording ? [...told].map(([, value = ""]) => value) : []),
    ].flatMap((code) =>
      [...code.matchAll(/[^=] "([a-z]+(?:-[a-z]+)*)"/g)].map(([, one = ""]) => one),
    );
  });
  return [...new Set(found)].filter((one) => one !== "registration-draft");
}
