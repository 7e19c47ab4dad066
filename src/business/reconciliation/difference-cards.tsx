import { amountOf } from "#src/bank/statements/bridge-balances.ts";
import type { KeptStatement, WorkedItem } from "#src/bank/statements/load-worksheet.ts";
import { groupNumber } from "#src/kernel/application-number.ts";
import { formatYuan } from "#src/kernel/money.ts";
import { Card } from "#src/ui/box/card.tsx";
import { EmptyState } from "#src/ui/box/notice.tsx";
import { Actions, Button, ButtonLink } from "#src/ui/form/button.tsx";
import { Form, HiddenField } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { SelectField } from "#src/ui/form/select-field.tsx";
import { TextField } from "#src/ui/form/text-field.tsx";
import { Facts } from "#src/ui/list/facts.tsx";
import { Pager } from "#src/ui/list/pager.tsx";
import type { WorkbenchPerson } from "#src/ui/workbench-page.tsx";
import { HOME } from "./accounts-page.tsx";
import { BUCKET_WORDS, REASON_WORDS } from "./words.ts";

/** How many differences stand on one page, each with a form of its own. */
export const DIFFERENCES_ON_PAGE = 20;

/** A reason that was refused, as it was typed. */
export interface TypedNote {
  item: string;
  reason: string;
  remark: string;
}

interface DifferenceProps {
  statement: KeptStatement;
  person: WorkbenchPerson;
  items: readonly WorkedItem[];
  page: number;
  typed: TypedNote | null;
  errors: FormErrors;
}

/** Every difference of an open statement: what it is, what to do, and where its reason is written down. */
export function DifferenceCards(props: DifferenceProps) {
  const { statement, items, page } = props;
  if (items.length === 0) {
    return (
      <EmptyState title="没有差异">
        <p>银行的每一笔和账本都对得上，可以关账。</p>
      </EmptyState>
    );
  }
  const base = `${HOME}/${statement.id}`;
  const from = (page - 1) * DIFFERENCES_ON_PAGE;
  return (
    <>
      <Card title={`差异 ${items.length} 条`} id="differences">
        <p>
          查清的会自动对上，从这里消失；查不清的，写明原因，关账后结转到下一份文件，到时要么对上，要么再写一次。
        </p>
        <Actions>
          <ButtonLink href={`${base}/differences.xlsx`}>下载 Excel</ButtonLink>
          <ButtonLink href={`${base}/differences.csv`}>下载 CSV</ButtonLink>
        </Actions>
      </Card>
      {items.slice(from, from + DIFFERENCES_ON_PAGE).map((item) => (
        <Difference key={item.key} {...props} item={item} />
      ))}
      <Pager
        page={page}
        pageSize={DIFFERENCES_ON_PAGE}
        totalCount={items.length}
        hrefOf={(wanted) => `?page=${wanted}`}
      />
    </>
  );
}

function Difference({ item, ...props }: DifferenceProps & { item: WorkedItem }) {
  const { title, advice } = BUCKET_WORDS[item.bucket];
  return (
    <Card title={title} id={item.key}>
      <Facts columns={2} facts={factsOf(item)} />
      <p>{advice}。</p>
      {item.note && (
        <p>
          已写明：{REASON_WORDS[item.note.reason]}。{item.note.remark}（{item.note.notedBy}）
        </p>
      )}
      {props.person.roles.includes("finance") && <NoteForm {...props} item={item} />}
    </Card>
  );
}

function factsOf(item: WorkedItem) {
  const isBank = item.side === "bank";
  const { day, noticeNo } = isBank ? item.line : item.movement;
  const other = isBank ? "账本的金额" : "银行的金额";
  return [
    isBank
      ? { label: "银行流水号", value: item.line.bankTxnNo }
      : { label: "账本", value: `第 ${item.movement.journalId} 笔` },
    { label: isBank ? "银行日期" : "到账日期", value: day },
    { label: isBank ? "银行的金额" : "账本的金额", value: `${formatYuan(amountOf(item))} 元` },
    ...(item.otherFen === null ? [] : [{ label: other, value: `${formatYuan(item.otherFen)} 元` }]),
    ...(noticeNo === null ? [] : [{ label: "单据编号", value: groupNumber(noticeNo) }]),
    ...(isBank && item.line.isCarried ? [{ label: "来自", value: "上一份文件结转" }] : []),
  ];
}

function NoteForm({
  item,
  statement,
  typed,
  errors,
  page,
}: DifferenceProps & { item: WorkedItem }) {
  const own = typed?.item === item.key ? typed : null;
  const shown = own === null ? {} : errors;
  const isLast = (item.side === "bank" ? item.line.day : item.movement.day) === statement.lastDay;
  const reasons = Object.entries(REASON_WORDS).filter(([value]) => isLast || value !== "cut-off");
  return (
    <Form
      action={`${HOME}/${statement.id}/notes?page=${page}`}
      label={`写明原因 ${numberOf(item)}`}
    >
      <HiddenField name="item" value={item.key} />
      <SelectField
        name="reason"
        scope={item.key}
        label="结转的原因"
        width="medium"
        prompt="请选择"
        value={own?.reason ?? item.note?.reason ?? ""}
        error={shown["reason"]}
        options={reasons.map(([value, label]) => ({ value, label }))}
      />
      <TextField
        name="remark"
        scope={item.key}
        label="说明"
        hint="查到哪一步、由谁跟进。不写姓名、电话和证件号码"
        value={own?.remark ?? item.note?.remark ?? ""}
        error={shown["remark"]}
      />
      <Actions>
        <Button>记下原因</Button>
      </Actions>
    </Form>
  );
}

function numberOf(item: WorkedItem): string {
  return item.side === "bank" ? item.line.bankTxnNo : `账本第 ${item.movement.journalId} 笔`;
}
