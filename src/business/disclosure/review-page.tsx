import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { formatYuan } from "#src/kernel/money.ts";
import {
  fenOf,
  YEAR_AMOUNTS,
  type YearContent,
  type YearFigures,
} from "#src/ledger/locked-years/content.ts";
import type {
  LockedYearHead,
  PreparedYearHead,
} from "#src/ledger/locked-years/read-locked-years.ts";
import { Card } from "#src/ui/box/card.tsx";
import { EmptyState } from "#src/ui/box/notice.tsx";
import { Actions, Button } from "#src/ui/form/button.tsx";
import { CheckField } from "#src/ui/form/choices.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form, HiddenField } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { SelectField } from "#src/ui/form/select-field.tsx";
import { PageHead } from "#src/ui/layout.tsx";
import { type Column, Table } from "#src/ui/list/table.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { WorkbenchPage, type WorkbenchPerson } from "#src/ui/workbench-page.tsx";
import { FIGURE_WORDS } from "./locked-words.ts";

export interface ReviewPageProps {
  shell: PageShell;
  person: WorkbenchPerson;
  staffId: number;
  /** Years that may be prepared, the newest first. */
  years: readonly number[];
  chosen: string;
  waiting: readonly { head: PreparedYearHead; content: YearContent }[];
  locked: readonly LockedYearHead[];
  /** `prepared` or `locked` right after the act. */
  done: string;
  errors: FormErrors;
}

const DONE: Readonly<Record<string, string>> = {
  prepared: "已整理。请审批员核对后锁定。",
  locked: "已锁定，并已公布。",
};

/** 年度公示: prepare a year, look at what waits, lock it, and see what was locked. */
export function ReviewPage(props: ReviewPageProps) {
  const { shell, person, waiting, errors } = props;
  return (
    <WorkbenchPage
      shell={shell}
      person={person}
      title="年度公示"
      current="/review/disclosure"
      hasErrors={Object.keys(errors).length > 0}
    >
      <PageHead title="年度公示">
        一年结束后，财务员整理全市的数字，审批员核对并锁定。锁定后公布在“公示”，不能再改；更正另锁一版。
      </PageHead>
      <ErrorSummary errors={errors} />
      {DONE[props.done] && <p role="status">{DONE[props.done]}</p>}
      {person.roles.includes("finance") && <PrepareForm {...props} />}
      {waiting.length === 0 ? (
        <EmptyState title="没有等着锁定的年份">
          <p>财务员整理好的年份会出现在这里。</p>
        </EmptyState>
      ) : (
        waiting.map((one) => <Waiting key={one.head.year} {...props} {...one} />)
      )}
      <LockedCard locked={props.locked} />
    </WorkbenchPage>
  );
}

function PrepareForm({ years, chosen, errors }: ReviewPageProps) {
  return (
    <Card title="整理一年">
      <Form action="/review/disclosure/prepare">
        <SelectField
          name="year"
          label="年份"
          hint="只能整理已经结束的年份。整理时先和各户余额核对，对不上不能整理"
          width="short"
          prompt="请选择"
          value={chosen}
          error={errors["year"]}
          options={years.map((year) => ({ value: `${year}`, label: `${year} 年` }))}
        />
        <Actions>
          <Button kind="primary">整理这一年</Button>
        </Actions>
      </Form>
    </Card>
  );
}

type ReviewedRow = YearFigures & { name: string };

/** What waits, with everything that is looked at before it is locked. */
function Waiting(props: ReviewPageProps & { head: PreparedYearHead; content: YearContent }) {
  const { head, content, person, staffId, errors } = props;
  const isOwn = head.staffId === staffId;
  const rows: ReviewedRow[] = [...content.districts, { ...content.city, name: "全市" }];
  return (
    <Card title={`${head.year} 年，等待锁定`} id={`waiting-${head.year}`}>
      <p>
        {head.preparedBy} {formatShanghaiTime(head.preparedAt)} 整理：{content.city.estateCount}{" "}
        个小区，{content.uses.length} 个使用项目。
      </p>
      <Table
        kind="register"
        caption={`${head.year} 年各区和全市（元）`}
        hidesCaption
        columns={COLUMNS}
        rows={rows}
        rowKey={({ name }) => name}
      />
      <p class="small">
        SHA-256 <code class="hash">{head.hash}</code>
      </p>
      {person.roles.includes("approver") &&
        (isOwn ? (
          <p>这一年是您自己整理的，要由另一个人核对锁定。</p>
        ) : (
          <Form action="/review/disclosure/lock" label={`锁定 ${head.year} 年`}>
            <HiddenField name="year" value={`${head.year}`} />
            <HiddenField name="prepared" value={`${head.preparedYearId}`} />
            <CheckField
              name="agreed"
              label="我已核对：各行加起来对得上，和专户银行的年末余额、财务账一致"
              error={errors["agreed"]}
            />
            <Actions>
              <Button kind="primary">锁定并公布 {head.year} 年</Button>
            </Actions>
          </Form>
        ))}
    </Card>
  );
}

const COLUMNS: readonly Column<ReviewedRow>[] = [
  { title: "区", isRowHeader: true, cell: ({ name }) => name },
  ...YEAR_AMOUNTS.map((figure) => ({
    title: FIGURE_WORDS[figure],
    isMoney: true,
    cell: (row: ReviewedRow) => formatYuan(fenOf(row[figure])),
  })),
];

function LockedCard({ locked }: Pick<ReviewPageProps, "locked">) {
  if (locked.length === 0) return null;
  return (
    <Card title="已经锁定" id="locked">
      <Table
        kind="register"
        caption="已经锁定的年份"
        hidesCaption
        columns={[
          {
            title: "年份",
            isRowHeader: true,
            cell: ({ year, version }) => (
              <a href={`/disclosure/years/${year}?version=${version}`}>
                {year} 年第 {version} 版
              </a>
            ),
          },
          {
            title: "整理",
            cell: (one) => `${one.preparedBy} ${formatShanghaiTime(one.preparedAt)}`,
          },
          { title: "锁定", cell: (one) => `${one.lockedBy} ${formatShanghaiTime(one.lockedAt)}` },
        ]}
        rows={locked}
        rowKey={({ year, version }) => `${year}-${version}`}
      />
    </Card>
  );
}
