import { sql } from "kysely";
import { z } from "zod";
import { type Fen, fen } from "#src/kernel/money.ts";
import { isCountedSql } from "#src/ledger/estate-figures.ts";
import type { HouseStanding } from "#src/ledger/house-standing.ts";
import { dueSql, standingKindSql } from "#src/ledger/house-standing-sql.ts";
import type { Db } from "#src/platform/database/client.ts";
import { houseAddress } from "#src/register/house-address.ts";
import type { CertifiedHouse } from "./rules.ts";

/** What a certificate is for: one house, or a whole building. */
export type CertificateScope = { houseCode: string } | { buildingKey: string };

/** Reads the houses that a certificate would be for, as they stand now; none where there is no such house or building. */
export async function readCertifiedHouses(
  db: Db,
  query: { estateId: number; scope: CertificateScope; triggerPercent: number },
): Promise<CertifiedHouse[]> {
  const { scope } = query;
  const isAsked =
    "houseCode" in scope
      ? sql`h.code = ${scope.houseCode}`
      : sql`h.building_key = ${scope.buildingKey}`;
  const { rows } = await sql<Row>`
    select h.id as "houseId", h.code, e.name as "estateName", building.label as "buildingLabel",
        h.unit_label as "unitLabel", h.room_label as "roomLabel", h.area_hundredths as "areaHundredths",
        coalesce(b.first_paid_fen, 0)::bigint as deposited, h.status = 'provisional' as "isProvisional",
        ${standingKindSql(query.triggerPercent)} as standing
      from house h
        join estate e on e.id = h.estate_id
        join building on building.estate_id = h.estate_id and building.id = h.building_id
        left join deposit_standard s on s.id = h.standard_id
        left join house_balance b on b.estate_id = h.estate_id and b.house_id = h.id
        cross join ${dueSql} due
      where h.estate_id = ${query.estateId} and ${isAsked} and ${isCountedSql}
      order by length(h.unit_key), h.unit_key, h.floor nulls last, length(h.room_key), h.room_key, h.id`.execute(
    db,
  );
  return rows.map(({ deposited, estateName, buildingLabel, unitLabel, roomLabel, ...row }) => ({
    ...row,
    address: houseAddress({ estateName, buildingLabel, unitLabel, roomLabel }),
    depositedFen: fen(deposited),
  }));
}

interface Row {
  houseId: bigint;
  code: string;
  estateName: string;
  buildingLabel: string;
  unitLabel: string;
  roomLabel: string;
  areaHundredths: number;
  deposited: bigint;
  isProvisional: boolean;
  standing: HouseStanding["kind"];
}

const keptHouses = z.array(
  z.object({
    code: z.string(),
    address: z.string(),
    areaHundredths: z.number().int(),
    depositedFen: z
      .string()
      .regex(/^[0-9]{1,15}$/)
      .transform((text) => fen(BigInt(text))),
  }),
);

/** A house as a certificate prints it. */
export type PrintedHouse = z.infer<typeof keptHouses>[number];

/** A certificate as it was issued. */
export interface Certificate {
  no: string;
  institutionName: string;
  estateName: string;
  /** 12幢, or the address of the house. */
  subject: string;
  isBuilding: boolean;
  houseCount: number;
  areaHundredths: number;
  depositedFen: Fen;
  houses: readonly PrintedHouse[];
  issuedAt: Date;
}

const CERTIFICATES_SHOWN = 50;

/** Lists the newest certificates of an institution. */
export async function listCertificates(db: Db, institutionId: number): Promise<Certificate[]> {
  return (await selectCertificates(db, institutionId).limit(CERTIFICATES_SHOWN).execute()).map(
    toCertificate,
  );
}

/** Finds a certificate of an institution; another's is as unknown as one that never was. */
export async function findCertificate(
  db: Db,
  query: { no: string; institutionId: number },
): Promise<Certificate | null> {
  const row = await selectCertificates(db, query.institutionId)
    .where("c.no", "=", query.no)
    .executeTakeFirst();
  return row === undefined ? null : toCertificate(row);
}

/** Counts one more print of a certificate and answers with the count, which the paper shows. */
export async function countCertificatePrint(db: Db, no: string): Promise<number> {
  const row = await db
    .updateTable("clearance_certificate")
    .set((eb) => ({ print_count: eb("print_count", "+", 1) }))
    .where("no", "=", no)
    .returning("print_count")
    .executeTakeFirstOrThrow();
  return row.print_count;
}

function selectCertificates(db: Db, institutionId: number) {
  return db
    .selectFrom("clearance_certificate as c")
    .innerJoin("institution as i", "i.id", "c.institution_id")
    .innerJoin("estate as e", "e.id", "c.estate_id")
    .leftJoin("building as b", (join) =>
      join.onRef("b.estate_id", "=", "c.estate_id").onRef("b.id", "=", "c.building_id"),
    )
    .select(["c.no", "c.house_count", "c.area_hundredths", "c.deposited_fen", "c.houses"])
    .select(["c.issued_at", "c.building_id", "i.name as institution_name"])
    .select(["e.name as estate_name", "b.label as building_label"])
    .where("c.institution_id", "=", institutionId)
    .orderBy("c.issued_at", "desc");
}

type CertificateRow = Awaited<ReturnType<ReturnType<typeof selectCertificates>["execute"]>>[number];

function toCertificate(row: CertificateRow): Certificate {
  const houses = keptHouses.parse(row.houses);
  return {
    no: row.no,
    institutionName: row.institution_name,
    estateName: row.estate_name,
    subject: row.building_label ?? houses[0]?.address ?? "",
    isBuilding: row.building_id !== null,
    houseCount: row.house_count,
    areaHundredths: Number.parseInt(`${row.area_hundredths}`, 10),
    depositedFen: fen(row.deposited_fen),
    houses,
    issuedAt: row.issued_at,
  };
}
