import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { fen } from "#src/kernel/money.ts";
import { getHouseBalance, type HouseKey } from "#src/ledger/house-balances.ts";
import { buildCity, buildHouse, NOW, OTHER_BANK, type TestCity } from "#tests/support/builders.ts";
import { listOffenders } from "#tests/support/guard-control.ts";
import {
  bookMoney,
  buildDeposit,
  buildNotice,
  buildPaidHouse,
  confirmationOf,
  takeBack,
} from "#tests/support/payment-builders.ts";
import {
  approve,
  buildRefund,
  buildVoucher,
  cannotPay,
  disbursementOf,
  openVoucherAtDesk,
  payOut,
  readVoucher,
  review,
  sweepVouchers,
  voidVoucher,
} from "#tests/support/refund-builders.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";

let database: TestDatabase;
let city: TestCity;
beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
});
afterAll(async () => {
  expect(await listOffenders(city.db)).toEqual([]);
  await database.drop();
});

const DUE = 1_185_120n;
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const stateOf = async (applicationId: bigint) =>
  (
    await city.db
      .selectFrom("application")
      .select("state")
      .where("id", "=", applicationId)
      .executeTakeFirstOrThrow()
  ).state;
const held = async (house: HouseKey) => {
  const { principalFen, interestFen, reservedFen, firstPaidFen } = await getHouseBalance(
    city.db,
    house,
  );
  return [principalFen, interestFen, reservedFen, firstPaidFen];
};

describe("approval", () => {
  test("reserves the money, and nothing before it does", async () => {
    const { house } = await buildPaidHouse(city);
    const refund = await buildRefund(city, house);
    await review(city, refund);
    expect(await held(house)).toEqual([DUE, 0n, 0n, DUE]);
    expect((await approve(city, refund)).outcome).toBe("issued");
    expect(await held(house)).toEqual([DUE, 0n, 10_000n, DUE]);
  });

  test("is refused for more than the house holds", async () => {
    const { house } = await buildPaidHouse(city);
    const refund = await buildRefund(city, house, { principalFen: fen(DUE + 1n) });
    await review(city, refund);
    expect((await approve(city, refund)).outcome).toBe("balance-short");
    const interest = await buildPaidHouse(city);
    const other = await buildRefund(city, interest.house, { interestFen: fen(1n) });
    await review(city, other);
    expect((await approve(city, other)).outcome).toBe("balance-short");
    expect(await held(house)).toEqual([DUE, 0n, 0n, DUE]);
  });

  test("is refused on a closed house", async () => {
    const { house } = await buildPaidHouse(city);
    const refund = await buildRefund(city, house);
    await review(city, refund);
    await city.owner
      .updateTable("house")
      .set({ status: "closed" })
      .where("id", "=", house.houseId)
      .execute();
    expect((await approve(city, refund)).outcome).toBe("house-closed");
  });

  test("is refused when more counts as first deposit than the house still has of it", async () => {
    const house = await buildHouse(city);
    await buildDeposit(city, house, { amountFen: fen(50_000), depositKind: "02" });
    const refund = await buildRefund(city, house, { principalFen: fen(10_000) });
    await review(city, refund);
    expect((await approve(city, refund)).outcome).toBe("balance-changed");
  });
});

describe("payment", () => {
  test("takes principal, reserve and first deposit back in one step", async () => {
    const { house } = await buildPaidHouse(city);
    const voucher = await buildVoucher(city, house);
    expect((await openVoucherAtDesk(city, voucher.no)).kind).toBe("locked");
    expect((await payOut(city, disbursementOf(voucher))).kind).toBe("paid");
    expect(await held(house)).toEqual([DUE - 10_000n, 0n, 0n, DUE - 10_000n]);
    expect(await stateOf(voucher.applicationId)).toBe("paid");
  });

  test("repeated answers as it did, under other content it is refused", async () => {
    const { house } = await buildPaidHouse(city);
    const voucher = await buildVoucher(city, house);
    const message = disbursementOf(voucher);
    const first = await payOut(city, message);
    expect(await payOut(city, message)).toEqual({
      kind: "repeat",
      journalId: first.kind === "paid" ? first.journalId : 0n,
    });
    const valueDate = calendarDate("2026-11-22");
    expect((await payOut(city, { ...message, valueDate })).kind).toBe("reference-used");
    expect((await payOut(city, disbursementOf(voucher))).kind).toBe("already-paid");
    expect(await held(house)).toEqual([DUE - 10_000n, 0n, 0n, DUE - 10_000n]);
  });

  test("is refused for a wrong code, amount or bank, and books nothing", async () => {
    const { house } = await buildPaidHouse(city);
    const voucher = await buildVoucher(city, house);
    const other = await buildVoucher(city, (await buildPaidHouse(city)).house);
    const tried = async (overrides: object) =>
      (await payOut(city, disbursementOf(voucher, overrides))).kind;
    expect(await tried({ code: other.code === voucher.code ? "00000000" : other.code })).toBe(
      "wrong-code",
    );
    expect(await tried({ amountFen: fen(9_999) })).toBe("amount-differs");
    expect(await tried({ bankCode: OTHER_BANK.code })).toBe("wrong-bank");
    expect(await tried({ no: "710000000000000000" })).toBe("unknown");
    expect(await held(house)).toEqual([DUE, 0n, 10_000n, DUE]);
  });

  test("is refused where another desk holds the voucher, until its lease ends", async () => {
    const voucher = await buildVoucher(city, (await buildPaidHouse(city)).house);
    await openVoucherAtDesk(city, voucher.no, { teller: "teller:a" });
    const b = { teller: "teller:b" };
    expect((await openVoucherAtDesk(city, voucher.no, b)).kind).toBe("locked-elsewhere");
    expect((await payOut(city, disbursementOf(voucher, b))).kind).toBe("locked-elsewhere");
    expect(await cannotPay(city, voucher.no, b)).toBe("locked-elsewhere");
    const message = disbursementOf(voucher, { ...b, now: later(16) });
    expect((await payOut(city, message)).kind).toBe("paid");
  });

  test("is refused after the last day, but for the desk that holds the voucher over midnight", async () => {
    const eve = new Date("2026-11-23T15:55:00Z");
    const past = new Date("2026-11-23T16:05:00Z");
    const late = await buildVoucher(city, (await buildPaidHouse(city)).house, { validDays: 0 });
    expect((await openVoucherAtDesk(city, late.no, { now: past })).kind).toBe("expired");
    expect((await payOut(city, disbursementOf(late, { now: past }))).kind).toBe("expired");
    const kept = await buildVoucher(city, (await buildPaidHouse(city)).house, { validDays: 0 });
    await openVoucherAtDesk(city, kept.no, { now: eve });
    expect(await sweepVouchers(city, past)).toBe(1);
    expect((await payOut(city, disbursementOf(kept, { now: past }))).kind).toBe("paid");
  });

  test("is refused under a reference that brought money in, and the other way round", async () => {
    const { house, message } = await buildPaidHouse(city);
    const voucher = await buildVoucher(city, house);
    const { bankRef } = message;
    expect((await payOut(city, disbursementOf(voucher, { bankRef }))).kind).toBe("reference-used");
    const paid = disbursementOf(voucher);
    await payOut(city, paid);
    const notice = await buildNotice(city, await buildHouse(city));
    const confirmed = confirmationOf(notice, { bankRef: paid.bankRef });
    expect((await bookMoney(city, confirmed)).kind).toBe("reference-used");
  });

  test("of the whole balance waits when money came meanwhile", async () => {
    const { house } = await buildPaidHouse(city);
    const voucher = await buildVoucher(city, house, {
      reason: "R06",
      principalFen: fen(DUE),
      firstDepositFen: fen(0n),
      effect: { kind: "closed" },
    });
    await buildDeposit(city, house, { amountFen: fen(5n), depositKind: "02" });
    expect((await openVoucherAtDesk(city, voucher.no)).kind).toBe("balance-changed");
    expect((await payOut(city, disbursementOf(voucher))).kind).toBe("balance-changed");
    expect(await held(house)).toEqual([DUE + 5n, 0n, DUE, DUE]);
  });
});

describe("a voucher that is not paid", () => {
  test("gives its reserve free when the bank fails, and the applicant's turn comes", async () => {
    const { house } = await buildPaidHouse(city);
    const voucher = await buildVoucher(city, house);
    expect(await cannotPay(city, voucher.no, { bankCode: OTHER_BANK.code })).toBe("wrong-bank");
    expect(await cannotPay(city, voucher.no)).toBe("failed");
    expect(await cannotPay(city, voucher.no)).toBe("repeat");
    expect(await held(house)).toEqual([DUE, 0n, 0n, DUE]);
    expect(await stateOf(voucher.applicationId)).toBe("correcting");
    expect((await payOut(city, disbursementOf(voucher))).kind).toBe("failed");
  });

  test("gives its reserve free when it expires, and is issued anew", async () => {
    const { house } = await buildPaidHouse(city);
    const voucher = await buildVoucher(city, house, { validDays: 1 });
    const past = new Date("2026-11-25T02:00:00Z");
    expect(await sweepVouchers(city, past)).toBeGreaterThanOrEqual(1);
    expect(await held(house)).toEqual([DUE, 0n, 0n, DUE]);
    expect(await stateOf(voucher.applicationId)).toBe("voucher-expired");
    const again = await approve(city, voucher, { now: past, by: "finance" });
    expect(again.outcome).toBe("issued");
    expect(await cannotPay(city, voucher.no)).toBe("expired");
    const message = disbursementOf(await readVoucher(city, again.no), { now: past });
    expect((await payOut(city, message)).kind).toBe("paid");
    expect(await held(house)).toEqual([DUE - 10_000n, 0n, 0n, DUE - 10_000n]);
  });

  test("is taken back by the fund centre, but not out of a teller's hands", async () => {
    const { house } = await buildPaidHouse(city);
    const voucher = await buildVoucher(city, house);
    await openVoucherAtDesk(city, voucher.no);
    expect(await voidVoucher(city, voucher)).toBe("locked");
    expect(await voidVoucher(city, voucher, later(16))).toBe("cancelled");
    expect((await payOut(city, disbursementOf(voucher))).kind).toBe("cancelled");
    expect(await held(house)).toEqual([DUE, 0n, 0n, DUE]);
  });
});

describe("what the refund means for the house", () => {
  test("R06 closes it with nothing left", async () => {
    const { house } = await buildPaidHouse(city);
    const voucher = await buildVoucher(city, house, {
      reason: "R06",
      principalFen: fen(DUE),
      firstDepositFen: fen(0n),
      effect: { kind: "closed" },
    });
    await payOut(city, disbursementOf(voucher));
    expect(await held(house)).toEqual([0n, 0n, 0n, DUE]);
    const notice = await buildNotice(city, house, { amountFen: fen(100n), depositKind: "02" });
    expect(await bookMoney(city, confirmationOf(notice))).toMatchObject({ kind: "suspense" });
  });

  test("R01 clears its owner and keeps who it was", async () => {
    const { house } = await buildPaidHouse(city);
    await city.owner
      .insertInto("house_owner")
      .values({
        estate_id: house.estateId,
        house_id: house.houseId,
        n: 1,
        name_cipher: city.personalData.encrypt("张示例"),
        document_kind: "resident-id",
        document_cipher: city.personalData.encrypt("11010519491231002X"),
        document_hash: city.personalData.hash("document", "11010519491231002X"),
      })
      .execute();
    const voucher = await buildVoucher(city, house, {
      reason: "R01",
      principalFen: fen(DUE),
      effect: { kind: "owner-cleared" },
    });
    await payOut(city, disbursementOf(voucher));
    expect(await held(house)).toEqual([0n, 0n, 0n, 0n]);
    const count = (table: "house_owner" | "former_house_owner") =>
      city.db
        .selectFrom(table)
        .select("n")
        .where("estate_id", "=", house.estateId)
        .where("house_id", "=", house.houseId)
        .execute();
    expect([await count("house_owner"), await count("former_house_owner")]).toEqual([
      [],
      [{ n: 1 }],
    ]);
  });

  test("R03 writes the measured area down", async () => {
    const { house } = await buildPaidHouse(city);
    const voucher = await buildVoucher(city, house, {
      reason: "R03",
      principalFen: fen(14_400),
      effect: { kind: "area-corrected", areaHundredths: 9_756 },
    });
    await payOut(city, disbursementOf(voucher));
    const row = await city.db
      .selectFrom("house")
      .select(["area_hundredths", "area_kind"])
      .where("estate_id", "=", house.estateId)
      .where("id", "=", house.houseId)
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ area_hundredths: 9_756, area_kind: "measured" });
    expect(await held(house)).toEqual([DUE - 14_400n, 0n, 0n, DUE - 14_400n]);
  });

  test("a part that was never first deposit goes back in a journal of its own", async () => {
    const { house } = await buildPaidHouse(city);
    await buildDeposit(city, house, { amountFen: fen(20_000), depositKind: "02" });
    const voucher = await buildVoucher(city, house, {
      principalFen: fen(DUE + 5_000n),
      firstDepositFen: fen(DUE),
    });
    await payOut(city, disbursementOf(voucher));
    expect(await held(house)).toEqual([15_000n, 0n, 0n, 0n]);
  });
});

describe("reversals beside refunds", () => {
  test("a deposit that a voucher holds, or that went back, is not reversed", async () => {
    const { house, notice } = await buildPaidHouse(city);
    const voucher = await buildVoucher(city, house);
    expect(await takeBack(city, notice.no)).toBe("spent");
    await payOut(city, disbursementOf(voucher));
    expect(await takeBack(city, notice.no)).toBe("spent");
  });

  test("a payment that goes back is not reversed out of what else was paid for the house", async () => {
    const { house } = await buildPaidHouse(city);
    const second = await buildNotice(city, house, { depositKind: "01" });
    await bookMoney(city, confirmationOf(second));
    const voucher = await buildVoucher(city, house, {
      reason: "R04",
      principalFen: second.amountFen,
      depositKind: "01",
      originalNoticeNo: second.no,
    });
    expect(await takeBack(city, second.no)).toBe("spent");
    expect((await payOut(city, disbursementOf(voucher))).kind).toBe("paid");
    expect(await takeBack(city, second.no)).toBe("spent");
    expect((await getHouseBalance(city.db, house)).principalFen).toBe(second.amountFen);
  });

  test("a payment whose voucher came to nothing can still be reversed", async () => {
    const { house } = await buildPaidHouse(city);
    const second = await buildNotice(city, house, { depositKind: "01" });
    await bookMoney(city, confirmationOf(second));
    const voucher = await buildVoucher(city, house, {
      reason: "R04",
      principalFen: second.amountFen,
      depositKind: "01",
      originalNoticeNo: second.no,
    });
    expect(await cannotPay(city, voucher.no)).toBe("failed");
    expect(await takeBack(city, second.no)).toBe("reversed");
  });

  test("a first deposit that went back is not reversed out of a top-up", async () => {
    const { house, notice } = await buildPaidHouse(city);
    await buildDeposit(city, house, { amountFen: fen(DUE), depositKind: "02" });
    const voucher = await buildVoucher(city, house);
    expect(await takeBack(city, notice.no)).toBe("spent");
    await payOut(city, disbursementOf(voucher));
    expect(await takeBack(city, notice.no)).toBe("spent");
  });
});
