import { z } from "zod";
import { type CalendarDate, calendarDate } from "#src/kernel/calendar-date.ts";
import { parseYuanText } from "#src/kernel/money.ts";
import { cleanText, hasForbiddenCharacters, toHalfWidth } from "#src/kernel/typed-text.ts";
import {
  areaField,
  contractDateField,
  keysOf,
  optionalField,
  priceField,
  storeyField,
} from "#src/register/house-fields.ts";
import {
  DOCUMENT_KIND_WORDS,
  HOUSE_NATURE_WORDS,
  HOUSE_USE_WORDS,
} from "#src/register/house-words.ts";
import { nameField, phoneField } from "#src/register/person-fields.ts";
import type { RegisterOwner } from "#src/register/provisional-house.ts";

/** The form has room for this many owners; more of them apply at the counter. */
export const OWNERS_MAX = 5;

const LABEL_LENGTH_MAX = 20;

type Context = z.core.$RefinementCtx<string>;

function refuse(context: Context, message: string): never {
  context.addIssue({ code: "custom", message });
  return z.NEVER as never;
}

/** A part of an address: a number or a name such as 12, A座, 综合楼, 负一层A103. */
function label(what: string, example: string, isOptional = false) {
  return z.string().transform((text, context) => {
    if (hasForbiddenCharacters(text)) {
      return refuse(context, `${what}里有不能识别的字符，请删掉后重新输入`);
    }
    const typed = toHalfWidth(cleanText(text)).replace(/\s+/g, " ");
    if (typed === "") return isOptional ? "" : refuse(context, `请填写${what}，例如 ${example}`);
    if ([...typed].length > LABEL_LENGTH_MAX) {
      return refuse(context, `${what}太长，最多 ${LABEL_LENGTH_MAX} 个字，例如 ${example}`);
    }
    if (!/^[\p{Script=Han}A-Za-z0-9 #()\-–—、·.]+$/u.test(typed) || !/[\p{L}\p{N}]/u.test(typed)) {
      return refuse(context, `${what}只能有文字、字母、数字和短横线，例如 ${example}`);
    }
    return typed;
  });
}

const contractNo = z.string().transform((text, context) => {
  const typed = toHalfWidth(cleanText(text)).replace(/\s+/g, " ");
  const isRight =
    !hasForbiddenCharacters(text) &&
    /^[\p{Script=Han}A-Za-z0-9 #()（）〔〕[\]【】\-–—/_.·]{4,50}$/u.test(typed) &&
    /[0-9]/.test(typed);
  return isRight
    ? typed
    : refuse(context, "合同编号请照购房合同填写，4 到 50 个字，例如 示例预售 2026-000123");
});

const realEstateUnitNo = z.string().transform((text, context) => {
  const no = toHalfWidth(cleanText(text)).replace(/\s/g, "").toUpperCase();
  if (/^[0-9]{12}[A-Z0-9]{16}$/.test(no)) return no;
  return refuse(
    context,
    no.length === 28
      ? "不动产单元号前 12 位是数字，请照不动产权证填写"
      : `不动产单元号应是 28 位，现在是 ${Math.min(no.length, 999)} 位`,
  );
});

/** How several owners own one house. */
export const CO_OWNERSHIP_WORDS = {
  sole: "单独所有",
  joint: "共同共有",
  shares: "按份共有",
} as const;
export type CoOwnership = keyof typeof CO_OWNERSHIP_WORDS;

const AREA_KIND_CHOICES = { forecast: "预测", measured: "实测" } as const;

/** What the form says of the house, in the order of its fields. */
export function houseForm(today: CalendarDate) {
  return z.object({
    building: label("幢号", "12幢"),
    unit: label("单元", "3单元", true),
    room: label("房号", "502"),
    floor: storeyField("所在层", -9),
    floors: storeyField("总层数", 1),
    houseUse: z.enum(keysOf(HOUSE_USE_WORDS), { error: "请选择房屋用途" }),
    houseNature: z.enum(keysOf(HOUSE_NATURE_WORDS), { error: "请选择房屋性质" }),
    lift: z.enum(["yes", "no"], { error: "请选择有无电梯" }),
    areaKind: z.enum(keysOf(AREA_KIND_CHOICES), { error: "请选择面积类型" }),
    area: areaField("建筑面积"),
    innerArea: optionalField(areaField("套内面积")),
    sharedArea: optionalField(areaField("公摊面积")),
    price: optionalField(priceField),
    contractNo: optionalField(contractNo),
    contractDate: optionalField(contractDateField(today)),
    realEstateUnitNo: optionalField(realEstateUnitNo),
  });
}
export type HouseForm = z.infer<ReturnType<typeof houseForm>>;

/** The share of one owner, in hundredths of a per cent. */
export const share = z.string().transform((text, context) => {
  const typed = toHalfWidth(cleanText(text)).replace(/\s|%$/g, "");
  const found = /^([0-9]{1,3})(?:\.([0-9]{1,2}))?$/.exec(typed);
  const hundredths = found
    ? Number.parseInt(found[1] as string, 10) * 100 +
      Number.parseInt((found[2] ?? "").padEnd(2, "0"), 10)
    : 0;
  if (hundredths >= 1 && hundredths <= 10_000) return hundredths;
  return refuse(context, "份额应是 0 到 100 之间的百分数，例如 50");
});

/** The fields of one owner; the first must be filled in, the others only where there are more owners. */
export type OwnerField = "Name" | "DocumentKind" | "DocumentNo" | "Phone" | "Share";

/** The name of an owner's field: owner1Name. */
export function ownerField(n: number, field: OwnerField): string {
  return `owner${n}${field}`;
}

export interface FormOwner extends RegisterOwner {
  phone: string;
  /** Hundredths of a per cent, of owners by shares. */
  shareHundredths: number | null;
}

/** The form 未备案房屋交款, read. */
export interface UnrecordedForm extends Omit<HouseForm, "building" | "unit" | "room" | "lift"> {
  buildingLabel: string;
  unitLabel: string;
  roomLabel: string;
  buildingKey: string;
  unitKey: string;
  roomKey: string;
  hasLift: boolean;
  coOwnership: CoOwnership;
  owners: readonly FormOwner[];
  /** Who brings the money, where it is not the first owner. */
  payer: { name: string; phone: string; relation: string } | null;
}

/** What the form says of one owner; the number of his document is judged by its kind. */
export function ownerForm(n: number) {
  return z.object({
    [ownerField(n, "Name")]: nameField("业主姓名"),
    [ownerField(n, "DocumentKind")]: z.enum(keysOf(DOCUMENT_KIND_WORDS), {
      error: "请选择证件类型",
    }),
    [ownerField(n, "DocumentNo")]: z.string(),
    [ownerField(n, "Phone")]: phoneField(),
  });
}

/** Who brings the money, where it is not the first owner. */
export const payerForm = z.object({
  payerName: nameField("交款人姓名"),
  payerPhone: phoneField(),
  payerRelation: label("与业主的关系", "配偶"),
});

/** Which fields there are does not depend on the day. */
const ANY_DAY = calendarDate("2026-01-01");

/** Every field of the form that a person fills in, in its order; documents have fields of their own. */
export const TYPED_FIELDS: readonly string[] = [
  ...Object.keys(houseForm(ANY_DAY).shape),
  "coOwnership",
  ...Array.from({ length: OWNERS_MAX }, (_, at) =>
    (["Name", "DocumentKind", "DocumentNo", "Phone", "Share"] as const).map((field) =>
      ownerField(at + 1, field),
    ),
  ).flat(),
  ...Object.keys(payerForm.shape),
];

/** A typed text longer than this is no honest answer to any field and is not kept. */
const KEPT_LENGTH_MAX = 20_000;

/** What was typed, field by field, as it is shown again and kept. */
export function typedOf(sent: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    TYPED_FIELDS.map((name) => [name, (sent[name] ?? "").slice(0, KEPT_LENGTH_MAX)]),
  );
}

/** The key of a form, made by the page: another text in it did not come from a form of ours. */
export const submissionKey = z.uuid();

/** The hidden part of the review page: the amount that the applicant saw, in yuan. */
export const confirmationForm = z.object({
  amountSeen: z.string().transform((text, context) => {
    const amount = parseYuanText(text);
    if (amount.ok) return amount.fen;
    context.addIssue({ code: "custom", message: amount.reason });
    return z.NEVER;
  }),
});
