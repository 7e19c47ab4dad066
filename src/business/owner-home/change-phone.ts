import { AlreadyTaken, changeOwnerPhone } from "#src/accounts/owners/change-account.ts";
import type { OwnerAccount } from "#src/accounts/owners/owner-account.ts";
import { tellOfChange } from "#src/accounts/tell-of-change.ts";
import { type AuditContext, recordAudit } from "#src/platform/audit.ts";
import type { Db } from "#src/platform/database/client.ts";
import {
  type CodeBinding,
  type CodeOutcome,
  type CodeTry,
  sendOneTimeCode,
  tryOneTimeCode,
} from "#src/platform/one-time-codes.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { endOtherSessions, type HeldSession } from "#src/platform/sessions.ts";

/** What changing the phone of an account needs. */
export interface ChangePhoneDeps {
  db: Db;
  personalData: PersonalData;
  config: { fundCentreName: string; smsCodesPerDay: number };
}

/** An owner who wants to sign in with another phone from now on. */
export interface PhoneChange {
  account: Pick<OwnerAccount, "id" | "phone">;
  /** In its canonical form. */
  phone: string;
  browserHash: Buffer;
  now: Date;
}

/**
 * Sends a code to the new phone. Also to one that is another account's: whoever holds it is told so with the right
 * code, nobody else.
 */
export async function sendNewPhoneCode(
  deps: ChangePhoneDeps,
  change: PhoneChange,
  audit: AuditContext,
): Promise<CodeOutcome> {
  return await deps.db.transaction().execute(async (tx) => {
    const outcome = await sendOneTimeCode(tx, deps.personalData, {
      ...bindingOf(deps, change),
      phone: change.phone,
      isRightPhone: true,
      addressHash: audit.addressHash,
      text: `动态密码 {code}，5 分钟内有效，用于把您的维修资金账户换到这个手机号。不是您本人操作的，不用理会，也不要告诉任何人。【${deps.config.fundCentreName}】`,
      now: change.now,
      dailyCap: deps.config.smsCodesPerDay,
    });
    await recordAudit(tx, audit, "", outcome.kind);
    return outcome;
  });
}

/** What came of the code: the phone is changed, or another account has it, or the code was not right. */
export type PhoneChangeOutcome = "changed" | "taken" | Exclude<CodeTry, "right">;

/**
 * Changes the phone for the right code, ends every other session of the account, and tells the old phone: whoever
 * stole a session would change it first.
 */
export async function changePhone(
  deps: ChangePhoneDeps,
  change: PhoneChange & { code: string; held: HeldSession },
  audit: AuditContext,
): Promise<PhoneChangeOutcome> {
  const attempt = { ...bindingOf(deps, change), code: change.code, now: change.now };
  const tried = await tryOneTimeCode(deps.db, deps.personalData, attempt);
  const outcome = tried === "right" ? await writePhone(deps, change, audit) : tried;
  if (outcome !== "changed") await recordAudit(deps.db, audit, "", outcome);
  return outcome;
}

async function writePhone(
  { db, personalData }: ChangePhoneDeps,
  { account, phone, held, now }: PhoneChange & { held: HeldSession },
  audit: AuditContext,
): Promise<"changed" | "taken"> {
  try {
    await db.transaction().execute(async (tx) => {
      await changeOwnerPhone(tx, personalData, account.id, phone);
      await endOtherSessions(tx, held);
      const change = { kind: "owner-phone", newPhone: phone } as const;
      await tellOfChange(tx, personalData, { phone: account.phone, change, now });
      await recordAudit(tx, audit, "", "changed");
    });
    return "changed";
  } catch (error) {
    if (error instanceof AlreadyTaken) return "taken";
    throw error;
  }
}

/** A code is good for one account, one phone and one browser. */
function bindingOf(
  deps: ChangePhoneDeps,
  { account, phone, browserHash }: PhoneChange,
): CodeBinding {
  const hash = deps.personalData.hash("phone", phone).toString("base64url");
  return { purpose: "owner-phone-change", subject: `${account.id} ${hash}`, browserHash };
}
