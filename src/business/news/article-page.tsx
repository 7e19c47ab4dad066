import { type CalendarDate, formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { Actions, ButtonLink, PrintButton } from "#src/ui/form/button.tsx";
import { Page, PageHead } from "#src/ui/layout.tsx";
import { CategoryTag, FileLine, Lines } from "#src/ui/list/lines.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { FILE_PATH } from "./article-body.ts";
import { ArticleText } from "./article-text.tsx";
import type { NewsFileLine } from "./news-files.ts";

export interface NewsArticlePageProps {
  shell: PageShell;
  category: string;
  title: string;
  /** What it says, in short, for search engines. */
  description: string;
  /** The text as `cleanBody` answers it. */
  html: string;
  source: string;
  publishedOn: CalendarDate;
  /** When the text that is shown took the place of another; null where it is the first. */
  correctedAt: Date | null;
  files: readonly NewsFileLine[];
  /** Where the article stands, in full: a printed page says it. */
  address: string;
}

/** One piece of news in full: facts, text with its pictures, files to save. It prints as a letter would. */
export function NewsArticlePage(props: NewsArticlePageProps) {
  const { shell, category, title, description, html, source } = props;
  const { publishedOn, correctedAt, files, address } = props;
  const crumbs = [{ title: "新闻", href: "/news" }, { title: "正文" }];
  return (
    <Page
      shell={shell}
      title={title}
      description={description}
      current="news"
      crumbs={crumbs}
      layout="narrow"
      longText="read"
    >
      <article class="card article">
        <CategoryTag category={category} />
        <h1>{title}</h1>
        <p class="quiet article-facts">
          <time datetime={publishedOn}>{publishedOn}</time>
          {correctedAt && (
            <span>
              更正于{" "}
              <time datetime={correctedAt.toISOString()}>{formatShanghaiTime(correctedAt)}</time>
            </span>
          )}
          <span>来源：{source}</span>
        </p>
        <ArticleText html={html} />
        {files.length > 0 && <Files files={files} />}
        <p class="print-only small">网址：{address}</p>
      </article>
      <Actions>
        <PrintButton />
        <ButtonLink kind="text" href="/news">
          返回新闻列表
        </ButtonLink>
      </Actions>
    </Page>
  );
}

/** What was taken down: that it was there, and nothing of what it said. */
export function WithdrawnArticlePage({ shell }: { shell: PageShell }) {
  const title = "这篇新闻已经撤下";
  const crumbs = [{ title: "新闻", href: "/news" }, { title: "已撤下" }];
  return (
    <Page shell={shell} title={title} current="news" crumbs={crumbs} layout="narrow" isPrivate>
      <PageHead title={title} />
      <div class="prose">
        <p>它曾经在这里发布，现在不再公布，以前看到或转发的内容请不要再作依据。</p>
        <p>新的内容会在新闻里发布。想核实的，请打 12345。</p>
      </div>
      <Actions>
        <ButtonLink href="/news" kind="primary" isLarge>
          看现在的新闻
        </ButtonLink>
      </Actions>
    </Page>
  );
}

function Files({ files }: { files: readonly NewsFileLine[] }) {
  return (
    <section class="article-files" aria-labelledby="files-title">
      <h2 id="files-title">附件</h2>
      <Lines>
        {files.map((file) => (
          <FileLine
            key={file.id}
            href={FILE_PATH + file.id}
            title={file.name}
            fileName={file.name}
            sizeBytes={file.size_bytes}
          />
        ))}
      </Lines>
    </section>
  );
}
