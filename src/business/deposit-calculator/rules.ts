import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { type Fen, negateFen, percentFloor } from "#src/kernel/money.ts";
import type { CitySettings } from "#src/register/city-settings.ts";
import {
  type FirstDeposit,
  judgeFirstDeposit,
} from "#src/register/standards/judge-first-deposit.ts";
import type { RegisterStandard } from "#src/register/standards/list-standards.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import type { CalculatorForm } from "./schema.ts";

/** What a house would be asked for, and what of it must always be there. */
export type Calculation =
  | {
      ok: true;
      standard: RegisterStandard;
      dueFen: Fen;
      /** A balance below this has to be topped up. */
      triggerFen: Fen;
      /** A top-up restores the balance to this. */
      targetFen: Fen;
    }
  | { ok: false; errors: FormErrors };

type Reason = Extract<FirstDeposit, { ok: false }>["reason"];

const REFUSALS: Readonly<Record<Reason, readonly [field: string, sentence: string]>> = {
  none: [
    "",
    "没有适用于这套房屋的交存标准。请核对用途和合同签订日；都没有错的，请带购房合同到维修资金管理中心核定",
  ],
  ambiguous: ["", "这套房屋适用的标准要由维修资金管理中心核定，请带购房合同到窗口，或者打 12345"],
  "needs-lift": ["lift", "这种房屋的标准分有没有电梯，请选择有无电梯"],
  "needs-floors": ["floors", "这种房屋的标准分楼层，请填写总层数"],
  "needs-price": ["price", "这种房屋的标准按购房总价计算，请填写购房总价"],
  "below-a-fen": ["area", "按这个面积算出的金额不到 1 分，请核对建筑面积"],
};

/**
 * Calculates the first deposit by the rule that the forms go by, and what art. 17 of the decree makes of it: the
 * balance below which a top-up is due (rounded up, since the comparison is exact) and what it is restored to.
 */
export function calculate(
  form: CalculatorForm,
  register: {
    standards: readonly RegisterStandard[];
    settings: Pick<CitySettings, "top-up-trigger-percent" | "top-up-target-percent">;
    today: CalendarDate;
  },
): Calculation {
  const { houseUse, floors, contractDate } = form;
  const house = { houseUse, hasLift: form.lift, floors, contractDate };
  const measure = { areaHundredths: form.area, priceFen: form.price };
  const judged = judgeFirstDeposit({ ...house, ...measure }, register.standards, register.today);
  if (!judged.ok) {
    const [field, sentence] = REFUSALS[judged.reason];
    return { ok: false, errors: { [field]: sentence } };
  }
  const { dueFen } = judged;
  const { settings } = register;
  return {
    ...judged,
    triggerFen: negateFen(percentFloor(negateFen(dueFen), settings["top-up-trigger-percent"])),
    targetFen: percentFloor(dueFen, settings["top-up-target-percent"]),
  };
}

/** Which questions the city's standards depend on at all. */
export function questionsOf(standards: readonly RegisterStandard[]) {
  return {
    asksFloors: standards.some((one) => one.floorsFrom !== null || one.floorsTo !== null),
    asksPrice: standards.some(({ basis }) => basis === "PRICE"),
  };
}
