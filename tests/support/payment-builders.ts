import { randomUUID } from "node:crypto";
import { bookConfirmation, bookReversal } from "#src/applications/book-bank-message.ts";
import { createApplication, newApplicationNumber } from "#src/applications/create-application.ts";
import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";
import { descriptorFinder } from "#src/applications/find-descriptor.ts";
import type { Confirmation, ConfirmationOutcome } from "#src/bank/confirm-payment.ts";
import type { DepositKind } from "#src/bank/deposit-kinds.ts";
import { issuePaymentNotice } from "#src/bank/issue-payment-notice.ts";
import { type LockOutcome, lockPaymentNotice } from "#src/bank/lock-payment-notice.ts";
import type { ReversalOutcome } from "#src/bank/reverse-payment.ts";
import { BATCH_DEPOSIT } from "#src/business/batch-deposit/descriptor.ts";
import { OWNER_DEPOSIT } from "#src/business/owner-deposit/descriptor.ts";
import type { ApplicationNumber } from "#src/kernel/application-number.ts";
import { addDays, type CalendarDate, shanghaiDate } from "#src/kernel/calendar-date.ts";
import { type Fen, fen, negateFen } from "#src/kernel/money.ts";
import { getHouseBalance, type HouseKey, holdHouse } from "#src/ledger/house-balances.ts";
import { type Posted, postJournal } from "#src/ledger/post-journal.ts";
import type { AuditContext } from "#src/platform/audit.ts";
import type { House } from "#src/register/find-house.ts";
import { BANK, buildHouse, NOW, type TestCity, TODAY } from "./builders.ts";

/** A payment notice that was issued, with its application. */
export interface TestNotice {
  no: ApplicationNumber;
  house: House;
  amountFen: Fen;
  expiresOn: CalendarDate;
}

export interface NoticeOverrides {
  depositKind?: DepositKind;
  amountFen?: Fen;
  issuedAt?: Date;
  /** 15 unless told; 0 is a notice for one day. */
  validDays?: number;
  /** Of the form that was handed in; one of its own unless told. */
  submissionKey?: string;
}

/** Issues a notice as the application does, by default for the whole first deposit of the house. */
export async function buildNotice(
  city: TestCity,
  house: House,
  overrides: NoticeOverrides = {},
): Promise<TestNotice> {
  const issuedAt = overrides.issuedAt ?? NOW;
  const no = newApplicationNumber(OWNER_DEPOSIT.numberPrefix, issuedAt);
  const amountFen = overrides.amountFen ?? house.dueFen ?? fen(1n);
  const expiresOn = addDays(shanghaiDate(issuedAt), overrides.validDays ?? 15);
  await city.db.transaction().execute(async (tx) => {
    await holdHouse(tx, house);
    const { firstPaidFen } = await getHouseBalance(tx, house);
    await issuePaymentNotice(
      tx,
      {
        no,
        house,
        depositKind: overrides.depositKind ?? "00",
        amountFen,
        firstPaidSeenFen: firstPaidFen,
        payerName: "张示例",
        payerPhone: "13800005678",
        basis: {
          areaHundredths: house.areaHundredths,
          standardCode: house.standard?.code ?? "",
          standardName: house.standard?.name ?? "",
          coefficientE4: (house.standard?.coefficientE4 ?? 0n).toString(),
          legalBasis: house.standard?.legalBasis ?? "",
          dueFen: (house.dueFen ?? 0n).toString(),
          firstPaidFen: firstPaidFen.toString(),
        },
        issuedAt,
        expiresOn,
      },
      city.personalData,
    );
    await createApplication(tx, {
      descriptor: OWNER_DEPOSIT,
      stages: [],
      number: no,
      house,
      noticeNo: no,
      submissionKey: overrides.submissionKey ?? randomUUID(),
      browserHash: Buffer.alloc(32, 1),
      contact: { name: "张示例", phone: "13800005678", personalData: city.personalData },
      now: issuedAt,
    });
  });
  return { no, house, amountFen, expiresOn };
}

let messages = 0;

/** A bank's word that the exact money of a notice came today, under a reference of its own. */
export function confirmationOf(
  notice: Pick<TestNotice, "no" | "amountFen">,
  overrides: Partial<Confirmation> = {},
): Confirmation {
  messages += 1;
  const now = overrides.now ?? NOW;
  return {
    no: notice.no,
    bankCode: BANK.code,
    bankRef: `REF-${messages.toString().padStart(6, "0")}`,
    amountFen: notice.amountFen,
    valueDate: shanghaiDate(now),
    teller: "teller:teller-one",
    bookDate: shanghaiDate(now),
    now,
    note: {},
    ...overrides,
  };
}

/** The business that a notice of the builders belongs to; its pages are not wanted here. */
export function findDepositDescriptor(number: string): ApplicationDescriptor {
  return descriptorFinder(DEPOSIT_DESCRIPTORS)(number);
}

/** All of them. */
export const DEPOSIT_DESCRIPTORS: readonly ApplicationDescriptor[] = [
  OWNER_DEPOSIT,
  BATCH_DEPOSIT,
].map((deposit) => ({
  ...deposit,
  tell: () => Promise.reject(new Error("no page is shown here")),
  slips: [],
}));

/** A house whose first deposit was paid by a notice, confirmed as a bank does. */
export async function buildPaidHouse(city: TestCity, told: Partial<Confirmation> = {}) {
  const house = await buildHouse(city);
  const notice = await buildNotice(city, house);
  const message = confirmationOf(notice, told);
  const outcome = await bookMoney(city, message);
  if (outcome.kind !== "credited") throw new Error(`the deposit was not credited: ${outcome.kind}`);
  return { house, notice, message, journalId: outcome.journalId };
}

/** What the audit trail is told of a message that a test books. */
export const DESK_AUDIT: AuditContext = {
  requestId: "0000000000000000",
  event: "payment-confirmed",
  actor: "teller:teller-one",
  addressHash: Buffer.alloc(32),
};

/** Books a bank's message with the application behind it, in a transaction of its own. */
export async function bookMoney(
  city: Pick<TestCity, "db">,
  message: Confirmation,
): Promise<ConfirmationOutcome> {
  return await bookConfirmation(city.db, message, {
    descriptors: DEPOSIT_DESCRIPTORS,
    audit: DESK_AUDIT,
  });
}

/** Takes a confirmation back at the bank's desk, with the application behind it. */
export async function takeBack(
  city: Pick<TestCity, "db">,
  no: string,
  overrides: { now?: Date; bankCode?: string; teller?: string } = {},
): Promise<ReversalOutcome["kind"]> {
  const now = overrides.now ?? NOW;
  const reversal = {
    no,
    bankCode: overrides.bankCode ?? BANK.code,
    teller: overrides.teller ?? "teller:teller-one",
    bookDate: shanghaiDate(now),
    reason: "金额收错",
    now,
  };
  const { kind } = await city.db
    .transaction()
    .execute((tx) => bookReversal(tx, reversal, findDepositDescriptor));
  return kind;
}

/** A desk asks for a notice and holds it for a quarter of an hour. */
export async function openAtDesk(
  city: Pick<TestCity, "db">,
  no: string,
  overrides: { now?: Date; bankCode?: string; teller?: string } = {},
): Promise<LockOutcome> {
  const now = overrides.now ?? NOW;
  const request = {
    no,
    bankCode: overrides.bankCode ?? BANK.code,
    teller: overrides.teller ?? "teller:teller-one",
    now,
    today: shanghaiDate(now),
    leaseMinutes: 15,
  };
  return await city.db.transaction().execute((tx) => lockPaymentNotice(tx, request));
}

/** Gives a house money as the owner's bulk loads do: a deposit from before notices had numbers. */
export async function buildDeposit(
  city: TestCity,
  house: HouseKey,
  deposit: { amountFen: Fen; depositKind?: DepositKind; bookDate?: CalendarDate },
): Promise<Posted> {
  const bookDate = deposit.bookDate ?? TODAY;
  return await city.owner.transaction().execute((tx) =>
    postJournal(tx, {
      kind: "deposit",
      bookDate,
      valueDate: bookDate,
      idempotencyKey: `test-deposit-${randomUUID()}`,
      actor: "test",
      depositKind: deposit.depositKind ?? "00",
      entries: [
        { account: "1001", custodyAccountId: city.custodyAccountId, amountFen: deposit.amountFen },
        { account: "3001.01", house, amountFen: negateFen(deposit.amountFen) },
      ],
    }),
  );
}

/** Spends a house's principal: a repair paid by the fund. */
export async function buildUse(
  city: TestCity,
  house: HouseKey,
  amountFen: Fen,
  scopeWords = "",
): Promise<Posted> {
  return await city.owner.transaction().execute((tx) =>
    postJournal(tx, {
      kind: "use",
      bookDate: TODAY,
      valueDate: TODAY,
      idempotencyKey: `test-use-${randomUUID()}`,
      actor: "test",
      ...(scopeWords !== "" && { note: { projectName: "屋面维修", scopeWords } }),
      entries: [
        { account: "3001.01", house, amountFen },
        {
          account: "1001",
          custodyAccountId: city.custodyAccountId,
          amountFen: negateFen(amountFen),
        },
      ],
    }),
  );
}
