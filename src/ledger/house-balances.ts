import { sql } from "kysely";
import { type Fen, fen, ZERO_FEN } from "#src/kernel/money.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";

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

/** Reads the balance of one house; a house that never had money has zeroes. */
export async function getHouseBalance(db: Db, key: HouseKey): Promise<HouseBalance> {
  const balances = await listHouseBalances(db, [key]);
  return balances[0] ?? NOTHING;
}

/** Reads the balances of a few houses in one round trip, in the order asked. */
export async function listHouseBalances(
  db: Db,
  keys: readonly HouseKey[],
): Promise<HouseBalance[]> {
  if (keys.length === 0) return [];
  const estates = keys.map((key) => key.estateId);
  const houses = keys.map((key) => key.houseId.toString());
  const { rows } = await sql<Row>`
    select b.principal_fen, b.interest_fen, b.reserved_fen, b.first_paid_fen
      from unnest(${estates}::int[], ${houses}::bigint[]) with ordinality as k(estate_id, house_id, n)
      left join house_balance b on b.estate_id = k.estate_id and b.house_id = k.house_id
      order by k.n`.execute(db);
  return rows.map((row) => (row.principal_fen === null ? NOTHING : toBalance(row)));
}

interface Row {
  principal_fen: bigint | null;
  interest_fen: bigint;
  reserved_fen: bigint;
  first_paid_fen: bigint;
}

function toBalance(row: Row): HouseBalance {
  return {
    principalFen: fen(row.principal_fen ?? 0n),
    interestFen: fen(row.interest_fen),
    reservedFen: fen(row.reserved_fen),
    firstPaidFen: fen(row.first_paid_fen),
  };
}
