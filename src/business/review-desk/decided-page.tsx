import { groupNumber } from "#src/kernel/application-number.ts";
import { Card } from "#src/ui/box/card.tsx";
import { EmptyState } from "#src/ui/box/notice.tsx";
import { type MarkName, StateMark } from "#src/ui/drawing/state-mark.tsx";
import { Actions, Button } from "#src/ui/form/button.tsx";
import { DateField } from "#src/ui/form/date-field.tsx";
import { Table } from "#src/ui/list/table.tsx";
import { WorkbenchPage } from "#src/ui/workbench-page.tsx";
import type { DeskFrame } from "./desk-frame.ts";

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
