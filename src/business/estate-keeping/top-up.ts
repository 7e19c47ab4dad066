import { formatArea } from "#src/kernel/area.ts";
import { addFen, type Fen, fen, formatYuan, percentFloor, subtractFen } from "#src/kernel/money.ts";
import { rmbInCapitals } from "#src/kernel/rmb-capitals.ts";
import type { EstateHouse } from "#src/ledger/estate-houses.ts";
import { houseAddress } from "#src/register/house-address.ts";
import type { TopUpNotice } from "./top-up-slip/top-up-slip.ts";

/** The city's rule of topping up, in whole per cent of what a house first deposited. */
export interface TopUpRule {
  triggerPercent: number;
  targetPercent: number;
}

/** What a house holds beside what it should. */
export interface TopUpFigures {
  balanceFen: Fen;
  /** The least whole fen that is not below the line. */
  lineFen: Fen;
  targetFen: Fen;
  topUpFen: Fen;
}

/** Reckons what a house below the line has to top up; the same as its standing says. */
export function topUpFigures(
  { firstPaidFen, principalFen, interestFen }: EstateHouse,
  { triggerPercent, targetPercent }: TopUpRule,
): TopUpFigures {
  const balanceFen = addFen(principalFen, interestFen);
  const targetFen = percentFloor(firstPaidFen, targetPercent);
  return {
    balanceFen,
    lineFen: fen((firstPaidFen * BigInt(triggerPercent) + 99n) / 100n),
    targetFen,
    topUpFen: subtractFen(targetFen, balanceFen),
  };
}

/** Writes what stands on the notice of a house. */
export function topUpNotice(
  house: EstateHouse,
  at: { estateName: string; publicUrl: string; rule: TopUpRule },
): TopUpNotice {
  const { balanceFen, lineFen, targetFen, topUpFen } = topUpFigures(house, at.rule);
  return {
    houseCode: house.code,
    address: houseAddress({ estateName: at.estateName, ...house }),
    area: `${formatArea(house.areaHundredths)} ㎡`,
    dueYuan: house.dueFen === null ? "—" : formatYuan(house.dueFen),
    firstPaidYuan: formatYuan(house.firstPaidFen),
    balanceYuan: formatYuan(balanceFen),
    lineYuan: formatYuan(lineFen),
    targetYuan: formatYuan(targetFen),
    topUpYuan: formatYuan(topUpFen),
    topUpCapitals: rmbInCapitals(topUpFen),
    depositUrl: `${at.publicUrl}/deposit/${house.code}`,
  };
}
