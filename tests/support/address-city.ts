import type { SeededRandom } from "#src/kernel/random.ts";
import type { Db } from "#src/platform/database/client.ts";
import { buildingKey, houseCode, roomKey, unitKey } from "#src/register/address/keys.ts";
import type { AddressFacts } from "./address-variants.ts";

interface CityEstate {
  name: string;
  aliases?: string[];
  address: string;
  /** Names other than the first by which the estate is found for certain. */
  spoken?: string[];
  buildings: Array<{
    label: string;
    facts: AddressFacts["building"];
    units: Array<number | string | null>;
  }>;
  letters?: boolean;
  isLane?: boolean;
  extras?: boolean;
}

/** A house of the small city with all that its spellings are written from. */
export interface CityHouse {
  houseId: bigint;
  code: string;
  estateName: string;
  facts: AddressFacts;
}

const numbered = (numbers: number[], units: Array<number | null>, suffix = "幢") =>
  numbers.map((number) => ({ label: `${number}${suffix}`, facts: { number }, units }));
const lettered = (letters: string[], units: Array<number | null>) =>
  letters.map((letter) => ({ label: `${letter}座`, facts: { letter }, units }));

const ESTATES: CityEstate[] = [
  {
    name: "示例花园",
    aliases: ["示例花园一期"],
    address: "示例路8号",
    spoken: ["示例花园一期", "示例路8号", "SHILIHUAYUAN"],
    buildings: numbered([1, 2, 11, 12], [1, 2, 3]),
    extras: true,
  },
  {
    name: "示例花园二期",
    address: "示例路10号",
    spoken: ["示例花园2期", "示例花园(二期)", "示例花园Ⅱ期", "示例花园第二期"],
    buildings: numbered([1, 12], [1, 2, 3]),
  },
  { name: "示例花园三期", address: "示例路12号", buildings: numbered([12], [1, 3], "号楼") },
  {
    name: "示例第一城",
    aliases: ["第一城"],
    address: "演示大道1号",
    spoken: ["第一城"],
    buildings: numbered([1, 12, 21], [1, 2]),
  },
  {
    name: "八一小区",
    address: "范例街81号",
    spoken: ["八一"],
    buildings: numbered([3, 11], [1, 2, 3]),
  },
  { name: "三里汀", address: "示例路3号", buildings: numbered([3, 13], [1, 2]) },
  {
    name: "四季花城",
    address: "样板路44号",
    spoken: ["样板路44号", "sjhc"],
    buildings: numbered([4, 14], [1, 4]),
  },
  {
    name: "云杉SOHO",
    aliases: ["云杉公寓"],
    address: "演示大道168号",
    spoken: ["云杉soho", "云杉公寓"],
    buildings: lettered(["A", "B"], [null]),
    letters: true,
  },
  {
    name: "样板路128弄",
    aliases: ["石榴新村"],
    address: "样板路128弄",
    spoken: ["石榴新村", "样板路128弄石榴新村"],
    buildings: numbered([5, 6, 15], [null], "号"),
    isLane: true,
  },
  {
    name: "香樟·半岛",
    address: "试点路66号",
    spoken: ["香樟半岛", "香樟•半岛"],
    buildings: numbered([1, 2, 10], [1, 2]),
  },
  {
    name: "翠竹苑（原示例纺织厂宿舍）",
    address: "示例东路33号",
    spoken: ["翠竹苑", "示例纺织厂宿舍"],
    buildings: [
      { label: "南座", facts: { name: "南座" }, units: ["东单元", "西单元"] },
      { label: "甲栋", facts: { name: "甲栋" }, units: [1] },
    ],
  },
  {
    name: "兰亭新村C组团",
    address: "示例路77号",
    buildings: [
      { label: "C1栋", facts: { letter: "C1" }, units: [1, 2] },
      { label: "C12栋", facts: { letter: "C12" }, units: [1, 2] },
    ],
  },
  {
    name: "万科城",
    address: "演示大道9号",
    spoken: ["wkc", "WKC ", "wankecheng"],
    buildings: numbered([7, 17], [1, 2]),
  },
  { name: "万科城市之光", address: "演示大道11号", buildings: numbered([7], [1]) },
  {
    name: "九里香堤",
    aliases: ["九里香"],
    address: "演示大道99号",
    spoken: ["九里香"],
    buildings: numbered([9, 19], [1, 2]),
  },
  { name: "示例国际e座", address: "演示大道200号", buildings: lettered(["E"], [null]) },
  {
    name: "百合二村",
    address: "范例街202号",
    buildings: [
      { label: "24-3号", facts: { name: "24-3号" }, units: [1, 2] },
      { label: "25号", facts: { number: 25 }, units: [1, 2] },
    ],
  },
];

/** Stores a small city that has every kind of name, building, unit and room, and returns its houses. */
export async function seedAddressCity(owner: Db, random: SeededRandom): Promise<CityHouse[]> {
  const custody = await seedSurroundings(owner);
  const houses: CityHouse[] = [];
  for (const [at, estate] of ESTATES.entries()) {
    const code = `SL${String(at + 126).padStart(4, "0")}`;
    const { id: estateId } = await owner
      .insertInto("estate")
      .values({
        code,
        name: estate.name,
        district_code: "990101",
        district_name: "示范区",
        address: estate.address,
        custody_account_id: custody,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    const aliases = estate.aliases ?? [];
    if (aliases.length > 0) {
      await owner
        .insertInto("estate_alias")
        .values(aliases.map((alias) => ({ estate_id: estateId, alias, source: "import" as const })))
        .execute();
    }
    for (const building of estate.buildings) {
      const rooms = roomsOf(estate, random).flatMap((room) =>
        building.units.map((unit) => ({ room, unit })),
      );
      houses.push(...(await seedBuilding(owner, { estate, estateId, code }, building, rooms)));
    }
    if (estate.extras === true)
      houses.push(...(await seedExtras(owner, { estate, estateId, code })));
  }
  return houses;
}

async function seedSurroundings(owner: Db): Promise<number> {
  const district = { code: "990101", name: "示范区", city_name: "示例市", province_name: "示例省" };
  await owner
    .insertInto("district")
    .values({ ...district, effective_from: "2026-01-01" as never })
    .onConflict((on) => on.doNothing())
    .execute();
  await owner
    .insertInto("bank")
    .values({ code: "SLB", name: "示例银行" })
    .onConflict((on) => on.doNothing())
    .execute();
  const account = await owner
    .insertInto("custody_account")
    .values({
      bank_code: "SLB",
      branch_name: "示范支行",
      account_name: "示例专户",
      account_no: "9900000001",
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return account.id;
}

function roomsOf(estate: CityEstate, random: SeededRandom): AddressFacts["room"][] {
  const letters = estate.letters === true ? ["A", "B"] : [undefined];
  return [1, 2, 5, 5 + random.int(4), 11, 21].flatMap((floor) =>
    [1, 2, 5].flatMap((door) =>
      letters.map((letter) => (letter === undefined ? { floor, door } : { floor, door, letter })),
    ),
  );
}

function seedExtras(owner: Db, at: Place): Promise<CityHouse[]> {
  const parking = [101, 102, 103, 7].flatMap((space) =>
    ["A", "B"].map((zone) => ({ room: { basement: 1, zone, space }, unit: null })),
  );
  const shops = [1, 2, 5, 12].map((shop) => ({ room: { shop }, unit: null }));
  const stores = [1, 8].map((storage) => ({ room: { storage }, unit: null }));
  return Promise.all([
    seedBuilding(owner, at, { label: "地下车库", facts: null }, parking),
    seedBuilding(owner, at, { label: "商业街", facts: { name: "商业街" } }, shops),
    seedBuilding(owner, at, { label: "储藏间", facts: null }, stores),
  ]).then((lists) => lists.flat());
}

interface Place {
  estate: CityEstate;
  estateId: number;
  code: string;
}

async function seedBuilding(
  owner: Db,
  { estate, estateId, code }: Place,
  building: { label: string; facts: AddressFacts["building"] },
  rooms: Array<{ room: AddressFacts["room"]; unit: number | string | null }>,
): Promise<CityHouse[]> {
  const key = buildingKey(building.label);
  const { id: buildingId } = await owner
    .insertInto("building")
    .values({ estate_id: estateId, key, label: building.label })
    .returning("id")
    .executeTakeFirstOrThrow();
  const known = new Map<string, { room: AddressFacts["room"]; unit: number | string | null }>();
  const rows = rooms.flatMap(({ room, unit }) => {
    const unitLabel = typeof unit === "number" ? `${unit}单元` : (unit ?? "");
    const { label, floor, use } = labelOf(room);
    const keys = { unit_key: unitKey(unitLabel), room_key: roomKey(label, floor) };
    const houseNumber = houseCode(code, key, keys.unit_key, keys.room_key);
    if (known.has(houseNumber)) return [];
    known.set(houseNumber, { room, unit });
    const house = { estate_id: estateId, building_id: buildingId, building_key: key, ...keys };
    return [
      {
        ...house,
        code: houseNumber,
        unit_label: unitLabel,
        room_label: label,
        floor,
        area_hundredths: 9876,
        house_use: use,
      },
    ];
  });
  const stored = await owner.insertInto("house").values(rows).returning(["id", "code"]).execute();
  return stored.map((row) => {
    const { room, unit } = known.get(row.code) as {
      room: AddressFacts["room"];
      unit: number | string | null;
    };
    const estateNames = [estate.name, ...(estate.spoken ?? [])];
    const facts: AddressFacts = { estateNames, building: building.facts, unit, room };
    if (estate.isLane === true) facts.isLane = true;
    return { houseId: row.id, code: row.code, estateName: estate.name, facts };
  });
}

function labelOf(room: AddressFacts["room"]): {
  label: string;
  floor: number | null;
  use: "residential" | "parking" | "commercial" | "storage";
} {
  if ("shop" in room) return { label: `网点${room.shop}号`, floor: 1, use: "commercial" };
  if ("storage" in room) return { label: `储藏室${room.storage}`, floor: null, use: "storage" };
  if ("basement" in room)
    return {
      label: `地下一层${room.zone}区${room.space}号`,
      floor: -room.basement,
      use: "parking",
    };
  const label = `${room.floor}${String(room.door).padStart(2, "0")}${room.letter ?? ""}`;
  return { label, floor: room.floor, use: "residential" };
}
