import { EstateFrame, type EstateFrameProps } from "#src/accounts/institutions/estate-frame.tsx";
import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { Actions, ButtonLink } from "#src/ui/form/button.tsx";
import { Facts } from "#src/ui/list/facts.tsx";
import { Pager } from "#src/ui/list/pager.tsx";
import { type Column, Table } from "#src/ui/list/table.tsx";
import type { StatementHouse } from "./content.ts";
import type { Difference } from "./differences.ts";
import { FIGURE_WORDS, figuresShown, shownYuan } from "./figure-words.ts";
import { FiguresTables } from "./figures-tables.tsx";
import { parsePeriod } from "./rules.ts";
import type { Statement } from "./statements.ts";

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
  const { estate, statement, differences, justLocked } = props;
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
      <HeadCard {...props} path={path} />
      {differences && <DifferencesCard differences={differences} version={statement.version} />}
      <Card title="各幢" id="buildings">
        <FiguresTables content={content} />
      </Card>
      <HousesCard {...props} path={path} />
    </EstateFrame>
  );
}

function HeadCard({ statement, parts, path }: StatementPageProps & { path: string }) {
  const { number, content } = statement;
  return (
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
