import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { Card } from "#src/ui/box/card.tsx";
import { EmptyState } from "#src/ui/box/notice.tsx";
import { Actions, Button, ButtonLink } from "#src/ui/form/button.tsx";
import { DateField } from "#src/ui/form/date-field.tsx";
import { SelectField } from "#src/ui/form/select-field.tsx";
import { TextField } from "#src/ui/form/text-field.tsx";
import { Table } from "#src/ui/list/table.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { WorkbenchPage, type WorkbenchPerson } from "#src/ui/workbench-page.tsx";
import { actorWords, type EventWords, outcomeWords } from "./event-words.ts";
import type { TrailEntry, TrailFilter } from "./queries.ts";
import { trailHref } from "./schema.ts";

export interface TrailPageProps {
  shell: PageShell;
  person: WorkbenchPerson;
  filter: TrailFilter;
  events: readonly string[];
  eventWords: EventWords;
  entries: readonly TrailEntry[];
  /** What an entry is about, in words. */
  subjectWords: (entry: TrailEntry) => string;
  /** Where the next page begins, or null at the end. */
  next: bigint | null;
}

/** Who did what, and who saw personal data in clear for which reason; nothing in it can be changed. */
export function TrailPage(props: TrailPageProps) {
  const { filter, entries } = props;
  return (
    <WorkbenchPage {...props} title="操作记录" current="/review/audit">
      <h1>操作记录</h1>
      <Card>
        <Filters {...props} />
        {entries.length === 0 ? (
          <EmptyState title="没有符合条件的记录">
            <p>
              <a href="/review/audit">看全部记录</a>
            </p>
          </EmptyState>
        ) : (
          <Entries {...props} />
        )}
        <Actions>
          {filter.before !== null && (
            <ButtonLink href={trailHref({ ...filter, before: null })}>回到最新</ButtonLink>
          )}
          {props.next !== null && (
            <ButtonLink href={trailHref({ ...filter, before: props.next })}>更早的记录</ButtonLink>
          )}
        </Actions>
      </Card>
    </WorkbenchPage>
  );
}

function Filters({ filter, events, eventWords }: TrailPageProps) {
  return (
    <form class="filters" action="/review/audit" method="get" aria-label="筛选操作记录">
      <SelectField
        name="event"
        label="操作"
        prompt="全部操作"
        value={filter.event ?? ""}
        options={events.map((event) => ({ value: event, label: eventWords(event) }))}
      />
      <TextField name="actor" label="用户名" value={filter.actor ?? ""} />
      <TextField name="subject" label="编号" value={filter.subject ?? ""} />
      <DateField name="day" label="日期" value={filter.day ?? ""} />
      <Actions>
        <Button>筛选</Button>
      </Actions>
    </form>
  );
}

function Entries({
  entries,
  eventWords,
  subjectWords,
}: Pick<TrailPageProps, "entries" | "eventWords" | "subjectWords">) {
  return (
    <Table
      caption="操作记录，新的在前"
      hidesCaption
      kind="register"
      rows={entries}
      rowKey={({ id }) => id.toString()}
      columns={[
        { title: "时间", isWhole: true, cell: ({ at }) => formatShanghaiTime(at) },
        { title: "操作", isRowHeader: true, cell: ({ event }) => eventWords(event) },
        { title: "操作人", cell: (entry) => <Actor actor={whoDidIt(entry)} /> },
        {
          title: "编号",
          cell: (entry) => <Subject subject={entry.subject} words={subjectWords(entry)} />,
        },
        { title: "结果或理由", cell: (entry) => whatCameOfIt(entry) },
        { title: "请求", cell: ({ requestId }) => <span class="small">{requestId}</span> },
      ]}
    />
  );
}

/** A teller's password was once recorded with him as the outcome and a visitor as the actor. */
function isTellerInOutcome({ actor, outcome }: TrailEntry): boolean {
  return actor === "visitor" && outcome.startsWith("teller:");
}

function whoDidIt(entry: TrailEntry): string {
  return isTellerInOutcome(entry) ? entry.outcome : entry.actor;
}

function whatCameOfIt(entry: TrailEntry): string {
  return outcomeWords(isTellerInOutcome(entry) ? "accepted" : entry.outcome, entry.event);
}

function Actor({ actor }: { actor: string }) {
  if (actor === "visitor") return <>未登录的访问者</>;
  return <a href={trailHref({ ...NO_FILTER, actor })}>{actorWords(actor)}</a>;
}

function Subject({ subject, words }: { subject: string; words: string }) {
  if (subject === "") return <>–</>;
  return <a href={trailHref({ ...NO_FILTER, subject })}>{words}</a>;
}

const NO_FILTER: TrailFilter = {
  event: null,
  actor: null,
  subject: null,
  day: null,
  before: null,
};
