import { createApplication, newApplicationNumber } from "#src/applications/create-application.ts";
import { attachDocuments } from "#src/applications/documents/attach-documents.ts";
import { missingDocuments } from "#src/applications/documents/document-rules.ts";
import { listDocuments } from "#src/applications/documents/stored-document.ts";
import { findApplicationBySubmission } from "#src/applications/find-application.ts";
import { issuePaymentNotice } from "#src/bank/issue-payment-notice.ts";
import { addDays, shanghaiDate } from "#src/kernel/calendar-date.ts";
import { type Fen, ZERO_FEN } from "#src/kernel/money.ts";
import { type AuditContext, recordAudit } from "#src/platform/audit.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { getCitySettings } from "#src/register/city-settings.ts";
import { getHouse, type House } from "#src/register/find-house.ts";
import {
  insertProvisionalHouse,
  type NewProvisionalHouse,
} from "#src/register/provisional-house.ts";
import type { RegisterStandard } from "#src/register/standards/list-standards.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { UNRECORDED_DEPOSIT } from "./descriptor.ts";
import { bindDraft, type Draft, type DraftKey, holdDraft } from "./drafts.ts";
import { adviseOn, getRegisterView, identityOf } from "./queries.ts";
import { readUnrecordedForm } from "./read-form.ts";
import { UNRECORDED_STAGES } from "./review-stages.ts";
import { documentCase, documentRules, judgeForm, type TwinAdvice } from "./rules.ts";
import type { UnrecordedForm } from "./schema.ts";

/** What the applicant confirms on the review page. */
export interface Confirmation extends DraftKey {
  /** The amount that he saw. */
  amountSeen: Fen;
  now: Date;
}

/** What became of it. Only `applied` wrote something; `repeat` names what the first one made. */
export type ApplyOutcome =
  | { ok: true; kind: "applied" | "repeat"; number: string }
  | { ok: false; reason: "no-draft" }
  | { ok: false; reason: "form-wrong"; errors: FormErrors }
  | { ok: false; reason: "amount-changed" }
  | { ok: false; reason: "twin"; advice: TwinAdvice };

/** What the use case needs around it. */
export interface UnrecordedDeps {
  db: Db;
  personalData: PersonalData;
}

/**
 * Turns a reviewed form into an application: the house enters the register as provisional with its owners,
 * the payment notice is issued, the documents become the application's, all in one transaction (manual:
 * 未备案房屋交款 step 6). Form, duplicate guard, documents and amount are judged again here.
 */
export async function applyForUnrecorded(
  deps: UnrecordedDeps,
  confirmation: Confirmation,
  audit: AuditContext,
): Promise<ApplyOutcome> {
  return await deps.db.transaction().execute((tx) => applyIn(tx, deps, confirmation, audit));
}

async function applyIn(
  tx: Tx,
  { personalData }: UnrecordedDeps,
  confirmation: Confirmation,
  audit: AuditContext,
): Promise<ApplyOutcome> {
  const draft = await holdDraft(tx, confirmation, personalData);
  if (draft === null) return await findRepeat(tx, confirmation);
  const today = shanghaiDate(confirmation.now);
  const read = readUnrecordedForm(draft.typed, today);
  if (!read.ok) return { ok: false, reason: "form-wrong", errors: read.errors };
  const form = read.data;
  const judged = judgeForm(form, await getRegisterView(tx, draft.estateId, form, today));
  if (!judged.ok) return { ok: false, reason: "form-wrong", errors: judged.errors };
  const { submissionKey, browserHash, now } = confirmation;
  const rules = documentRules(documentCase(form, judged.standard));
  const documents = await listDocuments({ db: tx, personalData }, { submissionKey, browserHash });
  const missing = missingDocuments(rules, documents);
  if (Object.keys(missing).length > 0) return { ok: false, reason: "form-wrong", errors: missing };
  if (judged.dueFen !== confirmation.amountSeen) return { ok: false, reason: "amount-changed" };

  const house = await takeUp(tx, draft, form, judged.standard, personalData);
  if ("twin" in house) {
    return { ok: false, reason: "twin", advice: await adviseOn(tx, house.twin, browserHash) };
  }
  const number = await issue(tx, house, form, judged.dueFen, { personalData, now });
  const [owner] = form.owners;
  const contact = form.payer ?? owner;
  if (contact === undefined) throw new Error("a form that reads well names an owner");
  const applicationId = await createApplication(tx, {
    descriptor: UNRECORDED_DEPOSIT,
    stages: UNRECORDED_STAGES,
    number,
    house,
    noticeNo: number,
    submissionKey,
    browserHash,
    contact: { name: contact.name, phone: contact.phone, personalData },
    now,
  });
  await bindDraft(tx, submissionKey, applicationId);
  await attachDocuments(tx, { submissionKey, browserHash, applicationId, now, rules });
  await recordAudit(tx, audit, number, "applied");
  return { ok: true, kind: "applied", number };
}

/** A form that is no draft any more was confirmed before, by this browser or not at all. */
async function findRepeat(tx: Tx, key: DraftKey): Promise<ApplyOutcome> {
  const earlier = await findApplicationBySubmission(tx, key.submissionKey);
  return earlier?.browserHash.equals(key.browserHash)
    ? { ok: true, kind: "repeat", number: earlier.number }
    : { ok: false, reason: "no-draft" };
}

async function takeUp(
  tx: Tx,
  draft: Draft,
  form: UnrecordedForm,
  standard: RegisterStandard,
  personalData: PersonalData,
) {
  const { code } = await tx
    .selectFrom("estate")
    .select("code")
    .where("id", "=", draft.estateId)
    .executeTakeFirstOrThrow();
  const described: NewProvisionalHouse = {
    ...identityOf(draft.estateId, form),
    ...houseFactsOf(form, standard),
    estateCode: code,
    buildingLabel: form.buildingLabel,
    unitLabel: form.unitLabel,
    roomLabel: form.roomLabel,
  };
  const outcome = await insertProvisionalHouse(tx, described, personalData);
  return outcome.ok ? await getHouse(tx, outcome.house) : { twin: outcome.twin };
}

/** What the register keeps of a form besides the house's place. */
export function houseFactsOf(form: UnrecordedForm, standard: Pick<RegisterStandard, "id">) {
  return {
    floors: form.floors,
    hasLift: form.hasLift,
    floor: form.floor,
    areaHundredths: form.area,
    areaKind: form.areaKind,
    houseUse: form.houseUse,
    houseNature: form.houseNature,
    standardId: standard.id,
    standardDate: form.contractDate,
    priceFen: form.price,
    contractNo: form.contractNo,
    realEstateUnitNo: form.realEstateUnitNo,
    owners: form.owners,
  };
}

async function issue(
  tx: Tx,
  house: House,
  form: UnrecordedForm,
  dueFen: Fen,
  by: { personalData: PersonalData; now: Date },
) {
  const { standard } = house;
  const payer = form.payer ?? form.owners[0];
  if (standard === null || payer === undefined || house.dueFen !== dueFen) {
    throw new Error(`house ${house.code} was not taken up as it was judged`);
  }
  const today = shanghaiDate(by.now);
  const settings = await getCitySettings(tx, today);
  const number = newApplicationNumber(UNRECORDED_DEPOSIT.numberPrefix, by.now);
  await issuePaymentNotice(
    tx,
    {
      no: number,
      house,
      depositKind: "00",
      amountFen: dueFen,
      firstPaidSeenFen: ZERO_FEN,
      payerName: payer.name,
      payerPhone: payer.phone,
      basis: {
        areaHundredths: house.areaHundredths,
        standardCode: standard.code,
        standardName: standard.name,
        coefficientE4: standard.coefficientE4.toString(),
        legalBasis: standard.legalBasis,
        dueFen: dueFen.toString(),
        firstPaidFen: "0",
      },
      issuedAt: by.now,
      expiresOn: addDays(today, settings["notice-validity-days"]),
    },
    by.personalData,
  );
  return number;
}
