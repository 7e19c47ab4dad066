import { z } from "zod";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import {
  areaField,
  contractDateField,
  keysOf,
  optionalField,
  priceField,
  storeyField,
} from "#src/register/house-fields.ts";
import { HOUSE_USE_WORDS } from "#src/register/house-words.ts";

const lift = z.enum(["", "yes", "no"], { error: "请选择有无电梯" });

/** What the calculator is asked, in the order of its fields. Nothing in it is personal. */
export function calculatorForm(today: CalendarDate) {
  return z.object({
    area: areaField("建筑面积"),
    houseUse: z.enum(keysOf(HOUSE_USE_WORDS), { error: "请选择房屋用途" }),
    lift: lift.transform((answer) => (answer === "" ? null : answer === "yes")),
    floors: optionalField(storeyField("总层数", 1)),
    price: optionalField(priceField),
    contractDate: optionalField(contractDateField(today)),
  });
}
export type CalculatorForm = z.infer<ReturnType<typeof calculatorForm>>;

/** The names of its fields, as they stand in the address. */
export const CALCULATOR_FIELDS = [
  "area",
  "houseUse",
  "lift",
  "floors",
  "price",
  "contractDate",
] as const;

/** What was typed, field by field, as the page shows it again. */
export type TypedQuestion = Readonly<Record<(typeof CALCULATOR_FIELDS)[number], string>>;
