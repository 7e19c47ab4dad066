import type { Db } from "#src/platform/database/client.ts";
import { NotFound } from "#src/platform/http/errors.ts";
import { page } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { NewsArticlePage, NewsListPage } from "./pages.tsx";
import { countNews, findNews, listNews } from "./queries.ts";

const PAGE_SIZE = 20;

export interface NewsDeps {
  db: Db;
  shell: (visit: Visit) => PageShell;
}

/** 新闻: the list, page by page, and each article. */
export function newsRoutes(deps: NewsDeps): Route[] {
  return [
    {
      method: "GET",
      path: "/news",
      permission: "anyone",
      audit: null,
      handle: (visit) => showList(deps, visit),
    },
    {
      method: "GET",
      path: "/news/:id",
      permission: "anyone",
      audit: null,
      handle: (visit) => showArticle(deps, visit),
    },
  ];
}

async function showList(deps: NewsDeps, visit: Visit): Promise<Response> {
  const asked = readWhole(visit.c.req.query("page") ?? "1") ?? 1;
  const totalCount = await countNews(deps.db);
  const pageCount = Math.max(1, Math.ceil(totalCount / PAGE_SIZE));
  const current = Math.min(Math.max(1, asked), pageCount);
  const articles = await listNews(deps.db, { limit: PAGE_SIZE, offset: (current - 1) * PAGE_SIZE });
  const html = renderPage(
    <NewsListPage
      shell={deps.shell(visit)}
      items={articles.map((article) => ({
        href: `/news/${article.id}`,
        category: article.category,
        title: article.title,
        publishedOn: article.published_on,
      }))}
      page={current}
      pageSize={PAGE_SIZE}
      totalCount={totalCount}
    />,
  );
  return page(visit, html, 200, "revalidate");
}

async function showArticle(deps: NewsDeps, visit: Visit): Promise<Response> {
  const id = readWhole(visit.c.req.param("id") ?? "");
  const article = id === null ? null : await findNews(deps.db, id);
  if (article === null) throw new NotFound();
  const html = renderPage(
    <NewsArticlePage
      shell={deps.shell(visit)}
      category={article.category}
      title={article.title}
      body={article.body}
      source={article.source}
      publishedOn={article.published_on}
    />,
  );
  return page(visit, html, 200, "revalidate");
}

function readWhole(text: string): number | null {
  return /^[1-9][0-9]{0,8}$/.test(text) ? Number.parseInt(text, 10) : null;
}
