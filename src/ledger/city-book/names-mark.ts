import { sql } from "kysely";
import type { Db } from "#src/platform/database/client.ts";

/**
 * Marks what the estates and districts are called: the register renames one without any figure of the city's book
 * changing, and whoever has the old name shall not be told that it is still so.
 */
export async function readNamesMark(db: Db): Promise<string> {
  const { rows } = await sql<{ mark: string | null }>`
    select md5(string_agg(concat_ws(chr(31), estate.code, estate.name, district.code, district.name,
        estate.completed_year), chr(30) order by estate.id)) as mark
      from estate join district on district.code = estate.district_code`.execute(db);
  return rows[0]?.mark ?? "";
}
