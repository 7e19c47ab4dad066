import { describe, expect, test } from "vitest";
import { type Fen, fen, ZERO_FEN } from "#src/kernel/money.ts";
import type { HouseBalance } from "./house-balances.ts";
import { houseStanding } from "./house-standing.ts";

const HOUSE = { status: "recorded" as const, exemptReason: null, dueFen: fen(764_745) };
const SETTINGS = { "top-up-trigger-percent": 30, "top-up-target-percent": 100 };

function balance(firstPaidFen: Fen, principalFen = firstPaidFen, interestFen = ZERO_FEN) {
  return { firstPaidFen, principalFen, interestFen, reservedFen: ZERO_FEN } as HouseBalance;
}
const standing = (held: HouseBalance, house: Partial<typeof HOUSE> = {}) =>
  houseStanding({ ...HOUSE, ...house }, held, SETTINGS);

describe("how a house stands", () => {
  test("a house that never deposited owes its whole first deposit", () => {
    expect(standing(balance(ZERO_FEN))).toEqual({ kind: "unpaid", dueFen: 764_745n });
  });

  test("a house that deposited part owes the rest, down to the last fen", () => {
    expect(standing(balance(fen(764_744)))).toEqual({
      kind: "part-paid",
      dueFen: 764_745n,
      owedFen: 1n,
    });
  });

  test("a house that deposited it all is paid in full", () => {
    expect(standing(balance(fen(764_745)))).toEqual({ kind: "paid-in-full" });
  });

  // 30 % of 7,647.45 is 2,294.235: no whole fen, so the comparison must not round.
  test("2,294.23 of 7,647.45 is below 30 %, 2,294.24 is not", () => {
    const paid = fen(764_745);
    expect(standing(balance(paid, fen(229_423)))).toEqual({
      kind: "below-trigger",
      topUpFen: fen(764_745n - 229_423n),
    });
    expect(standing(balance(paid, fen(229_424)))).toEqual({ kind: "paid-in-full" });
  });

  test("interest counts towards the balance", () => {
    const paid = fen(764_745);
    expect(standing(balance(paid, fen(229_423), fen(1)))).toEqual({ kind: "paid-in-full" });
  });

  test("a top-up goes to the city's target, rounded down to the fen", () => {
    const held = balance(fen(764_745), fen(100));
    expect(houseStanding(HOUSE, held, { ...SETTINGS, "top-up-target-percent": 30 })).toEqual({
      kind: "below-trigger",
      topUpFen: fen(229_423 - 100),
    });
  });

  test("a closed house, an exempt house and one without a standard owe nothing, whatever they hold", () => {
    expect(houseStanding({ ...HOUSE, status: "closed" }, balance(ZERO_FEN), SETTINGS)).toEqual({
      kind: "closed",
    });
    expect(
      houseStanding({ ...HOUSE, exemptReason: "公共配套" }, balance(ZERO_FEN), SETTINGS),
    ).toEqual({ kind: "exempt", reason: "公共配套" });
    expect(houseStanding({ ...HOUSE, dueFen: null }, balance(fen(5)), SETTINGS)).toEqual({
      kind: "no-standard",
    });
  });
});
