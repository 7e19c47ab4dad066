import { type CalendarDate, shanghaiDate } from "#src/kernel/calendar-date.ts";
import { addFen, type Fen, ZERO_FEN } from "#src/kernel/money.ts";
import { getHouseBalance, type HouseBalance } from "#src/ledger/house-balances.ts";
import { type HouseStanding, houseStanding } from "#src/ledger/house-standing.ts";
import { type HouseLine, listHouseLines } from "#src/ledger/list-house-entries.ts";
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

/** Where the balance comes from, summed by kind. */
export interface FundSums {
  depositFen: Fen;
  interestFen: Fen;
  usedFen: Fen;
  refundedFen: Fen;
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

function sumLines(lines: readonly HouseLine[]): FundSums {
  const sums: FundSums = {
    depositFen: ZERO_FEN,
    interestFen: ZERO_FEN,
    usedFen: ZERO_FEN,
    refundedFen: ZERO_FEN,
  };
  for (const line of lines) {
    const change = addFen(line.principalFen, line.interestFen);
    if (line.kind === "interest") sums.interestFen = addFen(sums.interestFen, change);
    else if (line.kind === "use") sums.usedFen = addFen(sums.usedFen, change);
    else if (line.kind === "refund") sums.refundedFen = addFen(sums.refundedFen, change);
    else sums.depositFen = addFen(sums.depositFen, change);
  }
  return sums;
}
