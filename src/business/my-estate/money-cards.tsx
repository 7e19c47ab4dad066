import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { addFen, type Fen, formatYuan } from "#src/kernel/money.ts";
import { balanceOf } from "#src/ledger/estate-book/building-totals.ts";
import type { EstateBook } from "#src/ledger/estate-book/estate-book.ts";
import type { EstateMonth } from "#src/ledger/estate-history.ts";
import { Card } from "#src/ui/box/card.tsx";
import { BalanceChart } from "#src/ui/chart/balance-chart.tsx";
import { BarChart } from "#src/ui/chart/bar-chart.tsx";
import { type Column, Table } from "#src/ui/list/table.tsx";
import { Addition } from "#src/ui/money/addition.tsx";
import { balancePoints, type EstateYear, useBars, yearsOf } from "./years.ts";

/** 资金合计 to the fen: deposited + interest − used − refunded = balance. */
export function SumCard({ book }: { book: EstateBook }) {
  const { months } = book.history;
  const add = (of: (month: EstateMonth) => Fen) => addFen(...months.map(of));
  const other = add((month) => month.otherFen);
  return (
    <Card title="资金合计" id="sum">
      <Addition
        lines={[
          { sign: "", words: "已交存", fen: add((month) => month.depositedFen) },
          { sign: "+", words: "利息", fen: add((month) => month.interestFen) },
          { sign: "−", words: "已使用", fen: add((month) => month.usedFen) },
          { sign: "−", words: "已退款", fen: add((month) => month.refundedFen) },
          ...(other === 0n ? [] : [{ sign: "+", words: "其他调整", fen: other } as const]),
          { sign: "=", words: "余额", fen: balanceOf(book.totals) },
        ]}
      />
    </Card>
  );
}

/** 余额变化 as a line of steps. */
export function BalanceCard({ book }: { book: EstateBook }) {
  const today = shanghaiDate(book.readAt);
  return (
    <Card title="余额变化" id="balance">
      <BalanceChart
        id="balance-chart"
        title="余额变化"
        points={balancePoints(book.history.months, today)}
        asOf={today}
        firstDepositFen={book.totals.firstPaidFen}
      />
    </Card>
  );
}

/** 每年使用 as bars; the table of 每年收支 says the same. */
export function YearlyUseCard({ book }: { book: EstateBook }) {
  const bars = useBars(yearsOf(book.history.months), shanghaiDate(book.readAt));
  return (
    <Card title="每年使用" id="yearly-use">
      {bars.length === 0 ? (
        <p>还没有用过维修资金。</p>
      ) : (
        <BarChart
          id="yearly-use-chart"
          title="每年使用"
          nameTitle="年份"
          series={["使用"]}
          groups={bars}
        />
      )}
    </Card>
  );
}

/** 每年收支: the table beneath both charts. */
export function YearsCard({ book }: { book: EstateBook }) {
  const years = yearsOf(book.history.months);
  return (
    <Card title="每年收支" id="years">
      <Table
        kind="sheet"
        caption="每年的交存、利息、使用和年末余额（元）"
        columns={YEAR_COLUMNS}
        rows={years.toReversed()}
        rowKey={({ year }) => year}
      />
    </Card>
  );
}

const money = (title: string, of: (year: EstateYear) => Fen): Column<EstateYear> => ({
  title,
  isMoney: true,
  cell: (year) => formatYuan(of(year)),
});

const YEAR_COLUMNS: readonly Column<EstateYear>[] = [
  { title: "年", isRowHeader: true, cell: ({ year }) => year },
  money("交存", (year) => year.depositedFen),
  money("利息", (year) => year.interestFen),
  money("使用", (year) => year.usedFen),
  money("退款", (year) => year.refundedFen),
  { ...money("年末余额", (year) => year.balanceFen), place: "top" },
];
