import { randomUUID } from "node:crypto";
import { advanceApplication } from "#src/applications/advance-application.ts";
import {
  bookDisbursement,
  bookFailure,
  expireVoucherApplications,
} from "#src/applications/book-disbursement.ts";
import { createApplication, newApplicationNumber } from "#src/applications/create-application.ts";
import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";
import { cancelVoucher } from "#src/bank/end-vouchers.ts";
import {
  type HouseEffect,
  issueVoucher,
  type RefundSplit,
  type VoucherIssue,
} from "#src/bank/issue-voucher.ts";
import { lockVoucher, type VoucherLock } from "#src/bank/lock-voucher.ts";
import type { Disbursement, DisbursementOutcome, FailureOutcome } from "#src/bank/pay-voucher.ts";
import { newVoucherNumber } from "#src/bank/voucher-number.ts";
import { OWNER_REFUND, type RefundState } from "#src/business/owner-refund/descriptor.ts";
import { REFUND_STAGES } from "#src/business/owner-refund/review-stages.ts";
import { addDays, shanghaiDate } from "#src/kernel/calendar-date.ts";
import { addFen, type Fen, fen, ZERO_FEN } from "#src/kernel/money.ts";
import type { HouseKey } from "#src/ledger/house-balances.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import type { RefundReasonCode } from "#src/platform/database/tables/application-records.ts";
import type { ApplicationActorRole } from "#src/platform/database/tables/applications.ts";
import { BANK, NOW, type TestCity } from "./builders.ts";

/** A refund that was applied for. */
export interface TestRefund {
  applicationId: bigint;
  number: string;
  house: HouseKey;
  split: RefundSplit;
  effect: HouseEffect;
}

/** A refund whose money is reserved and whose voucher is out. */
export interface TestVoucher extends TestRefund {
  no: string;
  code: string;
  amountFen: Fen;
}

export interface RefundOverrides {
  reason?: RefundReasonCode;
  principalFen?: Fen;
  interestFen?: Fen;
  firstDepositFen?: Fen;
  depositKind?: RefundSplit["depositKind"];
  effect?: HouseEffect;
  /** The payment that is given back (R04, R05). */
  originalNoticeNo?: string | null;
  now?: Date;
}

/** A refund's descriptor without its pages. */
export function findRefundDescriptor(): ApplicationDescriptor {
  const tell = () => Promise.reject(new Error("no page is shown here"));
  return { ...OWNER_REFUND, tell, slips: [] };
}

/** Hands a refund in, past the form: 100.00 of principal that had counted as first deposit, unless told. */
export async function buildRefund(
  city: TestCity,
  house: HouseKey,
  overrides: RefundOverrides = {},
): Promise<TestRefund> {
  const now = overrides.now ?? NOW;
  const principalFen = overrides.principalFen ?? fen(10_000);
  const firstDepositFen = overrides.firstDepositFen ?? principalFen;
  const split: RefundSplit = {
    principalFen,
    interestFen: overrides.interestFen ?? ZERO_FEN,
    firstDepositFen,
    depositKind:
      overrides.depositKind === undefined
        ? firstDepositFen > ZERO_FEN
          ? "00"
          : null
        : overrides.depositKind,
  };
  const number = newApplicationNumber(OWNER_REFUND.numberPrefix, now);
  const { personalData } = city;
  const applicationId = await city.db.transaction().execute(async (tx) => {
    const id = await createApplication(tx, {
      descriptor: OWNER_REFUND,
      stages: REFUND_STAGES,
      number,
      house,
      noticeNo: null,
      submissionKey: randomUUID(),
      browserHash: Buffer.alloc(32, 1),
      contact: { name: "张示例", phone: "13800005678", personalData },
      now,
    });
    await tx
      .insertInto("owner_refund")
      .values({
        application_id: id,
        estate_id: house.estateId,
        house_id: house.houseId,
        owner_n: 1,
      })
      .execute();
    await insertClaim(tx, city, { applicationId: id, round: 1, split }, overrides);
    return id;
  });
  return {
    applicationId,
    number,
    house,
    split,
    effect: overrides.effect ?? { kind: "none" },
  };
}

/** Writes one round of a claim. */
export async function insertClaim(
  tx: Tx | Db,
  { personalData }: TestCity,
  claim: { applicationId: bigint; round: number; split: RefundSplit },
  overrides: RefundOverrides = {},
): Promise<void> {
  await tx
    .insertInto("owner_refund_claim")
    .values({
      application_id: claim.applicationId,
      round: claim.round,
      reason: overrides.reason ?? "R02",
      principal_fen: claim.split.principalFen,
      interest_fen: claim.split.interestFen,
      // Readable as the form's own, so that the pages about it can be opened.
      basis: { newAreaHundredths: null, journalId: null, askedFen: null, arithmetic: "" },
      original_notice_no: overrides.originalNoticeNo ?? null,
      payee_name_cipher: personalData.encrypt("张示例"),
      payee_account_cipher: personalData.encrypt("6222000012345678905"),
      payee_bank_cipher: personalData.encrypt("示例银行民生支行"),
      statement_cipher: personalData.encrypt(""),
      made_at: overrides.now ?? NOW,
      owner_document_hash: personalData.hash("document", "11010519491231002X"),
    })
    .execute();
}

const WAY: readonly [RefundState, ApplicationActorRole, string][] = [
  ["accepted", "intake", "staff:intake-demo"],
  ["reviewed", "reviewer", "staff:reviewer-demo"],
];

/** Takes a refund one step on, as the desk that reviews it does. */
export async function step(
  tx: Tx,
  applicationId: bigint,
  toState: RefundState,
  by: { actorRole: ApplicationActorRole; actor: string; now?: Date },
): Promise<void> {
  const application = await tx
    .selectFrom("application")
    .select(["id", "kind", "state"])
    .where("id", "=", applicationId)
    .executeTakeFirstOrThrow();
  const descriptor = findRefundDescriptor();
  await advanceApplication(
    tx,
    { application, descriptor },
    { toState, actorRole: by.actorRole, actor: by.actor, now: by.now ?? NOW },
  );
}

/** Papers seen and content reviewed: only the approval is missing. */
export async function review(city: Pick<TestCity, "db">, refund: TestRefund): Promise<void> {
  for (const [toState, actorRole, actor] of WAY) {
    await city.db
      .transaction()
      .execute((tx) => step(tx, refund.applicationId, toState, { actorRole, actor }));
  }
}

/** Approves a reviewed refund. Answers with the outcome and the voucher's number. */
export async function approve(
  city: Pick<TestCity, "db" | "personalData">,
  refund: TestRefund,
  overrides: { now?: Date; validDays?: number; by?: "approver" | "finance" } = {},
): Promise<{ outcome: VoucherIssue; no: string }> {
  const issuedAt = overrides.now ?? NOW;
  const no = newVoucherNumber(issuedAt);
  const actorRole = overrides.by ?? "approver";
  const outcome = await city.db.transaction().execute(async (tx) => {
    const answer = await issueVoucher(
      tx,
      {
        no,
        applicationId: refund.applicationId,
        split: refund.split,
        effect: refund.effect,
        basis: {},
        approvedBy: `staff:${actorRole}-demo`,
        issuedAt,
        expiresOn: addDays(shanghaiDate(issuedAt), overrides.validDays ?? 30),
      },
      city.personalData,
    );
    if (answer === "issued") {
      const by = { actorRole, actor: `staff:${actorRole}-demo`, now: issuedAt } as const;
      await step(tx, refund.applicationId, "voucher-issued", by);
    }
    return answer;
  });
  return { outcome, no };
}

/** A refund that is approved, with its voucher and the code on its slip. */
export async function buildVoucher(
  city: TestCity,
  house: HouseKey,
  overrides: RefundOverrides & { validDays?: number } = {},
): Promise<TestVoucher> {
  const refund = await buildRefund(city, house, overrides);
  await review(city, refund);
  const { outcome, no } = await approve(city, refund, overrides);
  if (outcome !== "issued") throw new Error(`the voucher was not issued: ${outcome}`);
  return { ...refund, ...(await readVoucher(city, no)) };
}

/** The voucher's amount and the code that stands on its slip. */
export async function readVoucher(city: Pick<TestCity, "db" | "personalData">, no: string) {
  const row = await city.db
    .selectFrom("disbursement_voucher")
    .select(["code_cipher", "amount_fen"])
    .where("no", "=", no)
    .executeTakeFirstOrThrow();
  return {
    no,
    code: city.personalData.decrypt(row.code_cipher),
    amountFen: addFen(fen(row.amount_fen)),
  };
}

let messages = 0;

/** A bank's word that a voucher was paid today, under a reference of its own. */
export function disbursementOf(
  voucher: Pick<TestVoucher, "no" | "code" | "amountFen">,
  overrides: Partial<Disbursement> = {},
): Disbursement {
  messages += 1;
  const now = overrides.now ?? NOW;
  return {
    no: voucher.no,
    bankCode: BANK.code,
    bankRef: `OUT-${messages.toString().padStart(6, "0")}`,
    amountFen: voucher.amountFen,
    code: voucher.code,
    valueDate: shanghaiDate(now),
    teller: "teller:teller-demo",
    bookDate: shanghaiDate(now),
    now,
    note: {},
    ...overrides,
  };
}

type Desk = Pick<TestCity, "db" | "personalData">;

/** Books a bank's word that a voucher was paid, in a transaction of its own. */
export async function payOut(city: Desk, message: Disbursement): Promise<DisbursementOutcome> {
  const deps = { personalData: city.personalData, findDescriptor: findRefundDescriptor };
  return await city.db.transaction().execute((tx) => bookDisbursement(tx, message, deps));
}

/** A desk says that a voucher could not be paid. */
export async function cannotPay(
  city: Pick<TestCity, "db">,
  no: string,
  overrides: { teller?: string; bankCode?: string; now?: Date } = {},
): Promise<FailureOutcome["kind"]> {
  const failure = {
    no,
    bankCode: overrides.bankCode ?? BANK.code,
    teller: overrides.teller ?? "teller:teller-demo",
    reason: "账号不对",
    now: overrides.now ?? NOW,
  };
  const outcome = await city.db
    .transaction()
    .execute((tx) => bookFailure(tx, failure, findRefundDescriptor));
  return outcome.kind;
}

/** A desk asks for a voucher and holds it for a quarter of an hour. */
export async function openVoucherAtDesk(
  city: Pick<TestCity, "db">,
  no: string,
  overrides: { now?: Date; bankCode?: string; teller?: string } = {},
): Promise<VoucherLock> {
  const now = overrides.now ?? NOW;
  return await city.db.transaction().execute((tx) =>
    lockVoucher(tx, {
      no,
      bankCode: overrides.bankCode ?? BANK.code,
      teller: overrides.teller ?? "teller:teller-demo",
      now,
      today: shanghaiDate(now),
      leaseMinutes: 15,
    }),
  );
}

/** The sweep of the last day, at a moment. */
export async function sweepVouchers(city: Pick<TestCity, "db">, now: Date): Promise<number> {
  return await city.db
    .transaction()
    .execute((tx) =>
      expireVoucherApplications(tx, { today: shanghaiDate(now), now }, findRefundDescriptor),
    );
}

/** The fund centre takes a voucher back: the application goes to the applicant. */
export async function voidVoucher(
  city: Pick<TestCity, "db">,
  voucher: TestVoucher,
  now = NOW,
): Promise<string> {
  return await city.db.transaction().execute(async (tx) => {
    const outcome = await cancelVoucher(tx, voucher.no, now);
    if (outcome === "cancelled") {
      const by = { actorRole: "finance", actor: "staff:finance-demo", now } as const;
      await step(tx, voucher.applicationId, "correcting", by);
    }
    return outcome;
  });
}
