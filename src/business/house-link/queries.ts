import { sql } from "kysely";
import type { Application } from "#src/applications/find-application.ts";
import type { HouseKey } from "#src/ledger/house-balances.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import type { HouseOwnerTable } from "#src/platform/database/tables/register.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { type LinkForm, openLinkForm } from "./link-form.ts";

/** What an application asks for: which account, which house, and what its owner said. In clear: mask before showing. */
export interface AskedLink {
  ownerId: number;
  house: HouseKey;
  form: LinkForm;
  documentHash: Buffer;
  handedInAt: Date;
}

/** Reads what an application asks for. */
export async function getAskedLink(
  db: Db | Tx,
  personalData: PersonalData,
  { id }: Pick<Application, "id">,
): Promise<AskedLink> {
  const row = await db
    .selectFrom("house_link")
    .select(["owner_id", "estate_id", "house_id", "form_cipher", "document_hash", "handed_in_at"])
    .where("application_id", "=", id)
    .executeTakeFirstOrThrow();
  return {
    ownerId: row.owner_id,
    house: { estateId: row.estate_id, houseId: row.house_id },
    form: openLinkForm(personalData, row.form_cipher),
    documentHash: row.document_hash,
    handedInAt: row.handed_in_at,
  };
}

/** An application of an account that waits for the fund centre or for its owner. */
export interface OpenLink {
  number: string;
  estateId: number;
  houseId: bigint;
}

/** Lists what an account waits for. */
export async function listOpenLinks(db: Db | Tx, ownerId: number): Promise<OpenLink[]> {
  return await db
    .selectFrom("house_link as link")
    .innerJoin("application", "application.id", "link.application_id")
    .select(["application.number", "link.estate_id as estateId", "link.house_id as houseId"])
    .where("link.owner_id", "=", ownerId)
    .where("link.is_open", "=", true)
    .execute();
}

/** Somebody whom the register names for a house. In clear: mask before showing. */
export interface RegisteredOwner {
  n: number;
  name: string;
  documentKind: HouseOwnerTable["document_kind"];
  documentNo: string;
  documentHash: Buffer;
  phone: string | null;
}

/** Lists whom the register names for a house. */
export async function listRegisteredOwners(
  db: Db | Tx,
  personalData: PersonalData,
  { estateId, houseId }: HouseKey,
): Promise<RegisteredOwner[]> {
  const rows = await db
    .selectFrom("house_owner")
    .select(["n", "name_cipher", "document_kind", "document_cipher", "document_hash"])
    .select("phone_cipher")
    .where("estate_id", "=", estateId)
    .where("house_id", "=", houseId)
    .orderBy("n")
    .execute();
  return rows.map((row) => ({
    n: row.n,
    name: personalData.decrypt(row.name_cipher),
    documentKind: row.document_kind,
    documentNo: personalData.decrypt(row.document_cipher),
    documentHash: row.document_hash,
    phone: row.phone_cipher === null ? null : personalData.decrypt(row.phone_cipher),
  }));
}

/** Reads the mark of whom the register names for a house; it changes with any of them. */
export async function getOwnersMark(db: Db | Tx, { estateId, houseId }: HouseKey): Promise<Buffer> {
  const { rows } = await sql<{ mark: Buffer }>`
    select house_owners_mark(${estateId}, ${houseId.toString()}::bigint) as mark`.execute(db);
  const mark = rows[0]?.mark;
  if (mark === undefined) throw new Error("the mark of a house's owners cannot be read");
  return mark;
}

/** The account may ask for the house anew from now on. */
export async function closeLink(tx: Tx, { id }: Pick<Application, "id">): Promise<void> {
  await tx
    .updateTable("house_link")
    .set({ is_open: false })
    .where("application_id", "=", id)
    .where("is_open", "=", true)
    .execute();
}
