import { EstateFrame, type EstateFrameProps } from "#src/accounts/institutions/estate-frame.tsx";
import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { Card } from "#src/ui/box/card.tsx";
import { EmptyState } from "#src/ui/box/notice.tsx";
import { Actions, Button } from "#src/ui/form/button.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form, HiddenField } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { SelectField } from "#src/ui/form/select-field.tsx";
import { Table } from "#src/ui/list/table.tsx";
import type { StatementContent } from "./content.ts";
import { FiguresTables } from "./figures-tables.tsx";
import { type listPeriods, type Period, parsePeriod } from "./rules.ts";
import type { StatementHead } from "./statements.ts";

export interface StatementsPageProps extends EstateFrameProps {
  periods: ReturnType<typeof listPeriods>;
  statements: readonly StatementHead[];
  /** What a chosen period would say now, and the version that was locked last. */
  preview: { period: Period; content: StatementContent; last: StatementHead | null } | null;
  /** What was chosen, also when it cannot be. */
  chosen: string;
  errors: FormErrors;
}

/** 公示报表: choose a period, look at what it says, lock it; and what was locked. */
export function StatementsPage(props: StatementsPageProps) {
  const { estate, periods, statements, preview, chosen, errors } = props;
  const path = `/workbench/estates/${estate.code}/statements`;
  return (
    <EstateFrame
      {...props}
      title={`${estate.name} 公示报表`}
      tab="statements"
      hasErrors={Object.keys(errors).length > 0}
    >
      <ErrorSummary errors={errors} />
      <Card title="选一个时段" id="choose-period">
        <p>只能公示已经结束的时段。锁定以后内容不再变，要更正就再锁定一版。</p>
        <form class="fields" action={path} method="get" aria-label="选时段">
          <SelectField
            name="period"
            label="时段"
            prompt="请选择"
            value={chosen}
            error={errors["period"]}
            options={periods.flatMap((group) =>
              group.periods.map(({ code, words }) => ({ value: code, label: words })),
            )}
          />
          <Actions>
            <Button>看这个时段</Button>
          </Actions>
        </form>
      </Card>
      {preview && <PreviewCard path={path} {...preview} />}
      <LockedCard statements={statements} />
    </EstateFrame>
  );
}

function PreviewCard(props: NonNullable<StatementsPageProps["preview"]> & { path: string }) {
  const { path, period, content, last } = props;
  return (
    <Card title={`${period.words}，还没有锁定`} id="preview">
      <FiguresTables content={content} />
      {last && (
        <p>
          这个时段已经锁定过第 {last.version} 版：
          <a href={`/workbench/statements/${last.number}`}>{last.number}</a>
          。再锁定会成为第 {last.version + 1} 版，旧版保留。
        </p>
      )}
      <Form action={path} label="锁定公示报表">
        <HiddenField name="period" value={period.code} />
        <Actions>
          <Button kind="primary">锁定，准备公示</Button>
        </Actions>
      </Form>
    </Card>
  );
}

function LockedCard({ statements }: Pick<StatementsPageProps, "statements">) {
  return (
    <Card title="已锁定的报表" id="locked">
      {statements.length === 0 ? (
        <EmptyState title="还没有锁定过报表">
          <p>选一个时段，看过以后锁定</p>
        </EmptyState>
      ) : (
        <Table
          kind="register"
          caption="已锁定的报表，新的在前"
          hidesCaption
          rows={statements}
          rowKey={({ number }) => number}
          columns={[
            {
              title: "编号",
              isRowHeader: true,
              isWhole: true,
              cell: ({ number }) => <a href={`/workbench/statements/${number}`}>{number}</a>,
            },
            { title: "时段", cell: ({ period }) => parsePeriod(period)?.words ?? period },
            { title: "版", cell: ({ version }) => `第 ${version} 版` },
            { title: "锁定单位", cell: ({ institutionName }) => institutionName },
            {
              title: "锁定时间",
              isWhole: true,
              cell: ({ lockedAt }) => formatShanghaiTime(lockedAt),
            },
          ]}
        />
      )}
    </Card>
  );
}
