import { Card } from "#src/ui/box/card.tsx";
import { Disclosure } from "#src/ui/box/disclosure.tsx";
import { Explanation } from "#src/ui/box/explanation.tsx";
import { Tag } from "#src/ui/drawing/tag.tsx";
import { Page, PageHead } from "#src/ui/layout.tsx";
import { RowLink } from "#src/ui/list/row-link.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { GuideFrame, GuideSteps } from "./guide-frame.tsx";
import type { Guide } from "./guides.ts";

/** 办事指南: what can be done here today, and where the rest is done meanwhile. */
export function GuidesPage({ shell, guides }: { shell: PageShell; guides: readonly Guide[] }) {
  const later = guides.filter((guide) => !guide.isOpen);
  return (
    <Page shell={shell} title="办事指南" current="guides" crumbs={[{ title: "办事指南" }]}>
      <PageHead title="办事指南">每件事要带什么、分几步、要多久。</PageHead>
      <div class="guides">
        {guides
          .filter((guide) => guide.isOpen)
          .map((guide) => (
            <RowLink key={guide.title} {...guide} />
          ))}
      </div>
      {later.length > 0 && (
        <Card title="网上还没开通">
          <ul class="lines">
            {later.map((guide) => (
              <li key={guide.title} id={guide.href.split("#")[1]} class="line">
                <span>{guide.title}</span>
                <Tag icon="clock">到窗口办理</Tag>
              </li>
            ))}
          </ul>
          <p class="quiet after-lines">
            现在要办，请打 <a href="tel:12345">12345</a> 问清要带的材料，再到{shell.fundCentreName}
            窗口办理。
          </p>
        </Card>
      )}
    </Page>
  );
}

export interface DepositGuideProps {
  shell: PageShell;
  /** Days that a payment notice stays valid: the city's rule. */
  noticeValidityDays: number;
}

/** The guide to 业主交款, true to what the pages and the bank do. */
export function DepositGuidePage({ shell, noticeValidityDays }: DepositGuideProps) {
  const facts = [
    { label: "谁来办", value: "业主本人，也可以由别人代交" },
    { label: "要带什么", value: "交款通知单、身份证" },
    { label: "期限", value: `提交后 ${noticeValidityDays} 天内到银行` },
    { label: "办完拿到", value: "银行盖章的客户联" },
    { label: "依据", value: "《住宅专项维修资金管理办法》（建设部、财政部令第 165 号）" },
  ];
  return (
    <GuideFrame
      shell={shell}
      title="业主交款"
      lead="网上填写约 3 分钟，不用登录；然后到银行交款。"
      facts={facts}
      act={{ href: "/owner-service", words: "去交款" }}
    >
      <GuideSteps
        title="分五步"
        steps={[
          ["找到房屋", "在首页“业主自主办理区”输入房屋地址，点“搜索”。写法不用和房产证一模一样。"],
          [
            "点“交款”",
            "在查询结果里找到您的房屋。核对坐落、面积和交存标准，金额由系统算好，不能改。",
          ],
          [
            "填写并提交",
            "填写交款人和手机号码，点“提交”。页面上会显示 18 位业务单编号，请记下来。",
          ],
          ["打印交款通知单", "一式三联。没有打印机的，到银行时出示手机里的二维码或业务单编号。"],
          [
            "到银行交款",
            `${noticeValidityDays} 天内，到通知单上写的银行任一网点交款。银行确认后，钱当场记入您的房屋账户。`,
          ],
        ]}
      />
      <Card title="要交多少" id="how-much">
        <Explanation>
          <p>首次交款 = 建筑面积 × 交存标准 − 已经交过的</p>
        </Explanation>
        <p class="after-lines">
          交存标准由市里公布，交款页面写着您的房屋用哪一档、依据哪份文件。余额低于首次交款的 30%
          时要续交。
        </p>
        <Disclosure summary="举个例子">
          <p>
            98.76 ㎡ 的有电梯住宅，标准 120.00 元/㎡：98.76 × 120.00 = 11,851.20
            元。具体金额以您的交款页面为准。
          </p>
        </Disclosure>
      </Card>
      <Card title="常见问题">
        <Disclosure summary="通知单过期了怎么办？">
          <p>没有扣您的钱。重新提交一次，领一张新的通知单就可以。</p>
        </Disclosure>
        <Disclosure summary="找不到我的房屋怎么办？">
          <p>
            可能还没有备案，也可以在网上交：见
            <a href="/guides/unrecorded-deposit">未备案房屋交款</a>。
          </p>
        </Disclosure>
        <Disclosure summary="怎么知道钱到账了？">
          <p>
            在首页“业务受理状态查询”输入业务单编号，显示“已办结”就是到账了；也可以在“维修资金查询”看房屋的余额和每一笔。
          </p>
        </Disclosure>
      </Card>
    </GuideFrame>
  );
}
