import type { BlankForm } from "#src/applications/blank-forms/blank-form.ts";

/** 授权委托书 of an owner; `matters` are the businesses that an owner can let another do, by their own titles. */
export function authorisationLetter(matters: readonly string[]): BlankForm {
  return {
    code: "owner-authorisation",
    title: "授权委托书",
    category: "委托书和声明",
    lead: "业主请别人代办时用。办理时请带委托人和受托人的身份证原件。",
    paragraphs: [
      "委托人 ____，证件号码 ____，手机号码 ____，是坐落于 ____ 的房屋（房屋编号 ____）的业主。",
      "现委托 ____（证件号码 ____，手机号码 ____）办理下列物业专项维修资金事项（在办理的事项前打勾）：",
      "受托人在上述事项范围内签署的文件，委托人都予承认。受托人不得转委托。",
      "委托期限自 ____ 起，至 ____ 止。",
    ],
    matters: [...matters, "查询明细", "其他 __________"],
    signatures: ["委托人签字", "受托人签字", "日期"],
    legalBasis: "《民法典》第一百六十五条",
  };
}
