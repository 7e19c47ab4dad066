import { sql } from "kysely";
import type { Db } from "#src/platform/database/client.ts";

/** A house that an account opens. */
export interface LinkedHouse {
  estateId: number;
  houseId: bigint;
  code: string;
  linkedAt: Date;
  /** Since when the house is his as far as the register says; the link itself where it does not. */
  since: Date;
}

/**
 * Lists the houses that an account opens, oldest link first. A link counts only while the register still names the
 * person it was made for: whoever sold the house is out with the entry of the buyer. One that a reviewer approved on
 * papers, of somebody whom the register does not name, counts while the register names the same people as then.
 */
export async function listLinkedHouses(db: Db, ownerId: number): Promise<LinkedHouse[]> {
  const { rows } = await sql<LinkedHouse>`
    select l.estate_id as "estateId", l.house_id as "houseId", h.code, l.linked_at as "linkedAt",
        coalesce(entry.recorded_at, l.linked_at) as since
      from owner_house l join house h on h.estate_id = l.estate_id and h.id = l.house_id
        left join lateral (select o.recorded_at from house_owner o
          where o.estate_id = l.estate_id and o.house_id = l.house_id and o.document_hash = l.document_hash
          order by o.recorded_at nulls last limit 1) entry on true
      where l.owner_id = ${ownerId} and ${namesHimStill}
      order by l.linked_at, h.code`.execute(db);
  return rows;
}

/** Tells whether an account opens a house, by the house's code. */
export async function isLinkedHouse(db: Db, ownerId: number, code: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from owner_house l
        join house h on h.estate_id = l.estate_id and h.id = l.house_id
      where l.owner_id = ${ownerId} and h.code = ${code} and ${namesHimStill}) as found`.execute(
    db,
  );
  return rows[0]?.found ?? false;
}

const namesHimStill = sql`(exists (select from house_owner o
    where o.estate_id = l.estate_id and o.house_id = l.house_id and o.document_hash = l.document_hash)
  or l.owners_seen = house_owners_mark(l.estate_id, l.house_id))`;
