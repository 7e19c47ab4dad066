import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { Actions, ButtonLink, PrintButton } from "#src/ui/form/button.tsx";
import { Page } from "#src/ui/layout.tsx";
import { CategoryTag, FileLine, Lines } from "#src/ui/list/lines.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { FILE_PATH } from "./article-body.ts";
import { ArticleText } from "./article-text.tsx";
import type { NewsFileLine } from "./news-files.ts";

export interface NewsArticlePageProps {
  shell: PageShell;
  category: string;
  title: string;
  /** The text as `cleanBody` answers it. */
  html: string;
  source: string;
  publishedOn: CalendarDate;
  files: readonly NewsFileLine[];
  /** Where the article stands, in full: a printed page says it. */
  address: string;
}

/** One piece of news in full: facts, text with its pictures, files to save. It prints as a letter would. */
export function NewsArticlePage(props: NewsArticlePageProps) {
  const { shell, category, title, html, source, publishedOn, files, address } = props;
  const crumbs = [{ title: "新闻", href: "/news" }, { title: "正文" }];
  return (
    <Page
      shell={shell}
      title={title}
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
