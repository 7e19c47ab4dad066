import type { Db } from "#src/platform/database/client.ts";
import type { EstateIndex, IndexedEstate } from "./estate-index.ts";
import type { HouseWish } from "./house-wishes.ts";
import { listBuildingHouses, listHousesByKeys } from "./queries.ts";
import { neighbourRooms, type RankedHouse, rankHouses } from "./rank-houses.ts";

/** What the register holds for some wishes. */
export interface FoundHouses {
  exact: RankedHouse[];
  near: RankedHouse[];
  /** The wish that was fulfilled, or the likeliest one. */
  wish: HouseWish | undefined;
  /** The words that nothing on record answers to. */
  unknown: string[];
  /** The name of an estate that a house found lies in. */
  nameOf: (estateId: number) => string;
}

const MAX_SISTERS = 4;
const MAX_LISTED = 12;
const MAX_LISTED_WITH_ROOM = 8;

/**
 * Looks up the houses that the words may mean, in at most two questions to the database. Houses of estates that
 * are only guessed (`isSure` false) are near at most. When no room was written, or none of the building is on
 * record, the building's first houses come instead.
 */
export async function findHouses(
  db: Db,
  index: EstateIndex,
  wishes: readonly HouseWish[],
  isSure: boolean,
): Promise<FoundHouses> {
  const [first] = wishes;
  const sisters = first === undefined ? [] : index.sistersOf(first.estate).slice(0, MAX_SISTERS);
  const estates = [...wishes.map(({ estate }) => estate), ...sisters];
  const names = new Map(estates.map(({ id, name }) => [id, name]));
  const nameOf = (estateId: number) => names.get(estateId) ?? "";
  const nothing = { exact: [], near: [], wish: first, unknown: [], nameOf };
  if (first === undefined) return nothing;

  const withRoom = wishes.filter(({ reading }) => reading.rooms.length > 0);
  const rows = withRoom.length === 0 ? [] : await listHousesByKeys(db, keysOf(withRoom, sisters));
  const ranked = rankHouses(rows, withRoom, sisters);
  if (!isSure) {
    const near = ranked.exact.map(({ row }) => ({ row, why: "小区名称相近" }));
    return { ...nothing, near };
  }
  if (ranked.exact.length > 0) return { ...nothing, ...ranked };
  if (ranked.near.length > 0) {
    return { ...nothing, near: ranked.near, unknown: first.words.slice(-1) };
  }
  return { ...nothing, ...(await listBuilding(db, wishes)) };
}

async function listBuilding(
  db: Db,
  wishes: readonly HouseWish[],
): Promise<Pick<FoundHouses, "near" | "wish" | "unknown"> | null> {
  const wish = wishes.find(({ buildings }) => buildings !== null);
  if (wish === undefined || wish.buildings === null) return null;
  const isRoomSaid = wish.reading.rooms.length > 0;
  const keys = { estateIds: wishes.map(({ estate }) => estate.id), buildings: wish.buildings };
  const limit = isRoomSaid ? MAX_LISTED_WITH_ROOM : MAX_LISTED;
  let place = wish.words.filter((word) => /[幢座]$|单元$/u.test(word)).join(" ") || "这一幢";
  let rows = await listBuildingHouses(db, { ...keys, unit: wish.reading.unit }, limit);
  // A unit that the building does not have: the building as a whole is still what was asked for.
  if (rows.length === 0 && isRoomSaid && wish.reading.unit !== null) {
    place = "这一幢";
    rows = await listBuildingHouses(db, { ...keys, unit: null }, limit);
  }
  const why = isRoomSaid ? `${place} 登记的房屋` : `您没有写房号，这是 ${place} 的房屋`;
  const unknown = rows.length === 0 ? [...wish.words] : isRoomSaid ? wish.words.slice(-1) : [];
  return { near: rows.map((row) => ({ row, why })), wish, unknown };
}

/** Without a building the room alone is asked for: neighbours in every building would be too many. */
function keysOf(wishes: readonly HouseWish[], sisters: readonly IndexedEstate[]) {
  const rooms = wishes.flatMap(({ reading }) => [...reading.rooms, ...reading.nearRooms]);
  const ids = wishes.map(({ estate }) => estate.id);
  if (wishes[0]?.buildings === null) return { estateIds: ids, buildings: null, rooms };
  return {
    estateIds: [...new Set([...ids, ...sisters.map((sister) => sister.id)])],
    buildings: [
      ...new Set(wishes.flatMap((wish) => [...(wish.buildings ?? []), ...wish.nearBuildings])),
    ],
    rooms: [...rooms, ...wishes.flatMap(({ reading }) => neighbourRooms(reading.rooms[0] ?? ""))],
  };
}
