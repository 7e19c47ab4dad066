import { HomeFrame } from "#src/accounts/owners/home-frame.tsx";
import type { StateWords } from "#src/applications/descriptor.ts";
import { groupNumber } from "#src/kernel/application-number.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { Card } from "#src/ui/box/card.tsx";
import { EmptyState } from "#src/ui/box/notice.tsx";
import type { MarkName } from "#src/ui/drawing/state-mark.tsx";
import { Tag } from "#src/ui/drawing/tag.tsx";
import { Pager } from "#src/ui/list/pager.tsx";
import { Table } from "#src/ui/list/table.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { APPLICATIONS_ON_PAGE, type OwnApplication } from "./own-applications.ts";

export interface ApplicationsPageProps {
  shell: PageShell;
  rows: readonly OwnApplication[];
  totalCount: number;
  page: number;
}

/** 我的业务: what was applied for with the account's phone or on its houses. */
export function ApplicationsPage({ shell, rows, totalCount, page }: ApplicationsPageProps) {
  return (
    <HomeFrame
      shell={shell}
      title="我的业务"
      lead="用您的手机号提交的，和您名下房屋的业务，新的在前"
      current="/me/applications"
    >
      {rows.length === 0 ? (
        <EmptyState title="还没有业务">
          <p>
            交款、退款的申请提交以后，会出现在这里。要办的，请<a href="/owner-service">找到房屋</a>
            ；用别的手机号提交的，凭业务单编号<a href="/status">查进度</a>。
          </p>
        </EmptyState>
      ) : (
        <Card>
          <Applications rows={rows} />
          <Pager
            page={page}
            pageSize={APPLICATIONS_ON_PAGE}
            totalCount={totalCount}
            hrefOf={(n) => `/me/applications?page=${n}`}
          />
        </Card>
      )}
    </HomeFrame>
  );
}

const MARKS: Readonly<Record<StateWords["tone"], MarkName>> = {
  ok: "tick",
  wait: "half",
  bad: "square",
  mute: "ring",
};

function Applications({ rows }: { rows: readonly OwnApplication[] }) {
  return (
    <Table
      kind="register"
      caption="我的业务，新的在前"
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
        {
          title: "接下来",
          cell: ({ next, isMyTurn }) => (isMyTurn ? <strong>请您：{next}</strong> : next),
        },
      ]}
    />
  );
}
