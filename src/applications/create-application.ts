import { randomInt } from "node:crypto";
import { type ApplicationNumber, makeApplicationNumber } from "#src/kernel/application-number.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { HouseKey } from "#src/ledger/house-balances.ts";
import type { Tx } from "#src/platform/database/client.ts";
import type { ApplicationDescriptor } from "./descriptor.ts";

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
  descriptor: Pick<ApplicationDescriptor, "kind" | "states">;
  number: ApplicationNumber;
  house: HouseKey;
  noticeNo: string | null;
  /** Made when the form was shown; the same form makes one application. */
  submissionKey: string;
  browserHash: Buffer;
  now: Date;
}

/** Records an application with the first event of its timeline. */
export async function createApplication(tx: Tx, application: NewApplication): Promise<void> {
  const { descriptor } = application;
  const { id } = await tx
    .insertInto("application")
    .values({
      number: application.number,
      kind: descriptor.kind,
      estate_id: application.house.estateId,
      house_id: application.house.houseId,
      notice_no: application.noticeNo,
      submission_key: application.submissionKey,
      browser_hash: application.browserHash,
      created_at: application.now,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await tx
    .insertInto("application_event")
    .values({
      application_id: id,
      seq: 1,
      kind: descriptor.kind,
      from_state: "",
      to_state: descriptor.states.submitted,
      actor_role: "applicant",
      actor: "visitor",
      at: application.now,
    })
    .execute();
}
