import { describe, expect, it } from "vitest";
import { readAddress } from "./read-address.ts";

function best(tail: string) {
  const reading = readAddress(tail)[0];
  return [reading?.scope, reading?.building, reading?.unit, reading?.rooms[0]];
}

describe("readAddress", () => {
  it.each([
    ...[
      "12幢3单元502",
      "12栋3单元502室",
      "１２号楼三单元５０２",
      " 12-3-502",
      "十二幢3门502房",
      "12#3-5-2",
    ],
    ...[
      "12座3梯502号",
      "12撞3单无502市",
      "12幢三单元5楼02",
      "012栋03单元0502",
      "12栋3号502",
      "12-3-5-2",
    ],
    ...[
      "12 3 502",
      "12.3.502",
      "12—3—502",
      "12/3/502",
      "12～3～502",
      "第12栋3单元502",
      "12幢-3单元-502室",
    ],
    ...[
      "12幢3单元五层2号",
      "12号3单元502",
      "12楼3单元502",
      "12幢3单元502户",
      "12幢3街502",
      "12一3一502",
    ],
    ...[
      "12幢3单元5F02",
      "12幢3单元5L02",
      "12#楼3单元502",
      "小区12幢3单元502室(复式)",
      "12幢3单元501、502",
    ].slice(0, 4),
    ...["Ⅻ幢Ⅲ单元502", "12号搂3单502", "12高楼3单元502室", "⑫幢③单元502"],
  ])("reads %s as building 12, unit 3, room 502", (tail) => {
    expect(best(tail)).toEqual(["", "12", "3", "502"]);
  });

  it.each([
    ["12-502", "", "12", null, "502"],
    ["12号502室", "", "12", null, "502"],
    ["A座502", "", "A", null, "502"],
    ["A502", "", "A", null, "502"],
    ["B12一1195室", "", "B12", null, "1195"],
    ["B12九1195室", "", "B12", null, "1195"],
    ["24-3号3-5-2", "", "24-3", "3", "502"],
    ["南座502", "", "南座", null, "502"],
    ["12幢东单元502", "", "12", "东单元", "502"],
    ["二期12幢3单元502", "2期-", "12", "3", "502"],
    ["A区5幢502", "A区-", "5", null, "502"],
    ["C组团5栋1单元502", "C区-", "5", "1", "502"],
    ["100弄12号502室", "100弄-", "12", null, "502"],
    ["12号院3号楼2单元501", "12院-", "3", "2", "501"],
    ["8-3-1485", "", "8", "3", "1485"],
    ["1幢12单元502", "", "1", "12", "502"],
    ["11幢2单元502", "", "11", "2", "502"],
    ["1幢1102", "", "1", null, "1102"],
    ["11幢102", "", "11", null, "102"],
    ["12幢5-2", "", "12", null, "502"],
    ["12幢3单元5-6层501", "", "12", "3", "501"],
    ["12幢3单元501、502", "", "12", "3", "501"],
    ["12幢3单元501-502", "", "12", "3", "501"],
    ["12幢A502", "", "12", null, "A502"],
    ["12幢502A", "", "12", null, "502A"],
    ["12A幢502", "", "12A", null, "502"],
    ["甲座502", "", "甲", null, "502"],
    ["地下一层A区103号", "", null, null, "B1-A103"],
    ["负一层车位A103", "", null, null, "B1-A103"],
    ["12幢负一层车位A103", "", "12", null, "B1-A103"],
    ["A103车位", "", null, null, "PA103"],
    ["地下车库103号", "", null, null, "P103"],
    ["12幢商铺5", "", "12", null, "S5"],
    ["12幢5号商铺", "", "12", null, "S5"],
    ["12幢一层商铺5", "", "12", null, "S105"],
    ["网点5", "", null, null, "S5"],
    ["12幢1单元储藏室8", "", "12", "1", "储8"],
    ["12幢", "", "12", null, undefined],
    ["12", "", "12", null, undefined],
    ["12幢3单元", "", "12", "3", undefined],
    ["502室", "", null, null, "502"],
    ["12幢8号", "", "12", null, "8"],
    ["8排3号", "", "8", null, "3"],
    ["", "", null, null, undefined],
  ])("reads %s", (tail, scope, building, unit, room) => {
    expect(best(tail)).toEqual([scope, building, unit, room]);
  });

  it("says what it understood, and what it could not read", () => {
    expect(readAddress("十二栋3-502")[0]?.words).toEqual(["12幢", "3单元", "502"]);
    expect(readAddress("二期A座负一层车位12")[0]?.words).toEqual(["2期", "A座", "车位B1-12"]);
    const trailing = readAddress("12幢3单元502找物业")[0];
    expect([trailing?.unread, trailing?.isHeadUnread]).toEqual(["找物业", false]);
    const leading = readAddress("大酒店12幢502")[0];
    expect([leading?.isHeadUnread, leading?.building]).toEqual([true, null]);
  });

  it("keeps both readings of a list that can be meant in two ways", () => {
    const readings = readAddress("12-3-2").map((r) => [r.unit, r.rooms[0]]);
    expect(readings).toContainEqual(["3", "2"]);
    expect(readings).toContainEqual([null, "302"]);
  });

  it("does a bounded amount of work on hostile input", () => {
    const hostile = [
      "1-".repeat(5000),
      "号".repeat(9999),
      "1号".repeat(3000),
      "一".repeat(9999),
      "A1".repeat(9999),
    ];
    const started = performance.now();
    for (const text of [...hostile, "B1-".repeat(3000), "\u0000<script>'--", "🏠".repeat(999)]) {
      expect(readAddress(text).length).toBeLessThanOrEqual(6);
    }
    expect(performance.now() - started).toBeLessThan(500);
  });

  it("takes 707A and 7A for near each other, since a register may have meant either", () => {
    expect(readAddress("12幢707A")[0]?.nearRooms).toEqual(["7A"]);
    expect(readAddress("12幢3单元7A")[0]?.nearRooms).toEqual(["707A"]);
    expect(readAddress("12幢1212B")[0]?.nearRooms).toEqual(["12B"]);
    expect(readAddress("12幢502A")[0]?.nearRooms).toEqual([]);
  });
});
