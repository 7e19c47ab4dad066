import type { Generated } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Fen } from "#src/kernel/money.ts";
import type {
  EstateAliasTable,
  HouseOwnerTable,
  HouseTable,
} from "#src/platform/database/tables/register.ts";

type Plain<T> = T extends Generated<infer Value> ? Value : T;

/** Somebody to be written beside a house: made up, with numbers whose check digits are right. */
export interface OwnerPlan {
  name: string;
  documentKind: HouseOwnerTable["document_kind"];
  documentNo: string;
  phone: string | null;
}

/** Money that came in for a house: 00 first deposit, 02 top-up, 04 the rest of a first deposit. */
export interface DepositPlan {
  date: CalendarDate;
  kind: "00" | "02" | "04";
  amountFen: Fen;
}

/** Where a house lies in its building, and what it is. */
export interface RoomPlan {
  unitLabel: string;
  roomLabel: string;
  floor: number | null;
  areaHundredths: number;
  houseUse: HouseTable["house_use"];
}

/** A house with everything that the register and the ledger will say of it. */
export interface HousePlan extends RoomPlan {
  areaKind: Plain<HouseTable["area_kind"]>;
  houseNature: Plain<HouseTable["house_nature"]>;
  standardCode: string | null;
  standardDate: CalendarDate | null;
  status: "recorded" | "closed";
  exemptReason: string | null;
  contractNo: string | null;
  owners: OwnerPlan[];
  deposits: DepositPlan[];
}

/** A repair that the fund paid, and whose houses shared it. */
export interface UsePlan {
  date: CalendarDate;
  projectName: string;
  contractorName: string;
  scope: "building" | "unit" | "some-owners";
  scopeWords: string;
  totalFen: Fen;
  isShared(house: HousePlan): boolean;
}

export interface BuildingPlan {
  label: string;
  floors: number | null;
  hasLift: boolean | null;
  houses: HousePlan[];
  uses: UsePlan[];
}

export interface EstatePlan {
  code: string;
  name: string;
  aliases: { alias: string; source: EstateAliasTable["source"] }[];
  districtCode: string;
  address: string;
  developerName: string;
  propertyCompanyName: string;
  committeeName: string;
  completedYear: number | null;
  /** Position in the list of custody accounts of the demonstration city. */
  custodyAccount: number;
  buildings: BuildingPlan[];
}
