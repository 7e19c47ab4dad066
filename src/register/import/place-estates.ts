import { type RawBuilder, sql } from "kysely";
import { pinyin } from "pinyin-pro";
import type { Tx } from "#src/platform/database/client.ts";
import { type EstateOrHouseColumn, headerOf } from "./columns.ts";
import type { EstateOfRow, Problem } from "./row.ts";

/** An estate as the register holds it. */
export interface PlacedEstate {
  id: number;
  code: string;
  name: string;
  districtCode: string;
  address: string;
  developerName: string;
  propertyCompanyName: string;
  committeeName: string;
  completedYear: number | null;
  custodyAccountId: number;
}

export type EstatePlacing = { estate: PlacedEstate } | { problem: Problem };

/** Estates by `estateKey`, as far as this run has met them. */
export type KnownEstates = Map<string, PlacedEstate>;

/** What makes two rows speak of one estate: its division and its name. */
function estateKey(estate: { districtCode: string; name: string }): string {
  return `${estate.districtCode}\t${estate.name}`;
}

/**
 * Finds the estates of some rows in the register and records those that are new, with a code of their own
 * where the rows give none. An estate that is on record is never changed. A row that names another code
 * than the recorded one gets a problem instead of an estate. `added` counts the new ones. Where `onlyEstates` is
 * given, rows of every other estate get a problem that is the same whether or not there is such an estate, and
 * neither estates nor aliases are added.
 */
export async function placeEstates(
  tx: Tx,
  estates: readonly EstateOfRow[],
  known: KnownEstates,
  { firstCustodyAccountId, onlyEstates }: EstateScope,
): Promise<{ placings: Map<EstateOfRow, EstatePlacing>; added: number }> {
  await learn(tx, estates, known);
  const missing = new Map<string, EstateOfRow>();
  for (const estate of estates) {
    const key = estateKey(estate);
    if (!known.has(key) && !missing.has(key)) missing.set(key, estate);
  }
  if (onlyEstates !== null) {
    const held = (estate: EstateOfRow) => heldPlacing(estate, known, onlyEstates);
    return { placings: new Map(estates.map((estate) => [estate, held(estate)])), added: 0 };
  }
  const added = await addEstates(tx, [...missing.values()], firstCustodyAccountId);
  if (missing.size > 0) await learn(tx, [...missing.values()], known);
  await addAliases(tx, estates, known);
  return { placings: new Map(estates.map((estate) => [estate, placing(estate, known)])), added };
}

/** What rows may do about estates. */
export interface EstateScope {
  /** The account of a new estate whose rows name none. */
  firstCustodyAccountId: number;
  /** The estates that rows may name; null: every one, and new ones. */
  onlyEstates: ReadonlySet<number> | null;
}

function heldPlacing(
  estate: EstateOfRow,
  known: KnownEstates,
  onlyEstates: ReadonlySet<number>,
): EstatePlacing {
  const placed = known.get(estateKey(estate));
  if (placed !== undefined && onlyEstates.has(placed.id)) return placing(estate, known);
  return {
    problem: {
      column: headerOf("estateName"),
      reason: `${estate.name} 不是本单位绑定的物业区域，这一行没有导入`,
    },
  };
}

function placing(estate: EstateOfRow, known: KnownEstates): EstatePlacing {
  const placed = known.get(estateKey(estate));
  if (placed === undefined) {
    return {
      problem: {
        column: headerOf("estateCode"),
        reason: `物业区域编号 ${estate.code} 已经是另一个物业区域的编号，请核对`,
      },
    };
  }
  if (estate.code !== null && estate.code !== placed.code) {
    return {
      problem: {
        column: headerOf("estateCode"),
        reason: `${placed.name}登记的编号是 ${placed.code}，这里写的是 ${estate.code}，请核对`,
      },
    };
  }
  if (estate.custodyAccountId !== null && estate.custodyAccountId !== placed.custodyAccountId) {
    return {
      problem: {
        column: headerOf("accountNo"),
        reason: `${placed.name}登记的是另一个专户。换专户要走划转，不能靠导入`,
      },
    };
  }
  return { estate: placed };
}

/** The columns in which a row says something else than the register: it goes in, the register stays. */
export function differingColumns(estate: EstateOfRow, placed: PlacedEstate): string[] {
  const pairs: [EstateOrHouseColumn, string | number | null, string | number | null][] = [
    ["address", estate.address, placed.address],
    ["developerName", estate.developerName, placed.developerName],
    ["propertyCompanyName", estate.propertyCompanyName, placed.propertyCompanyName],
    ["committeeName", estate.committeeName, placed.committeeName],
    ["completedYear", estate.completedYear, placed.completedYear],
  ];
  return pairs
    .filter(([, said, recorded]) => said !== "" && said !== null && said !== recorded)
    .map(([column]) => headerOf(column));
}

async function learn(tx: Tx, estates: readonly EstateOfRow[], known: KnownEstates): Promise<void> {
  const unknown = estates.filter((estate) => !known.has(estateKey(estate)));
  if (unknown.length === 0) return;
  const { rows } = await sql<PlacedEstate>`
    select distinct estate.id, estate.code, estate.name, estate.district_code as "districtCode",
        estate.address, estate.developer_name as "developerName",
        estate.property_company_name as "propertyCompanyName",
        estate.committee_name as "committeeName", estate.completed_year as "completedYear",
        estate.custody_account_id as "custodyAccountId"
      from unnest(${unknown.map((e) => e.districtCode)}::text[], ${unknown.map((e) => e.name)}::text[])
        as asked (district_code, name)
      join estate using (district_code, name)`.execute(tx);
  for (const row of rows) known.set(estateKey(row), row);
}

/** A code or an estate that another run records at this moment is left out here, and found afterwards. */
async function addEstates(
  tx: Tx,
  estates: readonly EstateOfRow[],
  firstCustodyAccountId: number,
): Promise<number> {
  if (estates.length === 0) return 0;
  const codes = await codesFor(tx, estates);
  // In one order in every run, so that two imports at once wait for each other and never in a circle.
  const coded = estates
    .map((estate, at) => ({ estate, code: codes[at] }))
    .sort((a, b) => (estateKey(a.estate) < estateKey(b.estate) ? -1 : 1));
  const values = coded.map(
    ({ estate, code }): RawBuilder<unknown> =>
      sql`(${sql.join([
        code,
        estate.name,
        estate.districtCode,
        estate.districtName,
        estate.address,
        estate.developerName,
        estate.propertyCompanyName,
        estate.committeeName,
        sql`${estate.completedYear}::smallint`,
        sql`${estate.custodyAccountId ?? firstCustodyAccountId}::integer`,
      ])})`,
  );
  let added = 0;
  for (let from = 0; from < values.length; from += ESTATES_PER_STATEMENT) {
    const result = await sql`
      insert into estate (code, name, district_code, district_name, address, developer_name,
          property_company_name, committee_name, completed_year, custody_account_id)
        values ${sql.join(values.slice(from, from + ESTATES_PER_STATEMENT))}
        on conflict do nothing`.execute(tx);
    added += Number(result.numAffectedRows ?? 0n);
  }
  return added;
}

/** A statement holds at most 65,535 parameters. */
const ESTATES_PER_STATEMENT = 1_000;

/** The given codes, and for the rest two letters of the name's pinyin with the next free number. */
async function codesFor(tx: Tx, estates: readonly EstateOfRow[]): Promise<string[]> {
  const prefixes = estates.map((estate) => (estate.code === null ? codePrefix(estate.name) : null));
  const asked = [...new Set(prefixes.filter((prefix) => prefix !== null))];
  const { rows } = await sql<{ prefix: string; last: number }>`
    select asked.prefix, coalesce(max(substring(estate.code from 3)::integer), 0) as last
      from unnest(${asked}::text[]) as asked (prefix)
      left join estate on left(estate.code, 2) = asked.prefix
      group by asked.prefix`.execute(tx);
  const last = new Map(rows.map((row) => [row.prefix, row.last]));
  const given = new Set(estates.map((estate) => estate.code));
  return estates.map((estate, at) => {
    const prefix = prefixes[at];
    if (estate.code !== null || !prefix) return estate.code as string;
    let code: string;
    do {
      const next = (last.get(prefix) ?? 0) + 1;
      last.set(prefix, next);
      code = `${prefix}${String(next).padStart(4, "0")}`;
    } while (given.has(code));
    return code;
  });
}

function codePrefix(name: string): string {
  const initials = pinyin(name, { pattern: "first", toneType: "none", type: "array" })
    .join("")
    .toUpperCase()
    .replace(/[^A-Z]/g, "");
  return initials.slice(0, 2).padEnd(2, "X");
}

async function addAliases(
  tx: Tx,
  estates: readonly EstateOfRow[],
  known: KnownEstates,
): Promise<void> {
  const pairs = estates.flatMap((estate) => {
    const id = known.get(estateKey(estate))?.id;
    return id === undefined ? [] : estate.aliases.map((alias) => ({ id, alias }));
  });
  if (pairs.length === 0) return;
  await sql`
    insert into estate_alias (estate_id, alias, source)
      select estate_id, alias, 'import'
        from unnest(${pairs.map((p) => p.id)}::integer[], ${pairs.map((p) => p.alias)}::text[])
          as given (estate_id, alias)
        order by estate_id, alias
      on conflict do nothing`.execute(tx);
}
