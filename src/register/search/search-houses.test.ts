import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seededRandom } from "#src/kernel/random.ts";
import { type CityHouse, seedAddressCity } from "#tests/support/address-city.ts";
import { addressVariants } from "#tests/support/address-variants.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { createHouseSearch, type HouseSearch, type SearchAnswer } from "./search-houses.ts";

let database: TestDatabase;
let search: HouseSearch;
let city: CityHouse[];

beforeAll(async () => {
  database = await testDatabase();
  city = await seedAddressCity(database.owner, seededRandom(20261123));
  search = await createHouseSearch(database.db, {});
});
afterAll(() => database.drop());

async function answer(text: string): Promise<Extract<SearchAnswer, { kind: "answer" }>> {
  const found = await search.search(text);
  if (found.kind !== "answer") throw new Error(`"${text}" got guidance: ${found.reason}`);
  return found;
}
const codes = (houses: ReadonlyArray<{ code: string }>) => houses.map(({ code }) => code);

describe("the same house in other words", () => {
  it.each([
    "示例花园12栋3单元502室",
    "示例花园１２号楼三单元５０２",
    "示例花园 12-3-502",
    "示例花园十二幢3门502房",
    "示例花园12#3-5-2",
    "示例花园12座3梯502号",
    "某某市某区示例路8号示例花园12撞3单无502市",
    "示例花园12幢三单元5楼02",
    "示例花园012栋03单元0502",
    "示例花园12一3一502",
    "示例花园一期12幢3单元502",
    "示例路8号12幢3单元502",
    "示例路8号院12号楼3单元502",
    "shilihuayuan12-3-502",
    "slhy 12-3-502",
    "我家在示例花园12幢3单元502",
    "SL0126-12-3-0502",
    "sl0126-12-3-0502",
  ])("%s is 示例花园 12幢3单元502 and nothing else", async (text) => {
    const found = await answer(text);
    expect(codes(found.exact)).toEqual(["SL0126-12-3-0502"]);
    expect(found.understood?.parts).toEqual(["示例花园", "12幢", "3单元", "502"]);
  });

  it("says how it understood the words", async () => {
    const found = await answer("示例花园十二栋3-502");
    expect(found.understood?.sentence).toBe("按 示例花园 12幢 3单元 502 匹配");
    expect(found.exact[0]?.address).toBe("示例花园 12幢 3单元 502");
  });

  it("finds every house in every form of writing", async () => {
    const random = seededRandom(4711);
    const drawn = city.filter((house) => "shop" in house.facts.room || random.chance(0.12));
    const wrong: string[] = [];
    let count = 0;
    for (const house of drawn) {
      for (const { form, text } of addressVariants(house.facts, random)) {
        count++;
        const found = await answer(text);
        if (found.exact[0]?.houseId === house.houseId) continue;
        wrong.push(
          `${text} [${form}] wants ${house.code}, got ${codes(found.exact).join(" ")} ${found.understood?.sentence}`,
        );
      }
    }
    expect(wrong.slice(0, 40)).toEqual([]);
    expect(count).toBeGreaterThan(2000);
  }, 120_000);
});

describe("regional ways of writing", () => {
  it.each([
    ["百合二村24-3号1-5-2", "SL0142-24D3-1-0502"],
    ["百合二村24-3号楼2单元502", "SL0142-24D3-2-0502"],
    ["百合二村25号2门502", "SL0142-25-2-0502"],
    ["样板路128弄5号502室", "SL0134-5-0-0502"],
    ["石榴新村128弄5号502室", "SL0134-5-0-0502"],
    ["翠竹苑南座东单元502", "SL0136-NAN-DONG-0502"],
    ["兰亭新村C组团C12栋2单元502", "SL0137-C12-2-0502"],
    ["云杉SOHO B座502A", "SL0133-B-0-502A"],
    ["示例花园地下一层A区103号", "SL0126-CK-0-B1-A103"],
    ["示例花园车位A103", "SL0126-CK-0-B1-A103"],
    ["示例花园12幢3单元501、502", "SL0126-12-3-0501"],
    ["示例花园12幢3单元5-6层501", "SL0126-12-3-0501"],
    ["示例花园12幢3单元502室（房主自住）", "SL0126-12-3-0502"],
    ["示例花园12棟3單元502", "SL0126-12-3-0502"],
    ["示例花园拾贰幢叁单元伍零贰", "SL0126-12-3-0502"],
    ["示例花园 拾贰-叁-伍零贰", "SL0126-12-3-0502"],
    ["示例花园贰期12幢3单元502", "SL0127-12-3-0502"],
    ["12幢3单元502 示例花园", "SL0126-12-3-0502"],
    ["12幢3单元502示例花园二期", "SL0127-12-3-0502"],
    ["12-3-502号 示例花园", "SL0126-12-3-0502"],
    ["3-1-502 八一小区", "SL0130-3-1-0502"],
  ])("%s is %s", async (text, code) => {
    expect(codes((await answer(text)).exact)).toEqual([code]);
  });
});

describe("another house", () => {
  it.each([
    ["示例花园二期12幢3单元502", "SL0127-12-3-0502"],
    ["示例花园三期12幢3单元502", "SL0128-12-3-0502"],
    ["示例花园11幢2单元502", "SL0126-11-2-0502"],
    ["示例花园1幢1单元1102", "SL0126-1-1-1102"],
    ["示例花园11幢1单元102", "SL0126-11-1-0102"],
    ["万科城7幢1单元502", "SL0138-7-1-0502"],
    ["万科城市之光7幢1单元502", "SL0139-7-1-0502"],
  ])("%s is %s alone", async (text, code) => {
    expect(codes((await answer(text)).exact)).toEqual([code]);
  });

  it.each([
    "示例花园1幢12单元502",
    "示例花园12幢3单元509",
    "示例花园12幢3单元9999",
    "示例花园99幢3单元502",
    "示例花园四期12幢3单元502",
    "示例花园A区12幢3单元502",
    "示例花园12幢9单元502",
    "示例花园二期11幢2单元502",
    "示例花园12-3-509",
    "新示例花园12幢3单元502",
    "示例花园大酒店12幢3单元502",
    "示例花圆12幢3单元502",
    "12幢3单元502 示例花圆",
    "12幢3单元509 示例花园",
    "1幢12单元502 示例花园",
    "12幢3单元502号 示例花园四期",
    "某街12幢3单元502 示例花园大酒店",
    "样板路128号502 示例花园",
  ])("%s is never reported as exact", async (text) => {
    expect(codes((await answer(text)).exact)).toEqual([]);
  });

  it("keeps 1幢1102 and 11幢102 apart", async () => {
    const first = await answer("示例花园1幢1102");
    const second = await answer("示例花园11幢102");
    expect(new Set(codes(first.exact).map((code) => code.split("-")[1]))).toEqual(new Set(["1"]));
    expect(new Set(codes(second.exact).map((code) => code.split("-")[1]))).toEqual(new Set(["11"]));
    expect(codes(first.exact)).toHaveLength(3);
  });
});

describe("near hits", () => {
  it("shows neighbours, the other units and the other phases behind the exact house", async () => {
    const found = await answer("示例花园十二栋3-502");
    expect(codes(found.near)).toEqual([
      ...["SL0126-12-3-0501", "SL0126-12-3-0505", "SL0126-12-1-0502", "SL0126-12-2-0502"],
      ...["SL0127-12-3-0502", "SL0128-12-3-0502"],
    ]);
    expect(found.near.map((hit) => hit.why)).toContain("同一层的邻户");
  });

  it("shows neighbours of a room that is not on record, and says which part is unknown", async () => {
    const found = await answer("示例花园12幢3单元503");
    expect(codes(found.near).slice(0, 3)).toEqual([
      "SL0126-12-3-0502",
      "SL0126-12-3-0501",
      "SL0126-12-3-0505",
    ]);
    expect(found.unknownParts).toEqual(["503"]);
    expect(found.estates[0]?.name).toBe("示例花园");
  });

  it("keeps to the unit that was typed when the room has no neighbours, and to the building without it", async () => {
    const inUnit = await answer("示例花园12幢3单元9901");
    expect(inUnit.near.length).toBeGreaterThan(0);
    expect(inUnit.near.every((hit) => hit.code.startsWith("SL0126-12-3-"))).toBe(true);
    const noSuchUnit = await answer("示例花园12幢77单元9901");
    expect(noSuchUnit.near.every((hit) => hit.code.startsWith("SL0126-12-"))).toBe(true);
    expect(noSuchUnit.exact).toEqual([]);
  });

  it("lists the first houses of a building, in the order of the storeys", async () => {
    const found = await answer("示例花园12幢3单元");
    expect(found.exact).toEqual([]);
    expect(found.near[0]?.code).toBe("SL0126-12-3-0101");
    expect(found.near.every((hit) => hit.code.startsWith("SL0126-12-3-"))).toBe(true);
    expect((await answer("示例花园12")).near[0]?.buildingLabel).toBe("12幢");
  });

  it("offers houses of an estate whose name is like the typed one as near, with the reason", async () => {
    const found = await answer("示例花圆12幢3单元502");
    expect(found.near.map((hit) => [hit.code, hit.why])).toContainEqual([
      "SL0126-12-3-0502",
      "小区名称相近",
    ]);
  });
});

describe("estates", () => {
  it.each([
    ["示例花园", "示例花园"],
    ["示例花园二期", "示例花园二期"],
    ["wkc", "万科城"],
    ["wankecheng", "万科城"],
    ["shilihuayuan", "示例花园"],
    ["万科", "万科城"],
    ["香樟半岛", "香樟·半岛"],
    ["四季花成", "四季花城"],
    ["示例路8号", "示例花园"],
    ["SL0126", "示例花园"],
    ["八一小区", "八一小区"],
    ["第一城", "示例第一城"],
  ])("%s leads to %s and to no house", async (text, name) => {
    const found = await answer(text);
    expect(found.estates[0]?.name).toBe(name);
    expect([...found.exact, ...found.near]).toEqual([]);
  });

  it("never answers with houses when no estate is named", async () => {
    for (const text of ["12幢3单元502", "3单元502室", "A座502", "地下一层A区103号"]) {
      const found = await answer(text);
      expect([...found.exact, ...found.near], text).toEqual([]);
    }
  });

  it("suggests at most eight estates while an address is typed", () => {
    expect(search.suggest("示例")[0]?.name).toMatch(/^示例/u);
    expect(search.suggest("示例花园12").map((hit) => hit.name)[0]).toBe("示例花园");
    expect(search.suggest("示").length).toBe(0);
    expect(search.suggest("示例").length).toBeLessThanOrEqual(8);
  });

  it("knows an estate that was added, after a reload and after half a minute", async () => {
    let now = Date.parse("2026-11-23T02:00:00Z");
    const own = await createHouseSearch(database.db, { clock: () => new Date(now) });
    const add = (code: string, name: string) =>
      database.owner
        .insertInto("estate")
        .columns(["code", "name", "district_code", "district_name", "custody_account_id"])
        .expression((from) =>
          from
            .selectFrom("custody_account")
            .select(({ val }) => [
              val(code).as("code"),
              val(name).as("name"),
              val("990101").as("district_code"),
              val("示范区").as("district_name"),
              "id",
            ]),
        )
        .execute();
    await add("SL0901", "新添雅居");
    await own.reload();
    expect(own.suggest("新添雅居")[0]?.code).toBe("SL0901");
    await add("SL0902", "后添雅居");
    expect(own.suggest("后添雅居")[0]?.code).not.toBe("SL0902");
    now += 31_000;
    own.suggest("后添雅居");
    await expect.poll(() => own.suggest("后添雅居")[0]?.code).toBe("SL0902");
  });
});

describe("bounds", () => {
  it.each([
    ["", "empty"],
    ["   ", "empty"],
    ["示", "too-short"],
    ["，。！", "no-letters"],
    ["12-3-502", "no-letters"],
    ["示例花园".repeat(2500), "too-long"],
  ])("answers %j with guidance: %s", async (text, reason) => {
    expect(await search.search(text)).toEqual({ kind: "guidance", reason });
  });

  it("answers every hostile text without an error and with at most twenty rows", async () => {
    const hostile = [
      "<script>alert(1)</script>",
      "'; drop table house; --",
      "示例花园\u0000 12幢",
      "🏠🏠示例花园12幢",
      "%%__%%示例",
      "𠮷野家园12幢",
      "1e21-示例",
      "示例花园-999999999999",
      "示例花园12幢".repeat(16),
      "\u202e示例花园",
      "a".repeat(100),
      "\ud800示例花园",
    ];
    for (const text of hostile) {
      const found = await search.search(text);
      if (found.kind !== "answer") continue;
      const rows = found.exact.length + found.near.length + found.estates.length;
      expect(rows, text).toBeLessThanOrEqual(20);
    }
  });

  it("finds a house by its code, and nothing by a code that is none", async () => {
    expect((await search.findHouse("SL0126-12-3-0502"))?.address).toBe("示例花园 12幢 3单元 502");
    expect(await search.findHouse("SL0126-12-3-9999")).toBeNull();
    expect(await search.findHouse("' or 1=1")).toBeNull();
  });
});
