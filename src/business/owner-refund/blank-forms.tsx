import { type BlankForm, paperList } from "#src/applications/blank-forms/blank-form.ts";
import { listFields, type PaperField, type PaperSection } from "#src/ui/form/list-fields.ts";
import { basisControl } from "./basis-control.tsx";
import { OWNER_REFUND } from "./descriptor.ts";
import { OwnerFields } from "./pages.tsx";
import { PayeeCard } from "./payee-card.tsx";
import { CO_OWNERS_CONSENT, documentsFor, REFUND_REASONS, type RefundReason } from "./reasons.ts";
import { STAGES_TO_APPROVAL } from "./review-stages.ts";
import { typedBasis } from "./schema.ts";
import { typedRefund } from "./typed-refund.ts";

/** Stands for a house with several owners: their consent is then asked for. */
const SEVERAL_OWNERS = 2;

const NOTHING_TYPED = {
  typed: typedRefund({}),
  errors: {},
  basis: typedBasis({}),
  facts: { deposits: [] },
};

/** The blank forms of 业主退款: the application, a list of papers for each reason, the consent of co-owners. */
export function refundBlankForms(
  reasons: readonly RefundReason[] = REFUND_REASONS,
): readonly BlankForm[] {
  return [applicationForm(reasons), ...reasons.map(reasonPapers), consentForm()];
}

function line(name: string, label: string, suffix = ""): PaperField {
  return { name, label, hint: "", isOptional: false, kind: "line", suffix, options: [] };
}

function applicationForm(reasons: readonly RefundReason[]): BlankForm {
  const house: PaperSection = {
    title: "房屋",
    fields: [line("address", "坐落"), line("houseCode", "房屋编号")],
  };
  const reason: PaperField = {
    ...line("reason", "退款原因"),
    kind: "choice",
    options: reasons.map(({ title }) => title),
  };
  const basis = reasons.flatMap((one) =>
    listFields(basisControl({ ...NOTHING_TYPED, reason: one }))
      .flatMap(({ fields }) => fields)
      .map((field) => ({ ...field, kind: "line" as const, hint: `原因是“${one.title}”的填写` })),
  );
  const owner = listFields(<OwnerFields typedName="" errors={{}} />).flatMap((one) => one.fields);
  return {
    code: `${OWNER_REFUND.kind}-application`,
    title: "物业专项维修资金退款申请单",
    category: "申请单",
    lead: "登记的业主填写。网上申请的由系统打印，不用填这一张。金额由管理中心按退款原因算出。",
    sections: [
      house,
      { title: "业主", fields: owner },
      { title: "退款原因", fields: [reason, ...basis] },
      ...listFields(<PayeeCard {...NOTHING_TYPED} asksAccountCheck={false} />),
    ],
    declaration:
      "本人确认以上内容和提交的要件属实。退款只退到本人名下的账户。这张申请单不能到银行领款：批准后请打印退款支款单，银行只凭支款单付款。",
    signatures: ["申请人签字", "日期"],
    boxes: STAGES_TO_APPROVAL.map(({ title }) => title),
    legalBasis: [...new Set(reasons.map(({ legalBasis }) => legalBasis))].join("；"),
  };
}

function reasonPapers(reason: RefundReason): BlankForm {
  return paperList(
    `${OWNER_REFUND.kind}-${reason.code.toLowerCase()}`,
    `${OWNER_REFUND.title}（${reason.title}）`,
    documentsFor(reason, SEVERAL_OWNERS).map((rule) =>
      rule.code === CO_OWNERS_CONSENT.code ? { ...rule, isRequired: false } : rule,
    ),
    { lead: `${reason.hint}。${reason.amountRule}。`, legalBasis: reason.legalBasis },
  );
}

function consentForm(): BlankForm {
  return {
    code: CO_OWNERS_CONSENT.code,
    title: CO_OWNERS_CONSENT.title,
    category: "委托书和声明",
    lead: `房屋由几个人共有、申请退款时用。${CO_OWNERS_CONSENT.hint ?? ""}。`,
    paragraphs: [
      "我们是坐落于 ____ 的房屋（房屋编号 ____）的共有人。",
      "我们同意由 ____（证件号码 ____）申请退还这套房屋的维修资金，并同意全部款项退到申请人名下的账户：户名 ____，账号 ____。",
      "共有人姓名 ____，证件号码 ____，手机 ____，签字 ____。",
      "共有人姓名 ____，证件号码 ____，手机 ____，签字 ____。",
      "共有人姓名 ____，证件号码 ____，手机 ____，签字 ____。",
    ],
    declaration: "以上内容属实，由共有人本人签字。共有人超过三位的，另附一张。",
    signatures: ["申请人签字", "日期"],
  };
}
