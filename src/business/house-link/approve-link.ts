import { nameOwner } from "#src/accounts/owners/change-account.ts";
import { findOwnerAccount } from "#src/accounts/owners/owner-account.ts";
import type { DecisionAct, DecisionOutcome } from "#src/applications/review-descriptor.ts";
import { checkPhone } from "#src/kernel/phone.ts";
import type { Tx } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { queueNoticeToPhone } from "#src/platform/sms/outbox.ts";
import { getHouse, type House } from "#src/register/find-house.ts";
import {
  type AskedLink,
  closeLink,
  getAskedLink,
  getOwnersMark,
  listRegisteredOwners,
  type RegisteredOwner,
} from "./queries.ts";

/** Long enough for a phone that was off over a weekend. */
const TOLD_WITHIN_HOURS = 72;

/**
 * Links the house to the account that asked for it, and tells the phones that the register has for it. The register
 * stays as it is, except where the reviewer decided that its owner is reached by the account's phone from now on.
 */
export async function approveLink(
  tx: Tx,
  { application, now }: DecisionAct,
  { personalData, changesPhone }: { personalData: PersonalData; changesPhone: boolean },
): Promise<DecisionOutcome> {
  const asked = await getAskedLink(tx, personalData, application);
  const house = await getHouse(tx, asked.house);
  if (house.status !== "recorded") {
    return refuse("这套房屋已经不是在册的房屋，不能关联，请不予关联并说明原因");
  }
  const account = await findOwnerAccount(tx, personalData, asked.ownerId);
  if (account === null) return refuse("申请人已经注销账户，不能关联，请不予关联");
  const owners = await listRegisteredOwners(tx, personalData, asked.house);
  const named = owners.find((owner) => owner.documentHash.equals(asked.documentHash));
  if (changesPhone && named === undefined) {
    return refuse("登记的业主里没有这个证件号码，不能改登记的手机。要关联的，请选“通过，不改登记”");
  }
  const name = named?.name ?? asked.form.name;
  const person = { name, documentHash: asked.documentHash };
  if (!(await nameOwner(tx, personalData, account.id, person))) {
    return refuse("这个账户已经关联了另一个证件号码的房屋，一个账户是一个人的，请不予关联");
  }
  await writeReviewedLink(tx, asked, application.id, now);
  await closeLink(tx, application);
  if (changesPhone && named !== undefined) {
    await setRegisteredPhone(tx, personalData, asked, { n: named.n, phone: account.phone });
  }
  await tellRegisteredPhones(tx, personalData, { owners, house, except: account.phone, now });
  return { ok: true };
}

function refuse(sentence: string): DecisionOutcome {
  return { ok: false, errors: { "": sentence } };
}

/** A link that is there already, e.g. from before the house changed hands, is made anew. */
async function writeReviewedLink(
  tx: Tx,
  { ownerId, house, documentHash }: AskedLink,
  applicationId: bigint,
  now: Date,
): Promise<void> {
  await tx
    .deleteFrom("owner_house")
    .where("owner_id", "=", ownerId)
    .where("estate_id", "=", house.estateId)
    .where("house_id", "=", house.houseId)
    .execute();
  await tx
    .insertInto("owner_house")
    .values({
      owner_id: ownerId,
      estate_id: house.estateId,
      house_id: house.houseId,
      document_hash: documentHash,
      linked_by: "documents-and-review",
      linked_at: now,
      reviewed_in: applicationId,
      owners_seen: await getOwnersMark(tx, house),
    })
    .execute();
}

async function setRegisteredPhone(
  tx: Tx,
  personalData: PersonalData,
  { house }: AskedLink,
  { n, phone }: { n: number; phone: string },
): Promise<void> {
  await tx
    .updateTable("house_owner")
    .set({
      phone_cipher: personalData.encrypt(phone),
      phone_hash: personalData.hash("phone", phone),
    })
    .where("estate_id", "=", house.estateId)
    .where("house_id", "=", house.houseId)
    .where("n", "=", n)
    .execute();
}

/** Whoever the register reaches hears of it, so that a forged paper does not stay unseen. */
async function tellRegisteredPhones(
  tx: Tx,
  personalData: PersonalData,
  told: { owners: readonly RegisteredOwner[]; house: House; except: string; now: Date },
): Promise<void> {
  const { owners, house, except, now } = told;
  const phones = owners.flatMap(({ phone }) => {
    const check = checkPhone(phone ?? "");
    return check.ok && check.kind === "mobile" && check.phone !== except ? [check.phone] : [];
  });
  const notAfter = new Date(now.getTime() + TOLD_WITHIN_HOURS * 3_600_000);
  for (const phone of new Set(phones)) {
    await queueNoticeToPhone(tx, personalData, {
      phone,
      about: `房屋（编号尾号 ${house.code.split("-").at(-1) ?? ""}）`,
      words:
        "经审核要件，已关联到另一个手机号的业主账户。您和家人都没有办过的，请马上打 12345 或到维修资金管理中心窗口说明",
      now,
      notAfter,
    });
  }
}
