import { SectionHead } from "#src/ui/box/card.tsx";
import { Page, PageHead } from "#src/ui/layout.tsx";
import { LinkTabs } from "#src/ui/list/link-tabs.tsx";
import { RowLink } from "#src/ui/list/row-link.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import type { Audience, GuideHead } from "./guide.ts";
import { AUDIENCE_WORDS, GUIDE_HEADS, guideHref } from "./guide-heads.ts";

const HEADS: readonly GuideHead[] = GUIDE_HEADS;
const AUDIENCES = Object.keys(AUDIENCE_WORDS) as Audience[];

/** What is for everybody stands once, behind what is for owners alone. */
const [OWNERS, ...INSTITUTIONS] = AUDIENCES.map((audience) => ({
  id: audience as string,
  title: AUDIENCE_WORDS[audience],
  heads: HEADS.filter((head) => head.audiences.includes(audience) && !isForAll(head)),
}));
const EVERYBODYS = { id: "everybody", title: "人人都能办", heads: HEADS.filter(isForAll) };
const SECTIONS = [OWNERS, EVERYBODYS, ...INSTITUTIONS].filter((one) => one !== undefined);

function isForAll({ audiences }: GuideHead): boolean {
  return audiences.length === AUDIENCES.length;
}

/** 办事指南: every business, by who one is. */
export function GuidesPage({ shell }: { shell: PageShell }) {
  return (
    <Page
      shell={shell}
      title="办事指南"
      description="维修资金每件事的办事指南：谁来办、要带什么、分几步、要多久，业主和单位分开看，都不收费。"
      current="guides"
      crumbs={[{ title: "办事指南" }]}
    >
      <PageHead title="办事指南">每件事谁来办、要带什么、分几步、要多久。都不收费。</PageHead>
      <LinkTabs
        label="您是"
        tabs={SECTIONS.map(({ id, title }) => ({ href: `#${id}`, title, isCurrent: false }))}
      />
      {SECTIONS.map(({ id, title, heads }) => (
        <section key={id} class="section" aria-labelledby={id}>
          <SectionHead title={title} id={id} />
          <div class="guides">
            {heads.map((head) => (
              <RowLink
                key={head.slug}
                href={guideHref(head.slug as (typeof GUIDE_HEADS)[number]["slug"])}
                icon={head.icon}
                title={head.title}
                text={head.text}
              />
            ))}
          </div>
        </section>
      ))}
      <section class="section" aria-labelledby="more">
        <SectionHead title="还可以看" id="more" />
        <div class="guides">
          <RowLink
            href="/calculator"
            icon="coin"
            title="计算器"
            text="算首次要交多少：填面积、用途、电梯、合同日期"
          />
          <RowLink href="/policies" icon="doc" title="政策" text="国家和本市的规定、交存标准" />
          <RowLink
            href="/downloads"
            icon="file"
            title="资料下载"
            text="空白表格、要件清单、委托书"
          />
        </div>
      </section>
    </Page>
  );
}
