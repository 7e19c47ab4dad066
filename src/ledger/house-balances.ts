import { sql } from "kysely";
import { type Fen, fen, ZERO_FEN } from "#src/kernel/money.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import { inBatches } from "#src/platform/database/in-batches.ts";
import { listParameter } from "#src/platform/database/list-parameter.ts";

/** What a house holds, in fen. */
export interface HouseBalance {
  principalFen: Fen;
  interestFen: Fen;
  reservedFen: Fen;
  /** Deposited towards the first deposit: kinds 00, 01 and 04, less what was reversed. */
  firstPaidFen: Fen;
}

const NOTHING: HouseBalance = {
  principalFen: ZERO_FEN,
  interestFen: ZERO_FEN,
  reservedFen: ZERO_FEN,
  firstPaidFen: ZERO_FEN,
};

/** The key of a house everywhere below its estate. */
export interface HouseKey {
  estateId: number;
  houseId: bigint;
}

/**
 * Holds a house still until the transaction ends: no money moves on it meanwhile. Whoever decides by a
 * balance holds the house first and reads the balance then.
 */
export async function holdHouse(tx: Tx, key: HouseKey): Promise<void> {
  await sql`select hold_house(${key.estateId}, ${key.houseId.toString()}::bigint)`.execute(tx);
}

/** Holds several houses, in the order in which everybody does: nobody waits in a circle. */
export async function holdHouses(tx: Tx, keys: readonly HouseKey[]): Promise<void> {
  const sorted = [...keys].sort(
    (a, b) =>
      a.estateId - b.estateId || (a.houseId < b.houseId ? -1 : a.houseId > b.houseId ? 1 : 0),
  );
  await sql`
    select hold_house(h.estate_id, h.house_id)
      from unnest(${listParameter(
        "int",
        sorted.map(({ estateId }) => estateId),
      )},
          ${listParameter(
            "bigint",
            sorted.map(({ houseId }) => houseId.toString()),
          )})
          with ordinality as h(estate_id, house_id, n)
      order by h.n`.execute(tx);
}

const readBalances = inBatches(async (db: Db, keys: readonly HouseKey[]) => {
  const { rows } = await sql<BalanceRow>`
    select n, principal_fen, interest_fen, reserved_fen, first_paid_fen
      from unnest(${listParameter(
        "int",
        keys.map(({ estateId }) => estateId),
      )},
          ${listParameter(
            "bigint",
            keys.map(({ houseId }) => houseId.toString()),
          )})
          with ordinality as wanted(estate_id, house_id, n)
        join house_balance using (estate_id, house_id)`.execute(db);
  const found = new Map(rows.map((row) => [row.n, row]));
  return keys.map((_, at) => found.get(BigInt(at + 1)));
});

interface BalanceRow {
  /** Which of the houses asked for, counted from 1. */
  n: bigint;
  principal_fen: bigint;
  interest_fen: bigint;
  reserved_fen: bigint;
  first_paid_fen: bigint;
}

/** Reads the balance of one house; a house that never had money has zeroes. */
export async function getHouseBalance(db: Db, key: HouseKey): Promise<HouseBalance> {
  const row = await readBalances(db, key);
  if (row === undefined) return NOTHING;
  return {
    principalFen: fen(row.principal_fen),
    interestFen: fen(row.interest_fen),
    reservedFen: fen(row.reserved_fen),
    firstPaidFen: fen(row.first_paid_fen),
  };
}
