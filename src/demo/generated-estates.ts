import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { SeededRandom } from "#src/kernel/random.ts";
import { type EstateCharacter, furnishBuilding } from "./estate-builder.ts";
import { estateName } from "./estate-names.ts";
import type { BuildingPlan, EstatePlan } from "./plans.ts";
import { CUSTODY_ACCOUNTS, DISTRICTS } from "./reference-data.ts";
import {
  type Block,
  blockRooms,
  chineseNumeral,
  parkingRooms,
  type RoomStyle,
  shopRooms,
  storageRooms,
} from "./rooms.ts";

/** How an estate writes its buildings, units and rooms; one way holds for the whole estate. */
interface Style {
  building: (n: number) => string;
  unit: ((n: number) => string) | null;
  room: RoomStyle;
}

const plain = (suffix: string) => (n: number) => `${n}${suffix}`;
const letter = (suffix: string) => (n: number) =>
  n <= 26 ? `${String.fromCharCode(64 + n)}${suffix}` : `${n}${suffix}`;
const chinese = (suffix: string) => (n: number) => `${chineseNumeral(n)}${suffix}`;

/** Each with its share in a hundred, after the counts of real registers. */
const STYLES: readonly (readonly [number, Style])[] = [
  [28, { building: plain("幢"), unit: plain("单元"), room: "plain" }],
  [22, { building: plain("栋"), unit: plain("单元"), room: "shi" }],
  [16, { building: plain("号楼"), unit: plain("单元"), room: "plain" }],
  [8, { building: plain("号楼"), unit: plain("门"), room: "padded" }],
  [6, { building: letter("座"), unit: null, room: "plain" }],
  [4, { building: plain("栋"), unit: plain("梯"), room: "letter" }],
  [5, { building: chinese("幢"), unit: chinese("单元"), room: "plain" }],
  [4, { building: plain("座"), unit: null, room: "floor-dash" }],
  [3, { building: (n) => `第${n}栋`, unit: null, room: "shi" }],
  [4, { building: plain(""), unit: plain("单元"), room: "plain" }],
];
const LANE: Style = { building: plain("号"), unit: null, room: "shi" };

const NATURES = [
  [84, "commodity"],
  [6, "affordable"],
  [5, "resettlement"],
  [5, "apartment"],
] as const;

/** Builds the n-th generated estate: between a handful and some hundreds of houses. */
export function generatedEstate(
  n: number,
  today: CalendarDate,
  random: SeededRandom,
): Omit<EstatePlan, "code"> {
  const { isLane, ...named } = estateName(n, random);
  const completedYear = 1996 + Math.max(random.int(30), random.int(30));
  const isTall = completedYear > 2005 && random.chance(0.6);
  const isReform = completedYear < 2001 && random.chance(0.3);
  const character: EstateCharacter = {
    completedYear,
    hasLift: isTall,
    houseNature: isReform ? "reform" : weighted(NATURES, random),
    today,
  };
  const style = isLane ? LANE : weighted(STYLES, random);
  return {
    ...named,
    districtCode: (DISTRICTS[Math.floor(n / 8) % DISTRICTS.length] ?? DISTRICTS[0]).code,
    developerName: `示例${1 + random.int(200)}号置业有限公司`,
    propertyCompanyName: `样板${1 + random.int(120)}号物业服务有限公司`,
    committeeName: random.chance(0.3) ? `${named.name}业主委员会` : "",
    completedYear,
    custodyAccount: random.int(CUSTODY_ACCOUNTS.length),
    buildings: buildingsOf(style, character, random),
  };
}

function buildingsOf(
  style: Style,
  character: EstateCharacter,
  random: SeededRandom,
): BuildingPlan[] {
  const count = 1 + random.int(character.hasLift ? 5 : 12);
  const unitCount = 1 + random.int(3);
  const floors = character.hasLift ? 9 + random.int(20) : 4 + random.int(3);
  const size: Omit<Block, "unitLabels"> = {
    floors,
    doors: 2 + random.int(character.hasLift ? 4 : 2),
    style: style.room,
    areas: [4_500, 14_800],
  };
  const { unit } = style;
  const unitLabels =
    unit === null ? [""] : Array.from({ length: unitCount }, (_, at) => unit(at + 1));
  const furnish = (building: Parameters<typeof furnishBuilding>[0]) =>
    furnishBuilding(building, character, random);
  const buildings = Array.from({ length: count }, (_, at) =>
    furnish({
      label: style.building(at + 1),
      floors,
      rooms: blockRooms({ ...size, unitLabels }, random),
    }),
  );
  if (random.chance(0.25)) {
    const rooms = shopRooms(2 + random.int(12), random);
    buildings.push(furnish({ label: "商业街", floors: 2, rooms }));
  }
  if (character.hasLift && random.chance(0.4)) {
    const rooms = parkingRooms(20 + random.int(160), random);
    buildings.push(furnish({ label: "地下车库", floors: null, rooms }));
  }
  if (!character.hasLift && random.chance(0.15)) {
    const rooms = storageRooms(6 + random.int(20), random);
    buildings.push(furnish({ label: "储藏间", floors: null, rooms }));
  }
  return buildings;
}

function weighted<Item>(items: readonly (readonly [number, Item])[], random: SeededRandom): Item {
  let draw = random.int(items.reduce((sum, [weight]) => sum + weight, 0));
  for (const [weight, item] of items) {
    if (draw < weight) return item;
    draw -= weight;
  }
  throw new Error("the draw is below the sum of the weights");
}
