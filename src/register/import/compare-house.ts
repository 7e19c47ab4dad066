import type { Selectable } from "kysely";
import { formatArea } from "#src/kernel/area.ts";
import type { HouseOwnerTable, HouseTable } from "#src/platform/database/tables/register.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { type ColumnKey, headerOf, type OwnerNumber } from "./columns.ts";
import type { HouseOfRow, OwnerOfRow } from "./row.ts";

/** A house as the register holds it. */
export type RecordedHouse = Pick<
  Selectable<HouseTable>,
  | "code"
  | "floor"
  | "area_hundredths"
  | "area_kind"
  | "house_use"
  | "house_nature"
  | "standard_id"
  | "standard_date"
  | "price_fen"
  | "contract_no"
  | "real_estate_unit_no"
>;

export type RecordedOwner = Pick<
  Selectable<HouseOwnerTable>,
  "name_cipher" | "document_kind" | "document_hash" | "phone_hash"
>;

/**
 * Names the columns in which a row says something else than the register; none: the house is unchanged. A
 * blank cell says nothing, and a standard chosen by the rules is no statement of the row either. What a
 * column shows of the register is public: personal data are named, never shown.
 */
export function differingHouseColumns(
  house: HouseOfRow,
  namedStandardId: number | null,
  recorded: RecordedHouse,
): string[] {
  const pairs: [ColumnKey, unknown, unknown][] = [
    ["houseCode", house.code, recorded.code],
    ["floor", house.floor, recorded.floor],
    ["area", house.areaHundredths, recorded.area_hundredths],
    ["areaKind", house.areaKind, recorded.area_kind],
    ["houseUse", house.houseUse, recorded.house_use],
    ["houseNature", house.houseNature, recorded.house_nature],
    ["standard", namedStandardId, recorded.standard_id],
    ["standardDate", house.standardDate, recorded.standard_date],
    ["price", house.priceFen, recorded.price_fen],
    ["contractNo", house.contractNo, recorded.contract_no],
    ["realEstateUnitNo", house.realEstateUnitNo, recorded.real_estate_unit_no],
  ];
  return pairs
    .filter(([, said, known]) => said !== null && said !== known)
    .map(([column]) =>
      column === "area"
        ? `${headerOf(column)}（登记的是 ${formatArea(recorded.area_hundredths)}）`
        : headerOf(column),
    );
}

/** The same for the owners, by their keyed hashes; a row without owners says nothing about them. */
export function differingOwnerColumns(
  owners: readonly OwnerOfRow[],
  recorded: readonly RecordedOwner[],
  personalData: PersonalData,
): string[] {
  if (owners.length === 0) return [];
  if (owners.length !== recorded.length) return ["业主人数"];
  return owners.flatMap((owner, at) => {
    const known = recorded[at] as RecordedOwner;
    const n = (at + 1) as OwnerNumber;
    const columns: string[] = [];
    if (personalData.decrypt(known.name_cipher) !== owner.name)
      columns.push(headerOf(`owner${n}Name`));
    const isSameDocument =
      known.document_kind === owner.documentKind &&
      known.document_hash.equals(personalData.hash("document", owner.documentNo));
    if (!isSameDocument) columns.push(headerOf(`owner${n}DocumentNo`));
    if (owner.phone !== null && !isSamePhone(owner.phone, known, personalData)) {
      columns.push(headerOf(`owner${n}Phone`));
    }
    return columns;
  });
}

function isSamePhone(phone: string, known: RecordedOwner, personalData: PersonalData): boolean {
  return known.phone_hash?.equals(personalData.hash("phone", phone)) ?? false;
}
