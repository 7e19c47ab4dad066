import { calendarDate } from "#src/kernel/calendar-date.ts";
import { fen } from "#src/kernel/money.ts";
import type { SeededRandom } from "#src/kernel/random.ts";
import {
  DEMONSTRATION_AREA_HUNDREDTHS,
  DEMONSTRATION_DUE_FEN,
  type DemonstrationHouse,
  demonstrationOwners,
} from "./demonstration-owners.ts";
import { type EstateCharacter, furnishBuilding } from "./estate-builder.ts";
import type { BuildingPlan, EstatePlan, HousePlan, UsePlan } from "./plans.ts";
import { blockRooms, parkingRooms, shopRooms } from "./rooms.ts";

const FILED_ON = calendarDate("2024-03-18");
const PAID_ON = calendarDate("2024-05-20");
const STANDARD_CODE = "SL2024-LIFT";

/** Warranty: two years for pipes and lifts, five for outer walls; the buildings were accepted in spring 2021. */
const COMPLETED_YEAR = 2021;

const UNITS = ["1单元", "2单元", "3单元"];

function firstPhase(today: EstateCharacter["today"]): EstateCharacter {
  return { completedYear: COMPLETED_YEAR, hasLift: true, houseNature: "commodity", today };
}

/** Builds 示例花园, which every demonstration city holds: 12幢3单元 501–506 are the houses of the README. */
export function exampleGarden(today: EstateCharacter["today"], random: SeededRandom): EstatePlan {
  const character = firstPhase(today);
  const stairs = { ...character, hasLift: false };
  return {
    code: "SL0126",
    name: "示例花园",
    aliases: [
      { alias: "示例花园一期", source: "import" },
      { alias: "示例路8号", source: "street" },
    ],
    districtCode: "990101",
    address: "示例路8号",
    developerName: "示例置业有限公司",
    propertyCompanyName: "示例物业服务有限公司",
    committeeName: "示例花园业主委员会",
    completedYear: COMPLETED_YEAR,
    custodyAccount: 0,
    buildings: [
      buildingTwelve(character, random),
      block("1幢", { unitLabels: [""], floors: 11, doors: 2 }, character, random),
      block("11幢", { unitLabels: ["1单元", "2单元"], floors: 6, doors: 2 }, stairs, random),
      furnishBuilding(
        { label: "商业街", floors: 2, rooms: shopRooms(6, random) },
        character,
        random,
      ),
      furnishBuilding(
        { label: "地下车库", floors: null, rooms: parkingRooms(16, random) },
        character,
        random,
      ),
    ],
  };
}

/** Builds 示例花园二期, an estate of its own that has a 12幢3单元502 as well. */
export function exampleGardenSecondPhase(
  today: EstateCharacter["today"],
  random: SeededRandom,
): EstatePlan {
  const character = { ...firstPhase(today), completedYear: 2024 };
  const building = block("12幢", { unitLabels: UNITS, floors: 11, doors: 2 }, character, random);
  return {
    code: "SL0127",
    name: "示例花园二期",
    aliases: [{ alias: "示例路10号", source: "street" }],
    districtCode: "990101",
    address: "示例路10号",
    developerName: "示例置业有限公司",
    propertyCompanyName: "示例物业服务有限公司",
    committeeName: "",
    completedYear: 2024,
    custodyAccount: 0,
    buildings: [
      { ...building, uses: [], houses: withDemonstrationHouses("SL0127", building.houses) },
      block("1幢", { unitLabels: ["1单元"], floors: 11, doors: 2 }, character, random),
    ],
  };
}

function block(
  label: string,
  size: { unitLabels: readonly string[]; floors: number; doors: number },
  character: EstateCharacter,
  random: SeededRandom,
): BuildingPlan {
  const rooms = blockRooms({ ...size, style: "plain", areas: [7_600, 13_800] }, random);
  return furnishBuilding({ label, floors: size.floors, rooms }, character, random);
}

function buildingTwelve(character: EstateCharacter, random: SeededRandom): BuildingPlan {
  const building = block("12幢", { unitLabels: UNITS, floors: 18, doors: 6 }, character, random);
  const houses = withDemonstrationHouses("SL0126", building.houses);
  return { ...building, houses, uses: demonstrationUses(houses) };
}

function withDemonstrationHouses(
  estateCode: DemonstrationHouse["estateCode"],
  houses: readonly HousePlan[],
): HousePlan[] {
  const promised = demonstrationOwners.filter((house) => house.estateCode === estateCode);
  return houses.map((house) => {
    const found = promised.find(
      (one) => one.unitLabel === house.unitLabel && one.roomLabel === house.roomLabel,
    );
    return found === undefined ? house : demonstrationHouse(house, found);
  });
}

function demonstrationHouse(house: HousePlan, promised: DemonstrationHouse): HousePlan {
  const isPaid = promised.standing !== "unpaid";
  return {
    ...house,
    areaHundredths: DEMONSTRATION_AREA_HUNDREDTHS,
    areaKind: "measured",
    standardCode: STANDARD_CODE,
    standardDate: FILED_ON,
    contractNo: `SL2024${promised.estateCode.slice(2)}${promised.roomLabel}`,
    owners: [promised.owner],
    deposits: isPaid ? [{ date: PAID_ON, kind: "00", amountFen: DEMONSTRATION_DUE_FEN }] : [],
  };
}

/**
 * The repairs of 12幢. The two of the 05 column take house 505 below 30 % of its first deposit, the lift of
 * 3单元 is shared by 501 and 503 too.
 */
function demonstrationUses(houses: readonly HousePlan[]): UsePlan[] {
  const column = (house: HousePlan) =>
    house.unitLabel === "3单元" && house.roomLabel.endsWith("05");
  const unit = (house: HousePlan) => house.unitLabel === "3单元";
  const totalOf = (isShared: UsePlan["isShared"], fenPerSquareMetre: bigint) => {
    const area = houses.filter(isShared).reduce((sum, house) => sum + house.areaHundredths, 0);
    return fen((BigInt(area) * fenPerSquareMetre) / 100n);
  };
  return [
    {
      date: calendarDate("2025-09-16"),
      projectName: "3单元电梯曳引机更换",
      contractorName: "样板电梯服务有限公司",
      scope: "unit",
      scopeWords: "12幢3单元",
      totalFen: totalOf(unit, 350n),
      isShared: unit,
    },
    {
      date: calendarDate("2025-11-12"),
      projectName: "05户型给水、排水立管整体更换",
      contractorName: "示例建设工程有限公司",
      scope: "some-owners",
      scopeWords: "12幢3单元05户型各层",
      totalFen: totalOf(column, 4_600n),
      isShared: column,
    },
    {
      date: calendarDate("2026-07-21"),
      projectName: "05户型外墙保温层及窗台渗漏整治",
      contractorName: "范例防水工程有限公司",
      scope: "some-owners",
      scopeWords: "12幢3单元05户型各层",
      totalFen: totalOf(column, 4_400n),
      isShared: column,
    },
  ];
}
