import { articleHref } from "#src/register/law/law-links.ts";
import type { Law } from "#src/register/law/laws.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Actions, ButtonLink, PrintButton } from "#src/ui/form/button.tsx";
import { Columns, Page, PageHead } from "#src/ui/layout.tsx";
import { Facts } from "#src/ui/list/facts.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import type { Guide, GuidedPapers, GuideQuestion, GuideSection, LawReference } from "./guide.ts";

export interface GuidePageProps {
  shell: PageShell;
  guide: Guide;
  laws: readonly Law[];
}

/** One guide: what to do first, the facts at a glance, steps, papers, law and questions. */
export function GuidePage({ shell, guide, laws }: GuidePageProps) {
  const { title } = guide;
  return (
    <Page
      shell={shell}
      title={`${title}办事指南`}
      description={`${title}办事指南：${guide.lead}`}
      current="guides"
      crumbs={[{ title: "办事指南", href: "/guides" }, { title }]}
    >
      <PageHead title={title}>{guide.lead}</PageHead>
      <Actions>
        <ButtonLink href={guide.act.href} kind="primary" isLarge>
          {guide.act.words}
        </ButtonLink>
        <PrintButton>打印指南</PrintButton>
      </Actions>
      <Columns side={<Glance guide={guide} laws={laws} />} isSideFirst>
        <Steps guide={guide} />
        {guide.sections?.map((section) => (
          <Section key={section.id} section={section} />
        ))}
        {guide.papers && <Papers papers={guide.papers} />}
        <Questions questions={guide.questions} />
      </Columns>
    </Page>
  );
}

function Glance({ guide, laws }: Pick<GuidePageProps, "guide" | "laws">) {
  const known = guide.laws.filter(({ slug }) => laws.some((law) => law.slug === slug));
  const list = <LawList references={known} laws={laws} />;
  const basis = { label: "依据", value: known.length > 0 ? list : guide.noLaw };
  return (
    <Card title="一看就懂" id="glance">
      <Facts
        facts={[
          { label: "谁来办", value: guide.who },
          { label: "什么时候办", value: guide.when },
          { label: "要带什么", value: guide.bring },
          { label: "要多久", value: guide.time },
          { label: "费用", value: "不收费" },
          { label: "办完拿到", value: guide.result },
          ...(known.length > 0 || guide.noLaw ? [basis] : []),
        ]}
      />
    </Card>
  );
}

function LawList({
  references,
  laws,
}: {
  references: readonly LawReference[];
  laws: readonly Law[];
}) {
  return (
    <ul>
      {references.map(({ slug, articles }) => {
        const law = laws.find((one) => one.slug === slug);
        const labels = law?.text.chapters.flatMap((chapter) => chapter.articles) ?? [];
        return (
          <li key={slug}>
            《{law?.title}》
            {articles.map((number, at) => (
              <>
                {at > 0 && "、"}
                <a href={articleHref(slug, number)}>
                  {labels.find((article) => article.number === number)?.label}
                </a>
              </>
            ))}
            {law?.isDemonstration && "（示例）"}
          </li>
        );
      })}
    </ul>
  );
}

const NUMERALS = ["零", "一", "两", "三", "四", "五", "六", "七", "八", "九"];

function Steps({ guide }: { guide: Guide }) {
  return (
    <Card title={`分${NUMERALS[guide.steps.length] ?? guide.steps.length}步`} id="steps">
      <ol class="numbered">
        {guide.steps.map(([name, text]) => (
          <li key={name}>
            <h3>{name}</h3>
            <p>{text}</p>
          </li>
        ))}
      </ol>
    </Card>
  );
}

function Section({ section }: { section: GuideSection }) {
  return (
    <Card title={section.title} id={section.id}>
      <div class="prose">
        {section.paragraphs.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
        {section.link && (
          <p>
            <a href={section.link.href}>{section.link.words}</a>
          </p>
        )}
      </div>
    </Card>
  );
}

function Papers({ papers }: { papers: readonly GuidedPapers[] }) {
  return (
    <Card title="要哪些要件" id="papers">
      <p class="quiet">拍照或扫描都可以：PDF、JPG 或 PNG。</p>
      {papers.map((group) => (
        <div key={group.title} class="paper-group">
          <h3>{group.title}</h3>
          {group.text && <p>{group.text}</p>}
          <ul class="prose-list" hidden={group.rules.length === 0}>
            {group.rules.map(({ code, title, hint, isRequired }) => (
              <li key={code}>
                {title}
                {!isRequired && "（需要时）"}
                {hint && `：${hint}`}
              </li>
            ))}
          </ul>
          {group.formCode && (
            <p class="not-printed">
              <a href={`/downloads/forms/${group.formCode}`} download>
                {group.rules.length > 1 ? "下载这份清单" : "下载空白表格"}（PDF）
                <span class="heard">：{group.title}</span>
              </a>
            </p>
          )}
        </div>
      ))}
    </Card>
  );
}

function Questions({ questions }: { questions: readonly GuideQuestion[] }) {
  return (
    <Card title="常见问题" id="questions">
      {questions.map(({ question, answer, link }) => (
        <div key={question} class="paper-group">
          <h3>{question}</h3>
          <p>
            {answer}
            {link && (
              <>
                {" "}
                <a href={link.href}>{link.words}</a>
              </>
            )}
          </p>
        </div>
      ))}
    </Card>
  );
}
