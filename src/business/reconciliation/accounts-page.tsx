import type { CustodyAccountState } from "#src/bank/statements/custody-accounts.ts";
import type { ClosedHead } from "#src/bank/statements/list-carried.ts";
import type { StatementProblem } from "#src/bank/statements/read-statement.ts";
import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { formatYuan } from "#src/kernel/money.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { Tag } from "#src/ui/drawing/tag.tsx";
import { Actions, Button } from "#src/ui/form/button.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { UploadField } from "#src/ui/form/upload-field.tsx";
import { PageHead } from "#src/ui/layout.tsx";
import { type Column, Table } from "#src/ui/list/table.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { WorkbenchPage, type WorkbenchPerson } from "#src/ui/workbench-page.tsx";

/** Where reconciliation lives. */
export const HOME = "/review/reconciliation";

export interface AccountsPageProps {
  shell: PageShell;
  person: WorkbenchPerson;
  accounts: readonly CustodyAccountState[];
  closed: readonly ClosedHead[];
  errors: FormErrors;
  /** What is wrong with the rows of a file that was just refused. */
  problems: readonly StatementProblem[];
}

/** 银行对账: how far each custody account agrees with its bank, and where a bank's file is handed in. */
export function AccountsPage(props: AccountsPageProps) {
  const { shell, person, accounts, closed, errors, problems } = props;
  return (
    <WorkbenchPage
      shell={shell}
      person={person}
      title="银行对账"
      current={HOME}
      hasErrors={Object.keys(errors).length > 0}
    >
      <PageHead title="银行对账">
        财务员上传银行的对账文件，逐条查清差异；审批员核对后关账。关账以后，公示页上写明核对到哪一天。
      </PageHead>
      <ErrorSummary errors={errors} />
      {problems.length > 0 && <Problems problems={problems} />}
      <Card title="各专户核对到哪一天" id="accounts">
        <Table
          kind="register"
          caption="各专户核对到哪一天"
          hidesCaption
          columns={columnsFor(accounts)}
          rows={accounts}
          rowKey={({ id }) => id}
        />
      </Card>
      {person.roles.includes("finance") && <UploadCard errors={errors} />}
      {closed.length > 0 && (
        <Card title="已经关账" id="closed">
          <Table
            kind="register"
            caption="最近关账的对账文件，最新的在前"
            hidesCaption
            columns={CLOSED_COLUMNS}
            rows={closed}
            rowKey={({ id }) => id}
          />
        </Card>
      )}
    </WorkbenchPage>
  );
}

function Problems({ problems }: { problems: readonly StatementProblem[] }) {
  return (
    <Notice tone="bad" title="文件里的问题">
      <ul>
        {problems.map(({ row, reason }) => (
          <li key={`${row} ${reason}`}>
            {row === 0 ? "整个文件" : `第 ${row} 行`}：{reason}
          </li>
        ))}
      </ul>
      <p>整个文件没有接收。请让银行改正后重新导出，再上传。</p>
    </Notice>
  );
}

function UploadCard({ errors }: { errors: FormErrors }) {
  return (
    <Card title="上传对账文件" id="upload">
      <Form action={HOME} label="上传对账文件" hasFiles>
        <UploadField
          name="file"
          label="对账文件"
          hint="银行按约定格式给的文本文件，不超过 10 MB。一个文件是一个专户连续的几天，接着上一份的截止日"
          error={errors["file"]}
          accept=".txt,.csv,.dat,text/plain"
        />
        <Actions>
          <Button kind="primary" icon="file">
            上传并核对
          </Button>
        </Actions>
      </Form>
    </Card>
  );
}

/** Why an account stands at an earlier day than it was closed to, or holds the city's date back. */
function untilWords(account: CustodyAccountState): string {
  const { reconciledUntil, closedUntil, countsAs } = account;
  if (closedUntil === null) {
    return countsAs === null ? "" : `在全市的核对日期里，按第一笔账的前一天 ${countsAs} 算`;
  }
  if (reconciledUntil === closedUntil) return "";
  return `已关账到 ${closedUntil}，后来又补记了已关账日子的账（后补记账）；下一份文件对上或写明原因结转以后恢复`;
}

const UNTIL_COLUMN: Column<CustodyAccountState> = { title: "说明", cell: untilWords };

/** 说明 stands there only while there is something to explain. */
function columnsFor(accounts: readonly CustodyAccountState[]): Column<CustodyAccountState>[] {
  const isAnySaid = accounts.some((account) => untilWords(account) !== "");
  return ACCOUNT_COLUMNS.filter((column) => column !== UNTIL_COLUMN || isAnySaid);
}

const ACCOUNT_COLUMNS: readonly Column<CustodyAccountState>[] = [
  {
    title: "专户",
    isRowHeader: true,
    cell: ({ bankName, branchName }) => `${bankName} ${branchName}`,
  },
  { title: "账号", isWhole: true, cell: ({ accountNo }) => accountNo },
  {
    title: "核对到",
    isWhole: true,
    cell: ({ reconciledUntil, hasMovements }) =>
      reconciledUntil ?? (hasMovements ? "还没有核对过" : "还没有进出过钱"),
  },
  UNTIL_COLUMN,
  {
    title: "结转的差异",
    cell: ({ carriedCount }) => (carriedCount === 0 ? "没有" : `${carriedCount} 条`),
  },
  {
    title: "待办",
    cell: ({ openStatementId, bankName, branchName }) =>
      openStatementId === null ? (
        <Tag tone="mute">没有</Tag>
      ) : (
        <a
          href={`${HOME}/${openStatementId}`}
          aria-label={`${bankName} ${branchName}：第 ${openStatementId} 号文件等着关账`}
        >
          第 {openStatementId} 号等着关账
        </a>
      ),
  },
];

const CLOSED_COLUMNS: readonly Column<ClosedHead>[] = [
  {
    title: "文件",
    isRowHeader: true,
    cell: ({ id, firstDay, lastDay }) => (
      <a href={`${HOME}/${id}`}>
        {firstDay} 至 {lastDay}
      </a>
    ),
  },
  { title: "账号", isWhole: true, cell: ({ accountNo }) => accountNo },
  { title: "余额（元）", isMoney: true, cell: ({ closingFen }) => formatYuan(closingFen) },
  { title: "对上", isMoney: true, cell: ({ matchedCount }) => `${matchedCount} 笔` },
  { title: "结转", isMoney: true, cell: ({ carriedCount }) => `${carriedCount} 条` },
  { title: "关账", cell: (one) => `${one.closedBy} ${formatShanghaiTime(one.closedAt)}` },
];
