import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { SectionHead } from "#src/ui/box/card.tsx";
import { HomeDrawing } from "#src/ui/drawing/home-drawing.tsx";
import { Icon } from "#src/ui/drawing/icon.tsx";
import { Page } from "#src/ui/layout.tsx";
import { CategoryTag, FileLine, type FileLineProps, Lines, NewsLine } from "#src/ui/list/lines.tsx";
import { RowLink, type RowLinkProps } from "#src/ui/list/row-link.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { type CityTotals, CityTotalsSection } from "./city-totals.tsx";
import { QuickServices } from "./quick-services.tsx";

/** News as the home page shows it; the first one leads with its summary. */
export interface HomeNews {
  href: string;
  category: string;
  title: string;
  summary: string;
  publishedOn: CalendarDate;
}

export interface HomePageProps {
  shell: PageShell;
  /** Newest first; the first five are shown. */
  news: readonly HomeNews[];
  /** The first six are shown. */
  downloads: readonly FileLineProps[];
  /** Left out until the city has figures to publish. */
  totals: CityTotals | null;
  guides: readonly RowLinkProps[];
}

/** The home: quick services first, then the city's money, news with files, and guides. */
export function HomePage({ shell, news, downloads, totals, guides }: HomePageProps) {
  const isElder = shell.mode === "elder";
  return (
    <Page shell={shell} title="首页" current="home" layout="home">
      <Hero isElder={isElder} />
      <div class="wrap">
        <QuickServices />
        <p class="help-call">
          <a class="button large wide" href="tel:12345">
            <Icon name="phone" />打 12345 找人帮办
          </a>
        </p>
        {totals && !isElder && <CityTotalsSection totals={totals} />}
        <div class="section news-and-files">
          <News news={news} isElder={isElder} />
          <Downloads downloads={downloads} />
        </div>
        <Guides guides={guides} />
      </div>
    </Page>
  );
}

function Hero({ isElder }: { isElder: boolean }) {
  if (isElder) {
    return (
      <div class="hero">
        <div class="wrap">
          <h1>您好，要办什么事？</h1>
        </div>
      </div>
    );
  }
  return (
    <div class="hero">
      <HomeDrawing />
      <div class="wrap">
        <h1>
          <span>房屋的养老钱，</span>
          <span>每一分都看得见</span>
        </h1>
        <p>不登录也能办：交款、查明细、看进度。</p>
      </div>
    </div>
  );
}

function News({ news, isElder }: { news: readonly HomeNews[]; isElder: boolean }) {
  const [lead, ...others] = news.slice(0, 5);
  return (
    <section class="card" aria-labelledby="news-title">
      <div class="card-head">
        <h2 id="news-title">新闻</h2>
        <a class="link" href="/news">
          全部新闻
        </a>
      </div>
      {lead === undefined && <p class="quiet">还没有新闻。新的政策和公告会出现在这里。</p>}
      {lead && !isElder && <LeadNews {...lead} />}
      <Lines>
        {(isElder ? news.slice(0, 3) : others).map((item) => (
          <NewsLine key={item.href} {...item} isShort />
        ))}
      </Lines>
    </section>
  );
}

function LeadNews({ href, category, title, summary }: HomeNews) {
  return (
    <div class="lead-news">
      <CategoryTag category={category} />
      <h3>
        <a href={href}>{title}</a>
      </h3>
      <p class="quiet">{summary}</p>
    </div>
  );
}

function Downloads({ downloads }: { downloads: readonly FileLineProps[] }) {
  return (
    <section class="card" aria-labelledby="downloads-title">
      <div class="card-head">
        <h2 id="downloads-title">资料下载</h2>
        <a class="link" href="/downloads">
          全部资料
        </a>
      </div>
      {downloads.length === 0 && <p class="quiet">还没有资料。表格和样张会出现在这里。</p>}
      <Lines>
        {downloads.slice(0, 6).map((file) => (
          <FileLine key={file.href} {...file} />
        ))}
      </Lines>
    </section>
  );
}

function Guides({ guides }: { guides: readonly RowLinkProps[] }) {
  return (
    <section class="section" aria-labelledby="guides-title">
      <SectionHead
        title="办事指南"
        id="guides-title"
        aside={
          <a class="link" href="/guides">
            全部指南
          </a>
        }
      />
      <div class="guides">
        {guides.map((guide) => (
          <RowLink key={guide.title} {...guide} />
        ))}
      </div>
    </section>
  );
}
