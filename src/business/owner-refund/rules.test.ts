import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { addFen, type Fen, fen } from "#src/kernel/money.ts";
import type { House } from "#src/register/find-house.ts";
import { firstDepositDue } from "#src/register/standards/first-deposit-due.ts";
import {
  NO_REFUND_SENTENCES,
  offerRefund,
  type PaidDeposit,
  type RefundBasis,
  type RefundFacts,
} from "./rules.ts";

const NOTHING: RefundBasis = { newAreaHundredths: null, journalId: null, askedFen: null };

function standard(coefficientE4: bigint, basis: "AREA" | "PRICE" = "AREA"): House["standard"] {
  return {
    code: "SL",
    name: "有电梯住宅",
    basis,
    coefficientE4,
    roundTo: "FEN",
    effectiveFrom: calendarDate("2024-01-01"),
    legalBasis: "（示例）",
  };
}

/** A house of the field's own vector: 89.97 ㎡ at 85.00 yuan, 7,647.45 due and paid. */
function facts(
  changed: {
    area?: number;
    rate?: bigint;
    principal?: number;
    interest?: number;
    firstPaid?: number;
    reserved?: number;
    status?: House["status"];
    isRejected?: boolean;
    deposits?: readonly PaidDeposit[];
  } = {},
): RefundFacts {
  const areaHundredths = changed.area ?? 8_997;
  const terms = standard(changed.rate ?? 850_000n);
  const dueFen = firstDepositDue(terms as NonNullable<House["standard"]>, {
    areaHundredths,
    priceFen: null,
  });
  return {
    house: {
      status: changed.status ?? "recorded",
      isRejected: changed.isRejected ?? false,
      areaHundredths,
      standard: terms,
      dueFen,
    },
    balance: {
      principalFen: fen(changed.principal ?? 764_745),
      interestFen: fen(changed.interest ?? 0),
      reservedFen: fen(changed.reserved ?? 0),
      firstPaidFen: fen(changed.firstPaid ?? 764_745),
    },
    deposits: changed.deposits ?? [],
  };
}

const deposit = (id: bigint, amount: number, depositKind: PaidDeposit["depositKind"] = "00") => ({
  journalId: id,
  depositKind,
  principalFen: fen(amount),
  noticeNo: `11261123048271953${id}`,
  valueDate: calendarDate("2026-11-01"),
});

describe("R01 and R06: the whole balance", () => {
  test("R01 gives principal and interest back, and the first deposit with them", () => {
    expect(offerRefund("R01", facts({ interest: 16_195 }), NOTHING)).toMatchObject({
      ok: true,
      principalFen: 764_745n,
      interestFen: 16_195n,
      amountFen: 780_940n,
      firstDepositFen: 764_745n,
      depositKind: "00",
      effect: { kind: "owner-cleared" },
    });
  });

  test("R01 of a house that has spent some takes back no more first deposit than its principal", () => {
    const spent = facts({ principal: 300_000 });
    expect(offerRefund("R01", spent, NOTHING)).toMatchObject({
      principalFen: 300_000n,
      firstDepositFen: 300_000n,
    });
  });

  test("R06 closes the house; what was once deposited stays history", () => {
    expect(offerRefund("R06", facts({ interest: 5 }), NOTHING)).toMatchObject({
      amountFen: 764_750n,
      firstDepositFen: 0n,
      depositKind: null,
      effect: { kind: "closed" },
    });
  });
});

describe("R02: paid − payable", () => {
  test("gives back what was paid too much, to the fen", () => {
    const over = facts({ principal: 764_746, firstPaid: 764_746 });
    expect(offerRefund("R02", over, NOTHING)).toMatchObject({ amountFen: 1n, firstDepositFen: 1n });
  });

  test("refuses a house that paid what is due, or less", () => {
    const refused = { ok: false, reason: "nothing-too-much" };
    expect(offerRefund("R02", facts(), NOTHING)).toEqual(refused);
    expect(offerRefund("R02", facts({ firstPaid: 764_744 }), NOTHING)).toEqual(refused);
  });

  test("does not give back what a repair has spent", () => {
    const spent = facts({ principal: 500, firstPaid: 774_745 });
    expect(offerRefund("R02", spent, NOTHING)).toMatchObject({ amountFen: 500n });
  });
});

describe("R03: (area on record − measured area) × rate", () => {
  const measured = (newAreaHundredths: number) => ({ ...NOTHING, newAreaHundredths });

  test("1.20 ㎡ less at 120.00 yuan are 144.00", () => {
    const house = facts({
      area: 9_876,
      rate: 1_200_000n,
      principal: 1_185_120,
      firstPaid: 1_185_120,
    });
    expect(offerRefund("R03", house, measured(9_756))).toMatchObject({
      amountFen: 14_400n,
      firstDepositFen: 14_400n,
      effect: { kind: "area-corrected", areaHundredths: 9_756 },
    });
  });

  test("refuses an area that is not smaller, and a house that goes by price", () => {
    expect(offerRefund("R03", facts(), measured(8_997))).toMatchObject({
      reason: "area-not-smaller",
    });
    const price = { ...facts(), house: { ...facts().house, standard: standard(200n, "PRICE") } };
    expect(offerRefund("R03", price, measured(8_000))).toMatchObject({ reason: "no-area-basis" });
  });

  test("does not give a part payer what he still owes", () => {
    expect(offerRefund("R03", facts({ principal: 100, firstPaid: 100 }), measured(8_000))).toEqual({
      ok: false,
      reason: "nothing-too-much",
    });
  });

  test("never leaves a paid house owing by a rounded fen", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 99_999 }),
        fc.integer({ min: 1, max: 99_998 }),
        fc.bigInt({ min: 1n, max: 3_000_000n }),
        (area, smaller, rate) => {
          const after = Math.min(smaller, area - 1);
          const due = facts({ area, rate }).house.dueFen as Fen;
          if (due === 0n) return;
          const paid = facts({ area, rate, principal: Number(due), firstPaid: Number(due) });
          const offer = offerRefund("R03", paid, measured(after));
          const dueAfter = facts({ area: after, rate }).house.dueFen as Fen;
          if (!offer.ok) {
            expect(due - dueAfter).toBeLessThanOrEqual(1n);
            return;
          }
          expect(due - offer.amountFen).toBeGreaterThanOrEqual(dueAfter);
          expect(due - offer.amountFen - dueAfter).toBeLessThanOrEqual(1n);
        },
      ),
    );
  });
});

describe("R04 and R05: one payment in full", () => {
  const twice = [deposit(1n, 764_745), deposit(2n, 764_745)];
  const paidTwice = { principal: 1_529_490, firstPaid: 1_529_490, deposits: twice };

  test("R04 gives the later payment back and names its notice", () => {
    expect(offerRefund("R04", facts(paidTwice), { ...NOTHING, journalId: 2n })).toMatchObject({
      amountFen: 764_745n,
      firstDepositFen: 764_745n,
      originalNoticeNo: "112611230482719532",
    });
  });

  test("R04 does not give the first payment back, nor the only one", () => {
    expect(offerRefund("R04", facts(paidTwice), { ...NOTHING, journalId: 1n })).toMatchObject({
      reason: "no-such-payment",
    });
    const once = facts({ deposits: twice.slice(0, 1) });
    expect(offerRefund("R04", once, { ...NOTHING, journalId: 1n })).toMatchObject({
      reason: "no-second-payment",
    });
  });

  test("R05 gives a top-up back without touching the first deposit", () => {
    const topUp = facts({
      principal: 800_000,
      deposits: [...twice.slice(0, 1), deposit(3n, 35_255, "02")],
    });
    expect(offerRefund("R05", topUp, { ...NOTHING, journalId: 3n })).toMatchObject({
      amountFen: 35_255n,
      firstDepositFen: 0n,
      depositKind: null,
    });
  });

  test("R05 keeps the kind the payment was deposited under", () => {
    const arrears = facts({ deposits: [deposit(4n, 100, "04")] });
    expect(offerRefund("R05", arrears, { ...NOTHING, journalId: 4n })).toMatchObject({
      depositKind: "04",
    });
  });
});

describe("R07: what the approval names", () => {
  const asked = (amount: number) => ({ ...NOTHING, askedFen: fen(amount) });

  test("takes principal first, then interest", () => {
    const house = facts({ principal: 100, interest: 50, firstPaid: 100 });
    expect(offerRefund("R07", house, asked(120))).toMatchObject({
      principalFen: 100n,
      interestFen: 20n,
      effect: { kind: "exempt" },
    });
    expect(offerRefund("R07", house, asked(99))).toMatchObject({ effect: { kind: "none" } });
  });

  test("refuses nothing, and one fen above the balance", () => {
    expect(offerRefund("R07", facts(), asked(0))).toMatchObject({ reason: "nothing-asked" });
    expect(offerRefund("R07", facts(), asked(764_746))).toMatchObject({ reason: "above-balance" });
  });
});

test("a closed, unverified, reserved or empty house gives nothing back for any reason", () => {
  for (const reason of ["R01", "R02", "R03", "R04", "R05", "R06", "R07"] as const) {
    const why = (changed: Parameters<typeof facts>[0]) =>
      offerRefund(reason, facts(changed), NOTHING);
    expect(why({ status: "closed" })).toMatchObject({ reason: "closed" });
    expect(why({ status: "provisional" })).toMatchObject({ reason: "provisional" });
    expect(why({ status: "provisional", isRejected: true })).not.toMatchObject({
      reason: "provisional",
    });
    expect(why({ reserved: 1 })).toMatchObject({ reason: "reserved" });
    expect(why({ principal: 0, firstPaid: 0 })).toMatchObject({ reason: "nothing-held" });
  }
});

test("whatever is offered is more than nothing, within the balance and within the first deposit", () => {
  const money = fc.integer({ min: 0, max: 2_000_000 });
  fc.assert(
    fc.property(
      fc.constantFrom("R01", "R02", "R03", "R04", "R05", "R06", "R07"),
      fc.record({
        principal: money,
        interest: money,
        firstPaid: money,
        area: fc.integer({ min: 1, max: 20_000 }),
      }),
      fc.record({
        newAreaHundredths: fc.integer({ min: 1, max: 20_000 }),
        asked: money,
        amount: money,
      }),
      (reason, house, typed) => {
        const deposits = [deposit(1n, 5), deposit(2n, typed.amount + 1)];
        const given = facts({ ...house, deposits });
        const offer = offerRefund(reason as "R01", given, {
          newAreaHundredths: typed.newAreaHundredths,
          journalId: 2n,
          askedFen: fen(typed.asked),
        });
        if (!offer.ok) {
          expect(NO_REFUND_SENTENCES[offer.reason]).toBeTruthy();
          return;
        }
        expect(offer.amountFen).toBe(addFen(offer.principalFen, offer.interestFen));
        expect(offer.amountFen > 0n).toBe(true);
        expect(offer.principalFen <= given.balance.principalFen).toBe(true);
        expect(offer.interestFen <= given.balance.interestFen).toBe(true);
        expect(offer.firstDepositFen <= offer.principalFen).toBe(true);
        expect(offer.firstDepositFen <= given.balance.firstPaidFen).toBe(true);
        expect(offer.firstDepositFen > 0n).toBe(offer.depositKind !== null);
      },
    ),
  );
});
