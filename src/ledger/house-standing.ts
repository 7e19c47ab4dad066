import {
  addFen,
  type Fen,
  isBelowShare,
  percentFloor,
  subtractFen,
  ZERO_FEN,
} from "#src/kernel/money.ts";
import type { CitySettings } from "#src/register/city-settings.ts";
import type { House } from "#src/register/find-house.ts";
import type { HouseBalance } from "./house-balances.ts";

/** How a house stands with its deposits: the states of the building chart and of every result list. */
export type HouseStanding =
  | { kind: "closed" }
  | { kind: "exempt"; reason: string }
  | { kind: "no-standard" }
  | { kind: "unpaid"; dueFen: Fen }
  | { kind: "part-paid"; dueFen: Fen; owedFen: Fen }
  | { kind: "below-trigger"; topUpFen: Fen }
  | { kind: "paid-in-full" };

/** What has to be paid for a house that stands so, in fen; null where there is nothing to pay. */
export function owedNow(standing: HouseStanding): Fen | null {
  switch (standing.kind) {
    case "unpaid":
      return standing.dueFen;
    case "part-paid":
      return standing.owedFen;
    case "below-trigger":
      return standing.topUpFen;
    default:
      return null;
  }
}

type StandingHouse = Pick<House, "status" | "exemptReason" | "dueFen">;
type StandingSettings = Pick<CitySettings, "top-up-trigger-percent" | "top-up-target-percent">;

/**
 * Decides how a house stands. Unpaid and partly paid are measured against the first deposit its standard
 * asks for (Decree 165 art. 7); a paid house whose balance fell below the trigger share of what it first
 * deposited has to top up to the city's target (art. 17).
 */
export function houseStanding(
  house: StandingHouse,
  balance: HouseBalance,
  settings: StandingSettings,
): HouseStanding {
  if (house.status === "closed") return { kind: "closed" };
  if (house.exemptReason !== null) return { kind: "exempt", reason: house.exemptReason };
  if (house.dueFen === null) return { kind: "no-standard" };
  const { firstPaidFen } = balance;
  if (firstPaidFen === ZERO_FEN) return { kind: "unpaid", dueFen: house.dueFen };
  if (firstPaidFen < house.dueFen) {
    const owedFen = subtractFen(house.dueFen, firstPaidFen);
    return { kind: "part-paid", dueFen: house.dueFen, owedFen };
  }
  const total = addFen(balance.principalFen, balance.interestFen);
  if (!isBelowShare(total, firstPaidFen, settings["top-up-trigger-percent"])) {
    return { kind: "paid-in-full" };
  }
  const target = percentFloor(firstPaidFen, settings["top-up-target-percent"]);
  return { kind: "below-trigger", topUpFen: subtractFen(target, total) };
}
