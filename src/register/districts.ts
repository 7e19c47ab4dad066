import { readFileSync } from "node:fs";
import { sql } from "kysely";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import type { Db } from "#src/platform/database/client.ts";

/** A division of county level (区划), six digits as in GB/T 2260. */
export interface Division {
  code: string;
  name: string;
  /** "" where the division hangs directly under its province, or is the city itself. */
  cityName: string;
  provinceName: string;
}

/** The day on which data/divisions.csv was true. */
const DIVISIONS_AS_OF = calendarDate("2024-11-28");

/** Lists the divisions that the register knows from the start, sorted by code. Origin: data/README.md. */
export function listDivisions(): Division[] {
  const text = readFileSync(new URL("./data/divisions.csv", import.meta.url), "utf8");
  return text
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => {
      const [code = "", name = "", cityName = "", provinceName = ""] = line.split(",");
      return { code, name, cityName, provinceName };
    });
}

/**
 * Brings the table of divisions up to date, in one statement. Rows that are right stay untouched, so that
 * it may run at every start; divisions of another origin (a demonstration's, a city's own) stay too.
 */
export async function loadReferenceData(owner: Db): Promise<void> {
  const divisions = listDivisions();
  await sql`
    insert into district as known (code, name, city_name, province_name, effective_from)
      select code, name, city_name, province_name, ${DIVISIONS_AS_OF}::date
        from unnest(
          ${divisions.map((division) => division.code)}::text[],
          ${divisions.map((division) => division.name)}::text[],
          ${divisions.map((division) => division.cityName)}::text[],
          ${divisions.map((division) => division.provinceName)}::text[]
        ) as given (code, name, city_name, province_name)
      on conflict (code) do update
        set name = excluded.name, city_name = excluded.city_name,
          province_name = excluded.province_name, effective_from = excluded.effective_from
        where (known.name, known.city_name, known.province_name)
          is distinct from (excluded.name, excluded.city_name, excluded.province_name)
  `.execute(owner);
}

/** Writes a division with what it belongs to: 浙江省杭州市西湖区, 北京市东城区. */
export function formatDivision(division: Division): string {
  return `${division.provinceName}${division.cityName}${division.name}`;
}
