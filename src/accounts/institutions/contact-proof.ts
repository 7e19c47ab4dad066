import { type AuditContext, recordAudit } from "#src/platform/audit.ts";
import type { Db } from "#src/platform/database/client.ts";
import {
  type CodeBinding,
  type CodeOutcome,
  type CodeTry,
  findWaitingCode,
  sendOneTimeCode,
  tryOneTimeCode,
} from "#src/platform/one-time-codes.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";

/** Of codes that prove the phone of an institution's contact. */
export const CONTACT_PURPOSE = "registration-contact";

/** As long as a half-filled form waits to be continued. */
const PROOF_DAYS = 30;
const DAY_MS = 24 * 3_600_000;

interface ContactProofDeps {
  db: Db;
  personalData: PersonalData;
}

/** A phone, in its canonical form, that somebody says is his in one browser. */
export interface ContactClaim {
  phone: string;
  browserHash: Buffer;
  now: Date;
}

/** Sends a code to the phone of a contact, within the caps of phone, address and day. */
export async function sendContactCode(
  deps: ContactProofDeps & { fundCentreName: string; codesPerDay: number },
  claim: ContactClaim,
  audit: AuditContext,
): Promise<CodeOutcome> {
  return await deps.db.transaction().execute(async (tx) => {
    const outcome = await sendOneTimeCode(tx, deps.personalData, {
      ...bindingOf(deps.personalData, claim),
      phone: claim.phone,
      // Whose it is shows with the code: there is nothing to be learnt about it before.
      isRightPhone: true,
      addressHash: audit.addressHash,
      text: `验证码 {code}，5 分钟内有效，用于验证机构联系人的手机。不是您本人操作的，不用理会，也不要把验证码告诉别人。【${deps.fundCentreName}】`,
      now: claim.now,
      dailyCap: deps.codesPerDay,
    });
    await recordAudit(tx, audit, CONTACT_PURPOSE, outcome.kind);
    return outcome;
  });
}

/**
 * Compares a typed code with the one that went to this phone from this browser; the right one proves the phone for
 * this browser. Not to be called in a transaction: a counted guess has to stay.
 */
export async function tryContactCode(
  deps: ContactProofDeps,
  claim: ContactClaim & { code: string },
  audit: AuditContext,
): Promise<CodeTry> {
  const attempt = {
    ...bindingOf(deps.personalData, claim),
    code: claim.code,
    now: claim.now,
  };
  const outcome = await tryOneTimeCode(deps.db, deps.personalData, attempt);
  if (outcome === "right") {
    const phoneHash = deps.personalData.hash("phone", claim.phone);
    await proveContact(deps.db, { ...claim, phoneHash });
  }
  await recordAudit(deps.db, audit, CONTACT_PURPOSE, outcome);
  return outcome;
}

/** Remembers that this browser gave a code that went to this phone. */
export async function proveContact(
  db: Db,
  claim: { phoneHash: Buffer; browserHash: Buffer; now: Date },
): Promise<void> {
  const proof = {
    browser_hash: claim.browserHash,
    phone_hash: claim.phoneHash,
    proven_at: claim.now,
  };
  await db
    .insertInto("proven_contact")
    .values(proof)
    .onConflict((conflict) =>
      conflict.columns(["browser_hash", "phone_hash"]).doUpdateSet({ proven_at: proof.proven_at }),
    )
    .execute();
}

/** When this browser proved the phone to be its contact's, within the last thirty days; null for never. */
export async function findContactProof(
  deps: ContactProofDeps,
  claim: ContactClaim,
): Promise<Date | null> {
  const row = await deps.db
    .selectFrom("proven_contact")
    .select("proven_at")
    .where("browser_hash", "=", claim.browserHash)
    .where("phone_hash", "=", deps.personalData.hash("phone", claim.phone))
    .where("proven_at", ">", new Date(claim.now.getTime() - PROOF_DAYS * DAY_MS))
    .executeTakeFirst();
  return row?.proven_at ?? null;
}

/** When the code that waits to be typed was sent to this phone from this browser; null where none waits. */
export async function findContactCode(
  { db, personalData }: ContactProofDeps,
  claim: ContactClaim,
): Promise<Date | null> {
  return await findWaitingCode(db, { ...bindingOf(personalData, claim), now: claim.now });
}

/** Forgets proofs that nobody used within thirty days. */
export async function sweepContactProofs(db: Db, now: Date): Promise<void> {
  const before = new Date(now.getTime() - PROOF_DAYS * DAY_MS);
  await db.deleteFrom("proven_contact").where("proven_at", "<", before).execute();
}

/** A code is good for one phone and one browser: changed afterwards, the phone needs another one. */
function bindingOf(
  personalData: PersonalData,
  { phone, browserHash }: Pick<ContactClaim, "phone" | "browserHash">,
): CodeBinding {
  const subject = personalData.hash("phone", phone).toString("base64url");
  return { purpose: CONTACT_PURPOSE, subject, browserHash };
}
