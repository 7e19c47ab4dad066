import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { fen } from "#src/kernel/money.ts";
import { firstDepositDue } from "#src/register/standards/first-deposit-due.ts";
import { buildCity, type TestCity } from "#tests/support/builders.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { houseStanding } from "./house-standing.ts";
import { dueSql, standingKindSql } from "./house-standing-sql.ts";

const SETTINGS = { "top-up-trigger-percent": 30, "top-up-target-percent": 100 } as const;

const STANDARDS = [
  { basis: "AREA", coefficientE4: 850_000n, roundTo: "FEN" },
  { basis: "AREA", coefficientE4: 600_001n, roundTo: "JIAO" },
  { basis: "COST_PRICE", coefficientE4: 333_333n, roundTo: "YUAN" },
  { basis: "PRICE", coefficientE4: 200n, roundTo: "FEN" },
  { basis: "PRICE", coefficientE4: 9_999n, roundTo: "YUAN" },
  { basis: "AREA", coefficientE4: 400_000_000_000n, roundTo: "FEN" },
] as const;

/** Areas and prices whose products fall below, on and above the half of what is rounded to. */
const MEASURES = [
  { area: 8_997, price: 123_456_789n },
  { area: 12_034, price: null },
  { area: 1, price: 1n },
  { area: 9_999_999, price: 900_000_000_000_000n },
  { area: 5_025, price: 2_525n },
  { area: 7_777, price: 75n },
];

let database: TestDatabase;
let city: TestCity;
beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
  await city.owner
    .insertInto("deposit_standard")
    .values(
      STANDARDS.map(({ basis, coefficientE4, roundTo }, at) => ({
        code: `T${at}`,
        name: `T${at}`,
        basis,
        coefficient_e4: coefficientE4,
        round_to: roundTo,
        effective_from: calendarDate("2020-01-01"),
        legal_basis: "（示例）",
      })),
    )
    .execute();
});
afterAll(() => database?.drop());

interface Case {
  standard: (typeof STANDARDS)[number] | null;
  standardCode: string | null;
  area: number;
  price: bigint | null;
  status: "recorded" | "closed";
  exemptReason: string | null;
  firstPaid: bigint | null;
  balance: bigint;
}

/** Every standard × measure, paid nothing, one fen less, exactly, more, and just around 30 %. */
function cases(): Case[] {
  const plain = { status: "recorded", exemptReason: null } as const;
  const all = STANDARDS.flatMap((standard, at) =>
    MEASURES.flatMap(({ area, price }): Case[] => {
      const measure = { areaHundredths: area, priceFen: price === null ? null : fen(price) };
      const due = firstDepositDue(standard, measure) ?? fen(1_000n);
      const one = { standard, standardCode: `T${at}`, area, price, ...plain };
      const held = [due, (due * 30n) / 100n - 1n, (due * 30n) / 100n, (due * 30n) / 100n + 1n];
      return [
        { ...one, firstPaid: null, balance: 0n },
        { ...one, firstPaid: 0n, balance: 5n },
        { ...one, firstPaid: due - 1n, balance: due },
        ...held.map((balance) => ({ ...one, firstPaid: due as bigint, balance })),
      ].filter((each) => each.balance >= 0n && (each.firstPaid ?? 0n) >= 0n);
    }),
  );
  const [first] = all as [Case];
  return [
    ...all,
    { ...first, status: "closed" },
    { ...first, exemptReason: "（示例）" },
    { ...first, standard: null, standardCode: null },
    // domain: 7,647.45 first deposited; 2,294.23 is below 30 %, 2,294.24 is not
    { ...first, area: 8_997, firstPaid: 764_745n, balance: 229_423n },
    { ...first, area: 8_997, firstPaid: 764_745n, balance: 229_424n },
  ];
}

test("the database decides about every house as the program does, down to the fen", async () => {
  const all = cases();
  expect(all.length).toBeGreaterThan(200);
  const { rows } = await sql<{ n: number; kind: string; due: string | null }>`
    with h as (
      select * from unnest(${all.map((_, at) => at)}::int[], ${all.map((one) => one.standardCode)}::text[],
        ${all.map((one) => one.area)}::int[], ${all.map((one) => one.price?.toString() ?? null)}::bigint[],
        ${all.map((one) => one.status)}::text[], ${all.map((one) => one.exemptReason)}::text[],
        ${all.map((one) => one.firstPaid?.toString() ?? null)}::bigint[],
        ${all.map((one) => one.balance.toString())}::bigint[])
      as x(n, standard_code, area_hundredths, price_fen, status, exempt_reason, first_paid, balance)
    )
    select h.n, ${standingKindSql(30)} as kind, due.fen::text as due
      from h left join deposit_standard s on s.code = h.standard_code
        left join lateral (select h.first_paid as first_paid_fen, h.balance as principal_fen,
          0::bigint as interest_fen where h.first_paid is not null) b on true
        cross join ${dueSql} due
      order by h.n`.execute(city.db);
  const told = rows.map(({ kind, due }) => ({ kind, due }));
  const decided = all.map((one) => {
    const measure = {
      areaHundredths: one.area,
      priceFen: one.price === null ? null : fen(one.price),
    };
    const dueFen = one.standard === null ? null : firstDepositDue(one.standard, measure);
    const balance = {
      principalFen: fen(one.firstPaid === null ? 0n : one.balance),
      interestFen: fen(0n),
      reservedFen: fen(0n),
      firstPaidFen: fen(one.firstPaid ?? 0n),
    };
    const { kind } = houseStanding({ ...one, dueFen }, balance, SETTINGS);
    return { kind, due: dueFen === null ? null : `${dueFen}` };
  });
  expect(told).toEqual(decided);
  expect(new Set(told.map(({ kind }) => kind)).size).toBe(7);
  expect(told.slice(-2).map(({ kind }) => kind)).toEqual(["below-trigger", "paid-in-full"]);
});
