import { createHash } from "node:crypto";
import { z } from "zod";
import { formatArea } from "#src/kernel/area.ts";
import { plainYuan } from "#src/kernel/money.ts";
import { compareLabels } from "#src/ledger/estate-book/building-layout.ts";
import {
  addPeriodFigures,
  type HousePeriod,
  type PeriodFigures,
} from "#src/ledger/period-figures.ts";
import type { Period } from "./rules.ts";

const yuan = z.string().regex(/^-?[0-9]+\.[0-9]{2}$/);
const figures = {
  opening: yuan,
  deposited: yuan,
  interest: yuan,
  used: yuan,
  refunded: yuan,
  other: yuan,
  closing: yuan,
};

const house = z.object({
  number: z.string(),
  building: z.string(),
  unit: z.string(),
  room: z.string(),
  area: z.string(),
  ...figures,
});

const content = z.object({
  format: z.literal("estate-statement/1"),
  estate: z.object({ number: z.string(), name: z.string() }),
  period: z.object({ code: z.string(), startsOn: z.string(), endsOn: z.string() }),
  totals: z.object({ houseCount: z.number().int(), ...figures }),
  buildings: z.array(z.object({ label: z.string(), houseCount: z.number().int(), ...figures })),
  houses: z.array(house),
});

/** What a statement says, as it is locked: amounts are text in yuan, houses have no names. */
export type StatementContent = z.infer<typeof content>;
export type StatementHouse = z.infer<typeof house>;
export type StatementFigures = Pick<StatementHouse, keyof typeof figures>;

/** Writes the figures of a period down in the one order in which they are always written. */
export function buildContent(
  estate: { code: string; name: string },
  period: Period,
  unordered: readonly HousePeriod[],
): StatementContent {
  const houses = unordered.toSorted(
    (a, b) =>
      compareLabels(a.buildingKey, b.buildingKey) ||
      compareLabels(a.unitKey, b.unitKey) ||
      compareLabels(a.roomKey, b.roomKey) ||
      (a.code < b.code ? -1 : 1),
  );
  const buildings = Map.groupBy(houses, ({ buildingKey }) => buildingKey);
  return {
    format: "estate-statement/1",
    estate: { number: estate.code, name: estate.name },
    period: { code: period.code, startsOn: period.startsOn, endsOn: period.endsOn },
    totals: { houseCount: houses.length, ...written(addPeriodFigures(houses)) },
    buildings: [...buildings.values()].map((members) => ({
      label: members[0]?.buildingLabel ?? "",
      houseCount: members.length,
      ...written(addPeriodFigures(members)),
    })),
    houses: houses.map((one) => ({
      number: one.code,
      building: one.buildingLabel,
      unit: one.unitLabel,
      room: one.roomLabel,
      area: formatArea(one.areaHundredths),
      ...written(one),
    })),
  };
}

function written(one: PeriodFigures): StatementFigures {
  return {
    opening: plainYuan(one.openingFen),
    deposited: plainYuan(one.depositedFen),
    interest: plainYuan(one.interestFen),
    used: plainYuan(one.usedFen),
    refunded: plainYuan(one.refundedFen),
    other: plainYuan(one.otherFen),
    closing: plainYuan(one.closingFen),
  };
}

/** The text that is locked, and its SHA-256. */
export function sealContent(said: StatementContent): { text: string; hash: Buffer } {
  const text = JSON.stringify(said);
  return { text, hash: createHash("sha256").update(text, "utf8").digest() };
}

/** Reads a locked text; throws when it was not written by `sealContent`. */
export function readContent(text: string): StatementContent {
  return content.parse(JSON.parse(text));
}
