import { sql } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { fen } from "#src/kernel/money.ts";
import type { Db } from "#src/platform/database/client.ts";
import { inBatches } from "#src/platform/database/in-batches.ts";
import { listParameter } from "#src/platform/database/list-parameter.ts";
import { readCitySettings } from "#src/register/city-settings.ts";
import type { House } from "#src/register/find-house.ts";
import { firstDepositDue, type StandardTerms } from "#src/register/standards/first-deposit-due.ts";
import type { HouseKey } from "../house-balances.ts";
import { type HouseStanding, houseStanding } from "../house-standing.ts";

/**
 * Tells how a few houses stand with their deposits, by house id: a result list reads no more of
 * each house than its standing needs.
 */
export async function listStandings(
  db: Db,
  keys: readonly HouseKey[],
  today: CalendarDate,
): Promise<ReadonlyMap<bigint, HouseStanding>> {
  if (keys.length === 0) return new Map();
  const [settings, rows] = await Promise.all([readCitySettings(db, today), readRows(db, keys)]);
  return new Map(
    rows.map((row) => [row.id, houseStanding(toHouse(row), toBalance(row), settings)] as const),
  );
}

/** The lists of one moment are read together, and each visitor picks the houses of his own. */
const readRows = inBatches(async (db: Db, lists: readonly (readonly HouseKey[])[]) => {
  const rows = new Map((await readStandingRows(db, lists.flat())).map((row) => [row.id, row]));
  return lists.map((keys) => keys.flatMap(({ houseId }) => rows.get(houseId) ?? []));
});

async function readStandingRows(db: Db, keys: readonly HouseKey[]): Promise<Row[]> {
  const estates = keys.map((key) => key.estateId);
  const houses = keys.map((key) => key.houseId.toString());
  const { rows } = await sql<Row>`
    select h.id, h.status, h.exempt_reason, h.area_hundredths, h.price_fen,
        s.basis, s.coefficient_e4, s.round_to,
        coalesce(b.principal_fen, 0)::bigint as principal_fen,
        coalesce(b.interest_fen, 0)::bigint as interest_fen,
        coalesce(b.first_paid_fen, 0)::bigint as first_paid_fen
      from unnest(${listParameter("int", estates)}, ${listParameter("bigint", houses)}) as k(estate_id, id)
        join house h using (estate_id, id)
        left join deposit_standard s on s.id = h.standard_id
        left join house_balance b on b.estate_id = h.estate_id and b.house_id = h.id`.execute(db);
  return rows;
}

interface Row {
  id: bigint;
  status: House["status"];
  exempt_reason: string | null;
  area_hundredths: number;
  price_fen: bigint | null;
  basis: StandardTerms["basis"] | null;
  coefficient_e4: bigint;
  round_to: StandardTerms["roundTo"];
  principal_fen: bigint;
  interest_fen: bigint;
  first_paid_fen: bigint;
}

function toHouse(row: Row) {
  const measure = {
    areaHundredths: row.area_hundredths,
    priceFen: row.price_fen === null ? null : fen(row.price_fen),
  };
  const terms = row.basis && {
    basis: row.basis,
    coefficientE4: row.coefficient_e4,
    roundTo: row.round_to,
  };
  return {
    status: row.status,
    exemptReason: row.exempt_reason,
    dueFen: terms && firstDepositDue(terms, measure),
  };
}

function toBalance(row: Row) {
  return {
    principalFen: fen(row.principal_fen),
    interestFen: fen(row.interest_fen),
    reservedFen: fen(0n),
    firstPaidFen: fen(row.first_paid_fen),
  };
}
