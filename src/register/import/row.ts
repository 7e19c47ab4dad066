import type { Selectable } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Fen } from "#src/kernel/money.ts";
import type { HouseOwnerTable, HouseTable } from "#src/platform/database/tables/register.ts";

type House = Selectable<HouseTable>;

/** Why a row was refused: the column, and what to do about it. */
export interface Problem {
  /** The column's name in the documents; "" when it concerns the whole row. */
  column: string;
  reason: string;
}

/** A row that did not go in. */
export interface BadRow {
  line: number;
  problems: Problem[];
}

/** What a row says about an estate. Rows of one estate share one object as long as their cells agree. */
export interface EstateOfRow {
  name: string;
  /** null: the register gives one. */
  code: string | null;
  districtCode: string;
  districtName: string;
  address: string;
  aliases: string[];
  developerName: string;
  propertyCompanyName: string;
  committeeName: string;
  completedYear: number | null;
  /** null: the row does not say; a new estate gets the city's first account. */
  custodyAccountId: number | null;
}

export interface OwnerOfRow {
  name: string;
  documentKind: HouseOwnerTable["document_kind"];
  documentNo: string;
  phone: string | null;
}

/** What a row says about a house. null: the row does not say. */
export interface HouseOfRow {
  buildingKey: string;
  buildingLabel: string;
  floors: number | null;
  hasLift: boolean | null;
  unitKey: string;
  unitLabel: string;
  roomKey: string;
  roomLabel: string;
  floor: number | null;
  code: string | null;
  areaHundredths: number;
  areaKind: House["area_kind"] | null;
  houseUse: House["house_use"];
  houseNature: House["house_nature"] | null;
  /** The code that the row names; null: chosen by the rules once lift and storeys are known. */
  standardCode: string | null;
  standardDate: CalendarDate | null;
  /** The total price, for standards that go by it. */
  priceFen: Fen | null;
  contractNo: string | null;
  realEstateUnitNo: string | null;
  owners: OwnerOfRow[];
}

/** A row that reads well. Whether it agrees with the register is seen in the database. */
export interface ReadRow {
  line: number;
  estate: EstateOfRow;
  /** null: the row records the estate alone. */
  house: HouseOfRow | null;
}
