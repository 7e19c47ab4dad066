import { type CalendarDate, shanghaiDate } from "#src/kernel/calendar-date.ts";
import { addFen, type Fen } from "#src/kernel/money.ts";
import { getHouseBalance, type HouseBalance } from "#src/ledger/house-balances.ts";
import { type HouseStanding, houseStanding } from "#src/ledger/house-standing.ts";
import { type HouseLine, listHouseLines } from "#src/ledger/list-house-entries.ts";
import { type FundSums, sumLines } from "#src/ledger/sum-lines.ts";
import type { Db } from "#src/platform/database/client.ts";
import { type CitySettings, readCitySettings } from "#src/register/city-settings.ts";
import type { House } from "#src/register/find-house.ts";

/** Everything that the detail page of one house tells; nothing in it is personal. */
export interface HouseFund {
  house: House;
  balance: HouseBalance;
  totalFen: Fen;
  standing: HouseStanding;
  settings: CitySettings;
  lines: readonly HouseLine[];
  sums: FundSums;
  asOf: CalendarDate;
}

/** Reads the fund of a house as it stands. */
export async function getHouseFund(db: Db, house: House, now: Date): Promise<HouseFund> {
  const asOf = shanghaiDate(now);
  const [settings, balance, lines] = await Promise.all([
    readCitySettings(db, asOf),
    getHouseBalance(db, house),
    listHouseLines(db, house),
  ]);
  return {
    house,
    balance,
    totalFen: addFen(balance.principalFen, balance.interestFen),
    standing: houseStanding(house, balance, settings),
    settings,
    lines,
    sums: sumLines(lines),
    asOf,
  };
}
