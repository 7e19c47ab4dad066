import { sql } from "kysely";
import type { Application } from "#src/applications/find-application.ts";
import { type Fen, fen } from "#src/kernel/money.ts";
import { getHouseBalance, type HouseKey } from "#src/ledger/house-balances.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { RefundReasonCode } from "#src/platform/database/tables/application-records.ts";
import type { DepositKindCode } from "#src/platform/database/tables/ledger.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import type { House } from "#src/register/find-house.ts";
import { type ClaimBasis, readClaimBasis } from "./claim-basis.ts";
import type { PaidDeposit, RefundFacts } from "./rules.ts";

/** An owner of a house, in clear: for comparing, never for showing. */
export interface Owner {
  n: number;
  name: string;
  documentHash: Buffer;
}

/** Lists the owners that the register names for a house. */
export async function listOwners(
  db: Db,
  house: HouseKey,
  personalData: PersonalData,
): Promise<Owner[]> {
  const rows = await db
    .selectFrom("house_owner")
    .select(["n", "name_cipher", "document_hash"])
    .where("estate_id", "=", house.estateId)
    .where("house_id", "=", house.houseId)
    .orderBy("n")
    .execute();
  return rows.map((row) => ({
    n: row.n,
    name: personalData.decrypt(row.name_cipher),
    documentHash: row.document_hash,
  }));
}

/** The person who claims a refund: his place among the owners, and the keyed hash of his document. */
export interface Claimant {
  n: number;
  documentHash: Buffer;
}

/**
 * Finds among the owners on record the person who claims; undefined when the register names another one by now,
 * of the same name or not. A claim without a document, from before it was kept, is known by its place alone.
 */
export function findClaimant(
  owners: readonly Owner[],
  { n, documentHash }: { n: number; documentHash: Buffer | null },
): Owner | undefined {
  return owners.find(
    (owner) => owner.n === n && (documentHash === null || owner.documentHash.equals(documentHash)),
  );
}

/** The same for a claim that was made. */
export function claimantOf(owners: readonly Owner[], claim: Claim): Owner | undefined {
  return findClaimant(owners, { n: claim.ownerN, documentHash: claim.ownerDocumentHash });
}

/**
 * Lists the deposits of a house that can still be given back, oldest first: neither reversed nor paid back
 * by an earlier refund.
 */
export async function listPaidDeposits(db: Db, house: HouseKey): Promise<PaidDeposit[]> {
  const { rows } = await sql<{
    id: bigint;
    deposit_kind: DepositKindCode | null;
    notice_no: string | null;
    value_date: PaidDeposit["valueDate"];
    principal: bigint;
  }>`
    select j.id, j.deposit_kind, j.notice_no, j.value_date, (-sum(e.amount_fen))::bigint as principal
      from entry e join journal j on j.id = e.journal_id
      where e.estate_id = ${house.estateId} and e.house_id = ${house.houseId.toString()}::bigint
        and e.account_code like '%.01' and j.kind = 'deposit'
        and not exists (select from journal contra where contra.reverses = j.id)
        and not exists (select from disbursement_voucher v
          where v.estate_id = e.estate_id and v.house_id = e.house_id and v.state = 'paid'
            and v.basis ->> 'journalId' = j.id::text)
      group by j.id having sum(e.amount_fen) < 0 order by j.value_date, j.id`.execute(db);
  return rows.map((row) => ({
    journalId: row.id,
    depositKind: row.deposit_kind,
    noticeNo: row.notice_no,
    valueDate: row.value_date,
    principalFen: fen(row.principal),
  }));
}

/** Reads what a refund of a house is computed from, as it stands now. */
export async function getRefundFacts(db: Db, house: House): Promise<RefundFacts> {
  const balance = await getHouseBalance(db, house);
  return { house, balance, deposits: await listPaidDeposits(db, house) };
}

/** Tells whether a refund of the house is under way; `except` is the one that is being corrected. */
export async function hasOpenRefund(db: Db, house: HouseKey, except?: bigint): Promise<boolean> {
  const open = await db
    .selectFrom("owner_refund")
    .select("application_id")
    .where("estate_id", "=", house.estateId)
    .where("house_id", "=", house.houseId)
    .where("is_open", "=", true)
    .execute();
  return open.some((one) => one.application_id !== except);
}

/** What an owner claimed last; the payee is in clear: mask before showing. */
export interface Claim {
  round: number;
  ownerN: number;
  /** Of the document that the owner proved himself with; null for claims from before it was kept. */
  ownerDocumentHash: Buffer | null;
  reason: RefundReasonCode;
  principalFen: Fen;
  interestFen: Fen;
  basis: ClaimBasis;
  originalNoticeNo: string | null;
  payeeName: string;
  payeeAccount: string;
  payeeBank: string;
  statement: string;
  madeAt: Date;
}

/** Reads the last claim of a refund. */
export async function getClaim(
  db: Db,
  application: Pick<Application, "id" | "number">,
  personalData: PersonalData,
): Promise<Claim> {
  const row = await db
    .selectFrom("owner_refund_claim as c")
    .innerJoin("owner_refund as r", "r.application_id", "c.application_id")
    .selectAll("c")
    .select("r.owner_n")
    .where("c.application_id", "=", application.id)
    .orderBy("c.round", "desc")
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) throw new Error(`refund ${application.number} has no claim`);
  return {
    round: row.round,
    ownerN: row.owner_n,
    ownerDocumentHash: row.owner_document_hash,
    reason: row.reason,
    principalFen: fen(row.principal_fen),
    interestFen: fen(row.interest_fen),
    basis: readClaimBasis(row.basis),
    originalNoticeNo: row.original_notice_no,
    payeeName: personalData.decrypt(row.payee_name_cipher),
    payeeAccount: personalData.decrypt(row.payee_account_cipher),
    payeeBank: personalData.decrypt(row.payee_bank_cipher),
    statement: personalData.decrypt(row.statement_cipher),
    madeAt: row.made_at,
  };
}
