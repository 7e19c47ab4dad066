import { houseCode } from "../address/keys.ts";
import { chooseStandard } from "../standards/choose-standard.ts";
import { type ColumnKey, headerOf } from "./columns.ts";
import type { PlacedBuilding } from "./place-buildings.ts";
import type { PlacedEstate } from "./place-estates.ts";
import type { ImportStandard, RegisterReference } from "./reference.ts";
import type { HouseOfRow, Problem } from "./row.ts";
import type { SealedOwner } from "./seal-owners.ts";

/** A house that may go in: its estate and building are on record, its standard is chosen. */
export interface HouseCandidate {
  line: number;
  estateId: number;
  buildingId: number;
  house: HouseOfRow;
  code: string;
  standardId: number;
  sealedOwners(): SealedOwner[];
}

/** What makes two rows speak of one house. */
export function addressKey(
  estateId: number,
  keys: { buildingKey: string; unitKey: string; roomKey: string },
): string {
  return `${estateId}\t${keys.buildingKey}\t${keys.unitKey}\t${keys.roomKey}`;
}

const UNCHOSEN = {
  none: "没有适用于这个用途和日期的交存标准，请填写交存标准代码，或先登记标准",
  "needs-lift": "选定交存标准要看有没有电梯，请填写 有 或 无",
  "needs-floors": "选定交存标准要看总层数，请填写",
  ambiguous: "有两条交存标准同样适用，请填写其中一条的代码",
} as const;

/**
 * Checks a house against its estate and building: a code must start with the estate's, storeys and lift must
 * not contradict the building's, and a deposit standard must be named or follow from the rules.
 */
export function checkHouse(
  house: HouseOfRow,
  estate: PlacedEstate,
  building: PlacedBuilding,
  reference: RegisterReference,
): { code: string; standardId: number } | { problem: Problem } {
  if (house.code !== null && !house.code.startsWith(`${estate.code}-`)) {
    return refusal("houseCode", `房屋编号应以 ${estate.code}- 开头；留空则自动编号`);
  }
  if (house.floors !== null && building.floors !== null && house.floors !== building.floors) {
    return refusal(
      "floors",
      `本幢登记的总层数是 ${building.floors}，这里写的是 ${house.floors}，请核对`,
    );
  }
  if (house.hasLift !== null && building.hasLift !== null && house.hasLift !== building.hasLift) {
    const recorded = building.hasLift ? "有" : "无";
    return refusal("lift", `本幢登记的是${recorded}电梯，和这里写的不同，请核对`);
  }
  if (house.floor !== null && building.floors !== null && house.floor > building.floors) {
    return refusal("floor", `所在层 ${house.floor} 高于本幢的总层数 ${building.floors}，请核对`);
  }
  const standard = standardOf(house, building, reference);
  if ("problem" in standard) return standard;
  if (standard.basis === "PRICE" && house.priceFen === null) {
    return refusal("price", `交存标准 ${standard.code} 按房款计算，请填写房屋总价`);
  }
  const { buildingKey, unitKey, roomKey } = house;
  const code = house.code ?? houseCode(estate.code, buildingKey, unitKey, roomKey);
  return { code, standardId: standard.id };
}

function standardOf(
  house: HouseOfRow,
  building: PlacedBuilding,
  reference: RegisterReference,
): ImportStandard | { problem: Problem } {
  if (house.standardCode !== null) {
    return reference.standardsByCode.get(house.standardCode) as ImportStandard;
  }
  const choice = chooseStandard(reference.standards, {
    houseUse: house.houseUse,
    hasLift: house.hasLift ?? building.hasLift,
    floors: house.floors ?? building.floors,
    // A house without a contract is not sold yet: it would be sold under today's standard.
    standardDate: house.standardDate ?? reference.today,
  });
  if (choice.ok) return choice.standard;
  const columns = { "needs-lift": "lift", "needs-floors": "floors" } as const;
  const column =
    choice.reason === "needs-lift" || choice.reason === "needs-floors"
      ? columns[choice.reason]
      : "standard";
  return refusal(column, UNCHOSEN[choice.reason]);
}

function refusal(column: ColumnKey, reason: string): { problem: Problem } {
  return { problem: { column: headerOf(column), reason } };
}
