import type { DocumentRule } from "#src/applications/descriptor.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Disclosure } from "#src/ui/box/disclosure.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { GuideFrame, GuideSteps, PaperList } from "./guide-frame.tsx";

export interface UnrecordedGuideProps {
  shell: PageShell;
  papers: readonly DocumentRule[];
  /** Days that a payment notice stays valid: the city's rule. */
  noticeValidityDays: number;
}

/** The guide to 未备案房屋交款: the manual's steps and the papers that its form asks for. */
export function UnrecordedGuidePage({ shell, papers, noticeValidityDays }: UnrecordedGuideProps) {
  const facts = [
    { label: "谁来办", value: "业主本人，也可以由别人代交" },
    { label: "什么时候用", value: "房屋查询里找不到您的房屋" },
    { label: "要带什么", value: "到银行带交款通知单、身份证" },
    { label: "期限", value: `提交后 ${noticeValidityDays} 天内到银行` },
    { label: "办完拿到", value: "银行盖章的客户联；房屋核验后登记入册" },
  ];
  return (
    <GuideFrame
      shell={shell}
      title="未备案房屋交款"
      lead="网上填写约 10 分钟，不用登录；交款的同时把房屋补录进来。"
      facts={facts}
      act={{ href: "/unrecorded-deposit", words: "去交款" }}
    >
      <GuideSteps
        title="分六步"
        steps={[
          [
            "点“未备案房屋交款”",
            "在首页“业主自主办理区”输入房屋地址，点“搜索”。没有找到的，点“未备案房屋交款”。",
          ],
          ["找到小区", "在“小区名称”输入小区名称，点“查询”，在结果里点“未备案交款”。"],
          ["填写房屋信息", "核对物业区域信息，照购房合同填写房屋和业主，上传要件。"],
          ["提交并打印", "金额由系统算好。点“提交”，核对无误后确认，打印申请单和交款通知单。"],
          [
            "到银行交款",
            `${noticeValidityDays} 天内带交款通知单到写着的银行任一网点交款。手机里出示二维码也可以。`,
          ],
          [
            "等待核验",
            `银行确认后，${shell.fundCentreName}核对房屋资料，登记入册。要补正的，按业务单上写的改，钱不受影响。`,
          ],
        ]}
      />
      <Card title="要上传的要件" id="papers">
        <PaperList papers={papers} />
        <p class="quiet">拍照或扫描都可以：PDF、JPG 或 PNG。</p>
      </Card>
      <Card title="常见问题">
        <Disclosure summary="小区也找不到怎么办？">
          <p>小区可能还没有登记。请打 12345，或带购房合同到{shell.fundCentreName}窗口。</p>
        </Disclosure>
        <Disclosure summary="核验没有通过，钱怎么办？">
          <p>钱还在这套房屋的账户里，没有丢。请申请退款，退款原因选“错交”。</p>
        </Disclosure>
      </Card>
    </GuideFrame>
  );
}
