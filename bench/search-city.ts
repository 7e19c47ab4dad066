import pg from "pg";
import { estateName } from "#src/demo/estate-names.ts";
import { seededRandom } from "#src/kernel/random.ts";

/** Every estate is alike: 8 buildings of 2 units, 16 storeys with 2 doors. */
export const HOUSES_PER_ESTATE = 8 * 2 * 16 * 2;
const ESTATES_PER_STATEMENT = 200;

/** An estate of the benchmark's city, by the name that searches are written with. */
export interface BenchEstate {
  id: number;
  code: string;
  name: string;
}

/**
 * Fills an empty, migrated database with a city of at least that many houses, written by the server itself, and
 * beside it the table that a plain search would use: one line of address per house, with a trigram index.
 */
export async function fillSearchCity(
  owner: pg.ClientConfig,
  houses: number,
  say: (line: string) => void,
): Promise<BenchEstate[]> {
  const client = new pg.Client(owner);
  await client.connect();
  try {
    await client.query("create extension if not exists pg_trgm");
    await client.query("set session_replication_role = replica");
    await client.query("set maintenance_work_mem = '1GB'");
    await client.query("set synchronous_commit = off");
    const estates = await fillEstates(client, Math.ceil(houses / HOUSES_PER_ESTATE));
    await client.query(
      "create table bench_address (estate_id integer, house_id bigint, address text not null)",
    );
    for (let at = 0; at < estates.length; at += ESTATES_PER_STATEMENT) {
      const ids = estates.slice(at, at + ESTATES_PER_STATEMENT).map(({ id }) => id);
      await client.query(INSERT_BUILDINGS, [ids]);
      await client.query(INSERT_HOUSES, [ids]);
      if (at % 4_000 === 0) say(`${at} of ${estates.length} estates`);
    }
    say("index of trigrams");
    await client.query(INSERT_ADDRESSES);
    await client.query("create index on bench_address using gin (address gin_trgm_ops)");
    say("vacuum");
    for (const name of ["estate", "estate_alias", "building", "house", "bench_address"]) {
      await client.query(`vacuum analyze ${name}`);
    }
    return estates;
  } finally {
    await client.end();
  }
}

async function fillEstates(client: pg.Client, count: number): Promise<BenchEstate[]> {
  const random = seededRandom(20_261_123);
  const names = Array.from({ length: count }, (_, n) => estateName(n, random));
  const { rows } = await client.query<BenchEstate>(INSERT_ESTATES, [
    names.map(({ name }) => name),
    names.map(({ address }) => address),
  ]);
  const aliases = names.flatMap((name, at) =>
    name.aliases.map(({ alias, source }) => ({ id: rows[at]?.id, alias, source })),
  );
  await client.query(INSERT_ALIASES, [
    aliases.map(({ id }) => id),
    aliases.map(({ alias }) => alias),
    aliases.map(({ source }) => source),
  ]);
  return rows;
}

const INSERT_ESTATES = `
  insert into estate (code, name, district_code, district_name, address, custody_account_id)
    select 'BN' || lpad(n::text, 6, '0'), given.name, d.code, d.name, given.address, c.id
      from unnest($1::text[], $2::text[]) with ordinality as given(name, address, n),
        (select code, name from district order by code limit 1) as d(code, name),
        (select id from custody_account order by id limit 1) c
      order by n
    returning id, code, name`;

const INSERT_ALIASES = `
  insert into estate_alias (estate_id, alias, source)
    select * from unnest($1::int[], $2::text[], $3::text[]) on conflict do nothing`;

const INSERT_BUILDINGS = `
  insert into building (estate_id, key, label, floors, has_lift)
    select e, b::text, b || '幢', 16, true from unnest($1::int[]) e, generate_series(1, 8) b`;

const INSERT_HOUSES = `
  insert into house (estate_id, building_id, code, building_key, unit_key, room_key, unit_label,
      room_label, floor, area_hundredths, house_use)
    select b.estate_id, b.id,
        e.code || '-' || b.key || '-' || u || '-' || lpad((f * 100 + d)::text, 4, '0'),
        b.key, u::text, (f * 100 + d)::text, u || '单元', (f * 100 + d)::text, f, 9876, 'residential'
      from building b join estate e on e.id = b.estate_id, generate_series(1, 2) u,
        generate_series(1, 16) f, generate_series(1, 2) d
      where b.estate_id = any($1::int[])
      order by b.estate_id, b.key, u, f, d`;

const INSERT_ADDRESSES = `
  insert into bench_address
    select h.estate_id, h.id, e.name || ' ' || b.label || ' ' || h.unit_label || ' ' || h.room_label
      from house h join building b on b.estate_id = h.estate_id and b.id = h.building_id
        join estate e on e.id = h.estate_id`;
