import { sql } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { addFen, type Fen, fen } from "#src/kernel/money.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import { isCountedSql } from "./estate-figures.ts";

/**
 * What moved in a period: opening + deposited + interest − used − refunded + other = closing, exactly. Days are book
 * dates; what a reversal takes back is taken from what it reverses, in the period of the reversal.
 */
export interface PeriodFigures {
  openingFen: Fen;
  depositedFen: Fen;
  interestFen: Fen;
  usedFen: Fen;
  refundedFen: Fen;
  /** Whatever else the ledger knows, such as merged houses; keeps the addition true. */
  otherFen: Fen;
  closingFen: Fen;
}

/** One house's figures. Nobody is named. */
export interface HousePeriod extends PeriodFigures {
  houseId: bigint;
  code: string;
  buildingKey: string;
  buildingLabel: string;
  unitKey: string;
  unitLabel: string;
  roomKey: string;
  roomLabel: string;
  areaHundredths: number;
}

/**
 * Reads what moved on each house of an estate between two days, both included, from the entries. A house is there when
 * it is counted today or when the ledger ever knew it.
 */
export async function readPeriodFigures(
  db: Db | Tx,
  estateId: number,
  period: { startsOn: CalendarDate; endsOn: CalendarDate },
): Promise<HousePeriod[]> {
  const { rows } = await sql<Row>`
    with told as (
      select e.house_id, -e.amount_fen as fen, coalesce(original.kind, j.kind) as kind,
          j.book_date < ${period.startsOn}::date as is_before
        from entry e join journal j on j.id = e.journal_id
          left join journal original on original.id = j.reverses
        where e.estate_id = ${estateId} and e.house_id is not null
          and j.book_date <= ${period.endsOn}::date),
    moved as (
      select house_id, coalesce(sum(fen) filter (where is_before), 0)::bigint as opening,
          coalesce(sum(fen) filter (where not is_before and kind in ('deposit', 'opening')), 0)::bigint as deposited,
          coalesce(sum(fen) filter (where not is_before and kind = 'interest'), 0)::bigint as interest,
          coalesce(-sum(fen) filter (where not is_before and kind = 'use'), 0)::bigint as used,
          coalesce(-sum(fen) filter (where not is_before and kind = 'refund'), 0)::bigint as refunded,
          coalesce(sum(fen) filter (where not is_before
            and kind not in ('deposit', 'opening', 'interest', 'use', 'refund')), 0)::bigint as other,
          sum(fen)::bigint as closing
        from told group by house_id)
    select h.id as "houseId", h.code, h.building_key as "buildingKey", building.label as "buildingLabel",
        h.unit_key as "unitKey", h.unit_label as "unitLabel", h.room_key as "roomKey",
        h.room_label as "roomLabel", h.area_hundredths as "areaHundredths",
        m.opening, m.deposited, m.interest, m.used, m.refunded, m.other, m.closing
      from house h
        join building on building.estate_id = h.estate_id and building.id = h.building_id
        left join house_balance b on b.estate_id = h.estate_id and b.house_id = h.id
        left join moved m on m.house_id = h.id
      where h.estate_id = ${estateId} and (m.house_id is not null or ${isCountedSql})`.execute(db);
  return rows.map(toHousePeriod);
}

interface Row
  extends Omit<HousePeriod, keyof PeriodFigures>,
    Record<(typeof AMOUNTS)[number], bigint | null> {}

const AMOUNTS = [
  "opening",
  "deposited",
  "interest",
  "used",
  "refunded",
  "other",
  "closing",
] as const;

function toHousePeriod(row: Row): HousePeriod {
  const { opening, deposited, interest, used, refunded, other, closing, ...house } = row;
  const amount = (value: bigint | null) => fen(value ?? 0n);
  return {
    ...house,
    openingFen: amount(opening),
    depositedFen: amount(deposited),
    interestFen: amount(interest),
    usedFen: amount(used),
    refundedFen: amount(refunded),
    otherFen: amount(other),
    closingFen: amount(closing),
  };
}

/** Adds the figures of several houses up. */
export function addPeriodFigures(all: readonly PeriodFigures[]): PeriodFigures {
  const sum = (of: (one: PeriodFigures) => Fen) => addFen(...all.map(of));
  return {
    openingFen: sum((one) => one.openingFen),
    depositedFen: sum((one) => one.depositedFen),
    interestFen: sum((one) => one.interestFen),
    usedFen: sum((one) => one.usedFen),
    refundedFen: sum((one) => one.refundedFen),
    otherFen: sum((one) => one.otherFen),
    closingFen: sum((one) => one.closingFen),
  };
}
