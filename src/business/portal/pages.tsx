import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { SectionHead } from "#src/ui/box/card.tsx";
import { HomeDrawing } from "#src/ui/drawing/home-drawing.tsx";
import { ButtonLink } from "#src/ui/form/button.tsx";
import { SearchBar } from "#src/ui/form/search-bar.tsx";
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
export function HomePage(props: HomePageProps) {
  const { shell } = props;
  const isElder = shell.mode === "elder";
  return (
    <Page shell={shell} title="首页" current="home" layout="home">
      {isElder ? <ElderHero /> : <Hero />}
      <div class="wrap">
        <QuickServices isElder={isElder} />
        {!isElder && <LookUp />}
        {isElder ? <ElderRest {...props} /> : <Rest {...props} />}
      </div>
    </Page>
  );
}

function Hero() {
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

/** What people look up before or after: the whole site, the sum to pay, a paper in the hand, a person. */
function LookUp() {
  return (
    <section class="section look-up" aria-label="查一查">
      <SearchBar
        id="site"
        action="/search"
        name="q"
        label="搜索整个网站"
        placeholder="搜新闻、资料、指南、政策"
        hasWord
      />
      <div class="guides">
        {LOOK_UPS.map((one) => (
          <RowLink key={one.href} {...one} />
        ))}
      </div>
    </section>
  );
}

const LOOK_UPS: readonly RowLinkProps[] = [
  { href: "/calculator", icon: "coin", title: "计算器", text: "算一算要交多少" },
  { href: "/verify", icon: "shield", title: "验真", text: "手里的单据是不是我们开的" },
  { href: "/help", icon: "people", title: "帮助", text: "窗口、网点、常见问题、12345" },
];

function Rest({ news, downloads, totals, guides }: HomePageProps) {
  return (
    <>
      {totals && <CityTotalsSection totals={totals} />}
      <div class="section news-and-files">
        <News news={news} />
        <Downloads downloads={downloads} />
      </div>
      <Guides guides={guides} />
    </>
  );
}

function ElderHero() {
  return (
    <div class="hero">
      <div class="wrap">
        <h1>您好，要办什么事？</h1>
      </div>
    </div>
  );
}

/** In 适老版 only the help and the newest news follow the quick services, and then, as on every page, a person to call. */
function ElderRest({ news }: HomePageProps) {
  return (
    <>
      <p class="help-call">
        <ButtonLink href="/help" isLarge isWide>
          帮助
        </ButtonLink>
      </p>
      <section class="section" aria-labelledby="news-title">
        <h2 id="news-title">新闻</h2>
        <Lines>
          {news.slice(0, 3).map((item) => (
            <NewsLine key={item.href} {...item} />
          ))}
        </Lines>
        <ButtonLink href="/news" isLarge isWide>
          全部新闻
        </ButtonLink>
      </section>
    </>
  );
}

function News({ news }: { news: readonly HomeNews[] }) {
  const [lead, ...others] = news.slice(0, 5);
  return (
    <section class="card" aria-labelledby="news-title">
      <div class="card-head">
        <h2 id="news-title">新闻</h2>
        <a href="/news">全部新闻</a>
      </div>
      {lead === undefined && <p class="quiet">还没有新闻。新的政策和公告会出现在这里。</p>}
      {lead && <LeadNews {...lead} />}
      <Lines>
        {others.map((item) => (
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
        <a href="/downloads">全部资料</a>
      </div>
      {downloads.length === 0 && <p class="quiet">还没有资料。表格和样张会出现在这里。</p>}
      <Lines>
        {downloads.map((file) => (
          <FileLine key={file.href} {...file} />
        ))}
      </Lines>
    </section>
  );
}

function Guides({ guides }: { guides: readonly RowLinkProps[] }) {
  return (
    <section class="section" aria-labelledby="guides-title">
      <SectionHead title="办事指南" id="guides-title" aside={<a href="/guides">全部指南</a>} />
      <div class="guides">
        {guides.map((guide) => (
          <RowLink key={guide.title} {...guide} />
        ))}
      </div>
    </section>
  );
}
