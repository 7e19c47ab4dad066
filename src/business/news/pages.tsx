import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { EmptyState } from "#src/ui/box/notice.tsx";
import { Page, PageHead } from "#src/ui/layout.tsx";
import { CategoryTag, Lines, NewsLine } from "#src/ui/list/lines.tsx";
import { Pager } from "#src/ui/list/pager.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";

/** A piece of news as lists show it. */
export interface NewsItem {
  href: string;
  category: string;
  title: string;
  publishedOn: CalendarDate;
}

export interface NewsListPageProps {
  shell: PageShell;
  items: readonly NewsItem[];
  page: number;
  pageSize: number;
  totalCount: number;
}

/** 新闻: every piece of news, newest first. */
export function NewsListPage({ shell, items, page, pageSize, totalCount }: NewsListPageProps) {
  return (
    <Page shell={shell} title="新闻" current="news" crumbs={[{ title: "新闻" }]}>
      <PageHead title="新闻" />
      {items.length === 0 ? (
        <EmptyState title="还没有新闻">
          <p>新的政策、公告和公示发布后会出现在这里。</p>
        </EmptyState>
      ) : (
        <section class="card" aria-label="新闻列表">
          <Lines>
            {items.map((item) => (
              <NewsLine key={item.href} {...item} />
            ))}
          </Lines>
        </section>
      )}
      <Pager
        page={page}
        pageSize={pageSize}
        totalCount={totalCount}
        hrefOf={(number) => (number === 1 ? "/news" : `/news?page=${number}`)}
      />
    </Page>
  );
}

export interface NewsArticlePageProps {
  shell: PageShell;
  category: string;
  title: string;
  /** Plain text; an empty line starts a new paragraph. */
  body: string;
  source: string;
  publishedOn: CalendarDate;
}

/** One piece of news in full. */
export function NewsArticlePage(props: NewsArticlePageProps) {
  const { shell, category, title, body, source, publishedOn } = props;
  const crumbs = [{ title: "新闻", href: "/news" }, { title: "正文" }];
  return (
    <Page shell={shell} title={title} current="news" crumbs={crumbs} layout="narrow">
      <article class="card article">
        <CategoryTag category={category} />
        <h1>{title}</h1>
        <p class="quiet article-facts">
          <time datetime={publishedOn}>{publishedOn}</time>
          <span>来源：{source}</span>
        </p>
        <div class="prose">
          {paragraphs(body).map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </div>
      </article>
      <p>
        <a href="/news">返回新闻列表</a>
      </p>
    </Page>
  );
}

function paragraphs(body: string): string[] {
  return body
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== "");
}
