import type { Generated, GeneratedAlways } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Json } from "./json-column.ts";

/** The register. */
export interface RegisterTables {
  district: DistrictTable;
  bank: BankTable;
  custody_account: CustodyAccountTable;
  deposit_standard: DepositStandardTable;
  city_setting: CitySettingTable;
  estate: EstateTable;
  estate_alias: EstateAliasTable;
  building: BuildingTable;
  house: HouseTable;
  house_owner: HouseOwnerTable;
  former_house_owner: FormerHouseOwnerTable;
  calendar_day: CalendarDayTable;
  local_rule: LocalRuleTable;
}

interface DistrictTable {
  code: string;
  name: string;
  city_name: string;
  province_name: string;
  effective_from: CalendarDate;
}

interface BankTable {
  code: string;
  name: string;
}

interface CustodyAccountTable {
  id: GeneratedAlways<number>;
  bank_code: string;
  branch_name: string;
  account_name: string;
  account_no: string;
}

interface DepositStandardTable {
  id: GeneratedAlways<number>;
  code: string;
  name: string;
  basis: "AREA" | "PRICE" | "COST_PRICE";
  /** Yuan per ㎡, or share of the price, in ten-thousandths. */
  coefficient_e4: bigint;
  house_use: string | null;
  has_lift: boolean | null;
  floors_from: number | null;
  floors_to: number | null;
  round_to: Generated<"FEN" | "JIAO" | "YUAN">;
  effective_from: CalendarDate;
  effective_to: CalendarDate | null;
  legal_basis: string;
}

interface CitySettingTable {
  key: string;
  effective_from: CalendarDate;
  value: Json;
  legal_basis: string;
}

export interface EstateTable {
  id: GeneratedAlways<number>;
  code: string;
  name: string;
  district_code: string;
  district_name: string;
  address: Generated<string>;
  developer_name: Generated<string>;
  property_company_name: Generated<string>;
  committee_name: Generated<string>;
  completed_year: number | null;
  custody_account_id: number;
  created_at: Generated<Date>;
}

export interface EstateAliasTable {
  estate_id: number;
  alias: string;
  source: "import" | "former" | "promotion" | "street" | "confirmed";
}

export interface BuildingTable {
  estate_id: number;
  id: GeneratedAlways<number>;
  key: string;
  label: string;
  floors: number | null;
  has_lift: boolean | null;
}

export interface HouseTable {
  estate_id: number;
  id: Generated<bigint>;
  building_id: number;
  code: string;
  building_key: string;
  unit_key: Generated<string>;
  room_key: string;
  unit_label: Generated<string>;
  room_label: string;
  floor: number | null;
  /** Hundredths of a square metre. */
  area_hundredths: number;
  area_kind: Generated<"measured" | "forecast">;
  house_use: "residential" | "commercial" | "office" | "parking" | "storage" | "other";
  house_nature: Generated<"commodity" | "affordable" | "reform" | "resettlement" | "apartment">;
  standard_id: number | null;
  standard_date: CalendarDate | null;
  price_fen: bigint | null;
  status: Generated<"recorded" | "provisional" | "closed">;
  exempt_reason: string | null;
  contract_no: string | null;
  real_estate_unit_no: string | null;
  /** Whether address search shows it; a provisional house is shown once it was paid. */
  is_listed: Generated<boolean>;
  merged_into_estate_id: number | null;
  merged_into_house_id: bigint | null;
}

export interface HouseOwnerTable {
  estate_id: number;
  house_id: bigint;
  n: number;
  name_cipher: Buffer;
  document_kind: "resident-id" | "credit-code" | "passport" | "hmt-permit" | "other";
  document_cipher: Buffer;
  document_hash: Buffer;
  phone_cipher: Buffer | null;
  phone_hash: Buffer | null;
  /** Since when the register names this person; null for entries of before migration 0026. */
  recorded_at: Generated<Date | null>;
}

interface CalendarDayTable {
  day: CalendarDate;
  kind: "holiday" | "workday";
  name: string;
}

interface FormerHouseOwnerTable {
  estate_id: number;
  house_id: bigint;
  voucher_no: string;
  n: number;
  name_cipher: Buffer;
  document_kind: string;
  document_cipher: Buffer;
  document_hash: Buffer;
  phone_cipher: Buffer | null;
  phone_hash: Buffer | null;
  ended_at: Date;
}

interface LocalRuleTable {
  slug: string;
  title: string;
  issuer: string;
  document_no: string;
  issued_on: CalendarDate;
  effective_from: CalendarDate;
  body: string;
  is_demonstration: Generated<boolean>;
}
