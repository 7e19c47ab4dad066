import { sql } from "kysely";
import { nameOwner } from "#src/accounts/owners/change-account.ts";
import type { OwnerAccount } from "#src/accounts/owners/owner-account.ts";
import { type AuditContext, recordAudit } from "#src/platform/audit.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import type { RateLimits } from "#src/platform/rate-limits.ts";
import type { House } from "#src/register/find-house.ts";
import type { FactForm, FactKind } from "./schema.ts";

/** What linking needs. */
export interface LinkDeps {
  db: Db;
  personalData: PersonalData;
  limits: RateLimits;
}

/**
 * What came of a try. `none` says neither whether the phone nor whether the document is on record; `other-person`
 * speaks of the account alone.
 */
export type LinkOutcome =
  | { kind: "linked"; codes: readonly string[] }
  | { kind: "none" | "other-person" | "account-locked" | "house-locked" };

/** An owner on record whom the given document and the other proof fit. */
interface FittingOwner {
  estate_id: number;
  house_id: bigint;
  code: string;
  name_cipher: Buffer;
  document_hash: Buffer;
}

/**
 * Links every house whose owner on record has the account's phone and the given document, all at once, and writes
 * down who the account's owner is. Wrong tries count for the account, five a day.
 */
export async function linkByPhone(
  deps: LinkDeps,
  account: OwnerAccount,
  documentNo: string,
  audit: AuditContext,
  now: Date,
): Promise<LinkOutcome> {
  const hash = deps.personalData.hash("document", documentNo);
  return await countedTry(deps, account, null, () =>
    link(deps, account, { hash, linkedBy: "phone-and-document", audit, now }, (tx) =>
      findByPhone(tx, deps.personalData.hash("phone", account.phone), hash),
    ),
  );
}

/**
 * Links one house whose owner on record has the given document, to whoever knows besides a fact that is published
 * nowhere. Wrong tries count for the account and for the house, five a day each.
 */
export async function linkByFact(
  deps: LinkDeps,
  account: OwnerAccount,
  house: House,
  form: FactForm,
  audit: AuditContext,
  now: Date,
): Promise<LinkOutcome> {
  const hash = deps.personalData.hash("document", form.documentNo);
  return await countedTry(deps, account, house, () =>
    link(deps, account, { hash, linkedBy: "document-and-fact", audit, now }, async (tx) =>
      (await isFactOf(tx, house, form.factKind, form.fact))
        ? await findOnHouse(tx, house, hash)
        : [],
    ),
  );
}

/** Counted before anything is compared, so that tries in parallel cannot slip by; only wrong ones stay. */
async function countedTry(
  { limits }: LinkDeps,
  account: OwnerAccount,
  house: House | null,
  attempt: () => Promise<LinkOutcome>,
): Promise<LinkOutcome> {
  const key = `owner:${account.id}`;
  if (!(await limits.consume("owner-link", key)).ok) return { kind: "account-locked" };
  if (house !== null && !(await limits.consume("owner-link-house", house.code)).ok) {
    return { kind: "house-locked" };
  }
  const outcome = await attempt();
  if (outcome.kind !== "linked") return outcome;
  await limits.giveBack("owner-link", key);
  if (house !== null) await limits.giveBack("owner-link-house", house.code);
  return outcome;
}

interface LinkAct {
  hash: Buffer;
  linkedBy: "phone-and-document" | "document-and-fact";
  audit: AuditContext;
  now: Date;
}

async function link(
  { db, personalData }: LinkDeps,
  account: OwnerAccount,
  act: LinkAct,
  findOwners: (tx: Tx) => Promise<FittingOwner[]>,
): Promise<LinkOutcome> {
  return await db.transaction().execute(async (tx) => {
    const isOther = account.documentHash !== null && !account.documentHash.equals(act.hash);
    if (isOther) return await answer(tx, act.audit, { kind: "other-person" });
    const owners = await findOwners(tx);
    const [first] = owners;
    if (first === undefined) return await answer(tx, act.audit, { kind: "none" });
    const person = { name: personalData.decrypt(first.name_cipher), documentHash: act.hash };
    if (!(await nameOwner(tx, personalData, account.id, person))) {
      return await answer(tx, act.audit, { kind: "other-person" });
    }
    for (const owner of owners) await writeLink(tx, account, act, owner);
    return { kind: "linked", codes: owners.map(({ code }) => code) };
  });
}

async function answer(tx: Tx, audit: AuditContext, outcome: LinkOutcome): Promise<LinkOutcome> {
  await recordAudit(tx, audit, "", outcome.kind === "none" ? "wrong" : outcome.kind);
  return outcome;
}

/** A link that is there already, e.g. from before the house changed hands and came back, is made anew. */
async function writeLink(
  tx: Tx,
  account: OwnerAccount,
  act: LinkAct,
  owner: FittingOwner,
): Promise<void> {
  const key = { owner_id: account.id, estate_id: owner.estate_id, house_id: owner.house_id };
  await tx
    .deleteFrom("owner_house")
    .where("owner_id", "=", key.owner_id)
    .where("estate_id", "=", key.estate_id)
    .where("house_id", "=", key.house_id)
    .execute();
  await tx
    .insertInto("owner_house")
    .values({
      ...key,
      document_hash: owner.document_hash,
      linked_by: act.linkedBy,
      linked_at: act.now,
    })
    .execute();
  await recordAudit(tx, act.audit, owner.code, act.linkedBy);
}

/**
 * Only recorded houses prove anything: what somebody wrote into the form of a house that is not verified yet is his
 * own word, phone and document alike. A company's code is public and proves nothing either.
 */
const CAN_PROVE = sql`h.status = 'recorded' and o.document_kind <> 'credit-code'`;

async function findByPhone(tx: Tx, phoneHash: Buffer, hash: Buffer): Promise<FittingOwner[]> {
  const { rows } = await sql<FittingOwner>`
    select distinct on (o.estate_id, o.house_id)
        o.estate_id, o.house_id, h.code, o.name_cipher, o.document_hash
      from house_owner o join house h on h.estate_id = o.estate_id and h.id = o.house_id
      where o.phone_hash = ${phoneHash} and o.document_hash = ${hash} and ${CAN_PROVE}
      order by o.estate_id, o.house_id, o.n`.execute(tx);
  return rows;
}

async function findOnHouse(tx: Tx, house: House, hash: Buffer): Promise<FittingOwner[]> {
  const { rows } = await sql<FittingOwner>`
    select o.estate_id, o.house_id, h.code, o.name_cipher, o.document_hash
      from house_owner o join house h on h.estate_id = o.estate_id and h.id = o.house_id
      where o.estate_id = ${house.estateId} and o.house_id = ${house.houseId.toString()}::bigint
        and o.document_hash = ${hash} and ${CAN_PROVE}
      order by o.n limit 1`.execute(tx);
  return rows;
}

/**
 * Neither fact stands on a page that anyone may open, as area, dates and the numbers of notices do under the open
 * disclosure policy: the contract's number is in the register, the bank's reference on the slip of who paid.
 */
async function isFactOf(tx: Tx, house: House, kind: FactKind, fact: string): Promise<boolean> {
  const found =
    kind === "contract"
      ? sql`select from house where estate_id = ${house.estateId}
          and id = ${house.houseId.toString()}::bigint
          and contract_key(contract_no) = contract_key(${fact}) and contract_key(${fact}) <> ''`
      : sql`select from bank b
          join bank_receipt r on r.bank_code = b.code and r.bank_ref in (${fact}, upper(${fact}))
          join payment_notice n on n.no = r.notice_no
          where n.estate_id = ${house.estateId} and n.house_id = ${house.houseId.toString()}::bigint
            and r.outcome = 'credited'`;
  const { rows } = await sql<{ found: boolean }>`select exists (${found}) as found`.execute(tx);
  return rows[0]?.found ?? false;
}

/** Takes a link away. False when there was none. */
export async function unlinkHouse(
  db: Db,
  account: Pick<OwnerAccount, "id">,
  house: House,
  audit: AuditContext,
): Promise<boolean> {
  return await db.transaction().execute(async (tx) => {
    const ended = await tx
      .deleteFrom("owner_house")
      .where("owner_id", "=", account.id)
      .where("estate_id", "=", house.estateId)
      .where("house_id", "=", house.houseId)
      .returning("house_id")
      .executeTakeFirst();
    if (ended === undefined) return false;
    await recordAudit(tx, audit, house.code, "done");
    return true;
  });
}
