import { createHash } from "node:crypto";
import { z } from "zod";
import { type Fen, fen, plainYuan } from "#src/kernel/money.ts";
import { formatTenths, sufficiencyTenths } from "#src/ledger/sufficiency.ts";
import { closingOf, type FundYear } from "../city-book/fund-years.ts";

/** Yuan with two decimals, as text: a JSON number cannot be trusted with money. */
const yuan = z.string().regex(/^-?[0-9]+\.[0-9]{2}$/);

/** The figures of a year: opening + deposited + interest − used − refunded + other = closing. */
const figures = {
  opening: yuan,
  deposited: yuan,
  interest: yuan,
  used: yuan,
  refunded: yuan,
  other: yuan,
  closing: yuan,
  firstDeposits: yuan,
  sufficiencyPercent: z
    .string()
    .regex(/^-?[0-9]+\.[0-9]$/)
    .nullable(),
};

const district = z.object({
  codes: z.array(z.string()).min(1),
  name: z.string(),
  /** Estates that the ledger knew by the end of the year. */
  estateCount: z.number().int(),
  ...figures,
});

const estate = z.object({
  /** One number; several where small estates are told together, and then no name. */
  numbers: z.array(z.string()).min(1),
  name: z.string(),
  district: z.string(),
  ...figures,
});

const use = z.object({
  /** Null where the estate is told only together with others. */
  number: z.string().nullable(),
  name: z.string(),
  district: z.string(),
  bookDate: z.string(),
  project: z.string(),
  scope: z.string(),
  /** Null for fewer houses than may be told. */
  houseCount: z.number().int().nullable(),
  amount: yuan,
});

/** What a locked year says, as it is kept. */
export const yearContentSchema = z.object({
  format: z.literal("locked-year/1"),
  year: z.number().int(),
  endsOn: z.string(),
  city: z.object({ estateCount: z.number().int(), ...figures }),
  districts: z.array(district),
  estates: z.array(estate),
  uses: z.array(use),
});

export type YearContent = z.infer<typeof yearContentSchema>;
export type YearFigures = z.infer<z.ZodObject<typeof figures>>;

/** Writes the figures of a year, or of a month, as text. */
export function writtenYear(year: Omit<FundYear, "year">): YearFigures {
  const tenths = sufficiencyTenths(year.closingFen, year.firstPaidFen);
  return {
    opening: plainYuan(year.openingFen),
    deposited: plainYuan(year.depositedFen),
    interest: plainYuan(year.interestFen),
    used: plainYuan(year.usedFen),
    refunded: plainYuan(year.refundedFen),
    other: plainYuan(year.otherFen),
    closing: plainYuan(year.closingFen),
    firstDeposits: plainYuan(year.firstPaidFen),
    sufficiencyPercent: tenths === null ? null : formatTenths(tenths).slice(0, -1),
  };
}

/** Reads an amount of a locked text back, exactly. */
export function fenOf(amount: string): Fen {
  return fen(BigInt(amount.replace(".", "")));
}

/** The text that is locked, and its SHA-256. */
export function sealYear(said: YearContent): { text: string; hash: Buffer } {
  const text = JSON.stringify(said);
  return { text, hash: createHash("sha256").update(text, "utf8").digest() };
}

/** Reads a locked text; throws when it was not written by `sealYear`. */
export function readYearContent(text: string): YearContent {
  return yearContentSchema.parse(JSON.parse(text));
}

/**
 * Looks whether a year adds up: each row in itself, districts and estates to the city, uses to what was used where
 * nothing was reversed. Answers with the first sentence that is not true, or null.
 */
export function findImbalance({ city, districts, estates }: YearContent): string | null {
  for (const row of [city, ...districts, ...estates]) {
    const said = figuresIn(row);
    if (closingOf(said) !== said.closingFen) return `${nameOf(row)} does not close`;
  }
  for (const key of SUMMED) {
    for (const [what, rows] of [
      ["districts", districts],
      ["estates", estates],
    ] as const) {
      const sum = rows.reduce((total, row) => total + fenOf(row[key]), 0n);
      if (sum !== fenOf(city[key])) return `${key} of the ${what} is not that of the city`;
    }
  }
  return null;
}

const SUMMED = [
  "opening",
  "deposited",
  "interest",
  "used",
  "refunded",
  "other",
  "closing",
  "firstDeposits",
] as const;

/** The amounts of a year that can be summed and compared, in the order in which they are shown. */
export const YEAR_AMOUNTS = SUMMED;

function figuresIn(row: YearFigures) {
  return {
    openingFen: fenOf(row.opening),
    depositedFen: fenOf(row.deposited),
    interestFen: fenOf(row.interest),
    usedFen: fenOf(row.used),
    refundedFen: fenOf(row.refunded),
    otherFen: fenOf(row.other),
    closingFen: fenOf(row.closing),
  };
}

function nameOf(row: object): string {
  return "name" in row ? `${row.name}` : "the city";
}
