import { describe, expect, it } from "vitest";
import { OFFERED_KINDS, offerDeposit } from "#src/bank/deposit-offer.ts";
import { fen } from "#src/kernel/money.ts";
import type { HouseStanding } from "#src/ledger/house-standing.ts";
import { noDepositWords, wrongKindSentence } from "./rules.ts";

describe("what a house is asked for", () => {
  it("is the whole first deposit while nothing was paid", () => {
    const standing: HouseStanding = { kind: "unpaid", dueFen: fen(1_185_120n) };
    expect(offerDeposit(standing, "recorded")).toEqual({
      ok: true,
      depositKind: "00",
      amountFen: 1_185_120n,
    });
  });

  it("is what is missing once part of the first deposit was paid, never a second first deposit", () => {
    const standing: HouseStanding = {
      kind: "part-paid",
      dueFen: fen(1_185_120n),
      owedFen: fen(185_120n),
    };
    expect(offerDeposit(standing, "recorded")).toEqual({
      ok: true,
      depositKind: "04",
      amountFen: 185_120n,
    });
  });

  it("is a top-up when the balance fell below the trigger", () => {
    const standing: HouseStanding = { kind: "below-trigger", topUpFen: fen(304_208n) };
    expect(offerDeposit(standing, "recorded")).toEqual({
      ok: true,
      depositKind: "02",
      amountFen: 304_208n,
    });
  });

  it.each([
    [{ kind: "closed" }, "closed"],
    [{ kind: "exempt", reason: "单一业主" }, "exempt"],
    [{ kind: "no-standard" }, "no-standard"],
    [{ kind: "paid-in-full" }, "paid-in-full"],
  ] as const)("is nothing for a house that is %j", (standing, reason) => {
    expect(offerDeposit(standing, "recorded")).toEqual({ ok: false, reason });
    expect(noDepositWords(reason, true).text).not.toBe("");
  });

  it("is nothing while the house waits for verification, whatever it owes", () => {
    const standing: HouseStanding = { kind: "unpaid", dueFen: fen(1n) };
    expect(offerDeposit(standing, "provisional")).toEqual({ ok: false, reason: "provisional" });
  });
});

describe("the chosen kind of deposit", () => {
  it("is refused with the name of the right one, and with the reason", () => {
    expect(wrongKindSentence("00", true)).toContain("首次交款");
    expect(wrongKindSentence("04", true)).toContain("欠款补交");
    expect(wrongKindSentence("02", true)).toContain("维修资金续交");
  });

  it("is refused without a word about what was paid, where that is not told", () => {
    for (const kind of OFFERED_KINDS) {
      expect(wrongKindSentence(kind, false)).toMatch(/现在要交的是“.+”，请选它/);
      expect(wrongKindSentence(kind, false)).not.toMatch(/交过|交足|余额/);
    }
  });
});

it("does not tell paid from exempt and closed where the money is not told, but always what to do", () => {
  const words = (["paid-in-full", "exempt", "closed"] as const).map((reason) =>
    noDepositWords(reason, false),
  );
  expect(new Set(words.map(({ title, text }) => title + text)).size).toBe(1);
  for (const reason of ["no-standard", "provisional"] as const) {
    expect(noDepositWords(reason, false)).toEqual(noDepositWords(reason, true));
  }
});
