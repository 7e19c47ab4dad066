import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { SeededRandom } from "#src/kernel/random.ts";
import type { EstateAliasTable } from "#src/platform/database/tables/register.ts";
import { type EstateCharacter, furnishBuilding } from "./estate-builder.ts";
import type { EstatePlan, RoomPlan } from "./plans.ts";
import { DISTRICTS } from "./reference-data.ts";
import {
  blockRooms,
  chineseNumeral,
  duplexRooms,
  parkingRooms,
  type RoomStyle,
  shopRooms,
  storageRooms,
} from "./rooms.ts";

type Draw = SeededRandom;
interface Layout {
  label: string;
  floors: number | null;
  rooms: RoomPlan[];
}
interface Variety {
  name: string;
  aliases?: [string, EstateAliasTable["source"]][];
  address: string;
  completedYear: number | null;
  character?: Partial<EstateCharacter>;
  buildings: (random: Draw) => Layout[];
}

const FLAT = [4_800, 14_500] as const;

function flats(
  label: string,
  size: { units?: string[]; floors: number; doors: number; style?: RoomStyle },
  random: Draw,
): Layout {
  const unitLabels = size.units ?? [""];
  const { floors, doors, style = "plain" } = size;
  return {
    label,
    floors,
    rooms: blockRooms({ unitLabels, floors, doors, style, areas: FLAT }, random),
  };
}

function offices(label: string, floors: number, doors: number, random: Draw): Layout {
  const size = { unitLabels: [""], floorFrom: 2, floors, doors, style: "plain" as const };
  const areas = [6_000, 32_000] as const;
  return { label, floors, rooms: blockRooms({ ...size, areas, houseUse: "office" }, random) };
}

function row(label: string, houses: number, random: Draw): Layout {
  const rooms = Array.from({ length: houses }, (_, at) => ({
    unitLabel: "",
    roomLabel: `${at + 1}号`,
    floor: null,
    areaHundredths: 19_000 + random.int(16_000),
    houseUse: "residential" as const,
  }));
  return { label, floors: 3, rooms };
}

function special(label: string, rooms: RoomPlan[]): Layout {
  return { label, floors: null, rooms };
}

const numbered = (unit: string, count: number) =>
  Array.from({ length: count }, (_, at) => `${at + 1}${unit}`);

/**
 * Estates written by hand, one for every way in which real registers write names, buildings, units and
 * rooms (letters, lanes, courtyards, numerals inside names, dots, parentheses, old and new estates).
 */
const VARIETIES: readonly Variety[] = [
  {
    name: "示范第一城",
    aliases: [["第一城", "promotion"]],
    address: "演示大道1号",
    completedYear: 2012,
    buildings: (r) => [
      flats("1号楼", { units: numbered("单元", 2), floors: 7, doors: 2 }, r),
      flats("12号楼", { units: numbered("单元", 2), floors: 5, doors: 2 }, r),
    ],
  },
  {
    name: "八一小区",
    aliases: [["八一新苑", "former"]],
    address: "范例街81号",
    completedYear: 1998,
    character: { hasLift: false, houseNature: "reform" },
    buildings: (r) => [
      flats("3号楼", { units: numbered("门", 3), floors: 6, doors: 2 }, r),
      flats("十一号楼", { units: numbered("门", 2), floors: 5, doors: 2 }, r),
    ],
  },
  {
    name: "四季云庭",
    address: "样板路44号",
    completedYear: 2016,
    buildings: (r) => [
      flats("1幢", { floors: 8, doors: 3 }, r),
      flats("2幢", { units: numbered("单元", 2), floors: 9, doors: 2 }, r),
      special("地下车库", parkingRooms(45, r)),
    ],
  },
  {
    name: "云杉SOHO",
    aliases: [["云杉公寓", "former"]],
    address: "演示大道168号",
    completedYear: 2019,
    character: { houseNature: "apartment" },
    buildings: (r) => [
      flats("A座", { floors: 9, doors: 6 }, r),
      flats("B座", { floors: 7, doors: 6, style: "letter" }, r),
      special("商业街", shopRooms(8, r)),
    ],
  },
  {
    name: "样板国际e座",
    address: "演示大道200号",
    completedYear: 2017,
    buildings: (r) => [offices("E座", 12, 5, r)],
  },
  {
    name: "示范街5号院",
    aliases: [["示范大院", "former"]],
    address: "示范街5号",
    completedYear: 2003,
    character: { hasLift: false, houseNature: "reform" },
    buildings: (r) => [
      flats("1号楼", { units: numbered("门", 3), floors: 6, doors: 2 }, r),
      flats("2号楼", { units: numbered("门", 3), floors: 6, doors: 2, style: "padded" }, r),
    ],
  },
  {
    name: "样板路128弄",
    aliases: [["石榴新村", "street"]],
    address: "样板路128弄",
    completedYear: 2001,
    character: { hasLift: false },
    buildings: (r) =>
      numbered("号", 4).map((label) => flats(label, { floors: 6, doors: 3, style: "shi" }, r)),
  },
  {
    name: "梧桐府一期",
    aliases: [["梧桐府", "import"]],
    address: "试点路20号",
    completedYear: 2014,
    buildings: (r) => [
      flats("1幢", { units: numbered("单元", 2), floors: 8, doors: 2 }, r),
      flats("2幢", { units: numbered("单元", 2), floors: 8, doors: 2 }, r),
    ],
  },
  {
    name: "梧桐府二期",
    address: "试点路22号",
    completedYear: 2018,
    buildings: (r) => [
      flats("1幢", { units: numbered("单元", 2), floors: 8, doors: 2 }, r),
      flats("12幢", { units: numbered("单元", 1), floors: 8, doors: 2 }, r),
    ],
  },
  {
    name: "翠竹苑（原示例纺织厂宿舍）",
    address: "示例东路33号",
    completedYear: 1996,
    character: { hasLift: false, houseNature: "reform" },
    buildings: (r) => [
      flats("甲栋", { units: ["东单元", "西单元"], floors: 5, doors: 2 }, r),
      flats("乙栋", { units: ["东单元", "西单元"], floors: 5, doors: 2 }, r),
    ],
  },
  {
    name: "香樟·半岛",
    address: "试点路66号",
    completedYear: 2020,
    buildings: (r) => [
      flats("第1栋", { units: numbered("梯", 2), floors: 9, doors: 2 }, r),
      flats("第2栋", { units: numbered("梯", 1), floors: 9, doors: 2 }, r),
      special("地下车库", parkingRooms(30, r)),
    ],
  },
  {
    name: "枫丹.白鹭",
    address: "试点路68号",
    completedYear: 2011,
    character: { hasLift: false },
    buildings: (r) => [
      {
        label: "5栋",
        floors: 6,
        rooms: [
          ...blockRooms(
            { unitLabels: numbered("单元", 2), floors: 4, doors: 2, style: "plain", areas: FLAT },
            r,
          ),
          ...duplexRooms({ unitLabels: numbered("单元", 2), floor: 5, doors: 2 }, r),
        ],
      },
      special("储藏间", storageRooms(14, r)),
    ],
  },
  {
    name: "枫林别墅",
    address: "样板北路9号",
    completedYear: 2007,
    character: { hasLift: false, isDetached: true },
    buildings: (r) => ["1排", "2排", "3排"].map((label) => row(label, 8, r)),
  },
  {
    name: "三里汀小区",
    address: "示例路3号",
    completedYear: 2000,
    character: { hasLift: false, houseNature: "affordable" },
    buildings: (r) =>
      [1, 2, 12].map((n) =>
        flats(`${chineseNumeral(n)}幢`, { units: ["一单元", "二单元"], floors: 6, doors: 2 }, r),
      ),
  },
  {
    name: "兰亭新村C组团",
    aliases: [["兰亭新村", "import"]],
    address: "示例路77号",
    completedYear: 2009,
    character: { hasLift: false, houseNature: "resettlement" },
    buildings: (r) => [
      flats("C1栋", { units: numbered("单元", 2), floors: 6, doors: 2 }, r),
      flats("C2栋", { units: numbered("单元", 2), floors: 6, doors: 2 }, r),
    ],
  },
  {
    name: "藕池里（已拆迁）",
    address: "范例街2号",
    completedYear: 1985,
    character: { hasLift: false, isClosed: true },
    buildings: (r) => [flats("1号", { floors: 3, doors: 4, style: "door-only" }, r)],
  },
  {
    name: "九里香堤",
    aliases: [["九里香", "promotion"]],
    address: "演示大道99号",
    completedYear: 2025,
    buildings: (r) => [
      flats("9幢", { units: numbered("单元", 2), floors: 11, doors: 2 }, r),
      flats("南座", { floors: 8, doors: 2, style: "floor-dash" }, r),
      special("地下车库", parkingRooms(48, r)),
    ],
  },
  {
    name: "澜庭Ⅱ期",
    aliases: [["澜庭二期", "import"]],
    address: "样板路51号",
    completedYear: 2022,
    buildings: (r) => [flats("6座", { units: ["1单元"], floors: 15, doors: 4 }, r)],
  },
  {
    name: "铂悦中心",
    aliases: [["铂悦汇", "promotion"]],
    address: "演示大道8号",
    completedYear: 2018,
    buildings: (r) => [
      offices("A座", 10, 6, r),
      offices("B座", 10, 6, r),
      special("商业街", shopRooms(16, r)),
    ],
  },
  {
    name: "一品兰庭",
    address: "示例路121号",
    completedYear: 2013,
    buildings: (r) => [
      flats("A1幢", { floors: 9, doors: 4 }, r),
      flats("B12幢", { floors: 9, doors: 4 }, r),
    ],
  },
  {
    name: "百合二村",
    address: "范例街202号",
    completedYear: 2004,
    character: { hasLift: false },
    buildings: (r) => [
      flats("24-3号", { units: numbered("单元", 2), floors: 6, doors: 2 }, r),
      flats("25号", { units: numbered("单元", 2), floors: 6, doors: 2 }, r),
    ],
  },
  { name: "云岭新筑（在建）", address: "试点路300号", completedYear: null, buildings: () => [] },
  { name: "示例大学城人才公寓", address: "试点路301号", completedYear: null, buildings: () => [] },
];

export const VARIETY_COUNT = VARIETIES.length;

/** Builds the n-th of the estates written by hand. */
export function varietyEstate(
  n: number,
  today: CalendarDate,
  random: SeededRandom,
): Omit<EstatePlan, "code"> {
  const variety = VARIETIES[n];
  if (variety === undefined) throw new RangeError(`no hand-written estate ${n}`);
  const character: EstateCharacter = {
    completedYear: variety.completedYear ?? 2026,
    hasLift: true,
    houseNature: "commodity",
    ...variety.character,
    today,
  };
  const layouts = variety.buildings(random);
  return {
    name: variety.name,
    aliases: (variety.aliases ?? []).map(([alias, source]) => ({ alias, source })),
    districtCode: DISTRICTS[n % DISTRICTS.length]?.code ?? DISTRICTS[0].code,
    address: variety.address,
    developerName: "示例城市建设开发有限公司",
    propertyCompanyName: variety.completedYear === null ? "" : "样板物业服务有限公司",
    committeeName: character.completedYear < 2015 ? `${variety.name}业主委员会` : "",
    completedYear: variety.completedYear,
    custodyAccount: n % 4,
    buildings: layouts.map((layout) => furnishBuilding(layout, character, random)),
  };
}
