import { type Selectable, sql } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { type Fen, fen } from "#src/kernel/money.ts";
import type { Db } from "#src/platform/database/client.ts";
import { inBatches } from "#src/platform/database/in-batches.ts";
import { listParameter } from "#src/platform/database/list-parameter.ts";
import type { HouseTable } from "#src/platform/database/tables/register.ts";
import { houseAddress } from "./house-address.ts";
import { firstDepositDue, type StandardTerms } from "./standards/first-deposit-due.ts";

/** The standard of a house with what a citizen is told about it. */
export interface HouseStandard extends StandardTerms {
  code: string;
  name: string;
  effectiveFrom: CalendarDate;
  legalBasis: string;
}

/** The account of the bank that keeps an estate's fund. */
export interface CustodyAccount {
  id: number;
  bankCode: string;
  bankName: string;
  branchName: string;
  accountName: string;
  accountNo: string;
}

/** A house as the register knows it, without its owners. */
export interface House {
  estateId: number;
  houseId: bigint;
  code: string;
  estateName: string;
  /** The building's search key. */
  buildingKey: string;
  address: string;
  areaHundredths: number;
  areaKind: Selectable<HouseTable>["area_kind"];
  houseUse: Selectable<HouseTable>["house_use"];
  houseNature: Selectable<HouseTable>["house_nature"];
  hasLift: boolean | null;
  status: Selectable<HouseTable>["status"];
  /** The fund centre refused to record it: it holds no address, and its money can be claimed back. */
  isRejected: boolean;
  exemptReason: string | null;
  /** The code of the house that it was merged into; its money and history are there. */
  mergedIntoCode: string | null;
  standard: HouseStandard | null;
  /** 应交, in fen; null without a standard that can be computed. */
  dueFen: Fen | null;
  custody: CustodyAccount;
}

const findHouses = inBatches(
  async (db: Db, wanted: readonly { estate: string; code: string }[]) => {
    const keys = sql<{ estate_code: string; code: string }>`unnest(
    ${listParameter(
      "text",
      wanted.map(({ estate }) => estate),
    )}, ${listParameter(
      "text",
      wanted.map(({ code }) => code),
    )})`;
    const rows = await selectHouse(db)
      .innerJoin(keys.as<"wanted">(sql`wanted(estate_code, code)`), (join) =>
        join
          .onRef("wanted.estate_code", "=", "estate.code")
          .onRef("wanted.code", "=", "house.code"),
      )
      .execute();
    const found = new Map(rows.map((row) => [row.code, row]));
    return wanted.map(({ code }) => found.get(code));
  },
);

/** Finds a house by its code (房屋编号). The code starts with the code of its estate. */
export async function findHouseByCode(db: Db, code: string): Promise<House | null> {
  const estate = /^([A-Z]{2}[0-9]{4,8})-[A-Z0-9-]{1,32}$/.exec(code)?.[1];
  if (estate === undefined) return null;
  const row = await findHouses(db, { estate, code });
  return row === undefined ? null : toHouse(row);
}

/** Reads a house by its key. Throws when there is none: a key comes from another record. */
export async function getHouse(db: Db, key: { estateId: number; houseId: bigint }): Promise<House> {
  const row = await selectHouse(db)
    .where("house.estate_id", "=", key.estateId)
    .where("house.id", "=", key.houseId)
    .executeTakeFirstOrThrow();
  return toHouse(row);
}

function selectHouse(db: Db) {
  return db
    .selectFrom("house")
    .innerJoin("estate", "estate.id", "house.estate_id")
    .innerJoin("building", (join) =>
      join
        .onRef("building.estate_id", "=", "house.estate_id")
        .onRef("building.id", "=", "house.building_id"),
    )
    .innerJoin("custody_account as custody", "custody.id", "estate.custody_account_id")
    .innerJoin("bank", "bank.code", "custody.bank_code")
    .leftJoin("deposit_standard as standard", "standard.id", "house.standard_id")
    .leftJoin("house as target", (join) =>
      join
        .onRef("target.estate_id", "=", "house.merged_into_estate_id")
        .onRef("target.id", "=", "house.merged_into_house_id"),
    )
    .select([
      "house.estate_id",
      "house.id as house_id",
      "house.code",
      "estate.name as estate_name",
      "building.label as building_label",
      "building.has_lift",
      "house.building_key",
      "house.room_key",
      "house.unit_label",
      "house.room_label",
      "house.area_hundredths",
      "house.area_kind",
      "house.house_use",
      "house.house_nature",
      "house.status",
      "house.exempt_reason",
      "house.price_fen",
      "target.code as merged_into_code",
      "standard.code as standard_code",
      "standard.name as standard_name",
      "standard.basis",
      "standard.coefficient_e4",
      "standard.round_to",
      "standard.effective_from",
      "standard.legal_basis",
      "custody.id as custody_id",
      "custody.branch_name",
      "custody.account_name",
      "custody.account_no",
      "bank.code as bank_code",
      "bank.name as bank_name",
    ]);
}

type HouseRow = NonNullable<
  Awaited<ReturnType<ReturnType<typeof selectHouse>["executeTakeFirst"]>>
>;

function toHouse(row: HouseRow): House {
  const standard = toStandard(row);
  const priceFen = row.price_fen === null ? null : fen(row.price_fen);
  const measure = { areaHundredths: row.area_hundredths, priceFen };
  return {
    estateId: row.estate_id,
    houseId: row.house_id,
    code: row.code,
    estateName: row.estate_name,
    buildingKey: row.building_key,
    address: houseAddress({
      estateName: row.estate_name,
      buildingLabel: row.building_label,
      unitLabel: row.unit_label,
      roomLabel: row.room_label,
    }),
    areaHundredths: row.area_hundredths,
    areaKind: row.area_kind,
    houseUse: row.house_use,
    houseNature: row.house_nature,
    hasLift: row.has_lift,
    status: row.status,
    isRejected: row.status === "provisional" && row.room_key.includes("~"),
    exemptReason: row.exempt_reason,
    mergedIntoCode: row.merged_into_code,
    standard,
    dueFen: standard === null ? null : firstDepositDue(standard, measure),
    custody: {
      id: row.custody_id,
      bankCode: row.bank_code,
      bankName: row.bank_name,
      branchName: row.branch_name,
      accountName: row.account_name,
      accountNo: row.account_no,
    },
  };
}

function toStandard(row: HouseRow): HouseStandard | null {
  if (row.standard_code === null) return null;
  return {
    code: row.standard_code,
    name: row.standard_name as string,
    basis: row.basis as HouseStandard["basis"],
    coefficientE4: row.coefficient_e4 as bigint,
    roundTo: row.round_to as HouseStandard["roundTo"],
    effectiveFrom: row.effective_from as CalendarDate,
    legalBasis: row.legal_basis as string,
  };
}
