import { type BlankForm, paperList } from "#src/applications/blank-forms/blank-form.ts";
import type { DocumentRule } from "#src/applications/descriptor.ts";
import { listFields, type PaperSection } from "#src/ui/form/list-fields.ts";
import { UNRECORDED_DEPOSIT } from "./descriptor.ts";
import { FormCards } from "./form-cards.tsx";
import { UNRECORDED_STAGES } from "./review-stages.ts";
import { documentRules } from "./rules.ts";

const { kind, title } = UNRECORDED_DEPOSIT;
const LEGAL_BASIS = "《住宅专项维修资金管理办法》第七条、第十二条";

/** Paper has room for this many owners; more of them write on a second sheet. */
const OWNERS_ON_PAPER = 2;

/** What every house needs, and with the words who needs the rest. */
const RULES = documentRules({ isPriceBased: false, isMeasured: false, hasOtherPayer: false });

/** The blank forms of 未备案房屋交款: the application and its list of papers. */
export function unrecordedBlankForms(rules: readonly DocumentRule[] = RULES): readonly BlankForm[] {
  return [
    {
      code: `${kind}-application`,
      title: "未备案房屋交款申请单",
      category: "申请单",
      lead: "房屋查询里找不到您的房屋时用。照购房合同填写。网上申请的由系统打印，不用填这一张。金额由系统算出。",
      sections: [
        {
          title: "物业区域",
          fields: [
            {
              ...{ name: "estate", label: "小区名称", hint: "", isOptional: false },
              ...{ kind: "line", suffix: "", options: [] },
            },
          ],
        },
        ...formSections(),
      ],
      papers: [{ title: "要件", rules }],
      declaration:
        "申请人声明：以上内容和提交的要件真实，与原件一致。房屋核验后正式入册；核验未通过的，可以申请退款。",
      signatures: ["申请人签字", "日期"],
      boxes: UNRECORDED_STAGES.map((stage) => stage.title),
      legalBasis: LEGAL_BASIS,
    },
    paperList(kind, title, rules, {
      lead: "网上提交时拍照或扫描上传，不用交复印件。",
      legalBasis: LEGAL_BASIS,
    }),
  ];
}

function formSections(): PaperSection[] {
  const form = (
    <FormCards
      submissionKey=""
      typed={{}}
      errors={{}}
      rules={[]}
      documents={[]}
      twin={null}
      hasPriceField
    />
  );
  const isBeyondPaper = (name: string) =>
    Number.parseInt(/^owner(\d)/.exec(name)?.[1] ?? "1", 10) > OWNERS_ON_PAPER;
  return listFields(form).map((section) => ({
    ...section,
    fields: section.fields.filter(({ name }) => !isBeyondPaper(name)),
  }));
}
