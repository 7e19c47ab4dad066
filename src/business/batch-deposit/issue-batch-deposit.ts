import { findBoundEstate } from "#src/accounts/institutions/bound-estates.ts";
import {
  type InstitutionUser,
  institutionActor,
} from "#src/accounts/institutions/institution-user.ts";
import { createApplication, newApplicationNumber } from "#src/applications/create-application.ts";
import { findApplicationBySubmission } from "#src/applications/find-application.ts";
import { batchTotal, issueBatchNotice } from "#src/bank/issue-batch-notice.ts";
import { addDays, shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { Fen } from "#src/kernel/money.ts";
import { holdHouses } from "#src/ledger/house-balances.ts";
import { type AuditContext, recordAudit } from "#src/platform/audit.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { getCitySettings } from "#src/register/city-settings.ts";
import { BATCH_DEPOSIT } from "./descriptor.ts";
import { findBatchHouses, isOwnBatch } from "./queries.ts";
import { type JudgedBatch, judgeBatch } from "./rules.ts";

/** What somebody of a developer hands in on the review page. */
export interface BatchSubmission {
  user: InstitutionUser;
  estateCode: string;
  codes: readonly string[];
  phone: string;
  /** The total that was on the page. */
  totalSeen: Fen;
  submissionKey: string;
  browserHash: Buffer;
  now: Date;
}

/** What became of a submission. Only `issued` wrote something; `repeat` names what the first one made. */
export type BatchOutcome =
  | { ok: true; kind: "issued" | "repeat"; number: string }
  | { ok: false; reason: "unknown-estate" | "form-used-elsewhere" }
  | { ok: false; reason: "changed"; judged: JudgedBatch };

/** What the use case needs from the house around it. */
export interface BatchDeps {
  db: Db;
  personalData: PersonalData;
}

/**
 * Issues one payment notice for many houses of a bound estate, with its application and audit row, in one
 * transaction. Houses and amounts are judged again under the houses' locks; when anything differs from what was on
 * the page, nothing is issued. The same form sent twice makes one application.
 */
export async function issueBatchDeposit(
  deps: BatchDeps,
  submission: BatchSubmission,
  audit: AuditContext,
): Promise<BatchOutcome> {
  try {
    return await deps.db.transaction().execute((tx) => issueIn(tx, deps, submission, audit));
  } catch (error) {
    // Two clicks in the same moment: the unique submission key let one of them in, the other finds it.
    if ((error as { constraint?: string }).constraint !== "application_submission_key_key")
      throw error;
    return await deps.db.transaction().execute((tx) => issueIn(tx, deps, submission, audit));
  }
}

async function issueIn(
  tx: Tx,
  { personalData }: BatchDeps,
  submission: BatchSubmission,
  audit: AuditContext,
): Promise<BatchOutcome> {
  const { user, codes, now } = submission;
  const { institution } = user;
  const today = shanghaiDate(now);
  const estate = await findBoundEstate(tx, {
    institutionId: institution.id,
    code: submission.estateCode,
    today,
  });
  if (estate === null) return { ok: false, reason: "unknown-estate" };
  const settings = await getCitySettings(tx, today);
  const query = { estateId: estate.estateId, codes, today };
  const before = await findBatchHouses(tx, query, settings);
  await holdHouses(
    tx,
    [...before.values()].map(({ house }) => house),
  );
  const earlier = await findApplicationBySubmission(tx, submission.submissionKey);
  if (earlier !== null) {
    const isOwn = await isOwnBatch(tx, institution.id, earlier.number);
    if (!isOwn) return { ok: false, reason: "form-used-elsewhere" };
    return { ok: true, kind: "repeat", number: earlier.number };
  }

  const asked = codes.map((code) => ({ code, line: null }));
  const judged = judgeBatch(asked, await findBatchHouses(tx, query, settings));
  const { chosen, depositKind } = judged;
  const isAsSeen = chosen.length === codes.length && batchTotal(chosen) === submission.totalSeen;
  if (depositKind === null || !isAsSeen) return { ok: false, reason: "changed", judged };

  const number = newApplicationNumber(BATCH_DEPOSIT.numberPrefix, now);
  await issueBatchNotice(
    tx,
    {
      no: number,
      houses: chosen,
      depositKind,
      payerName: institution.name,
      payerPhone: submission.phone,
      issuedAt: now,
      expiresOn: addDays(today, settings["notice-validity-days"]),
    },
    personalData,
  );
  const applicationId = await createApplication(tx, {
    descriptor: BATCH_DEPOSIT,
    stages: [],
    number,
    house: null,
    noticeNo: number,
    submissionKey: submission.submissionKey,
    browserHash: submission.browserHash,
    contact: { name: institution.name, phone: submission.phone, personalData },
    institutionId: institution.id,
    now,
  });
  await tx
    .insertInto("batch_deposit")
    .values({
      application_id: applicationId,
      institution_id: institution.id,
      estate_id: estate.estateId,
      created_by: institutionActor(user),
    })
    .execute();
  await recordAudit(tx, audit, number, "issued");
  return { ok: true, kind: "issued", number };
}
