import { type BlankForm, paperList } from "#src/applications/blank-forms/blank-form.ts";
import { listFields, type PaperField, type PaperSection } from "#src/ui/form/list-fields.ts";
import { ContactCard } from "./contact-card.tsx";
import { ALL_REGISTRATIONS, type Registration } from "./descriptor.ts";
import { EstatesCard } from "./estates-card.tsx";
import { AccountCard, type FormState, InstitutionCard } from "./form-cards.tsx";
import { stagesOf } from "./review-stages.ts";
import { estateField } from "./schema.ts";

/** The blank forms of 机构注册: three applications, three lists of papers, the letter for the agent. */
export function registrationBlankForms(
  registrations: readonly Registration[] = ALL_REGISTRATIONS,
): readonly BlankForm[] {
  return [
    ...registrations.map(applicationForm),
    ...registrations.map(({ kind, title, documents }) =>
      paperList(kind, title, documents, { lead: "网上注册时拍照或扫描上传，照证件上的内容填写。" }),
    ),
    agentLetter(registrations),
  ];
}

function applicationForm(registration: Registration): BlankForm {
  return {
    code: `${registration.kind}-application`,
    title: `${registration.title}申请表`,
    category: "申请单",
    lead: `${registration.who}。网上注册不用填这一张；先在纸上备好，再照着填也可以。登录用户名和密码不要写在纸上。`,
    sections: formSections(registration),
    papers: [{ title: "要件", rules: registration.documents }],
    declaration: "本单位确认以上内容和提交的要件真实，同意《机构注册协议》。",
    signatures: [`${registration.legalPersonTitle}签字、盖公章`, "经办人签字", "日期"],
    boxes: stagesOf(registration).map(({ title }) => title),
  };
}

const ESTATE_NAME: PaperField = {
  ...{ name: "estate", label: "小区名称", hint: "", isOptional: false },
  ...{ kind: "line", suffix: "", options: [] },
};

/** The cards of the form with one estate in it, so that its own fields are there too. */
function formSections(registration: Registration): PaperSection[] {
  const state: FormState = {
    ...{ registration, submissionKey: "", errors: {}, documents: [], districts: [] },
    ...{ estates: [], found: null, conflicts: [] },
    typed: { [estateField(1, "Code")]: "one" },
  };
  const estate = listFields(<EstatesCard {...state} action="" />).map((section) => ({
    ...section,
    fields: section.fields.filter(({ name }) => name !== "estateSearch"),
  }));
  const withDistrict = listFields(
    <>
      <InstitutionCard {...state} />
      <ContactCard {...state} contact={{ kind: "no-sms" }} contactCode="" action="" />
      <AccountCard {...state} />
    </>,
  ).map((section) => ({
    ...section,
    fields: section.fields.map(asOnPaper),
  }));
  return [
    ...withDistrict,
    {
      title: "绑定的物业区域",
      fields: [ESTATE_NAME, ...estate.flatMap(({ fields }) => fields)],
    },
  ];
}

/** On paper the district is written, not chosen from a list, and no phone is proven. */
function asOnPaper(field: PaperField): PaperField {
  if (field.name === "district") return { ...field, kind: "line", options: [] };
  return field.name === "contactPhone" ? { ...field, hint: "" } : field;
}

function agentLetter(registrations: readonly Registration[]): BlankForm {
  return {
    code: "institution-authorisation",
    title: "机构授权委托书",
    category: "委托书和声明",
    lead: "机构委托经办人办理注册和业务时用，盖公章。",
    paragraphs: [
      "委托单位 ____，统一社会信用代码（或备案号）____。",
      "现委托 ____（证件号码 ____，手机 ____）为经办人，办理下列事项（在办理的事项前打勾）：",
      "经办人在上述事项范围内提交的材料、签署的文件，委托单位都予承认。经办人不得转委托。",
      "委托期限自 ____ 起，至 ____ 止。",
    ],
    matters: [...registrations.map(({ title }) => title), "机构信息变更", "交款、退款", "领取证明"],
    signatures: ["法定代表人或负责人签字、盖公章", "经办人签字", "日期"],
    legalBasis: "《民法典》第一百六十五条",
  };
}
