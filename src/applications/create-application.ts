import { randomInt } from "node:crypto";
import { type ApplicationNumber, makeApplicationNumber } from "#src/kernel/application-number.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { HouseKey } from "#src/ledger/house-balances.ts";
import type { Tx } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { promisedDay } from "./advance-application.ts";
import type { ApplicationDescriptor } from "./descriptor.ts";
import type { ReviewStage } from "./review-descriptor.ts";

/**
 * Makes an application's number (业务单编号): its nine random digits come from the system's own source, so
 * that a neighbour's number cannot be guessed.
 */
export function newApplicationNumber(numberPrefix: string, now: Date): ApplicationNumber {
  const nineDigits = randomInt(1_000_000_000).toString().padStart(9, "0");
  return makeApplicationNumber(numberPrefix, shanghaiDate(now), nineDigits);
}

/** An application as it is handed in. */
export interface NewApplication {
  descriptor: Pick<ApplicationDescriptor, "kind" | "submittedState">;
  /** Those of its review, from which the first promised day comes; none where nobody decides on it. */
  stages: readonly ReviewStage[];
  number: ApplicationNumber;
  house: HouseKey | null;
  noticeNo: string | null;
  /** Made when the form was shown; the same form makes one application. */
  submissionKey: string;
  browserHash: Buffer;
  /** Who applied, as given, and the key that hides it. */
  contact: { name: string; phone: string; personalData: PersonalData };
  /** The institution that applied; absent where nobody of one did. */
  institutionId?: number;
  now: Date;
}

/** Records an application with its applicant and the first event of its timeline. Answers with its id. */
export async function createApplication(tx: Tx, application: NewApplication): Promise<bigint> {
  const { descriptor, house, contact } = application;
  const { id } = await tx
    .insertInto("application")
    .values({
      number: application.number,
      kind: descriptor.kind,
      estate_id: house?.estateId ?? null,
      house_id: house?.houseId ?? null,
      notice_no: application.noticeNo,
      submission_key: application.submissionKey,
      browser_hash: application.browserHash,
      created_at: application.now,
      institution_id: application.institutionId ?? null,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await tx
    .insertInto("application_contact")
    .values({
      application_id: id,
      name_cipher: contact.personalData.encrypt(contact.name),
      phone_cipher: contact.personalData.encrypt(contact.phone),
      phone_hash: contact.personalData.hash("phone", contact.phone),
    })
    .execute();
  await tx
    .insertInto("application_event")
    .values({
      application_id: id,
      seq: 1,
      kind: descriptor.kind,
      from_state: "",
      to_state: descriptor.submittedState,
      actor_role: "applicant",
      actor: "visitor",
      at: application.now,
      promised_on: await promisedDay(
        tx,
        application.stages,
        descriptor.submittedState,
        application.now,
      ),
    })
    .execute();
  return id;
}
