import { calendarDate, shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { Db } from "#src/platform/database/client.ts";
import { openPersonalData, type PersonalData } from "#src/platform/personal-data.ts";
import { getHouse, type House } from "#src/register/find-house.ts";
import type { TestDatabase } from "./test-database.ts";

/** The moment at which tests stand: a Monday, 10:42 in Shanghai. */
export const NOW = new Date("2026-11-23T02:42:00Z");
export const TODAY = shanghaiDate(NOW);

/** A city with what every house needs around it, and nothing else. */
export interface TestCity {
  /** As the application works. */
  db: Db;
  /** As migrations and bulk loads work. */
  owner: Db;
  personalData: PersonalData;
  custodyAccountId: number;
  /** 120.00 元/㎡, of houses with a lift. */
  standardId: number;
}

export const BANK = { code: "SLYH", name: "示例银行" } as const;
export const OTHER_BANK = { code: "SFYH", name: "示范商业银行" } as const;
const DISTRICT = { code: "990101", name: "示范区" } as const;

/** The rules that the city has set, as far as the first payment needs them. */
const CITY_SETTINGS = {
  "top-up-trigger-percent": 30,
  "top-up-target-percent": 100,
  "notice-validity-days": 15,
  "lock-lease-minutes": 15,
};

let built = 0;
/** Counts what was built, so that nothing gets the name of another. */
function nextNumber(): number {
  built += 1;
  return built;
}

/** Writes the city of a test file: call it once for each database. */
export async function buildCity(database: Pick<TestDatabase, "db" | "owner">): Promise<TestCity> {
  const { db, owner } = database;
  await owner
    .insertInto("district")
    .values({
      ...DISTRICT,
      city_name: "示例市",
      province_name: "示例省",
      effective_from: calendarDate("2000-01-01"),
    })
    .execute();
  await owner.insertInto("bank").values([BANK, OTHER_BANK]).execute();
  for (const [key, value] of Object.entries(CITY_SETTINGS)) {
    await owner
      .insertInto("city_setting")
      .values({
        key,
        value: `${value}`,
        effective_from: calendarDate("2000-01-01"),
        legal_basis: "（示例）",
      })
      .execute();
  }
  return {
    db,
    owner,
    personalData: openPersonalData(Buffer.alloc(32, 7)),
    custodyAccountId: await buildCustodyAccount(owner),
    standardId: await buildStandard(owner),
  };
}

/** A custody account (专户) at one of the two banks. */
export async function buildCustodyAccount(owner: Db, bankCode: string = BANK.code) {
  const { id } = await owner
    .insertInto("custody_account")
    .values({
      bank_code: bankCode,
      branch_name: "民生支行",
      account_name: "示例市物业专项维修资金管理中心专户",
      account_no: `99010100000000${nextNumber().toString().padStart(5, "0")}`,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** A deposit standard by area; 120.00 元/㎡ unless told. */
async function buildStandard(owner: Db, coefficientE4 = 1_200_000n): Promise<number> {
  const { id } = await owner
    .insertInto("deposit_standard")
    .values({
      code: `SL${nextNumber()}-LIFT`,
      name: "有电梯住宅",
      basis: "AREA",
      coefficient_e4: coefficientE4,
      effective_from: calendarDate("2024-01-01"),
      legal_basis: "（示例）《住宅专项维修资金管理办法》第七条",
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** A building (幢) in an estate of its own. */
export interface TestBuilding {
  estateId: number;
  estateCode: string;
  buildingId: number;
  key: string;
}

/** An estate with one building, 12幢. */
export async function buildBuilding(
  city: TestCity,
  overrides: { custodyAccountId?: number } = {},
): Promise<TestBuilding> {
  const number = nextNumber();
  const estateCode = `TS${number.toString().padStart(4, "0")}`;
  const { id: estateId } = await city.owner
    .insertInto("estate")
    .values({
      code: estateCode,
      name: `试验花园${number}`,
      district_code: DISTRICT.code,
      district_name: DISTRICT.name,
      custody_account_id: overrides.custodyAccountId ?? city.custodyAccountId,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const key = "12";
  const { id: buildingId } = await city.owner
    .insertInto("building")
    .values({ estate_id: estateId, key, label: "12幢", floors: 18, has_lift: true })
    .returning("id")
    .executeTakeFirstOrThrow();
  return { estateId, estateCode, buildingId, key };
}

/** Gives some estates a new district to themselves, so that only they are told together. */
export async function moveToDistrict(
  city: TestCity,
  buildings: readonly TestBuilding[],
): Promise<void> {
  const district = { ...DISTRICT, code: `${990_800 + nextNumber()}`, name: "示例新区" };
  await city.owner
    .insertInto("district")
    .values({
      ...district,
      city_name: "示例市",
      province_name: "示例省",
      effective_from: calendarDate("2000-01-01"),
    })
    .execute();
  await city.owner
    .updateTable("estate")
    .set({ district_code: district.code, district_name: district.name })
    .where(
      "id",
      "in",
      buildings.map(({ estateId }) => estateId),
    )
    .execute();
}

/** Another building of the same estate, 13幢. */
export async function buildBuildingBeside(
  city: TestCity,
  { estateId, estateCode }: TestBuilding,
): Promise<TestBuilding> {
  const key = "13";
  const { id: buildingId } = await city.owner
    .insertInto("building")
    .values({ estate_id: estateId, key, label: "13幢", floors: 18, has_lift: true })
    .returning("id")
    .executeTakeFirstOrThrow();
  return { estateId, estateCode, buildingId, key };
}

/** How a house differs from the usual one: residential, 98.76 ㎡, 11,851.20 yuan due, nothing paid. */
export interface HouseOverrides {
  building?: TestBuilding;
  areaHundredths?: number;
  standardId?: number | null;
  status?: "recorded" | "provisional" | "closed";
  houseNature?: House["houseNature"];
  exemptReason?: string;
}

/** A house, in an estate of its own unless a building is given. */
export async function buildHouse(city: TestCity, overrides: HouseOverrides = {}): Promise<House> {
  const building = overrides.building ?? (await buildBuilding(city));
  const room = `${500 + nextNumber()}`;
  const { id } = await city.owner
    .insertInto("house")
    .values({
      estate_id: building.estateId,
      building_id: building.buildingId,
      code: `${building.estateCode}-${building.key}-3-${room}`,
      building_key: building.key,
      unit_key: "3",
      room_key: room,
      unit_label: "3单元",
      room_label: room,
      floor: 5,
      area_hundredths: overrides.areaHundredths ?? 9876,
      house_use: "residential",
      house_nature: overrides.houseNature ?? "commodity",
      standard_id: overrides.standardId === undefined ? city.standardId : overrides.standardId,
      standard_date: calendarDate("2024-06-01"),
      status: overrides.status ?? "recorded",
      exempt_reason: overrides.exemptReason ?? null,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return await getHouse(city.db, { estateId: building.estateId, houseId: id });
}
