import type pg from "pg";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { playBuilding } from "./building-history.ts";
import { copyRows } from "./copy-rows.ts";
import {
  EstateRows,
  type IdBlock,
  type RowOptions,
  TABLE_NAMES,
  TABLES,
  type TableName,
} from "./estate-rows.ts";
import type { EstatePlan } from "./plans.ts";

export interface WriteOptions extends RowOptions {
  /** No day of the history lies after this one. */
  today: CalendarDate;
  isLedgerWanted: boolean;
}

/**
 * Writes estates with everything below them in one transaction, so that an estate is there whole or not at
 * all. Estates whose code is taken are left as they are. The constraints of the ledger are checked at
 * commit as for any posting. Answers with the number of houses written.
 */
export async function writeEstates(
  client: pg.ClientBase,
  estates: readonly EstatePlan[],
  options: WriteOptions,
): Promise<number> {
  await client.query("begin");
  try {
    // Ids are taken in blocks below; with these locks nobody else draws from the same sequences meanwhile.
    await client.query("lock table estate, building, house, journal in share row exclusive mode");
    const taken = await client.query<{ code: string }>(
      "select code from estate where code = any($1)",
      [estates.map((estate) => estate.code)],
    );
    const known = new Set(taken.rows.map((row) => row.code));
    const fresh = estates.filter((estate) => !known.has(estate.code));
    const written = await copyEstates(client, fresh, options);
    await client.query("commit");
    return written;
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}

async function copyEstates(
  client: pg.ClientBase,
  estates: readonly EstatePlan[],
  options: WriteOptions,
): Promise<number> {
  const batch = new EstateRows(options);
  const buildings = estates.flatMap((estate) => estate.buildings);
  const journals = new Map(
    options.isLedgerWanted
      ? estates.flatMap((estate) =>
          estate.buildings.map((building) => [
            building,
            playBuilding(estate, building, options.today),
          ]),
        )
      : [],
  );
  const count = {
    house: sum(buildings, (building) => building.houses.length),
    journal: sum([...journals.values()], (history) => history.journals.length),
  };
  const estateIds = await reserveIds(client, "estate", estates.length);
  const buildingIds = await reserveIds(client, "building", buildings.length);
  const houseIds = await reserveIds(client, "house", count.house);
  const journalIds = await reserveIds(client, "journal", count.journal);
  for (const estate of estates) {
    const estateId = Number(estateIds.next());
    const custodyAccountId = batch.addEstate(estate, estateId);
    for (const building of estate.buildings) {
      const place = { estateId, buildingId: Number(buildingIds.next()), custodyAccountId };
      const ids = batch.addBuilding(estate, building, { ...place, houseIds });
      const history = journals.get(building);
      if (history === undefined) continue;
      for (const journal of history.journals) {
        batch.addJournal(journal, journalIds.next(), { ...place, ids });
      }
      for (const balance of history.balances) batch.addBalance(balance, { ...place, ids });
    }
  }
  for (const table of TABLE_NAMES) {
    if (batch.rows[table].length === 0) continue;
    await copyRows(client, { table, columns: TABLES[table].columns }, batch.rows[table]);
  }
  return count.house;
}

async function reserveIds(
  client: pg.ClientBase,
  table: TableName,
  count: number,
): Promise<IdBlock> {
  if (count === 0) return { next: () => refuseId(table) };
  const { rows } = await client.query<{ first: bigint | string }>(
    `select setval(sequence, first + $1 - 1) - $1 + 1 as first
       from (select sequence, nextval(sequence) as first
         from pg_get_serial_sequence($2, 'id') as sequence) reserved`,
    [count, table],
  );
  let next = BigInt(rows[0]?.first ?? refuseId(table));
  const end = next + BigInt(count);
  return {
    next() {
      if (next === end) refuseId(table);
      next += 1n;
      return next - 1n;
    },
  };
}

function refuseId(table: TableName): never {
  throw new Error(`more rows than ids were reserved for ${table}`);
}

function sum<Item>(items: readonly Item[], countOf: (item: Item) => number): number {
  return items.reduce((total, item) => total + countOf(item), 0);
}
