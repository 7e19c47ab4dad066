import { Card } from "#src/ui/box/card.tsx";
import { EmptyState } from "#src/ui/box/notice.tsx";
import type { MarkName } from "#src/ui/drawing/state-mark.tsx";
import { Tag } from "#src/ui/drawing/tag.tsx";
import { Actions, Button, ButtonLink } from "#src/ui/form/button.tsx";
import { DateField } from "#src/ui/form/date-field.tsx";
import { HiddenField } from "#src/ui/form/form.tsx";
import { SelectField } from "#src/ui/form/select-field.tsx";
import { Pager } from "#src/ui/list/pager.tsx";
import { WorkbenchPage } from "#src/ui/workbench-page.tsx";
import type { CaseRow } from "./case-rows.ts";
import { CaseTable } from "./case-table.tsx";
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
