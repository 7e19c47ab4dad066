import type { SeededRandom } from "#src/kernel/random.ts";
import type { RoomPlan } from "./plans.ts";

const DIGITS = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/** Writes 1–99 as Chinese registers do: 十二, 二十. */
export function chineseNumeral(n: number): string {
  const tens = Math.floor(n / 10);
  const head = tens === 0 ? "" : `${tens === 1 ? "" : DIGITS[tens]}十`;
  return head + DIGITS[n % 10];
}

/** How room labels are written in one building. */
export type RoomStyle = "plain" | "shi" | "padded" | "letter" | "floor-dash" | "door-only";

const ROOM_STYLES: Record<RoomStyle, (floor: number, door: number) => string> = {
  plain: (floor, door) => `${floor}${String(door).padStart(2, "0")}`,
  shi: (floor, door) => `${floor}${String(door).padStart(2, "0")}室`,
  padded: (floor, door) => `${String(floor).padStart(2, "0")}${String(door).padStart(2, "0")}`,
  letter: (floor, door) =>
    `${floor}${String(Math.ceil(door / 2)).padStart(2, "0")}${door % 2 === 1 ? "A" : "B"}`,
  "floor-dash": (floor, door) => `${floor}-${door}`,
  "door-only": (floor, door) => `${floor}楼${door}号`,
};

/** A block of flats or offices: each door keeps its area from floor to floor. */
export interface Block {
  unitLabels: readonly string[];
  floorFrom?: number;
  floors: number;
  doors: number;
  style: RoomStyle;
  houseUse?: RoomPlan["houseUse"];
  /** Smallest and largest area, in hundredths of ㎡. */
  areas: readonly [number, number];
}

/** Lists the rooms of a block, from the lowest floor up. */
export function blockRooms(block: Block, random: SeededRandom): RoomPlan[] {
  const rooms: RoomPlan[] = [];
  const write = ROOM_STYLES[block.style];
  for (const unitLabel of block.unitLabels) {
    const areas = Array.from({ length: block.doors }, () => areaBetween(block.areas, random));
    for (let floor = block.floorFrom ?? 1; floor <= block.floors; floor += 1) {
      areas.forEach((areaHundredths, at) => {
        rooms.push({
          unitLabel,
          roomLabel: write(floor, at + 1),
          floor,
          areaHundredths,
          houseUse: block.houseUse ?? "residential",
        });
      });
    }
  }
  return rooms;
}

/** Lists the top floor of a block as duplexes over two storeys, written "5-6层501". */
export function duplexRooms(
  block: { unitLabels: readonly string[]; floor: number; doors: number },
  random: SeededRandom,
): RoomPlan[] {
  return block.unitLabels.flatMap((unitLabel) =>
    Array.from({ length: block.doors }, (_, at) => ({
      unitLabel,
      roomLabel: `${block.floor}-${block.floor + 1}层${ROOM_STYLES.plain(block.floor, at + 1)}`,
      floor: block.floor,
      areaHundredths: areaBetween([15_000, 26_000], random),
      houseUse: "residential" as const,
    })),
  );
}

/** Lists the spaces of an underground garage: 地下一层A区103号. */
export function parkingRooms(count: number, random: SeededRandom): RoomPlan[] {
  return Array.from({ length: count }, (_, at) => {
    const floor = -1 - Math.floor(at / 240);
    const zone = "ABCDEF"[Math.floor(at / 40) % 6];
    return {
      unitLabel: "",
      roomLabel: `地下${chineseNumeral(-floor)}层${zone}区${101 + (at % 40)}号`,
      floor,
      areaHundredths: areaBetween([1_188, 1_420], random),
      houseUse: "parking" as const,
    };
  });
}

/** Lists the shops of a row along the street; half of them are written 网点, the others 商铺. */
export function shopRooms(count: number, random: SeededRandom): RoomPlan[] {
  return Array.from({ length: count }, (_, at) => ({
    unitLabel: "",
    roomLabel: `${at < count / 2 ? "网点" : "商铺"}${at + 1}号`,
    floor: 1,
    areaHundredths: areaBetween([2_800, 21_000], random),
    houseUse: "commercial" as const,
  }));
}

/** Lists the storage rooms under a block: 储藏室12. */
export function storageRooms(count: number, random: SeededRandom): RoomPlan[] {
  return Array.from({ length: count }, (_, at) => ({
    unitLabel: "",
    roomLabel: `储藏室${at + 1}`,
    floor: -1,
    areaHundredths: areaBetween([420, 1_500], random),
    houseUse: "storage" as const,
  }));
}

function areaBetween([least, most]: readonly [number, number], random: SeededRandom): number {
  return least + random.int(most - least + 1);
}
