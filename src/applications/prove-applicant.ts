import { type AuditContext, recordAudit } from "#src/platform/audit.ts";
import type { Db } from "#src/platform/database/client.ts";
import {
  type CodeOutcome,
  type CodeTry,
  sendOneTimeCode,
  tryOneTimeCode,
} from "#src/platform/one-time-codes.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { findContactPhone } from "./contact-phone.ts";
import type { Application } from "./find-application.ts";

/** What proving by a one-time code needs. */
export interface ProofByCodeDeps {
  db: Db;
  personalData: PersonalData;
  fundCentreName: string;
  /** How many codes leave the house in a day. */
  codesPerDay: number;
}

/** Whoever wants to prove that an application is his, in one browser. */
export interface ProofAttempt {
  application: Application;
  browserHash: Buffer;
  now: Date;
}

const PURPOSE = "applicant-proof";

/**
 * Sends a code to the typed phone when it is the one that was given with the application. The answer is the
 * same whether it is: who only has the number learns nothing about its owner.
 */
export async function sendApplicantCode(
  deps: ProofByCodeDeps,
  attempt: ProofAttempt & { phone: string; addressHash: Buffer },
  audit: AuditContext,
): Promise<CodeOutcome> {
  const { application, browserHash, addressHash, phone, now } = attempt;
  return await deps.db.transaction().execute(async (tx) => {
    const contact = await findContactPhone(tx, deps.personalData, application.id);
    const outcome = await sendOneTimeCode(tx, deps.personalData, {
      purpose: PURPOSE,
      subject: application.number,
      browserHash,
      addressHash,
      phone,
      isRightPhone: contact === phone,
      text: codeText(application.number, deps.fundCentreName),
      now,
      dailyCap: deps.codesPerDay,
    });
    await recordAudit(tx, audit, application.number, outcome.kind);
    return outcome;
  });
}

/** Compares a typed code. Which code it is the same browser asked for, for this application and no other. */
export async function tryApplicantCode(
  deps: Pick<ProofByCodeDeps, "db" | "personalData">,
  attempt: ProofAttempt & { code: string },
  audit: AuditContext,
): Promise<CodeTry> {
  const { application, browserHash, code, now } = attempt;
  const binding = { purpose: PURPOSE, subject: application.number, browserHash };
  const outcome = await tryOneTimeCode(deps.db, deps.personalData, { ...binding, code, now });
  await recordAudit(deps.db, audit, application.number, outcome);
  return outcome;
}

function codeText(number: string, fundCentreName: string): string {
  return `验证码 {code}，5 分钟内有效。您正在验证业务单（尾号 ${number.slice(-4)}）。不是您本人操作的，不用理会，也不要把验证码告诉别人。【${fundCentreName}】`;
}
