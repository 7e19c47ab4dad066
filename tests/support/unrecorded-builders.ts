import { createHash, randomUUID } from "node:crypto";
import { bookConfirmation, bookReversal } from "#src/applications/book-bank-message.ts";
import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";
import { type Application, findApplication } from "#src/applications/find-application.ts";
import { descriptorFinder } from "#src/applications/find-descriptor.ts";
import type { DecisionOutcome } from "#src/applications/review-descriptor.ts";
import type { Confirmation } from "#src/bank/confirm-payment.ts";
import { unrecordedDepositDescriptor } from "#src/business/unrecorded-deposit/application-descriptor.ts";
import { type ApplyOutcome, applyForUnrecorded } from "#src/business/unrecorded-deposit/apply.ts";
import { saveDraft } from "#src/business/unrecorded-deposit/drafts.ts";
import { typedOf } from "#src/business/unrecorded-deposit/schema.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { type Fen, fen } from "#src/kernel/money.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import type { Printer } from "#src/platform/pdf/printer.ts";
import { getHouse, type House } from "#src/register/find-house.ts";
import { auditOf } from "./audit-context.ts";
import { BANK, NOW, type TestBuilding, type TestCity } from "./builders.ts";
import { type Deciding, decideAsDesk } from "./decide-as-desk.ts";
import { confirmationOf, DEPOSIT_DESCRIPTORS, DESK_AUDIT } from "./payment-builders.ts";

/** A form 未备案房屋交款 filled in rightly, for the test building (12幢, 18 storeys, lift). */
export const RIGHT_FORM = {
  building: "12幢",
  unit: "3单元",
  room: "1801",
  floor: "18",
  floors: "18",
  houseUse: "residential",
  houseNature: "commodity",
  lift: "yes",
  areaKind: "forecast",
  area: "98.76",
  contractDate: "2024-06-01",
  coOwnership: "sole",
  owner1Name: "张示例",
  owner1DocumentKind: "resident-id",
  owner1DocumentNo: "110101198506155020",
  owner1Phone: "13800005678",
} as const satisfies Record<string, string>;

const RIGHT_AMOUNT = fen(1_185_120n);
const BROWSER = Buffer.alloc(32, 3);

/** Both businesses that ask for money, as the site has them; nothing is printed here. */
function testDescriptors(city: Pick<TestCity, "personalData">): ApplicationDescriptor[] {
  const unrecorded = unrecordedDepositDescriptor({
    personalData: city.personalData,
    printer: {} as Printer,
    fundCentreName: "示例市物业专项维修资金管理中心",
    publicUrl: "http://localhost",
    findDescriptor: findTestDescriptor(city),
  });
  return [unrecorded, ...DEPOSIT_DESCRIPTORS];
}

/** Finds one of them by a number. */
export function findTestDescriptor(city: Pick<TestCity, "personalData">) {
  return (number: string) => descriptorFinder(testDescriptors(city))(number);
}

/** Keeps a document of a draft as the upload does, without its file. */
export async function buildDocument(
  db: Db,
  city: Pick<TestCity, "personalData">,
  draft: { submissionKey: string; browserHash: Buffer; code: string },
): Promise<void> {
  const sha256 = createHash("sha256").update(randomUUID()).digest();
  await db
    .insertInto("supporting_document")
    .values({
      id: randomUUID(),
      submission_key: draft.submissionKey,
      browser_hash: draft.browserHash,
      code: draft.code,
      name_cipher: city.personalData.encrypt("照片.jpg"),
      media_type: "image/jpeg",
      size_bytes: 1000,
      sent_sha256: sha256,
      kept_sha256: sha256,
      page_count: 1,
      state: "clean",
      uploaded_at: NOW,
      checked_at: NOW,
    })
    .execute();
}

export interface FilledForm {
  submissionKey: string;
  browserHash: Buffer;
}

/** Fills the form in and uploads what it asks for, up to the review page. */
export async function fillForm(
  city: TestCity,
  building: TestBuilding,
  changes: Record<string, string> = {},
  browserHash = BROWSER,
): Promise<FilledForm> {
  const key = { submissionKey: randomUUID(), browserHash };
  const typed = typedOf({ ...RIGHT_FORM, ...changes });
  await saveDraft(city, key, { estateId: building.estateId, typed, savedAt: NOW });
  for (const code of ["purchase-contract", "identity-card", "area-survey", "purchase-invoice"]) {
    await buildDocument(city.db, city, { ...key, code });
  }
  return key;
}

/** Confirms a filled-in form. */
export function confirmForm(
  city: Pick<TestCity, "db" | "personalData">,
  form: FilledForm,
  overrides: { amountSeen?: Fen; now?: Date } = {},
): Promise<ApplyOutcome> {
  const audit = auditOf("unrecorded-deposit-applied");
  const seen = { amountSeen: RIGHT_AMOUNT, now: NOW, ...overrides };
  return applyForUnrecorded(city, { ...form, ...seen }, audit);
}

/** An unrecorded house that was applied for, with its notice. */
export interface AppliedHouse {
  number: string;
  house: House;
  form: FilledForm;
}

/** Applies for a house that is not on record. */
export async function buildApplied(
  city: TestCity,
  building: TestBuilding,
  changes: Record<string, string> = {},
): Promise<AppliedHouse> {
  const form = await fillForm(city, building, changes);
  const outcome = await confirmForm(city, form);
  if (!outcome.ok) throw new Error(`not applied: ${JSON.stringify(outcome)}`);
  const application = await applicationOf(city, outcome.number);
  if (application.house === null) throw new Error("an application without its house");
  return { number: outcome.number, house: await getHouse(city.db, application.house), form };
}

/** Reads an application that is there. */
export async function applicationOf(
  city: Pick<TestCity, "db">,
  number: string,
): Promise<Application> {
  const application = await findApplication(city.db, number);
  if (application === null) throw new Error(`no application ${number}`);
  return application;
}

/** The bank confirms the exact money. */
export async function payFor(
  city: Pick<TestCity, "db" | "personalData">,
  number: string,
  overrides: Partial<Confirmation> = {},
) {
  const message = confirmationOf({ no: number as never, amountFen: RIGHT_AMOUNT }, overrides);
  return await bookConfirmation(city.db, message, {
    descriptors: testDescriptors(city),
    audit: DESK_AUDIT,
  });
}

/** The bank takes its confirmation back on the same day. */
export async function takeBackFor(
  city: Pick<TestCity, "db" | "personalData">,
  number: string,
): Promise<string> {
  const reversal = {
    no: number,
    bankCode: BANK.code,
    teller: "teller:teller-demo",
    bookDate: shanghaiDate(NOW),
    reason: "金额收错",
    now: NOW,
  };
  const { kind } = await city.db
    .transaction()
    .execute((tx) => bookReversal(tx, reversal, findTestDescriptor(city)));
  return kind;
}

/** Decides as the review desk does: what the business does besides, then the step, in one transaction. */
export function decide(
  city: Pick<TestCity, "db" | "personalData">,
  number: string,
  decision: string,
  act: Deciding = {},
): Promise<DecisionOutcome> {
  return city.db.transaction().execute((tx) => decideIn(tx, city, number, decision, act));
}

/** The same within a transaction. */
export async function decideIn(
  tx: Tx,
  city: Pick<TestCity, "personalData">,
  number: string,
  decision: string,
  act: Deciding = {},
): Promise<DecisionOutcome> {
  const application = await applicationOf({ db: tx }, number);
  return await decideAsDesk(tx, findTestDescriptor(city)(number), application, decision, act);
}
