import type { DocumentRule } from "#src/applications/descriptor.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Disclosure } from "#src/ui/box/disclosure.tsx";
import { Explanation } from "#src/ui/box/explanation.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { GuideFrame, GuideSteps, PaperList } from "./guide-frame.tsx";

/** A reason for which an owner gets money back, as 业主退款 offers it. */
export interface GuidedReason {
  code: string;
  title: string;
  hint: string;
  amountRule: string;
  documents: readonly DocumentRule[];
}

export interface RefundGuideProps {
  shell: PageShell;
  reasons: readonly GuidedReason[];
  /** Working days until the approval, as the stages of the review promise them together. */
  workingDays: number;
  /** Days that a 退款支款单 stays valid: the city's rule. */
  voucherValidityDays: number;
}

/** The guide to 业主退款: the manual's seven steps, and per reason its amount and its papers. */
export function RefundGuidePage(props: RefundGuideProps) {
  const { shell, reasons, workingDays, voucherValidityDays } = props;
  const facts = [
    { label: "谁来办", value: "登记的业主本人；几个人共有的，由一位申请，其他人写同意书" },
    { label: "要带什么", value: "退款申请单、要件原件；到银行带退款支款单、身份证" },
    { label: "多久", value: `受理到批准共 ${workingDays} 个工作日` },
    { label: "期限", value: `退款支款单开具后 ${voucherValidityDays} 天内到银行` },
    { label: "依据", value: "《住宅专项维修资金管理办法》（建设部、财政部令第 165 号）" },
  ];
  return (
    <GuideFrame
      shell={shell}
      title="业主退款"
      lead="网上申请，不用登录；审核通过后到银行领款。"
      facts={facts}
      act={{ href: "/owner-service", words: "去退款" }}
    >
      <Explanation>
        <p>卖房不退维修资金：余额随房屋转给买方，可以在房价里和买方结算。</p>
      </Explanation>
      <GuideSteps
        title="分六步"
        steps={[
          ["找到房屋", "在首页“业主自主办理区”输入房屋地址，点“搜索”。"],
          [
            "点“退款”",
            "在查询结果里找到您的房屋，点“退款”，填写姓名和证件号码，核对您是登记的业主。",
          ],
          [
            "填写退款信息",
            "选择退款原因，金额由系统算好。填写收款账户（只退到业主本人名下），上传退款要件。",
          ],
          ["提交并打印退款申请单", "点“提交”，记下 18 位业务单编号，打印退款申请单并签字。"],
          [
            "退款审核",
            `带退款申请单和要件原件到${shell.fundCentreName}。审核通过后打印退款支款单。要补正的，用同一个编号改好再提交。`,
          ],
          [
            "到银行领款",
            "带退款支款单和身份证，到支款单上写的银行任一网点。银行只凭退款支款单付款，退款申请单不能领款。",
          ],
        ]}
      />
      <Card title="退多少，要哪些要件" id="papers">
        {reasons.map(({ code, title, hint, amountRule, documents }) => (
          <Disclosure key={code} summary={title}>
            <p>
              {hint}。{amountRule}。
            </p>
            <PaperList papers={documents} />
          </Disclosure>
        ))}
      </Card>
    </GuideFrame>
  );
}
