import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { Card } from "#src/ui/box/card.tsx";
import { EmptyState } from "#src/ui/box/notice.tsx";
import { Tag } from "#src/ui/drawing/tag.tsx";
import { Actions, Button, ButtonLink } from "#src/ui/form/button.tsx";
import { HiddenField } from "#src/ui/form/form.tsx";
import { TextField } from "#src/ui/form/text-field.tsx";
import { PageHead } from "#src/ui/layout.tsx";
import { LinkTabs } from "#src/ui/list/link-tabs.tsx";
import { Pager } from "#src/ui/list/pager.tsx";
import { type Column, Table } from "#src/ui/list/table.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { WorkbenchPage, type WorkbenchPerson } from "#src/ui/workbench-page.tsx";
import { isOut, type ShownState, STATE_LOOKS, STATE_WORDS, shownState } from "./article-states.ts";
import type { DeskCounts, DeskLine } from "./desk-queries.ts";

export interface DeskListPageProps {
  shell: PageShell;
  person: WorkbenchPerson;
  now: Date;
  lines: readonly DeskLine[];
  counts: DeskCounts;
  nameOf: (actor: string) => string;
  state: ShownState | null;
  query: string;
  page: number;
  pageSize: number;
}

/** The address of the editors' list with its filters. */
function deskHref(to: { state: ShownState | null; query: string; page?: number }): string {
  const words = new URLSearchParams();
  if (to.state !== null) words.set("state", to.state);
  if (to.query !== "") words.set("q", to.query);
  if (to.page !== undefined && to.page > 1) words.set("page", String(to.page));
  const text = words.toString();
  return text === "" ? "/review/news" : `/review/news?${text}`;
}

/** The editors' list: every article by its state, what changed last first. */
export function DeskListPage(props: DeskListPageProps) {
  const { shell, person, lines, state, query, counts } = props;
  const { all } = counts;
  const total = counts[state ?? "all"];
  const states = Object.keys(STATE_WORDS) as ShownState[];
  return (
    <WorkbenchPage shell={shell} person={person} title="新闻" current="/review/news">
      <PageHead title="新闻">写好后提交，由另一位编辑发布。</PageHead>
      <Actions>
        <ButtonLink kind="primary" href="/review/news/new" icon="plus">
          写新闻
        </ButtonLink>
      </Actions>
      <LinkTabs
        label="按状态看"
        tabs={[null, ...states].map((one) => ({
          href: deskHref({ state: one, query }),
          title: `${one === null ? "全部" : STATE_WORDS[one]} ${counts[one ?? "all"]}`,
          isCurrent: one === state,
        }))}
      />
      <Card>
        <form class="filters" action="/review/news" method="get" aria-label="查找新闻">
          {state && <HiddenField name="state" value={state} />}
          <TextField name="q" label="标题里的词" value={query} />
          <Actions>
            <Button icon="search">查找</Button>
          </Actions>
        </form>
        {lines.length === 0 ? (
          <EmptyState
            title={total === 0 && all === 0 && query === "" ? "还没有新闻" : "没有符合条件的新闻"}
          >
            <p>
              <a href="/review/news">看全部新闻</a>
            </p>
          </EmptyState>
        ) : (
          <>
            <Table
              caption="新闻"
              hidesCaption
              kind="sheet"
              rows={lines}
              rowKey={({ id }) => id}
              columns={columns(props)}
            />
            <Pager
              page={props.page}
              pageSize={props.pageSize}
              totalCount={total}
              hrefOf={(page) => deskHref({ state, query, page })}
            />
          </>
        )}
      </Card>
    </WorkbenchPage>
  );
}

function columns({ now, nameOf }: DeskListPageProps): Column<DeskLine>[] {
  return [
    {
      title: "状态",
      isWhole: true,
      place: "top",
      label: "",
      cell: (line) => <StateTags article={line} now={now} />,
    },
    {
      title: "标题",
      isRowHeader: true,
      cell: ({ id, title }) => <a href={`/review/news/${id}`}>{title}</a>,
    },
    { title: "类别", isWhole: true, label: "", cell: ({ category }) => category },
    { title: "最新一版", isWhole: true, label: "", cell: (line) => `第 ${line.latest_version} 版` },
    { title: "作者", isWhole: true, label: "", cell: ({ author }) => nameOf(author) },
    {
      title: "变动",
      isWhole: true,
      label: "",
      cell: (line) => formatShanghaiTime(line.changed_at),
    },
  ];
}

/** What waits behind a version that is out. */
const WAITING_WORDS = { draft: "有新草稿", submitted: "新的一版待发布" } as const;

/** An article's state as a tag that is told apart by its mark too; what is out says so, with what waits behind it. */
export function StateTags({ article, now }: { article: DeskLine; now: Date }) {
  const { state } = article;
  if (isOut(article, now) && (state === "draft" || state === "submitted")) {
    return (
      <span>
        <Tag {...STATE_LOOKS.published}>{STATE_WORDS.published}</Tag>{" "}
        <Tag {...STATE_LOOKS[state]}>{WAITING_WORDS[state]}</Tag>
      </span>
    );
  }
  const shown = shownState(article, now);
  return <Tag {...STATE_LOOKS[shown]}>{STATE_WORDS[shown]}</Tag>;
}
