import {
  isLinkedHouse,
  type LinkedHouse,
  listLinkedHouses,
} from "#src/accounts/owners/owner-houses.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { addFen, type Fen, fen } from "#src/kernel/money.ts";
import { getHouseBalance, type HouseBalance } from "#src/ledger/house-balances.ts";
import { type HouseStanding, houseStanding } from "#src/ledger/house-standing.ts";
import { type HouseLine, listHouseLines } from "#src/ledger/list-house-entries.ts";
import type { Db } from "#src/platform/database/client.ts";
import { type CitySettings, readCitySettings } from "#src/register/city-settings.ts";
import { findHouseByCode, type House } from "#src/register/find-house.ts";

/** A house of the owner's with its money as it stands. */
export interface OwnedHouse {
  house: House;
  balance: HouseBalance;
  totalFen: Fen;
  standing: HouseStanding;
  /** Null while nothing was ever paid. */
  lastLine: HouseLine | null;
}

/** Lists the houses that an account opens, in the order in which they were linked. */
export async function listOwnedHouses(db: Db, ownerId: number, now: Date): Promise<OwnedHouse[]> {
  return await readHouses(db, await listLinkedHouses(db, ownerId), now);
}

/** Enough for nearly everybody on one page; a landlord turns over. */
export const HOUSES_ON_PAGE = 20;

/** One page of them, how many there are, and what all of them hold together. */
export async function listOwnedHousesOnPage(
  db: Db,
  ownerId: number,
  query: { page: number; now: Date },
): Promise<{ rows: OwnedHouse[]; totalCount: number; totalFen: Fen }> {
  const links = await listLinkedHouses(db, ownerId);
  const from = (query.page - 1) * HOUSES_ON_PAGE;
  const balances = await Promise.all(links.map((link) => getHouseBalance(db, link)));
  return {
    rows: await readHouses(db, links.slice(from, from + HOUSES_ON_PAGE), query.now),
    totalCount: links.length,
    totalFen: balances.reduce(
      (sum, { principalFen, interestFen }) => addFen(sum, addFen(principalFen, interestFen)),
      fen(0n),
    ),
  };
}

async function readHouses(db: Db, links: readonly LinkedHouse[], now: Date): Promise<OwnedHouse[]> {
  const settings = await readCitySettings(db, shanghaiDate(now));
  const houses = await Promise.all(links.map(({ code }) => findHouseByCode(db, code)));
  return await Promise.all(
    houses.flatMap((house) => (house === null ? [] : [withMoney(db, house, settings)])),
  );
}

/** Finds one house of an account by its code; null for a house of somebody else's, as for one that is not there. */
export async function findOwnedHouse(
  db: Db,
  ownerId: number,
  code: string,
  now: Date,
): Promise<OwnedHouse | null> {
  if (!(await isLinkedHouse(db, ownerId, code))) return null;
  const house = await findHouseByCode(db, code);
  if (house === null) return null;
  return await withMoney(db, house, await readCitySettings(db, shanghaiDate(now)));
}

async function withMoney(db: Db, house: House, settings: CitySettings): Promise<OwnedHouse> {
  const [balance, lines] = await Promise.all([
    getHouseBalance(db, house),
    listHouseLines(db, house),
  ]);
  return {
    house,
    balance,
    totalFen: addFen(balance.principalFen, balance.interestFen),
    standing: houseStanding(house, balance, settings),
    lastLine: lines[0] ?? null,
  };
}
