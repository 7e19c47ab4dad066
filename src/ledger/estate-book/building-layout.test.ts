import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { roomKey, unitKey } from "#src/register/address/keys.ts";
import { layOutBuilding, type Room, type Section } from "./building-layout.ts";

function room(unitLabel: string, roomLabel: string, rest: Partial<Room> = {}): Room {
  const floor = rest.floor === undefined ? 1 : rest.floor;
  return {
    unitLabel,
    roomLabel,
    unitKey: unitKey(unitLabel),
    roomKey: roomKey(roomLabel, floor),
    floor,
    houseUse: "residential",
    ...rest,
  };
}

function block(units: readonly string[], floors: number, doors: number): Room[] {
  return units.flatMap((unit) =>
    Array.from({ length: floors * doors }, (_, at) => {
      const floor = 1 + Math.floor(at / doors);
      return room(unit, `${floor}${String(1 + (at % doors)).padStart(2, "0")}`, { floor });
    }),
  );
}

/** A page in words: unit labels, then each floor with its rooms; a gap is ·. */
function draw(sections: readonly Section<Room>[]): string[] {
  return sections.flatMap((section) =>
    section.kind === "group"
      ? [`${section.title}: ${section.rooms.map((one) => one.roomLabel).join(" ")}`]
      : [
          section.units.map(({ label, doors }) => `${label || "—"}×${doors.length}`).join(" "),
          ...section.floors.map(
            ({ floor, rooms }) => `${floor}: ${rooms.map((one) => one?.roomKey ?? "·").join(" ")}`,
          ),
        ],
  );
}

describe("楼盘表", () => {
  test("stands as floors × units, highest first, with a gap where no house is", () => {
    const rooms = block(["2单元", "1单元"], 2, 2).filter(
      (one) => one.unitLabel !== "2单元" || one.roomLabel !== "201",
    );
    expect(layOutBuilding(rooms).map(draw)).toEqual([
      ["1单元×2 2单元×2", "2: 201 202 · 202", "1: 101 102 101 102"],
    ]);
  });

  test("counts units and floors as people do: 2 before 10", () => {
    const rooms = [...block(["10单元", "2单元"], 1, 1), room("2单元", "1101", { floor: 11 })];
    expect(draw(layOutBuilding(rooms)[0] ?? [])).toEqual([
      "2单元×1 10单元×1",
      "11: 1101 ·",
      "1: 101 101",
    ]);
  });

  test.each([
    [room("1单元", "5楼2号", { floor: 5 }), "5: 502"],
    [room("1单元", "0502", { floor: 5 }), "5: 502"],
    [room("1单元", "502室", { floor: 5 }), "5: 502"],
    [room("", "A", { floor: 9 }), "9: 9A"],
    [room("1单元", "12001", { floor: 12 }), "12: 12001"],
    [room("1单元", "502A", { floor: 5 }), "5: 502A"],
  ])("reads the door of $roomLabel", (one, line) => {
    expect(draw(layOutBuilding([one])[0] ?? [])[1]).toBe(line);
  });

  test.each([
    [room("", "地下一层A区103号", { floor: -1, houseUse: "parking" }), "车位"],
    [room("", "车位7", { floor: null, houseUse: "parking" }), "车位"],
    [room("", "储藏室12", { floor: -1, houseUse: "storage" }), "储藏"],
    [room("", "网点3号", { houseUse: "commercial" }), "商铺"],
    [room("1单元", "5-6层501", { floor: 5 }), "跃层"],
    [room("1单元", "601跃", { floor: 6 }), "跃层"],
    [room("1单元", "B1-101", { floor: -1 }), "地下"],
    [room("", "3号", { floor: null }), "楼层未登记"],
    [room("1单元", "东户", { floor: 3 }), "其他房屋"],
    [room("1单元", "7702", { floor: 3 }), "其他房屋"],
  ])("gives $roomLabel a group of its own: %s", (one, title) => {
    const pages = layOutBuilding([...block(["1单元"], 1, 1), one]);
    expect(draw(pages[0] ?? []).at(-1)).toBe(`${title}: ${one.roomLabel}`);
  });

  test("no page holds more than 400 houses, and a table is cut between units first", () => {
    const wide = layOutBuilding(block(["1单元", "2单元", "3单元"], 40, 6));
    expect(wide.map((page) => page.map(({ houseCount }) => houseCount))).toEqual([
      [240],
      [240],
      [240],
    ]);
    const tall = layOutBuilding(block([""], 50, 12));
    expect(tall.map((page) => page.map(({ houseCount }) => houseCount))).toEqual([[396], [204]]);
    const garage = Array.from({ length: 3_000 }, (_, at) =>
      room("", `车位${at + 1}`, { floor: null, houseUse: "parking" }),
    );
    expect(layOutBuilding(garage)).toHaveLength(8);
  });

  test("an empty building has no pages", () => {
    expect(layOutBuilding([])).toEqual([]);
  });

  test("loses no house and shows none twice, however odd the register is", () => {
    const anyRoom = fc.record({
      unitLabel: fc.constantFrom("", "1单元", "东单元", "三门"),
      unitKey: fc.constantFrom("", "1", "东单元", "3"),
      roomLabel: fc.string({ maxLength: 8, unit: "grapheme" }),
      roomKey: fc.oneof(
        fc.stringMatching(/^[0-9]{1,5}[A-C]?$/),
        fc.constantFrom("S5", "P103", "B1-A1", "储12", "东", "1A"),
      ),
      floor: fc.option(fc.integer({ min: -9, max: 200 })),
      houseUse: fc.constantFrom<Room["houseUse"]>("residential", "parking", "storage", "office"),
    });
    const isPlace = (one: Room) => `${one.unitKey}/${one.roomKey}`;
    fc.assert(
      fc.property(fc.uniqueArray(anyRoom, { selector: isPlace, maxLength: 900 }), (rooms) => {
        const pages = layOutBuilding(rooms);
        const shown = pages
          .flat()
          .flatMap((section) =>
            section.kind === "group"
              ? section.rooms
              : section.floors.flatMap((floor) => floor.rooms.filter((one) => one !== null)),
          );
        expect(shown).toHaveLength(rooms.length);
        expect(new Set(shown)).toEqual(new Set(rooms));
        for (const page of pages) {
          const count = page.reduce((sum, section) => sum + section.houseCount, 0);
          expect(count <= 400 || page.length === 1).toBe(true);
        }
      }),
      { seed: 20261126, numRuns: 60 },
    );
  });
});
