import type { Law } from "#src/register/law/laws.ts";
import { Card, SectionHead } from "#src/ui/box/card.tsx";
import { Tag } from "#src/ui/drawing/tag.tsx";
import { Page, PageHead } from "#src/ui/layout.tsx";
import { RowLink } from "#src/ui/list/row-link.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";

export interface PoliciesPageProps {
  shell: PageShell;
  decree: Law;
  /** The city's own rules. */
  own: readonly Law[];
}

/** 政策: the decree, the city's own rules, its standards, and what stands above them. */
export function PoliciesPage({ shell, decree, own }: PoliciesPageProps) {
  const isExample = own.some(({ isDemonstration }) => isDemonstration);
  return (
    <Page
      shell={shell}
      title="政策"
      description="维修资金的政策法规：住宅专项维修资金管理办法全文、本市的规定、首期交存标准和《民法典》有关要点。"
      crumbs={[{ title: "政策" }]}
    >
      <PageHead title="政策">钱怎么交、怎么用、归谁，都写在这些文件里。</PageHead>
      <section aria-labelledby="national">
        <SectionHead title="国家的规定" id="national" />
        <div class="guides two">
          <LawRow law={decree} />
          <RowLink
            href="#civil-code"
            icon="doc"
            title="《民法典》里的有关要点"
            text="谁来决定怎么用、怎么筹集，收入归谁"
          />
        </div>
      </section>
      <section aria-labelledby="local">
        <SectionHead
          title="本市的规定"
          id="local"
          aside={isExample && <Tag tone="wait">示例，不是任何城市的规定</Tag>}
        />
        <div class="guides two">
          <RowLink
            href="/policies/deposit-standards"
            icon="coin"
            title="首期交存标准"
            text="每一版标准，按房屋用途和有没有电梯"
          />
          {own.map((law) => (
            <LawRow key={law.slug} law={law} />
          ))}
        </div>
      </section>
      <CivilCode />
    </Page>
  );
}

function LawRow({ law }: { law: Law }) {
  return (
    <RowLink
      href={`/policies/${law.slug}`}
      icon="doc"
      title={`《${law.title}》`}
      text={`${law.documentNo}，自 ${law.effectiveFrom} 起施行`}
    />
  );
}

/** A summary in our own words: the text of the code is not published here. */
function CivilCode() {
  return (
    <Card
      title="《民法典》里的有关要点"
      id="civil-code"
      aside={<Tag tone="mute">要点，不是原文</Tag>}
    >
      <div class="prose">
        <ul>
          <li>
            第二百七十八条：使用和筹集维修资金由业主共同决定。先要专有部分面积和人数都占三分之二以上的业主参与表决；使用资金，参与表决的面积和人数都过半数同意就通过；筹集资金，都要四分之三以上同意。
          </li>
          <li>
            第二百八十一条：维修资金属于业主共有，经业主共同决定，可以用于电梯、屋顶、外墙、无障碍设施等共有部分。筹集和使用情况要定期公布。紧急情况下，业主大会或者业主委员会可以依法申请使用。
          </li>
          <li>第二百八十二条：共有部分产生的收入，扣除合理成本以后，属于业主共有。</li>
        </ul>
      </div>
    </Card>
  );
}
