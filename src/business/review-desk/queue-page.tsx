import { groupNumber } from "#src/kernel/application-number.ts";
import { formatYuan } from "#src/kernel/money.ts";
import { Card } from "#src/ui/box/card.tsx";
import { EmptyState } from "#src/ui/box/notice.tsx";
import { type MarkName, StateMark } from "#src/ui/drawing/state-mark.tsx";
import { Tag } from "#src/ui/drawing/tag.tsx";
import { Actions, Button, ButtonLink } from "#src/ui/form/button.tsx";
import { DateField } from "#src/ui/form/date-field.tsx";
import { HiddenField } from "#src/ui/form/form.tsx";
import { SelectField } from "#src/ui/form/select-field.tsx";
import { Pager } from "#src/ui/list/pager.tsx";
import { type Column, Table } from "#src/ui/list/table.tsx";
import { WorkbenchPage } from "#src/ui/workbench-page.tsx";
import type { CaseRow } from "./case-rows.ts";
import type { DeskFrame } from "./desk-frame.ts";
import { QUEUE_PAGE_SIZE, type QueueCounts, type QueueFilter } from "./queue.ts";
import { queueHref } from "./schema.ts";
import { Shortcuts } from "./shortcuts.tsx";

export interface QueuePageProps extends DeskFrame {
  rows: readonly CaseRow[];
  counts: QueueCounts;
  filter: QueueFilter;
  /** The businesses and districts that can be chosen. */
  kinds: readonly { kind: string; title: string }[];
  districts: readonly string[];
}

/** What waits for somebody: counters that filter, filters, and the applications by promised day. */
export function QueuePage(props: QueuePageProps) {
  const { rows, counts, filter } = props;
  const total = counts.overdue + counts.today + counts.within;
  return (
    <WorkbenchPage {...props} title="待办" current="/review">
      <h1>待办</h1>
      <Counters counts={counts} filter={filter} total={total} />
      <Card>
        <Filters {...props} />
        {rows.length === 0 ? (
          <Nothing isFiltered={isFiltered(filter)} />
        ) : (
          <>
            <CaseTable rows={rows} caption="待我办理的业务" />
            <Pager
              page={filter.page}
              pageSize={QUEUE_PAGE_SIZE}
              totalCount={filter.due === null ? total : counts[filter.due]}
              hrefOf={(page) => queueHref({ ...filter, page })}
            />
          </>
        )}
      </Card>
      <Shortcuts keys={["j", "k"]} />
    </WorkbenchPage>
  );
}

function isFiltered({ due, kind, district, since, page }: QueueFilter): boolean {
  return [due, kind, district, since].some((one) => one !== null) || page > 1;
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  if (!isFiltered) {
    return (
      <EmptyState title="没有要办的业务">
        <p>新的业务到了会出现在这里</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="没有符合条件的业务">
      <p>
        <a href="/review">看全部待办</a>
      </p>
    </EmptyState>
  );
}

const COUNTERS: readonly {
  due: QueueFilter["due"];
  words: string;
  tone: "bad" | "wait" | "mute" | "brand";
  mark: MarkName | null;
}[] = [
  { due: "overdue", words: "超期", tone: "bad", mark: "square" },
  { due: "today", words: "今天到期", tone: "wait", mark: "triangle" },
  { due: "within", words: "时限内", tone: "mute", mark: "full" },
  { due: null, words: "全部待我办理", tone: "brand", mark: null },
];

function Counters(props: { counts: QueueCounts; filter: QueueFilter; total: number }) {
  const { counts, filter, total } = props;
  return (
    <nav aria-label="按时限筛选">
      <ul class="counters">
        {COUNTERS.map(({ due, words, tone, mark }) => (
          <li key={words}>
            <a
              href={queueHref({ ...filter, due, page: 1 })}
              aria-current={due === filter.due ? "true" : undefined}
            >
              <span class="figure">{due === null ? total : counts[due]}</span>
              <Tag tone={tone} {...(mark ? { mark } : {})}>
                {words}
              </Tag>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const SORTS = [
  { value: "promised", label: "承诺日期，近的在前" },
  { value: "oldest", label: "提交时间，早的在前" },
  { value: "newest", label: "提交时间，晚的在前" },
] as const;

function Filters({ filter, kinds, districts }: QueuePageProps) {
  return (
    <form class="filters" action="/review" method="get" aria-label="筛选待办">
      {filter.due && <HiddenField name="due" value={filter.due} />}
      <SelectField
        name="kind"
        label="业务"
        prompt="全部业务"
        value={filter.kind ?? ""}
        options={kinds.map(({ kind, title }) => ({ value: kind, label: title }))}
      />
      <SelectField
        name="district"
        label="区"
        prompt="全部区"
        value={filter.district ?? ""}
        options={districts.map((name) => ({ value: name, label: name }))}
      />
      <DateField name="since" label="提交日期（起）" value={filter.since ?? ""} />
      <SelectField name="sort" label="排序" value={filter.sort} options={SORTS} />
      <Actions>
        <Button>筛选</Button>
      </Actions>
    </form>
  );
}

const COLUMNS: readonly Column<CaseRow>[] = [
  {
    title: "时限",
    isWhole: true,
    cell: ({ deadline }) =>
      deadline ? (
        <Tag tone={deadline.tone} mark={deadline.mark}>
          {deadline.words}
        </Tag>
      ) : (
        "–"
      ),
  },
  { title: "已等", isWhole: true, cell: ({ waitedDays }) => `${waitedDays} 天` },
  { title: "承诺", isWhole: true, cell: ({ promisedOn }) => promisedOn?.slice(5) ?? "–" },
  {
    title: "业务",
    cell: ({ title, view }) => (
      <span>
        {title}
        {view.reason && <span class="small line-note">{view.reason}</span>}
      </span>
    ),
  },
  {
    title: "业务单编号",
    isWhole: true,
    isRowHeader: true,
    cell: ({ number }) => (
      <a href={`/review/applications/${number}`} data-case-link>
        {groupNumber(number)}
      </a>
    ),
  },
  { title: "房屋／机构", cell: ({ view }) => view.subject },
  { title: "申请人", isWhole: true, cell: ({ view }) => view.applicant || "–" },
  {
    title: "金额（元）",
    isMoney: true,
    cell: ({ view }) => (view.amountFen === null ? "–" : formatYuan(view.amountFen)),
  },
  { title: "状态", isWhole: true, cell: ({ state }) => state },
];

function CaseTable({ rows, caption }: { rows: readonly CaseRow[]; caption: string }) {
  return (
    <Table
      caption={caption}
      hidesCaption
      kind="register"
      columns={COLUMNS}
      rows={rows}
      rowKey={({ number }) => number}
    />
  );
}

export interface SearchPageProps extends DeskFrame {
  typed: string;
  /** Why nothing could be looked for, or null. */
  sentence: string | null;
  rows: readonly CaseRow[];
}

/** The applications of the houses that typed words mean. */
export function CaseSearchPage(props: SearchPageProps) {
  const { typed, sentence, rows } = props;
  return (
    <WorkbenchPage {...props} title="查找业务单" searched={typed}>
      <h1>查找业务单</h1>
      {rows.length > 0 ? (
        <Card>
          <CaseTable rows={rows} caption={`与“${typed}”有关的业务单`} />
        </Card>
      ) : (
        <EmptyState title={sentence ?? `没有找到与“${typed}”有关的业务单`}>
          <p>可以输入 18 位业务单编号，或写到房号的地址，例如 示例花园 12幢 3单元 502。</p>
        </EmptyState>
      )}
    </WorkbenchPage>
  );
}

export interface DecidedRow {
  number: string;
  title: string;
  /** 审核：通过 */
  decided: string;
  time: string;
  /** Where it stands now. */
  state: string;
  mark: MarkName;
}

/** What somebody decided on one day. */
export function DecidedPage(props: DeskFrame & { day: string; rows: readonly DecidedRow[] }) {
  const { day, rows } = props;
  return (
    <WorkbenchPage {...props} title="我办过的" current="/review/decided">
      <h1>我办过的</h1>
      <Card>
        <form class="filters" action="/review/decided" method="get" aria-label="选日期">
          <DateField name="day" label="日期" value={day} />
          <Actions>
            <Button>查看</Button>
          </Actions>
        </form>
        {rows.length === 0 ? (
          <EmptyState title="这一天没有办过业务">
            <p>办完的业务当天会出现在这里</p>
          </EmptyState>
        ) : (
          <Table
            caption={`${day} 办过的业务，晚的在前`}
            kind="register"
            rows={rows.map((row, n) => ({ ...row, n }))}
            rowKey={({ n }) => n}
            columns={[
              { title: "时间", isWhole: true, cell: (row) => row.time },
              { title: "业务", cell: (row) => row.title },
              {
                title: "业务单编号",
                isWhole: true,
                isRowHeader: true,
                cell: (row) => (
                  <a href={`/review/applications/${row.number}`}>{groupNumber(row.number)}</a>
                ),
              },
              { title: "我的决定", cell: (row) => row.decided },
              {
                title: "现在",
                cell: (row) => (
                  <span>
                    <StateMark mark={row.mark} /> {row.state}
                  </span>
                ),
              },
            ]}
          />
        )}
      </Card>
    </WorkbenchPage>
  );
}

/** What somebody finds at the workbench whose roles take no applications on. */
export function HomePage(props: DeskFrame) {
  const { roles } = props.person;
  return (
    <WorkbenchPage {...props} title="工作台" current="/review">
      <h1>工作台</h1>
      <Card title={`您的岗位是${props.person.roleWords}`}>
        <p>这个岗位没有要审核的业务。</p>
        {roles.includes("editor") && <p>您可以写新闻，也可以发布别的编辑写好的新闻。</p>}
        <Actions>
          {roles.includes("editor") && <ButtonLink href="/review/news">新闻</ButtonLink>}
          {roles.includes("admin") && <ButtonLink href="/review/staff">工作人员</ButtonLink>}
          {roles.includes("admin") && <ButtonLink href="/review/calendar">工作日历</ButtonLink>}
          {roles.includes("auditor") && <ButtonLink href="/review/audit">操作记录</ButtonLink>}
        </Actions>
      </Card>
    </WorkbenchPage>
  );
}
