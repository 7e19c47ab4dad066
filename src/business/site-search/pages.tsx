import { groupNumber } from "#src/kernel/application-number.ts";
import { SITE_TEXT_KINDS, type SiteText, type SiteTextKind } from "#src/platform/site-text.ts";
import { EmptyState, Notice } from "#src/ui/box/notice.tsx";
import { Tag } from "#src/ui/drawing/tag.tsx";
import { Actions, ButtonLink } from "#src/ui/form/button.tsx";
import { SearchBar } from "#src/ui/form/search-bar.tsx";
import { Page, PageHead } from "#src/ui/layout.tsx";
import { LinkTabs } from "#src/ui/list/link-tabs.tsx";
import { MarkedText } from "#src/ui/list/marked-text.tsx";
import { Pager } from "#src/ui/list/pager.tsx";
import { RowLink } from "#src/ui/list/row-link.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import type { Meant } from "./guess-meant.ts";
import type { Concept } from "./read-query.ts";
import { type SiteQuery, searchHref } from "./schema.ts";
import { markWords, snippetOf } from "./snippet.ts";

export interface SiteFound {
  meant: Meant | null;
  concepts: readonly Concept[];
  isPartial: boolean;
  /** Of this page of the results. */
  hits: readonly SiteText[];
  /** Of the chosen kind, or of all. */
  totalCount: number;
  /** Of each kind, whichever is chosen. */
  counts: ReadonlyMap<SiteTextKind, number>;
  pageSize: number;
}

export interface SiteSearchPageProps {
  shell: PageShell;
  query: SiteQuery;
  /** Something was sent to be looked for, and nothing of it can be seen. */
  isBlank: boolean;
  /** Null when nothing was asked. */
  found: SiteFound | null;
}

const OFTEN = ["要交多少钱", "退款要什么材料", "通知单过期", "收不到验证码", "银行网点", "续交"];

/** 搜索: the whole site's texts, with the way to a house or an application first where one was typed. */
export function SiteSearchPage({ shell, query, isBlank, found }: SiteSearchPageProps) {
  const isPrivate = found?.meant?.kind === "private";
  return (
    <Page shell={shell} title="搜索" crumbs={[{ title: "搜索" }]} layout="narrow" isPrivate>
      <PageHead title="搜索">新闻、资料、指南、政策和帮助，一次找遍。</PageHead>
      <SearchBar
        id="site"
        action="/search"
        name="q"
        label="搜索整个网站"
        placeholder="例如：退款要什么材料"
        value={isPrivate ? "" : query.q}
        hasWord
      />
      {isBlank && <p role="status">您没有输入要找的字。</p>}
      {found === null ? (
        <Asked />
      ) : (
        <>
          {found.meant && <MeantNotice meant={found.meant} />}
          {isPlace(found.meant) ? <WaysOn /> : <Found query={query} found={found} />}
        </>
      )}
    </Page>
  );
}

/** Whoever typed a number or an address looks for that one thing, and not for pages with its digits. */
function isPlace(meant: Meant | null): boolean {
  return meant !== null && meant.kind !== "estate";
}

function Asked() {
  return (
    <>
      <nav aria-label="别人常搜的">
        <h2 class="quiet">别人常搜的</h2>
        <ul class="link-tabs">
          {OFTEN.map((words) => (
            <li key={words}>
              <a href={searchHref({ q: words, kind: "", page: 1 })}>{words}</a>
            </li>
          ))}
        </ul>
      </nav>
      <WaysOn />
    </>
  );
}

function Found({ query, found }: { query: SiteQuery; found: SiteFound }) {
  const all = [...found.counts.values()].reduce((sum, count) => sum + count, 0);
  if (all === 0) {
    return (
      <>
        <EmptyState title={`没有找到“${query.q.slice(0, 40)}”`}>
          <p>请换一个说法，或少写几个字，例如只写“退款”“续交”。找房屋、查进度，请从下面进。</p>
        </EmptyState>
        <WaysOn />
      </>
    );
  }
  return (
    <>
      <Kinds query={query} found={found} all={all} />
      <p role="status">
        {found.isPartial && "没有一页同时说到这些，下面是说到一部分的。"}
        找到 {found.totalCount} 条。
      </p>
      {found.totalCount === 0 && (
        <p>
          这一类里没有。<a href={searchHref({ ...query, kind: "", page: 1 })}>看全部 {all} 条</a>
        </p>
      )}
      {found.hits.length > 0 && (
        <ol class="card found">
          {found.hits.map((hit) => (
            <Hit key={hit.href + hit.title} hit={hit} concepts={found.concepts} />
          ))}
        </ol>
      )}
      <Pager
        page={query.page}
        pageSize={found.pageSize}
        totalCount={found.totalCount}
        hrefOf={(page) => searchHref({ ...query, page })}
      />
      <p class="quiet">
        没有您要的？去<a href="/help">帮助</a>，或打 <a href="tel:12345">12345</a>。
      </p>
    </>
  );
}

function Kinds({ query, found, all }: { query: SiteQuery; found: SiteFound; all: number }) {
  const kinds = SITE_TEXT_KINDS.filter((kind) => found.counts.has(kind) || kind === query.kind);
  if (kinds.length < 2 && query.kind === "") return null;
  const tab = (kind: SiteQuery["kind"], title: string, count: number) => ({
    href: searchHref({ ...query, kind, page: 1 }),
    title: `${title} ${count}`,
    isCurrent: query.kind === kind,
  });
  return (
    <LinkTabs
      label="只看一类"
      tabs={[
        tab("", "全部", all),
        ...kinds.map((kind) => tab(kind, kind, found.counts.get(kind) ?? 0)),
      ]}
    />
  );
}

function Hit({ hit, concepts }: { hit: SiteText; concepts: readonly Concept[] }) {
  return (
    <li>
      <h2 class="found-title">
        <a href={hit.href}>
          <MarkedText pieces={markWords(hit.title, concepts)} />
        </a>
      </h2>
      <p class="found-text">
        <MarkedText pieces={snippetOf(hit.text, concepts)} />
      </p>
      <p class="small">
        <Tag>{hit.kind}</Tag> {hit.date && <time datetime={hit.date}>{hit.date}</time>}
      </p>
    </li>
  );
}

function MeantNotice({ meant }: { meant: Meant }) {
  switch (meant.kind) {
    case "application":
      return (
        <Notice title="这是一个业务单编号" icon="track">
          <p class="whole">{groupNumber(meant.number)}</p>
          <Actions>
            <ButtonLink href={`/status?number=${meant.number}`} kind="primary">
              查办到哪一步
            </ButtonLink>
          </Actions>
        </Notice>
      );
    case "wrong-number":
      return (
        <Notice title="这像是业务单编号，但不对" icon="track" tone="wait">
          <p>
            {meant.digits === 18
              ? "有一位不对，请对照单子再看一遍。"
              : `是 ${meant.digits} 位，业务单编号是 18 位。`}
          </p>
          <Actions>
            <ButtonLink href="/status">去业务受理状态查询</ButtonLink>
          </Actions>
        </Notice>
      );
    case "house":
      return (
        <Notice title="您要找的是这套房屋？" icon="home">
          <p>{meant.address}</p>
          <Actions>
            <ButtonLink href={`/owner-service?q=${encodeURIComponent(meant.typed)}`} kind="primary">
              查这套房屋
            </ButtonLink>
          </Actions>
        </Notice>
      );
    case "estate":
      return (
        <Notice title={`您要找的是${meant.name}？`} icon="estate">
          <Actions>
            <ButtonLink href={meant.href} kind="primary">
              看这个小区
            </ButtonLink>
          </Actions>
        </Notice>
      );
    case "private":
      return (
        <Notice title="这里不用写证件号码和手机号码" icon="shield" tone="wait">
          <p>我们没有拿它去查。找自己的房屋，请写房屋地址；查进度，请写业务单编号。</p>
          <Actions>
            <ButtonLink href="/owner-service">按地址找房屋</ButtonLink>
            <ButtonLink href="/status">查进度</ButtonLink>
          </Actions>
        </Notice>
      );
  }
}

function WaysOn() {
  return (
    <div class="guides two">
      <RowLink href="/owner-service" icon="home" title="按地址找房屋" text="交款、退款、查明细" />
      <RowLink href="/status" icon="track" title="查办到哪一步" text="用 18 位业务单编号" />
      <RowLink href="/help" icon="people" title="帮助" text="窗口、网点、常见问题" />
      <RowLink href="tel:12345" icon="phone" title="打 12345" text="一天 24 小时有人接" />
    </div>
  );
}
