import { addDays, type CalendarDate, calendarDate } from "#src/kernel/calendar-date.ts";
import { addFen, type Fen, percentFloor, roundHalfUpTo, subtractFen } from "#src/kernel/money.ts";
import type { SeededRandom } from "#src/kernel/random.ts";
import { firstDepositDue } from "#src/register/standards/first-deposit-due.ts";
import { ownersOf } from "./identities.ts";
import type { BuildingPlan, DepositPlan, HousePlan, RoomPlan, UsePlan } from "./plans.ts";
import { type DemonstrationStandard, demonstrationStandard } from "./reference-data.ts";

/** What the houses of an estate have in common. */
export interface EstateCharacter {
  completedYear: number;
  hasLift: boolean;
  houseNature: HousePlan["houseNature"];
  /** Demolished before any fund was raised. */
  isClosed?: boolean;
  /** Houses of one owner that share nothing with others (Decree 165 art. 6). */
  isDetached?: boolean;
  /** No day of the history lies after this one. */
  today: CalendarDate;
}

/** Houses sold before the decree paid in years later (art. 42), from this day on. */
const RAISED_FROM = calendarDate("2018-04-01");
const DECREE_YEAR = 2008;
const DETACHED = "一个业主所有且与其他物业不具有共用部位、共用设施设备（第六条第一项）";
const STORAGE = "随住宅的储藏室，面积已计入住宅";
const PROJECTS = [
  "屋面防水层更换",
  "电梯曳引机更换",
  "外墙渗漏维修",
  "消防水泵及管网维修",
  "排水立管更换",
  "单元门禁及照明更换",
  "电梯钢丝绳更换",
  "楼道墙面修缮",
];
const CONTRACTORS = ["示例建设工程有限公司", "样板电梯服务有限公司", "范例防水工程有限公司"];

/** Furnishes the rooms of a building with owners, a standard, deposits, and repairs in later years. */
export function furnishBuilding(
  building: { label: string; floors: number | null; rooms: RoomPlan[] },
  character: EstateCharacter,
  random: SeededRandom,
): BuildingPlan {
  const filedFrom = filingDay(character, random);
  const houses = building.rooms.map((room) =>
    furnishHouse(room, { ...character, filedFrom }, random),
  );
  return {
    label: building.label,
    floors: building.floors,
    hasLift: character.hasLift,
    houses,
    uses: usesOf(building.label, houses, character, random),
  };
}

/** The first deposit that a house of the plan owes; null without a standard. */
export function dueOf(house: HousePlan, standard: DemonstrationStandard): Fen {
  const terms = { basis: "AREA", coefficientE4: standard.coefficientE4, roundTo: "FEN" } as const;
  const due = firstDepositDue(terms, { areaHundredths: house.areaHundredths, priceFen: null });
  if (due === null)
    throw new Error(`a standard by area computes for every house: ${standard.code}`);
  return due;
}

function filingDay(character: EstateCharacter, random: SeededRandom): CalendarDate {
  const sold = addDays(calendarDate(`${character.completedYear}-01-10`), random.int(500));
  if (character.completedYear <= DECREE_YEAR) return addDays(RAISED_FROM, random.int(900));
  return notAfter(sold, addDays(character.today, -240));
}

function furnishHouse(
  room: RoomPlan,
  context: EstateCharacter & { filedFrom: CalendarDate },
  random: SeededRandom,
): HousePlan {
  const standardDate = addDays(context.filedFrom, random.int(180));
  const standard = demonstrationStandard({ ...room, hasLift: context.hasLift, standardDate });
  const isPrivate = room.houseUse === "residential" || room.houseUse === "storage";
  const isNew = context.completedYear >= 2025;
  const exemptReason = exemption(room, context, random);
  const house: HousePlan = {
    ...room,
    areaKind: isNew && random.chance(0.4) ? "forecast" : "measured",
    houseNature: isPrivate ? context.houseNature : "commodity",
    standardCode: exemptReason === null ? standard.code : null,
    standardDate: exemptReason === null ? standardDate : null,
    status: context.isClosed === true ? "closed" : "recorded",
    exemptReason,
    contractNo: random.chance(0.7)
      ? `SL${standardDate.slice(0, 4)}${String(random.int(10_000_000)).padStart(7, "0")}`
      : null,
    owners: random.chance(0.96) ? ownersOf(random, { companyPercent: isPrivate ? 1 : 35 }) : [],
    deposits: [],
  };
  const pays = exemptReason === null && house.status === "recorded" && house.owners.length > 0;
  if (pays) house.deposits = depositsOf(dueOf(house, standard), standardDate, context, random);
  return house;
}

function exemption(room: RoomPlan, context: EstateCharacter, random: SeededRandom): string | null {
  if (room.houseUse === "storage") return STORAGE;
  return context.isDetached === true && random.chance(0.6) ? DETACHED : null;
}

function depositsOf(
  dueFen: Fen,
  filedOn: CalendarDate,
  { today }: EstateCharacter,
  random: SeededRandom,
): DepositPlan[] {
  const draw = random.int(100);
  if (draw < 8) return [];
  const date = notAfter(addDays(filedOn, 5 + random.int(90)), addDays(today, -30));
  if (draw >= 14) return [{ date, kind: "00", amountFen: dueFen }];
  const firstFen = roundHalfUpTo(percentFloor(dueFen, 40 + random.int(40)), "YUAN");
  const first: DepositPlan = { date, kind: "00", amountFen: firstFen };
  const later = notAfter(addDays(date, 200 + random.int(900)), addDays(today, -3));
  return draw < 11
    ? [first]
    : [first, { date: later, kind: "04", amountFen: subtractFen(dueFen, firstFen) }];
}

function notAfter(day: CalendarDate, limit: CalendarDate): CalendarDate {
  return day > limit ? limit : day;
}

/** Repairs begin five years after completion, when the longest of the usual warranties is over. */
function usesOf(
  label: string,
  houses: readonly HousePlan[],
  character: EstateCharacter,
  random: SeededRandom,
): UsePlan[] {
  const uses: UsePlan[] = [];
  const unitLabels = [...new Set(houses.map((house) => house.unitLabel))];
  let day = addDays(
    calendarDate(`${Math.max(character.completedYear, 2010) + 5}-03-01`),
    random.int(900),
  );
  while (day < addDays(character.today, -20) && uses.length < 4) {
    const unitLabel = random.pick(unitLabels);
    // One building in seven once had a repair that took most of what its owners had paid in.
    const isHeavy = uses.length === 1 && random.chance(0.15);
    const isUnit = isHeavy || (unitLabel !== "" && random.chance(0.6));
    const use = {
      date: day,
      projectName: random.pick(PROJECTS),
      contractorName: random.pick(CONTRACTORS),
      scope: isUnit ? ("unit" as const) : ("building" as const),
      scopeWords: isUnit ? label + unitLabel : label,
      isShared: (house: HousePlan) => !isUnit || house.unitLabel === unitLabel,
    };
    const percent = isHeavy ? 70 + random.int(25) : 2 + random.int(8);
    const paidFen = addFen(
      ...houses.filter(use.isShared).flatMap((house) => house.deposits.map((d) => d.amountFen)),
    );
    const totalFen = roundHalfUpTo(percentFloor(paidFen, percent), "YUAN");
    if (totalFen > 0n) uses.push({ ...use, totalFen });
    day = addDays(day, 400 + random.int(1_500));
  }
  return uses;
}
