import { articleHref, articleId } from "#src/register/law/law-links.ts";
import type { Law } from "#src/register/law/laws.ts";
import type { LawArticle, LawChapter } from "#src/register/law/parse-law.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Explanation } from "#src/ui/box/explanation.tsx";
import { Tag } from "#src/ui/drawing/tag.tsx";
import { Actions, ButtonLink, PrintButton } from "#src/ui/form/button.tsx";
import { Columns, Page, PageHead } from "#src/ui/layout.tsx";
import { Facts } from "#src/ui/list/facts.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";

export interface LawPageProps {
  shell: PageShell;
  law: Law;
  /** What each article is about in our words, in the order of the articles; none for a text without. */
  gists: readonly string[];
  /** What a reader of today has to know beside the text. */
  remarks: readonly string[];
}

/** A text of law with its table of contents; every article has an address of its own. */
export function LawPage({ shell, law, gists, remarks }: LawPageProps) {
  const title = `《${law.title}》`;
  return (
    <Page
      shell={shell}
      title={title}
      description={`${title}全文，${law.issuer}发布，${law.documentNo}，自 ${law.effectiveFrom} 起施行，每一条都有自己的地址。`}
      crumbs={[{ title: "政策", href: "/policies" }, { title: law.title }]}
    >
      <PageHead title={title}>
        {law.documentNo}，自 {law.effectiveFrom} 起施行
      </PageHead>
      <Columns
        side={
          <Card title="目录" id="contents">
            <Contents law={law} gists={gists} />
          </Card>
        }
        isSideFirst
      >
        <About law={law} remarks={remarks} hasGists={gists.length > 0} />
        {law.text.chapters.map((chapter, at) => (
          <Chapter key={chapter.title} chapter={chapter} n={at + 1} law={law} gists={gists} />
        ))}
      </Columns>
      <Actions>
        <PrintButton>打印全文</PrintButton>
        <ButtonLink href="/policies">全部政策</ButtonLink>
      </Actions>
    </Page>
  );
}

function About({
  law,
  remarks,
  hasGists,
}: Omit<LawPageProps, "shell" | "gists"> & { hasGists: boolean }) {
  return (
    <Card
      title="关于这份文件"
      id="about"
      aside={law.isDemonstration && <Tag tone="wait">示例，不是任何城市的规定</Tag>}
    >
      <Facts
        facts={[
          { label: "发布单位", value: law.issuer },
          { label: "文号", value: law.documentNo },
          { label: "发布日期", value: law.issuedOn },
          { label: "施行日期", value: law.effectiveFrom },
        ]}
      />
      {law.text.opening.length > 0 && (
        <div class="prose after-lines quiet">
          {law.text.opening.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
      )}
      {hasGists && (
        <p class="after-lines quiet">
          条文是原文。每条后面的小字是我们写的要点，帮您找，不是原文。
        </p>
      )}
      {remarks.length > 0 && (
        <div class="after-lines">
          <Explanation>
            {remarks.map((remark) => (
              <p key={remark}>{remark}</p>
            ))}
          </Explanation>
        </div>
      )}
    </Card>
  );
}

function chapterId(n: number): string {
  return `chapter-${n}`;
}

/** Chapters and articles; on a phone put away until it is asked for. */
function Contents({ law, gists }: Pick<LawPageProps, "law" | "gists">) {
  return (
    <nav aria-label="目录" class="law-contents">
      {law.text.chapters.map((chapter, at) => (
        <details key={chapter.title} open={chapter.title === ""}>
          <summary>{chapter.title === "" ? "全部条文" : chapter.title}</summary>
          <ul>
            {chapter.title !== "" && (
              <li>
                <a href={`#${chapterId(at + 1)}`}>看这一章</a>
              </li>
            )}
            {chapter.articles.map(({ number, label }) => (
              <li key={number}>
                <a href={`#${articleId(number)}`}>
                  {label}
                  {gists[number - 1] && <span class="quiet">　{gists[number - 1]}</span>}
                </a>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </nav>
  );
}

interface ChapterProps {
  chapter: LawChapter;
  n: number;
  law: Law;
  gists: readonly string[];
}

function Chapter({ chapter, n, law, gists }: ChapterProps) {
  const articles = chapter.articles.map((article) => (
    <Article key={article.number} article={article} law={law} gist={gists[article.number - 1]} />
  ));
  return (
    <section class="card law" id={chapterId(n)}>
      <h2>{chapter.title === "" ? "条文" : chapter.title}</h2>
      {articles}
    </section>
  );
}

interface ArticleProps {
  article: LawArticle;
  law: Law;
  gist: string | undefined;
}

function Article({ article, law, gist }: ArticleProps) {
  return (
    <article id={articleId(article.number)}>
      <h3>
        <a href={articleHref(law.slug, article.number)}>{article.label}</a>
        {gist && <span class="quiet">　{gist}</span>}
      </h3>
      {article.paragraphs.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
    </article>
  );
}
