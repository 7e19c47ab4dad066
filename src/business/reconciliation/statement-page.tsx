import type { BalanceBridge } from "#src/bank/statements/bridge-balances.ts";
import { digestOf } from "#src/bank/statements/digest-worksheet.ts";
import type { CarriedItem } from "#src/bank/statements/list-carried.ts";
import type { KeptStatement, Worksheet } from "#src/bank/statements/load-worksheet.ts";
import type { SettledPair } from "#src/bank/statements/open-item.ts";
import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { formatYuan } from "#src/kernel/money.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { Actions, Button } from "#src/ui/form/button.tsx";
import { CheckField } from "#src/ui/form/choices.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form, HiddenField } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { PageHead } from "#src/ui/layout.tsx";
import { Facts } from "#src/ui/list/facts.tsx";
import { type Column, Table } from "#src/ui/list/table.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { WorkbenchPage, type WorkbenchPerson } from "#src/ui/workbench-page.tsx";
import { HOME } from "./accounts-page.tsx";
import { DifferenceCards, type TypedNote } from "./difference-cards.tsx";
import { REASON_WORDS } from "./words.ts";

export interface StatementPageProps {
  shell: PageShell;
  person: WorkbenchPerson;
  staffId: number;
  statement: KeptStatement;
  /** Null once it is closed or replaced. */
  work: { sheet: Worksheet; bridge: BalanceBridge } | null;
  carried: readonly CarriedItem[];
  page: number;
  /** `received`, `noted` or `closed` right after the act. */
  done: string;
  typed: TypedNote | null;
  errors: FormErrors;
}

const DONE: Readonly<Record<string, string>> = {
  received: "文件已接收，并和账本核对过。",
  noted: "原因已记下。",
  closed: "已关账。公示页上的核对日期已经更新。",
};

/** One file of a bank: its figures, what differs on either side, and closing it. */
export function StatementPage(props: StatementPageProps) {
  const { statement, work, errors } = props;
  const isTold = props.done !== "closed" || statement.closed !== null;
  const done = isTold ? DONE[props.done] : undefined;
  return (
    <WorkbenchPage
      shell={props.shell}
      person={props.person}
      title={`对账文件第 ${statement.id} 号`}
      current={HOME}
      hasErrors={Object.keys(errors).length > 0}
    >
      <p>
        <a href={HOME}>返回银行对账</a>
      </p>
      <PageHead title={`${statement.firstDay} 至 ${statement.lastDay}`}>
        {statement.bankName} {statement.branchName}，账号 {statement.accountNo}，第 {statement.id}{" "}
        号文件
      </PageHead>
      <ErrorSummary errors={errors} />
      {done && <p role="status">{done}</p>}
      {statement.isReplaced && (
        <Notice title="这份文件已经被新的文件代替">
          <p>这个专户后来又上传了一份，这一份没有关账，只作留存。</p>
        </Notice>
      )}
      <FiguresCard statement={statement} />
      {work && <BridgeCard bridge={work.bridge} />}
      {work && <DifferenceCards {...props} items={work.sheet.items} />}
      {work && work.sheet.settled.length > 0 && <SettledCard settled={work.sheet.settled} />}
      {work && <CloseCard {...props} sheet={work.sheet} />}
      {statement.closed && <CarriedCard carried={props.carried} />}
    </WorkbenchPage>
  );
}

function FiguresCard({ statement }: { statement: KeptStatement }) {
  const { closed } = statement;
  return (
    <Card title="银行的数" id="figures">
      <Facts
        columns={2}
        facts={[
          { label: "期初余额", value: `${formatYuan(statement.openingFen)} 元` },
          { label: "期末余额", value: `${formatYuan(statement.closingFen)} 元` },
          { label: "流水", value: `${statement.lineCount} 笔` },
          { label: "进出合计", value: `${formatYuan(statement.totalFen)} 元` },
          {
            label: "上传",
            value: `${statement.uploadedBy} ${formatShanghaiTime(statement.uploadedAt)}`,
          },
          {
            label: "关账",
            value: closed
              ? `${closed.by} ${formatShanghaiTime(closed.at)}，对上 ${closed.matchedCount} 笔${closed.settledCount > 0 ? `，两清 ${closed.settledCount} 对` : ""}`
              : "还没有",
          },
        ]}
      />
      <p class="small">
        SHA-256 <code class="hash">{statement.hash}</code>
      </p>
    </Card>
  );
}

function BridgeCard({ bridge }: { bridge: BalanceBridge }) {
  return (
    <Card title="余额调节" id="bridge">
      <Facts
        columns={2}
        facts={[
          { label: "银行期末余额", value: `${formatYuan(bridge.bankFen)} 元` },
          { label: "减：银行有，平台没有", value: `${formatYuan(bridge.bankOnlyFen)} 元` },
          { label: "加：平台有，银行没有", value: `${formatYuan(bridge.ledgerOnlyFen)} 元` },
          { label: "调节后余额", value: `${formatYuan(bridge.adjustedFen)} 元` },
          { label: "账本在截止日的余额", value: `${formatYuan(bridge.bookFen)} 元` },
        ]}
      />
      <p class="small">
        金额有正负：进账为正，出账为负。
        {bridge.adjustedFen === bridge.bookFen
          ? "调节后余额和账本余额一致。"
          : "调节后余额和账本余额不一致，不能关账。请先查明第一份文件以前是不是补记了接管余额，更正以后再关账。"}
      </p>
    </Card>
  );
}

function SettledCard({ settled }: { settled: readonly SettledPair[] }) {
  return (
    <Card title={`两清 ${settled.length} 对`} id="settled">
      <p>只有一方记了又冲正，一进一出正好抵消，另一方没有记。不用写原因，关账后不再出现。</p>
      <Table
        kind="register"
        caption="两清的，一行是一对"
        hidesCaption
        columns={SETTLED_COLUMNS}
        rows={settled.slice(0, SETTLED_SHOWN)}
        rowKey={(one) => namesOf(one).join(" ")}
      />
      {settled.length > SETTLED_SHOWN && <p>只列出前 {SETTLED_SHOWN} 对。</p>}
    </Card>
  );
}

const SETTLED_SHOWN = 50;

function namesOf(one: SettledPair): string[] {
  if (one.side === "ledger") return one.pair.map(({ journalId }) => `账本第 ${journalId} 笔`);
  return one.pair.map(({ bankTxnNo }) => `银行流水 ${bankTxnNo}`);
}

const SETTLED_COLUMNS: readonly Column<SettledPair>[] = [
  { title: "记的", isRowHeader: true, cell: (one) => namesOf(one)[0] },
  { title: "冲正", cell: (one) => namesOf(one)[1] },
  { title: "日期", isWhole: true, cell: ({ pair }) => pair[0].day },
  { title: "金额（元）", isMoney: true, cell: ({ pair }) => formatYuan(pair[0].amountFen) },
];

function CloseCard(props: StatementPageProps & { sheet: Worksheet }) {
  const { sheet, statement, person, errors } = props;
  const loose = sheet.matches.filter(({ rule }) => rule === "day-amount").length;
  return (
    <Card title="关账" id="close">
      <p>
        对上 {sheet.matches.length} 笔
        {loose > 0 && `，其中 ${loose} 笔没有编号，只按日期和金额对上`}
        {sheet.settled.length > 0 && `；一方记了又冲正、两清 ${sheet.settled.length} 对`}；差异{" "}
        {sheet.items.length} 条，其中 {sheet.items.filter(({ note }) => note !== null).length}{" "}
        条已写明原因，关账后结转。
      </p>
      {!person.roles.includes("approver") ? (
        <p>差异都查清或写明原因以后，请审批员关账。</p>
      ) : statement.uploadedById === props.staffId ? (
        <p>这份文件是您上传的，要由另一个人关账。</p>
      ) : (
        <Form action={`${HOME}/${statement.id}/close`} label="关账">
          <HiddenField name="seen" value={digestOf(sheet)} />
          {loose > 0 && (
            <CheckField
              name="looked"
              label={`我已抽查只按日期和金额对上的 ${loose} 笔`}
              error={errors["looked"]}
            />
          )}
          <Actions>
            <Button kind="primary">关账到 {statement.lastDay}</Button>
          </Actions>
        </Form>
      )}
    </Card>
  );
}

function CarriedCard({ carried }: { carried: readonly CarriedItem[] }) {
  if (carried.length === 0) return null;
  return (
    <Card title="结转的差异" id="carried">
      <Table
        kind="register"
        caption="结转到下一份对账文件的差异"
        hidesCaption
        columns={CARRIED_COLUMNS}
        rows={carried}
        rowKey={({ side, number }) => `${side} ${number}`}
      />
    </Card>
  );
}

const CARRIED_COLUMNS: readonly Column<CarriedItem>[] = [
  {
    title: "编号",
    isRowHeader: true,
    cell: ({ side, number }) => (side === "bank" ? `银行流水 ${number}` : `账本第 ${number} 笔`),
  },
  { title: "日期", isWhole: true, cell: ({ day }) => day },
  { title: "金额（元）", isMoney: true, cell: ({ amountFen }) => formatYuan(amountFen) },
  { title: "原因", cell: ({ reason }) => REASON_WORDS[reason] },
  { title: "说明", cell: ({ remark, notedBy }) => `${remark}（${notedBy}）` },
];
