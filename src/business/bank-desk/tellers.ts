import type { Db } from "#src/platform/database/client.ts";
import { inBatches } from "#src/platform/database/in-batches.ts";
import { verifyPassword } from "#src/platform/passwords.ts";
import {
  type CodeCredentials,
  type CodeRow,
  codeCredentials,
} from "#src/platform/second-factor/code-credentials.ts";
import { liveSessions, type SessionQuery } from "#src/platform/sessions.ts";

/** A bank's teller at a desk. */
export interface Teller {
  id: number;
  username: string;
  displayName: string;
  tellerNo: string;
  bankCode: string;
  bankName: string;
  branchName: string;
}

/** What the second step of a sign-in has to know of a teller besides who he is. */
export interface TellerCredentials extends CodeCredentials {
  teller: Teller;
}

/** Finds what the second step of a sign-in is checked against; null for who is unknown or disabled. */
export async function findTellerCredentials(db: Db, id: number): Promise<TellerCredentials | null> {
  const row = await selectTeller(db).where("bank_teller.id", "=", id).executeTakeFirst();
  return row === undefined ? null : toCredentials(row);
}

/** A teller who is signed in, and when he was last seen. */
export interface Seat {
  teller: Teller;
  lastSeenAt: Date;
}

/**
 * Finds whose session a token is; null when it cannot be used, and a disabled teller is as unknown as one who never
 * was. Desks that ask at the same moment share the statement.
 */
export const findSeat: (db: Db, query: SessionQuery) => Promise<Seat | null> = inBatches(
  async (db: Db, queries: readonly SessionQuery[]) => {
    const rows = await selectTeller(db)
      .innerJoin(liveSessions("bank", queries).as("seat"), "seat.user_id", "bank_teller.id")
      .select(["seat.n", "seat.last_seen_at"])
      .execute();
    const seats = new Map(
      rows.map((row) => [row.n, { teller: toTeller(row), lastSeenAt: row.last_seen_at }]),
    );
    return queries.map((_, at) => seats.get(at + 1) ?? null);
  },
);

/**
 * Checks a teller's user name and password. Unknown, disabled and wrong all take the same time and give
 * the same answer.
 */
export async function checkTellerPassword(
  db: Db,
  username: string,
  password: string,
): Promise<TellerCredentials | null> {
  const row = await selectTeller(db).where("username", "=", username).executeTakeFirst();
  const isRight = await verifyPassword(row?.password_hash ?? null, password);
  return isRight && row !== undefined ? toCredentials(row) : null;
}

/** The name under which a teller's acts stand in the ledger, the locks and the audit trail. */
export function tellerActor(teller: Teller): string {
  return `teller:${teller.username}`;
}

function selectTeller(db: Db) {
  return db
    .selectFrom("bank_teller")
    .innerJoin("bank", "bank.code", "bank_teller.bank_code")
    .select([
      "bank_teller.id",
      "bank_teller.username",
      "bank_teller.display_name",
      "bank_teller.teller_no",
      "bank_teller.bank_code",
      "bank_teller.branch_name",
      "bank.name as bank_name",
      "bank_teller.password_hash",
      "bank_teller.password_changed_at",
      "bank_teller.totp_secret_cipher",
      "bank_teller.totp_last_step",
      "bank_teller.is_password_initial",
    ])
    .where("is_disabled", "=", false);
}

interface TellerRow extends CodeRow {
  display_name: string;
  teller_no: string;
  bank_code: string;
  branch_name: string;
  bank_name: string;
}

function toCredentials(row: TellerRow): TellerCredentials {
  return { ...codeCredentials(row), teller: toTeller(row) };
}

function toTeller(row: TellerRow): Teller {
  return {
    id: row.id,
    username: row.username,
    displayName: row.display_name,
    tellerNo: row.teller_no,
    bankCode: row.bank_code,
    bankName: row.bank_name,
    branchName: row.branch_name,
  };
}
