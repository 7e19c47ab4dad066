import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { NotFound } from "#src/platform/http/errors.ts";
import { keepPages, type SendKeptPage } from "#src/platform/http/kept-pages.ts";
import { page, xml } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { SITE_NAME } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { cleanBody } from "./article-body.ts";
import { NewsArticlePage, WithdrawnArticlePage } from "./article-page.tsx";
import { readCategory } from "./article-states.ts";
import { newsDeskRoutes } from "./desk-routes.tsx";
import { writeFeed } from "./feed.ts";
import { sendFile } from "./file-routes.ts";
import { type KeptVersion, keepCleaned } from "./keep-cleaned.ts";
import { lightenPictures } from "./light-pictures.ts";
import type { NewsDeps, NewsDeskDeps } from "./news-deps.ts";
import { listVersionFiles } from "./news-files.ts";
import { FEED, type NewsItem, NewsListPage } from "./pages.tsx";
import {
  countNews,
  findNews,
  findPublicFile,
  listNews,
  type PublishedLine,
  wasPublic,
} from "./queries.ts";
import { readWhole } from "./schema.ts";
import { readQuery, searchWords, snippet } from "./search-words.ts";

const PAGE_SIZE = 20;
const FEED_SIZE = 30;
/** Pages of articles that are kept, each as often as there are displays; a kept one is neither drawn nor cleaned. */
const PAGES_KEPT = 200;
/** Versions whose cleaned text is kept for all their displays. */
const TEXTS_KEPT = 40;

/** 新闻: the list, each article, its files and the feed for everybody; the desk for editors. */
export function newsRoutes(deps: NewsDeskDeps): Route[] {
  const articles: KeptArticles = {
    send: keepPages(PAGES_KEPT),
    clean: keepCleaned(TEXTS_KEPT, (body) => cleanBody(deps.db, body)),
  };
  const lighten = lightenPictures(deps.uploads);
  const get = (path: string, handle: (visit: Visit) => Promise<Response>): Route => ({
    method: "GET",
    path,
    permission: "anyone",
    audit: null,
    handle,
  });
  return [
    get("/news", async (visit) => {
      // Words are looked for in every text there is.
      if ((visit.c.req.query("q") ?? "") !== "") await deps.limit(visit, "search");
      return await showList(deps, visit);
    }),
    get("/news/feed.xml", (visit) => sendFeed(deps, visit)),
    get("/news/files/:file", (visit) =>
      sendFile(visit, (id) => findPublicFile(deps.db, visit.now, id), lighten),
    ),
    get("/news/:id", (visit) => showArticle(deps, visit, articles)),
    ...newsDeskRoutes(deps, lighten),
  ];
}

async function showList(deps: NewsDeps, visit: Visit): Promise<Response> {
  const { db } = deps;
  const category = readCategory(visit.c.req.query("category"));
  const query = readQuery(visit.c.req.query("q"));
  const words = searchWords(query);
  const filter = { category, words };
  // What has no word in it finds nothing, rather than everything.
  const isFindable = query === "" || words.length > 0;
  const totalCount = isFindable ? await countNews(db, visit.now, filter) : 0;
  const pageCount = Math.max(1, Math.ceil(totalCount / PAGE_SIZE));
  const current = Math.min(readWhole(visit.c.req.query("page")) ?? 1, pageCount);
  const part = { limit: PAGE_SIZE, offset: (current - 1) * PAGE_SIZE };
  const lines = isFindable ? await listNews(db, visit.now, filter, part) : [];
  const html = renderPage(
    <NewsListPage
      shell={deps.shell(visit)}
      items={lines.map((line) => itemOf(line, words))}
      category={category}
      query={query}
      isBlank={query === "" && visit.c.req.query("q") !== undefined}
      words={words}
      page={current}
      pageSize={PAGE_SIZE}
      totalCount={totalCount}
    />,
  );
  return page(visit, html, 200, "revalidate");
}

function itemOf(line: PublishedLine, words: readonly string[]): NewsItem {
  return {
    href: `/news/${line.id}`,
    category: line.category,
    title: line.title,
    publishedOn: shanghaiDate(line.visible_from),
    snippet: snippet(line.words, words),
  };
}

interface KeptArticles {
  send: SendKeptPage;
  clean: (version: KeptVersion) => Promise<string>;
}

async function showArticle(
  deps: NewsDeps,
  visit: Visit,
  { send, clean }: KeptArticles,
): Promise<Response> {
  const id = readWhole(visit.c.req.param("id"));
  const article = id === null ? null : await findNews(deps.db, visit.now, id);
  if (article === null) return await showMissing(deps, visit, id);
  const path = `/news/${article.id}`;
  const draw = async () => {
    const html = await clean(article);
    const files = await listVersionFiles(deps.db, article);
    return renderPage(
      <NewsArticlePage
        shell={deps.shell(visit)}
        category={article.category}
        title={article.title}
        description={article.summary || article.words || article.title}
        html={html}
        source={article.source}
        publishedOn={shanghaiDate(article.visible_from)}
        correctedAt={article.shown_since > article.visible_from ? article.shown_since : null}
        files={files}
        address={deps.publicUrl + path}
      />,
    );
  };
  return await send(
    visit,
    path,
    [article.version, article.visible_from.getTime(), article.shown_since.getTime()],
    draw,
  );
}

async function showMissing(deps: NewsDeps, visit: Visit, id: number | null): Promise<Response> {
  if (id === null || !(await wasPublic(deps.db, id))) throw new NotFound();
  return page(visit, renderPage(<WithdrawnArticlePage shell={deps.shell(visit)} />), 410);
}

async function sendFeed(deps: NewsDeps, visit: Visit): Promise<Response> {
  const all = { category: null, words: [] };
  const items = await listNews(deps.db, visit.now, all, { limit: FEED_SIZE, offset: 0 });
  const { cityName } = deps.shell(visit);
  const feed = writeFeed({
    publicUrl: deps.publicUrl,
    title: `${cityName}${SITE_NAME}：${FEED.title}`,
    description: "维修资金的政策、公示、公告和通知",
    items,
  });
  return xml(visit, feed, "application/rss+xml");
}
