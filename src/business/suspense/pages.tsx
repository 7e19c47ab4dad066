import type { SuspendedReceipt, SuspenseTotal } from "#src/bank/list-suspense.ts";
import { groupNumber } from "#src/kernel/application-number.ts";
import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { formatYuan } from "#src/kernel/money.ts";
import { Card } from "#src/ui/box/card.tsx";
import { EmptyState } from "#src/ui/box/notice.tsx";
import { ButtonLink } from "#src/ui/form/button.tsx";
import { Pager } from "#src/ui/list/pager.tsx";
import { Table } from "#src/ui/list/table.tsx";
import { Amount } from "#src/ui/money/amount.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { WorkbenchPage, type WorkbenchPerson } from "#src/ui/workbench-page.tsx";
import { daysWaiting, SUSPENSE_REASON_WORDS } from "./rules.ts";

export interface SuspensePageProps {
  shell: PageShell;
  person: WorkbenchPerson;
  total: SuspenseTotal;
  receipts: readonly SuspendedReceipt[];
  page: number;
  pageSize: number;
  now: Date;
}

/** 待清算款项 (2901): money that came and could be credited to nobody, the oldest first. */
export function SuspensePage(props: SuspensePageProps) {
  const { total, receipts } = props;
  return (
    <WorkbenchPage {...props} title="待清算款项" current="/review/suspense">
      <h1>待清算款项</h1>
      <Card title="2901 待清算款项的余额">
        <p>
          <Amount fen={total.totalFen} size="due" hasSign />
        </p>
        <p class="quiet">
          {total.count === 0 ? "没有等着清算的钱" : `${total.count} 笔，等得最久的在前`}
        </p>
        <p>
          这些钱已在专户里，还没有记入任何房屋。退回交款人、记入房屋的功能还没有开通：在系统外退回的钱，这里和账上都不会减少，请另作记录。
        </p>
      </Card>
      {receipts.length === 0 ? (
        <EmptyState title="没有待清算的款项">
          <p>凭过期、作废或已经交清的通知单收到的钱，会出现在这里</p>
        </EmptyState>
      ) : (
        <Card title="逐笔">
          <Receipts {...props} />
          <Pager {...props} totalCount={total.count} hrefOf={(page) => `?page=${page}`} />
          <p>
            <ButtonLink href="/review/suspense.csv">下载 CSV</ButtonLink>
          </p>
        </Card>
      )}
    </WorkbenchPage>
  );
}

function Receipts({ receipts, now }: Pick<SuspensePageProps, "receipts" | "now">) {
  return (
    <Table
      caption="待清算的款项，等得最久的在前"
      hidesCaption
      kind="register"
      rows={receipts}
      rowKey={({ bankName, bankRef }) => `${bankName} ${bankRef}`}
      columns={[
        {
          title: "已等",
          isWhole: true,
          cell: ({ receivedAt }) => `${daysWaiting(receivedAt, now)} 天`,
        },
        { title: "原因", cell: ({ reason }) => SUSPENSE_REASON_WORDS[reason] },
        {
          title: "通知单编号",
          isRowHeader: true,
          cell: ({ noticeNo }) => <a href={`/applications/${noticeNo}`}>{groupNumber(noticeNo)}</a>,
        },
        { title: "银行", cell: ({ bankName }) => bankName },
        { title: "银行流水号", cell: ({ bankRef }) => bankRef },
        { title: "到账日期", isWhole: true, cell: ({ valueDate }) => valueDate },
        {
          title: "登记时间",
          isWhole: true,
          cell: ({ receivedAt }) => formatShanghaiTime(receivedAt),
        },
        { title: "金额（元）", isMoney: true, cell: ({ amountFen }) => formatYuan(amountFen) },
      ]}
    />
  );
}
