import { EstateFrame, type EstateFrameProps } from "#src/accounts/institutions/estate-frame.tsx";
import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { Card } from "#src/ui/box/card.tsx";
import { EmptyState, Notice } from "#src/ui/box/notice.tsx";
import { Actions, Button, ButtonLink } from "#src/ui/form/button.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form, HiddenField } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { SelectField } from "#src/ui/form/select-field.tsx";
import { Facts } from "#src/ui/list/facts.tsx";
import { Pager } from "#src/ui/list/pager.tsx";
import { type Column, Table } from "#src/ui/list/table.tsx";
import type { StatementContent, StatementFigures, StatementHouse } from "./content.ts";
import type { Difference } from "./differences.ts";
import { FIGURE_WORDS, figuresShown, shownYuan } from "./figure-words.ts";
import { type listPeriods, type Period, parsePeriod } from "./rules.ts";
import type { Statement, StatementHead } from "./statements.ts";

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

function FiguresTables({ content }: { content: StatementContent }) {
  const shown = figuresShown(content.totals);
  const columns = <Row extends StatementFigures>(): Column<Row>[] =>
    shown.map((figure) => ({
      title: FIGURE_WORDS[figure],
      isMoney: true,
      cell: (row) => shownYuan(row[figure]),
    }));
  return (
    <>
      <p>
        期初余额 + 交存 + 利息 − 使用 − 退款 = 期末余额，按记账日期，
        {content.totals.houseCount} 户，金额单位元。
      </p>
      <Table
        kind="register"
        caption="各幢和全小区（元）"
        hidesCaption
        rows={[...content.buildings, { ...content.totals, label: "全小区" }]}
        rowKey={({ label }) => label}
        columns={[
          {
            title: "幢",
            isRowHeader: true,
            cell: ({ label }) => (label === "全小区" ? <strong>{label}</strong> : label),
          },
          { title: "户数", isMoney: true, cell: ({ houseCount }) => houseCount },
          ...columns<(typeof content.buildings)[number]>(),
        ]}
      />
    </>
  );
}

export interface StatementPageProps extends EstateFrameProps {
  statement: Statement;
  /** Against the version before; null for the first version. */
  differences: readonly Difference[] | null;
  page: number;
  /** In how many parts it is printed. */
  parts: number;
  justLocked: boolean;
}

const HOUSES_ON_PAGE = 50;

/** One locked statement: what it says, by whom it was locked, what it says differently, and its files. */
export function StatementPage(props: StatementPageProps) {
  const { estate, statement, differences, justLocked, parts } = props;
  const { number, content } = statement;
  const words = parsePeriod(statement.period)?.words ?? statement.period;
  const path = `/workbench/statements/${number}`;
  return (
    <EstateFrame {...props} title={`${estate.name} ${words}公示`} tab="statements">
      {justLocked && (
        <Notice title="已锁定，可以打印公示" icon="check">
          <p>请打印后张贴在小区公告栏。</p>
        </Notice>
      )}
      <Card title="这份报表" id="head">
        <Facts
          facts={[
            { label: "编号", value: number },
            { label: "时段", value: `${content.period.startsOn} 至 ${content.period.endsOn}` },
            { label: "版", value: `第 ${statement.version} 版` },
            {
              label: "锁定",
              value: `${statement.institutionName}，${formatShanghaiTime(statement.lockedAt)}，${statement.lockedBy.replace("institution:", "用户 ")}`,
            },
            { label: "内容摘要", value: <span class="small">{statement.hash}</span> },
          ]}
        />
        <Actions>
          {Array.from({ length: parts }, (_, at) => (
            <ButtonLink
              key={at}
              href={`${path}/print${at === 0 ? "" : `?part=${at + 1}`}`}
              kind={at === 0 ? "primary" : "plain"}
              icon="print"
            >
              {parts === 1 ? "打印公示 PDF" : `打印公示 PDF 第 ${at + 1} 份`}
            </ButtonLink>
          ))}
          <ButtonLink href={`${path}/houses.csv`} icon="file">
            下载 CSV
          </ButtonLink>
          <ButtonLink href={`${path}/houses.json`} icon="file">
            下载 JSON
          </ButtonLink>
        </Actions>
      </Card>
      {differences && <DifferencesCard differences={differences} version={statement.version} />}
      <Card title="各幢" id="buildings">
        <FiguresTables content={content} />
      </Card>
      <HousesCard {...props} path={path} />
    </EstateFrame>
  );
}

const DIFFERENCES_SHOWN = 100;

function DifferencesCard({
  differences,
  version,
}: {
  differences: readonly Difference[];
  version: number;
}) {
  return (
    <Card title={`和第 ${version - 1} 版不一样的地方`} id="differences">
      {differences.length === 0 ? (
        <p>金额都一样，只有房屋登记的信息改过。</p>
      ) : (
        <Table
          kind="register"
          caption={`${differences.length} 处不一样（元）${differences.length > DIFFERENCES_SHOWN ? `，这里列出前 ${DIFFERENCES_SHOWN} 处，其余请下载对照` : ""}`}
          rows={differences.slice(0, DIFFERENCES_SHOWN)}
          rowKey={({ number, figure }) => `${number}-${figure}`}
          columns={[
            { title: "房屋", isRowHeader: true, cell: ({ number }) => number || "全小区合计" },
            { title: "项目", cell: ({ figure }) => FIGURE_WORDS[figure] },
            { title: "上一版", isMoney: true, cell: ({ before }) => versionYuan(before) },
            { title: "这一版", isMoney: true, cell: ({ after }) => versionYuan(after) },
          ]}
        />
      )}
    </Card>
  );
}

function versionYuan(amount: string | null): string {
  return amount === null ? "没有这一户" : shownYuan(amount);
}

function HousesCard(props: StatementPageProps & { path: string }) {
  const { content } = props.statement;
  const { houses } = content;
  const page = Math.min(props.page, Math.max(1, Math.ceil(houses.length / HOUSES_ON_PAGE)));
  const columns: Column<StatementHouse>[] = [
    {
      title: "房屋",
      isRowHeader: true,
      cell: ({ building, unit, room }) => [building, unit, room].filter(Boolean).join(" "),
    },
    { title: "面积（㎡）", isMoney: true, cell: ({ area }) => area },
    ...figuresShown(content.totals).map(
      (figure): Column<StatementHouse> => ({
        title: FIGURE_WORDS[figure],
        isMoney: true,
        cell: (house) => shownYuan(house[figure]),
      }),
    ),
  ];
  return (
    <Card title="各户" id="houses">
      <Table
        kind="register"
        caption="各户的金额（元）"
        hidesCaption
        columns={columns}
        rows={houses.slice((page - 1) * HOUSES_ON_PAGE, page * HOUSES_ON_PAGE)}
        rowKey={({ number }) => number}
      />
      <Pager
        page={page}
        pageSize={HOUSES_ON_PAGE}
        totalCount={houses.length}
        hrefOf={(n) => `${props.path}?page=${n}#houses`}
      />
    </Card>
  );
}
