import { groupNumber } from "#src/kernel/application-number.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { Card } from "#src/ui/box/card.tsx";
import { EmptyState } from "#src/ui/box/notice.tsx";
import type { MarkName } from "#src/ui/drawing/state-mark.tsx";
import { Tag } from "#src/ui/drawing/tag.tsx";
import { InstitutionPage, type InstitutionPerson } from "#src/ui/institution-page.tsx";
import { Pager } from "#src/ui/list/pager.tsx";
import { Table } from "#src/ui/list/table.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { APPLICATIONS_ON_PAGE, type OwnApplication } from "./queries.ts";

export interface ApplicationsPageProps {
  shell: PageShell;
  person: InstitutionPerson;
  rows: readonly OwnApplication[];
  totalCount: number;
  page: number;
}

/** 业务单: everything that the institution ever applied for. */
export function ApplicationsPage(props: ApplicationsPageProps) {
  const { shell, person, rows, totalCount, page } = props;
  return (
    <InstitutionPage shell={shell} person={person} title="业务单" current="/workbench/applications">
      <h1>业务单</h1>
      <Card>
        <ApplicationTable rows={rows} />
        <Pager
          page={page}
          pageSize={APPLICATIONS_ON_PAGE}
          totalCount={totalCount}
          hrefOf={(n) => `/workbench/applications?page=${n}`}
        />
      </Card>
    </InstitutionPage>
  );
}

const MARKS: Readonly<Record<OwnApplication["state"]["tone"], MarkName>> = {
  ok: "tick",
  wait: "half",
  bad: "square",
  mute: "ring",
};

/** Applications of the institution, newest first, each with its state and what comes next. */
export function ApplicationTable({ rows }: { rows: readonly OwnApplication[] }) {
  if (rows.length === 0) {
    return (
      <EmptyState title="还没有业务单">
        <p>本单位提交的业务会出现在这里</p>
      </EmptyState>
    );
  }
  return (
    <Table
      kind="register"
      caption="本单位的业务单，新的在前"
      hidesCaption
      rows={rows}
      rowKey={({ number }) => number}
      columns={[
        {
          title: "业务单编号",
          isRowHeader: true,
          isWhole: true,
          cell: ({ number }) => <a href={`/applications/${number}`}>{groupNumber(number)}</a>,
        },
        { title: "业务", cell: ({ title }) => title },
        { title: "提交日期", isWhole: true, cell: ({ createdAt }) => shanghaiDate(createdAt) },
        {
          title: "状态",
          cell: ({ state }) => (
            <Tag tone={state.tone} mark={MARKS[state.tone]}>
              {state.label}
            </Tag>
          ),
        },
        { title: "接下来", cell: ({ next }) => next },
      ]}
    />
  );
}
