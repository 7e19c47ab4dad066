import { formatYuan } from "#src/kernel/money.ts";
import type { FundMonth } from "#src/ledger/city-book/fund-months.ts";
import { addPeriodFigures } from "#src/ledger/period-figures.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Disclosure } from "#src/ui/box/disclosure.tsx";
import { BarChart } from "#src/ui/chart/bar-chart.tsx";
import { ChartGroup } from "#src/ui/chart/chart-group.tsx";
import { Halves } from "#src/ui/layout.tsx";
import { LinkTabs } from "#src/ui/list/link-tabs.tsx";
import { type Column, Table } from "#src/ui/list/table.tsx";
import { Addition } from "#src/ui/money/addition.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { rateText } from "./parts.tsx";

/** The months of one year of a fund, and the years that can be chosen. */
export interface ToldMonths {
  year: number;
  /** The newest first. */
  years: readonly number[];
  months: readonly FundMonth[];
}

export interface MonthsCardProps {
  mode: PageShell["mode"];
  /** Whose: 全市, the name of a district, 本小区. */
  whose: string;
  /** The page's own address. */
  path: string;
  told: ToldMonths | null;
}

/** 每月收支 of a year, with its chart and the other years as links; nothing where no month may be told. */
export function MonthsCard({ mode, whose, path, told }: MonthsCardProps) {
  if (told === null) return null;
  const { year, years, months } = told;
  const title = `${whose} ${year} 年每月收支`;
  const newest = months.toReversed();
  const shownCount = MONTHS_SHOWN[mode];
  const columns = columnsOf(months);
  return (
    <Card title={title} id="months">
      <LinkTabs
        label="选年份看每月收支"
        shownMax={YEARS_SHOWN}
        tabs={years.map((one) => ({
          href: `${path}?year=${one}#months`,
          title: `${one} 年`,
          isCurrent: one === year,
        }))}
      />
      <Halves>
        <ChartGroup mode={mode}>
          <BarChart
            id="months-chart"
            title={`${year} 年每月交存和使用`}
            nameTitle="月份"
            series={["交存", "使用"]}
            groups={months.map((one) => ({
              name: monthName(one),
              amounts: [one.depositedFen, one.usedFen],
            }))}
          />
        </ChartGroup>
        <YearAddition months={months} />
      </Halves>
      <MonthsTable
        caption={`${title}（元）`}
        columns={columns}
        months={newest.slice(0, shownCount)}
      />
      {newest.length > shownCount && (
        <Disclosure summary={`看更早的 ${newest.length - shownCount} 个月`}>
          <MonthsTable
            caption={`${title}，更早的月份（元）`}
            columns={columns}
            months={newest.slice(shownCount)}
          />
        </Disclosure>
      )}
      <MonthsNote months={months} />
    </Card>
  );
}

/** As many stand in three lines on a phone. */
const YEARS_SHOWN = 8;
/** As many as a phone shows before they are tiresome; in 适老版 each is nearly a screen. */
const MONTHS_SHOWN: Readonly<Record<PageShell["mode"], number>> = { standard: 6, elder: 2 };

const monthName = ({ month }: FundMonth) => `${Number.parseInt(month.slice(5), 10)}月`;

/** What a month opens with is what the one before it closed with, so that it needs no column. */
function columnsOf(months: readonly FundMonth[]): Column<FundMonth>[] {
  const money = (title: string, figure: Figure): Column<FundMonth> => ({
    title,
    isMoney: true,
    cell: (month) => formatYuan(month[figure]),
  });
  const hasOther = months.some(({ otherFen }) => otherFen !== 0n);
  return [
    { title: "月份", isRowHeader: true, isWhole: true, cell: ({ month }) => month },
    money("交存", "depositedFen"),
    money("利息", "interestFen"),
    money("使用", "usedFen"),
    money("退款", "refundedFen"),
    ...(hasOther ? [money("其他", "otherFen")] : []),
    { ...money("月末余额", "closingFen"), place: "top" },
    {
      title: "月末充足率",
      isMoney: true,
      cell: (month) => rateText(month.closingFen, month.firstPaidFen),
    },
  ];
}

type Figure =
  | "depositedFen"
  | "interestFen"
  | "usedFen"
  | "refundedFen"
  | "otherFen"
  | "closingFen";

function MonthsTable(props: {
  caption: string;
  columns: readonly Column<FundMonth>[];
  months: readonly FundMonth[];
}) {
  return (
    <Table
      kind="sheet"
      caption={props.caption}
      hidesCaption
      columns={props.columns}
      rows={props.months}
      rowKey={({ month }) => month}
    />
  );
}

/** What the months add up to: the year, between its two balances. */
function YearAddition({ months }: Pick<ToldMonths, "months">) {
  const [first, last] = [months.at(0), months.at(-1)];
  if (first === undefined || last === undefined) return null;
  const sum = addPeriodFigures(months);
  return (
    <Addition
      lines={[
        { sign: "", words: "年初余额", fen: first.openingFen },
        { sign: "+", words: "交存", fen: sum.depositedFen },
        { sign: "+", words: "利息", fen: sum.interestFen },
        { sign: "−", words: "使用", fen: sum.usedFen },
        { sign: "−", words: "退款", fen: sum.refundedFen },
        ...(sum.otherFen === 0n ? [] : [{ sign: "+", words: "其他", fen: sum.otherFen } as const]),
        { sign: "=", words: `${last.month} 月末余额`, fen: last.closingFen },
      ]}
    />
  );
}

function MonthsNote({ months }: Pick<ToldMonths, "months">) {
  const hasOther = months.some(({ otherFen }) => otherFen !== 0n);
  return (
    <p class="small">
      单位：元。上月末余额 + 交存 + 利息 − 使用 − 退款{hasOther && " + 其他"} =
      月末余额。冲正记在冲正的那个月，可能有负数。
    </p>
  );
}
