import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { EmptyState } from "#src/ui/box/notice.tsx";
import { HiddenField } from "#src/ui/form/form.tsx";
import { SearchBar } from "#src/ui/form/search-bar.tsx";
import { Page, PageHead } from "#src/ui/layout.tsx";
import { CategoryTag, Lines } from "#src/ui/list/lines.tsx";
import { LinkTabs } from "#src/ui/list/link-tabs.tsx";
import { Pager } from "#src/ui/list/pager.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { CATEGORIES, type Category } from "./article-states.ts";
import { markWords } from "./search-words.ts";

/** The feed of everything that is published. */
export const FEED = { title: "新闻和公告", href: "/news/feed.xml" };

/** A piece of news as lists show it. */
export interface NewsItem {
  href: string;
  category: Category;
  title: string;
  publishedOn: CalendarDate;
  /** The part of the text in which the words were found; "" where the title says it all. */
  snippet: string;
}

export interface NewsListPageProps {
  shell: PageShell;
  items: readonly NewsItem[];
  category: Category | null;
  query: string;
  /** Something was sent to be looked for, and nothing of it can be seen. */
  isBlank: boolean;
  /** The words of the query, which are marked. */
  words: readonly string[];
  page: number;
  pageSize: number;
  totalCount: number;
}

/** The address of a list of news with its filters. */
function newsHref(to: { category: Category | null; query: string; page?: number }): string {
  const words = new URLSearchParams();
  if (to.category !== null) words.set("category", to.category);
  if (to.query !== "") words.set("q", to.query);
  if (to.page !== undefined && to.page > 1) words.set("page", String(to.page));
  const text = words.toString();
  return text === "" ? "/news" : `/news?${text}`;
}

/** 新闻: every piece of news by its kind, newest first, or those in which the words stand. */
export function NewsListPage(props: NewsListPageProps) {
  const { shell, items, category, query, totalCount } = props;
  const title = category ?? "新闻";
  return (
    <Page
      shell={shell}
      title={query === "" ? title : `${title}：“${query}”`}
      description={`维修资金的${category ?? "政策、公示、公告和通知"}，最新的在前面，可以按词查找，也可以用 RSS 订阅。`}
      current="news"
      crumbs={
        category === null
          ? [{ title: "新闻" }]
          : [{ title: "新闻", href: "/news" }, { title: category }]
      }
      longText="read"
      feed={FEED}
    >
      <PageHead title={title} />
      <LinkTabs
        label="按类别看"
        tabs={[null, ...CATEGORIES].map((one) => ({
          href: newsHref({ category: one, query }),
          title: one ?? "全部",
          isCurrent: one === category,
        }))}
      />
      <Search {...props} />
      {props.isBlank && <p role="status">您没有输入要找的字，下面是全部{category ?? "新闻"}。</p>}
      {query !== "" && (
        <p role="status">
          {totalCount === 0 ? `没有找到“${query}”` : `找到 ${totalCount} 篇`}
          {"，"}
          <a href={newsHref({ category, query: "" })}>看全部{category ?? "新闻"}</a>
        </p>
      )}
      {items.length === 0 ? (
        <Nothing query={query} />
      ) : (
        <section class={query === "" ? "card" : "card found"} aria-label="新闻列表">
          <Lines isFull>
            {items.map((item) => (
              <FoundLine key={item.href} {...item} words={props.words} />
            ))}
          </Lines>
        </section>
      )}
      <Pager
        page={props.page}
        pageSize={props.pageSize}
        totalCount={totalCount}
        hrefOf={(page) => newsHref({ category, query, page })}
      />
      <p>
        <a href={FEED.href}>用 RSS 订阅新闻</a>
      </p>
    </Page>
  );
}

function Search({ category, query }: NewsListPageProps) {
  return (
    <SearchBar
      action="/news"
      name="q"
      id="news-search"
      label="在新闻里搜索"
      placeholder="例如 电梯维修"
      value={query}
    >
      {category && <HiddenField name="category" value={category} />}
    </SearchBar>
  );
}

function Nothing({ query }: Pick<NewsListPageProps, "query">) {
  return query !== "" ? (
    <EmptyState title="没有符合的新闻">
      <p>
        换一个说法试试，或者少写几个字；也可以
        <a href={`/search?q=${encodeURIComponent(query)}`}>搜索整个网站</a>。
      </p>
    </EmptyState>
  ) : (
    <EmptyState title="还没有新闻">
      <p>新的政策、公告和公示发布后会出现在这里。</p>
    </EmptyState>
  );
}

function FoundLine(props: NewsItem & { words: readonly string[] }) {
  const { href, category, title, publishedOn, snippet, words } = props;
  return (
    <li>
      <a href={href}>
        <CategoryTag category={category} />
        <span class="line-title">
          <Marked text={title} words={words} />
          {snippet && (
            <span class="snippet">
              <Marked text={snippet} words={words} />
            </span>
          )}
        </span>
        <time class="small whole" datetime={publishedOn}>
          {publishedOn}
        </time>
      </a>
    </li>
  );
}

function Marked({ text, words }: { text: string; words: readonly string[] }) {
  return (
    <>
      {markWords(text, words).map((part, at) =>
        part.isFound ? <mark key={at}>{part.text}</mark> : part.text,
      )}
    </>
  );
}
