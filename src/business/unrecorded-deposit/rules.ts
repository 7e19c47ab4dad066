import type { DocumentRule } from "#src/applications/descriptor.ts";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Fen } from "#src/kernel/money.ts";
import type { Building } from "#src/register/find-estate.ts";
import type { Twin } from "#src/register/find-twins.ts";
import {
  type FirstDeposit,
  judgeFirstDeposit,
} from "#src/register/standards/judge-first-deposit.ts";
import type { RegisterStandard } from "#src/register/standards/list-standards.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import type { UnrecordedForm } from "./schema.ts";

/** What the register says that a form has to agree with. */
export interface RegisterView {
  /** The building that the form names, where it is on record. */
  building: Building | null;
  standards: readonly RegisterStandard[];
  today: CalendarDate;
}

/** What a house is asked for by its standard, or why the form cannot be taken as it is. */
export type Judgement =
  | { ok: true; standard: RegisterStandard; dueFen: Fen }
  | { ok: false; errors: FormErrors };

const NO_STANDARD =
  "没有适用于这套房屋的交存标准。请带购房合同到维修资金管理中心核定标准，核定后再交款";

/**
 * Judges a form that reads well against the register: storeys and lift must be those of the building on
 * record, and one deposit standard must follow from use, lift, storeys and the day of the contract (today
 * where there is none: the house would be sold under today's standard). The amount is computed from it
 * (Decree 165 art. 7).
 */
export function judgeForm(form: UnrecordedForm, register: RegisterView): Judgement {
  const errors: Record<string, string> = { ...disagreements(form, register.building) };
  const { houseUse, hasLift, floors, contractDate } = form;
  const house = { houseUse, hasLift, floors, contractDate };
  const measure = { areaHundredths: form.area, priceFen: form.price };
  const judged = judgeFirstDeposit({ ...house, ...measure }, register.standards, register.today);
  if (!judged.ok) {
    const [field, sentence] = refusalOf(judged.reason);
    return { ok: false, errors: { ...errors, [field]: sentence } };
  }
  return Object.keys(errors).length > 0 ? { ok: false, errors } : judged;
}

type Reason = Extract<FirstDeposit, { ok: false }>["reason"];

function refusalOf(reason: Reason): readonly [field: string, sentence: string] {
  switch (reason) {
    case "needs-price":
      return ["price", "这里的交存标准按购房总价计算，请填写购房总价"];
    case "below-a-fen":
      return ["area", "按这个面积算出的金额不到 1 分，请核对建筑面积"];
    default:
      return ["", NO_STANDARD];
  }
}

function disagreements(form: UnrecordedForm, building: Building | null): FormErrors {
  const errors: Record<string, string> = {};
  if (building === null) return errors;
  if (building.floors !== null && building.floors !== form.floors) {
    errors["floors"] =
      `登记的${building.label}总层数是 ${building.floors}，和您填的不同。请核对；登记有误的，请打 12345`;
  }
  if (building.has_lift !== null && building.has_lift !== form.hasLift) {
    const recorded = building.has_lift ? "有" : "没有";
    errors["lift"] =
      `登记的${building.label}${recorded}电梯，和您选的不同。请核对；登记有误的，请打 12345`;
  }
  return errors;
}

/** What decides which papers are asked for; unknown while the form is still being filled in. */
export interface DocumentCase {
  isPriceBased: boolean;
  isMeasured: boolean;
  hasOtherPayer: boolean;
}

/**
 * The supporting documents of a house that is not on record. Papers that only some need are offered to all,
 * since without script the form cannot change while it is filled in; they are asked for where the form says
 * so.
 */
export function documentRules(chosen: DocumentCase): DocumentRule[] {
  return [
    {
      code: "purchase-contract",
      title: "购房合同或不动产权证",
      isRequired: true,
      max: 20,
      hint: "有姓名、房号、面积和签字盖章的那几页",
    },
    {
      code: "identity-card",
      title: "业主身份证",
      isRequired: true,
      max: 12,
      hint: "正反两面；有几位业主就传几位的，单位传营业执照",
    },
    {
      code: "area-survey",
      title: "面积实测报告",
      isRequired: chosen.isMeasured,
      max: 5,
      hint: "面积类型是“实测”的要传；不动产权证上有实测面积的，传这一页",
    },
    {
      code: "purchase-invoice",
      title: "购房发票或契税票",
      isRequired: chosen.isPriceBased,
      max: 5,
      hint: "交存标准按购房总价计算的要传",
    },
    {
      code: "authorisation-letter",
      title: "委托书和经办人身份证",
      isRequired: chosen.hasOtherPayer,
      max: 5,
      hint: "交款人不是业主本人的要传",
    },
  ];
}

/** What a form that reads well asks for in papers. */
export function documentCase(
  form: Pick<UnrecordedForm, "areaKind" | "payer">,
  standard: Pick<RegisterStandard, "basis"> | null,
): DocumentCase {
  return {
    isPriceBased: standard?.basis === "PRICE",
    isMeasured: form.areaKind === "measured",
    hasOtherPayer: form.payer !== null,
  };
}

/** Why a house is not taken up a second time, and where one goes on instead. */
export interface TwinAdvice {
  title: string;
  text: string;
  link: { href: string; words: string } | null;
}

const MARK_WORDS = {
  address: "这个地址",
  contract: "您填的合同编号",
  "real-estate-unit": "您填的不动产单元号",
} as const satisfies Record<Twin["by"], string>;

/** Tells what to do about a house that is there already. `ownNumber`: this browser's own application. */
export function adviseOnTwin(twin: Twin, ownNumber: string | null): TwinAdvice {
  if (twin.status === "provisional" && ownNumber !== null) {
    return {
      title: "这套房屋您已经提交过了",
      text: `${twin.address} 的未备案交款已经提交，业务单编号 ${ownNumber}。请接着办那一张，不用再提交`,
      link: { href: `/applications/${ownNumber}`, words: "看办理进度" },
    };
  }
  if (twin.status === "provisional") {
    return {
      title: "这套房屋已经有人提交了",
      text: `${MARK_WORDS[twin.by]}已经有一笔未备案交款在办理。家里人或中介已经办了的，请凭业务单编号查进度；没有人办过的，请打 12345 核对`,
      link: null,
    };
  }
  if (twin.status === "closed") {
    return {
      title: "这套房屋已经销户",
      text: `${twin.address}（${twin.code}）已经销户，不再交款。如果您认为登记有误，请带上证件到维修资金管理中心核对`,
      link: null,
    };
  }
  const isAddress = twin.by === "address";
  return {
    title: isAddress
      ? "这套房屋已经登记，请直接交款"
      : `${MARK_WORDS[twin.by]}已经登记在一套房屋名下`,
    text: isAddress
      ? `${twin.address}（房屋编号 ${twin.code}）已经登记在册，不用补录，也不用再传材料`
      : `登记的房屋是 ${twin.address}（房屋编号 ${twin.code}）。就是这一套的，请直接交款；不是的，请核对号码后再提交`,
    link: { href: `/deposit/${twin.code}`, words: "交款" },
  };
}
