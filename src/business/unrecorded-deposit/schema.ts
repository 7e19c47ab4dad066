import { z } from "zod";
import { type AreaTextRefusal, parseAreaText } from "#src/kernel/area.ts";
import { type CalendarDate, calendarDate, parseCalendarDate } from "#src/kernel/calendar-date.ts";
import { type Fen, parseYuanText, ZERO_FEN } from "#src/kernel/money.ts";
import { cleanText, hasForbiddenCharacters, toHalfWidth } from "#src/kernel/typed-text.ts";
import type { SentForm } from "#src/platform/http/form.ts";
import { type ParsedForm, parseForm } from "#src/platform/http/parse-form.ts";
import { buildingKey, roomKey, unitKey } from "#src/register/address/keys.ts";
import { checkDocumentNumber } from "#src/register/document-number.ts";
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
const EARLIEST_CONTRACT = calendarDate("1980-01-01");

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

function storey(what: string, lowest: -9 | 1) {
  const range = lowest < 0 ? "-9 到 200 之间的整数，地下一层写 -1" : "1 到 200 之间的整数";
  return z.string().transform((text, context) => {
    const typed = toHalfWidth(cleanText(text))
      .replace(/\s|层$|楼$/g, "")
      .replace(/^[−–—]/, "-");
    if (typed === "") return refuse(context, `请填写${what}`);
    const size = /^-?[0-9]{1,3}$/.test(typed) ? Number.parseInt(typed, 10) : 0;
    if (size === 0 || size < lowest || size > 200) return refuse(context, `${what}应是 ${range}`);
    return size;
  });
}

const AREA_SENTENCES: Record<AreaTextRefusal, string> = {
  empty: "请填写建筑面积",
  "not-a-number": "应是数字，最多两位小数，例如 98.76",
  "not-positive": "应大于 0，例如 98.76",
  "too-large": "不能超过 99999.99 平方米，请核对",
};

function area(what: string) {
  return z.string().transform((text, context) => {
    const parsed = parseAreaText(text);
    if (parsed.ok) return parsed.areaHundredths;
    const sentence = AREA_SENTENCES[parsed.reason];
    return refuse(context, parsed.reason === "empty" ? sentence : `${what}${sentence}`);
  });
}

function optional<Value>(schema: z.ZodType<Value, string>) {
  return z.string().transform((text, context): Value | null => {
    if (cleanText(text) === "") return null;
    const parsed = schema.safeParse(text);
    if (parsed.success) return parsed.data;
    return refuse(context, parsed.error.issues[0]?.message ?? "请核对");
  });
}

const price = z.string().transform((text, context): Fen => {
  const parsed = parseYuanText(text);
  if (parsed.ok && parsed.fen > ZERO_FEN) return parsed.fen;
  return refuse(context, "购房总价应是大于 0 的金额，单位元，例如 1234567.89");
});

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

function contractDate(today: CalendarDate) {
  return z.string().transform((text, context) => {
    const date = parseCalendarDate(text);
    if (date === null) return refuse(context, "没有这一天，请按 2026-11-23 的样子填写合同签订日");
    if (date > today) return refuse(context, "合同签订日在今天之后，请照合同填写");
    if (date < EARLIEST_CONTRACT) return refuse(context, "合同签订日太早，请照合同填写");
    return date;
  });
}

function keysOf<Value extends string>(words: Record<Value, string>): [Value, ...Value[]] {
  return Object.keys(words) as [Value, ...Value[]];
}

/** How several owners own one house. */
export const CO_OWNERSHIP_WORDS = {
  sole: "单独所有",
  joint: "共同共有",
  shares: "按份共有",
} as const;
export type CoOwnership = keyof typeof CO_OWNERSHIP_WORDS;

const AREA_KIND_CHOICES = { forecast: "预测", measured: "实测" } as const;

/** What the form says of the house, in the order of its fields. */
function houseForm(today: CalendarDate) {
  return z.object({
    building: label("幢号", "12幢"),
    unit: label("单元", "3单元", true),
    room: label("房号", "502"),
    floor: storey("所在层", -9),
    floors: storey("总层数", 1),
    houseUse: z.enum(keysOf(HOUSE_USE_WORDS), { error: "请选择房屋用途" }),
    houseNature: z.enum(keysOf(HOUSE_NATURE_WORDS), { error: "请选择房屋性质" }),
    lift: z.enum(["yes", "no"], { error: "请选择有无电梯" }),
    areaKind: z.enum(keysOf(AREA_KIND_CHOICES), { error: "请选择面积类型" }),
    area: area("建筑面积"),
    innerArea: optional(area("套内面积")),
    sharedArea: optional(area("公摊面积")),
    price: optional(price),
    contractNo: optional(contractNo),
    contractDate: optional(contractDate(today)),
    realEstateUnitNo: optional(realEstateUnitNo),
  });
}
type HouseForm = z.infer<ReturnType<typeof houseForm>>;

const share = z.string().transform((text, context) => {
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

/** Reads the form 未备案房屋交款, or says of each field what has to be changed, in the order of the form. */
export function readUnrecordedForm(
  sent: SentForm,
  today: CalendarDate,
): ParsedForm<UnrecordedForm> {
  const errors: Record<string, string> = {};
  const house = parseForm(houseForm(today), sent);
  if (house.ok) Object.assign(errors, houseErrors(house.data));
  else Object.assign(errors, house.errors);
  const owners = readOwners(sent, errors);
  const payer = readPayer(sent, errors);
  if (!house.ok || Object.keys(errors).length > 0) return { ok: false, errors };
  const { building, unit, room, lift, ...rest } = house.data;
  return {
    ok: true,
    data: {
      ...rest,
      buildingLabel: building,
      unitLabel: unit,
      roomLabel: room,
      ...placeKeys(house.data),
      hasLift: lift === "yes",
      ...owners,
      payer,
    },
  };
}

function placeKeys(house: Pick<HouseForm, "building" | "unit" | "room" | "floor">) {
  return {
    buildingKey: buildingKey(house.building),
    unitKey: unitKey(house.unit),
    roomKey: roomKey(house.room, house.floor),
  };
}

/** What two fields together say wrongly. */
function houseErrors(house: HouseForm): Record<string, string> {
  const errors: Record<string, string> = {};
  const keys = placeKeys(house);
  if (keys.buildingKey === "") errors["building"] = "幢号里没有号码或名称，请核对";
  if (keys.roomKey === "") errors["room"] = "房号里没有号码，请核对";
  if (house.floor > house.floors) {
    errors["floors"] = `总层数 ${house.floors} 低于所在层 ${house.floor}，请核对`;
  }
  const { innerArea, sharedArea, area: whole } = house;
  if (innerArea !== null && innerArea > whole) {
    errors["innerArea"] = "套内面积不能大于建筑面积，请核对";
  } else if (sharedArea !== null && sharedArea > whole) {
    errors["sharedArea"] = "公摊面积不能大于建筑面积，请核对";
  } else if (innerArea !== null && sharedArea !== null && innerArea + sharedArea !== whole) {
    errors["sharedArea"] = "套内面积加公摊面积应等于建筑面积，请核对";
  }
  return errors;
}

function ownerForm(n: number) {
  return z.object({
    [ownerField(n, "Name")]: nameField("业主姓名"),
    [ownerField(n, "DocumentKind")]: z.enum(keysOf(DOCUMENT_KIND_WORDS), {
      error: "请选择证件类型",
    }),
    [ownerField(n, "DocumentNo")]: z.string(),
    [ownerField(n, "Phone")]: phoneField(),
  });
}

function isOwnerNamed(sent: SentForm, n: number): boolean {
  const fields = ["Name", "DocumentNo", "Phone", "Share"] as const;
  return n === 1 || fields.some((field) => cleanText(sent[ownerField(n, field)] ?? "") !== "");
}

/** The numbers of the owners that the form names: the first always, the others where anything was typed. */
export function namedOwners(sent: SentForm): number[] {
  return Array.from({ length: OWNERS_MAX }, (_, at) => at + 1).filter((n) => isOwnerNamed(sent, n));
}

function readOwners(sent: SentForm, errors: Record<string, string>) {
  const coOwnership = readCoOwnership(sent, errors);
  const owners: FormOwner[] = [];
  for (const n of namedOwners(sent)) {
    const owner = readOwner(sent, n, coOwnership, errors);
    if (owner === null) continue;
    if (owners.some((other) => other.documentNo === owner.documentNo)) {
      errors[ownerField(n, "DocumentNo")] = "和前面一位业主的证件号码相同，请核对";
    }
    owners.push(owner);
  }
  const sum = owners.reduce((total, owner) => total + (owner.shareHundredths ?? 0), 0);
  const isWhole = Object.keys(errors).every((name) => !name.startsWith("owner"));
  if (coOwnership === "shares" && isWhole && sum !== 10_000) {
    errors[ownerField(1, "Share")] = "各位业主的份额加起来应是 100%，请核对";
  }
  return { coOwnership, owners };
}

function readCoOwnership(sent: SentForm, errors: Record<string, string>): CoOwnership {
  const chosen = z.enum(keysOf(CO_OWNERSHIP_WORDS)).safeParse(sent["coOwnership"] ?? "");
  const count = namedOwners(sent).length;
  if (!chosen.success) errors["coOwnership"] = "请选择共有方式";
  else if (chosen.data === "sole" && count > 1) {
    errors["coOwnership"] = `填了 ${count} 位业主，请选“共同共有”或“按份共有”`;
  } else if (chosen.data !== "sole" && count === 1) {
    errors["coOwnership"] = "只填了一位业主，请选“单独所有”，或添上其他业主";
  }
  return chosen.success ? chosen.data : "sole";
}

function readOwner(
  sent: SentForm,
  n: number,
  coOwnership: CoOwnership,
  errors: Record<string, string>,
): FormOwner | null {
  const parsed = parseForm(ownerForm(n), sent);
  const own: Record<string, string> = parsed.ok ? {} : { ...parsed.errors };
  const document = readDocument(sent, n);
  if ("reason" in document) own[ownerField(n, "DocumentNo")] = document.reason;
  const owned =
    coOwnership === "shares" ? share.safeParse(sent[ownerField(n, "Share")] ?? "") : null;
  if (owned !== null && !owned.success) {
    own[ownerField(n, "Share")] = owned.error.issues[0]?.message ?? "请填写份额";
  }
  for (const field of ["Name", "DocumentKind", "DocumentNo", "Phone", "Share"] as const) {
    const sentence = own[ownerField(n, field)];
    if (sentence !== undefined) errors[ownerField(n, field)] = sentence;
  }
  if (!parsed.ok || "reason" in document || (owned !== null && !owned.success)) return null;
  return {
    name: parsed.data[ownerField(n, "Name")] as string,
    documentKind: document.kind,
    documentNo: document.no,
    phone: parsed.data[ownerField(n, "Phone")] as string,
    shareHundredths: owned?.success ? owned.data : null,
  };
}

function readDocument(sent: SentForm, n: number) {
  const typed = sent[ownerField(n, "DocumentNo")] ?? "";
  if (cleanText(typed) === "") return { reason: "请填写证件号码" };
  if (hasForbiddenCharacters(typed)) return { reason: "证件号码里有不能识别的字符，请重新输入" };
  const kind = z.enum(keysOf(DOCUMENT_KIND_WORDS)).safeParse(sent[ownerField(n, "DocumentKind")]);
  // Without a kind there is nothing to judge the number by; the kind has its own sentence.
  if (!kind.success) return { kind: "other" as const, no: "" };
  if (kind.data === "other" && !/^[\p{Script=Han}A-Za-z0-9（）()第号字\s-]{2,40}$/u.test(typed)) {
    return { reason: "证件号码的位数或字符不对，请对照证件再看一遍" };
  }
  return checkDocumentNumber(kind.data, typed);
}

const payerForm = z.object({
  payerName: nameField("交款人姓名"),
  payerPhone: phoneField(),
  payerRelation: label("与业主的关系", "配偶"),
});

function readPayer(sent: SentForm, errors: Record<string, string>): UnrecordedForm["payer"] {
  const isSame = Object.keys(payerForm.shape).every((name) => cleanText(sent[name] ?? "") === "");
  if (isSame) return null;
  const parsed = parseForm(payerForm, sent);
  if (!parsed.ok) {
    Object.assign(errors, parsed.errors);
    return null;
  }
  const { payerName: name, payerPhone: phone, payerRelation: relation } = parsed.data;
  return { name, phone, relation };
}

/** Every field of the form that a person fills in, in its order; documents have fields of their own. */
export const TYPED_FIELDS: readonly string[] = [
  ...Object.keys(houseForm(EARLIEST_CONTRACT).shape),
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
export function typedOf(sent: SentForm): Record<string, string> {
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
