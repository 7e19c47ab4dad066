import { formatArea } from "#src/kernel/area.ts";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { type Fen, formatYuan, ZERO_FEN } from "#src/kernel/money.ts";
import { chooseStandard, type HouseForStandard } from "./choose-standard.ts";
import { type DepositMeasure, firstDepositDue } from "./first-deposit-due.ts";
import type { RegisterStandard } from "./list-standards.ts";
import { standardText } from "./standard-text.ts";

/** A house as far as its first deposit depends on it. */
export interface HouseToJudge extends Omit<HouseForStandard, "standardDate">, DepositMeasure {
  /** Null where there is no contract yet. */
  contractDate: CalendarDate | null;
}

/** What a house is asked for by its standard, or what stands in the way. */
export type FirstDeposit =
  | { ok: true; standard: RegisterStandard; dueFen: Fen }
  | {
      ok: false;
      reason: "none" | "needs-lift" | "needs-floors" | "ambiguous" | "needs-price" | "below-a-fen";
    };

/**
 * Which edition of the standards a house goes by, as every page tells it. Import and forms decide it once, on the day
 * on which the house enters the register, and the house keeps it: the day of the payment never counts.
 */
export const WHICH_EDITION =
  "用哪一版标准，看购房合同签订的日期；没有购房合同的，看房屋登记到平台的日期。与哪一天交款无关";

/**
 * Decides the first deposit of a house: the standard of the day of its contract (of today where there is none: it
 * enters the register today, and would be sold under today's standard), and the amount by it (Decree 165 art. 7). The
 * one rule behind the forms and the calculator.
 */
export function judgeFirstDeposit(
  house: HouseToJudge,
  standards: readonly RegisterStandard[],
  today: CalendarDate,
): FirstDeposit {
  const standardDate = house.contractDate ?? today;
  const choice = chooseStandard(standards, { ...house, standardDate });
  if (!choice.ok) return choice;
  const dueFen = firstDepositDue(choice.standard, house);
  if (dueFen === null) return { ok: false, reason: "needs-price" };
  if (dueFen === ZERO_FEN) return { ok: false, reason: "below-a-fen" };
  return { ok: true, standard: choice.standard, dueFen };
}

/** Writes how a first deposit comes about: 98.76 ㎡ × 120.00 元/㎡ = 11,851.20 元. */
export function firstDepositArithmetic(
  measure: DepositMeasure,
  standard: Pick<RegisterStandard, "basis" | "coefficientE4">,
  dueFen: Fen,
): string {
  const due = `${formatYuan(dueFen)} 元`;
  if (standard.basis === "PRICE") {
    const price = measure.priceFen === null ? "" : `${formatYuan(measure.priceFen)} 元，`;
    return `${price}${standardText(standard)} = ${due}`;
  }
  return `${formatArea(measure.areaHundredths)} ㎡ × ${standardText(standard)} = ${due}`;
}
