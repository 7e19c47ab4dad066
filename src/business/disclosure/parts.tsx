import type { DatedCityBook } from "#src/bank/statements/dated-book.ts";
import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { type Fen, formatYuan } from "#src/kernel/money.ts";
import { type FundYear, spanOfYears } from "#src/ledger/city-book/fund-years.ts";
import { formatTenths, sufficiencyTenths } from "#src/ledger/sufficiency.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Disclosure } from "#src/ui/box/disclosure.tsx";
import { LinkTabs } from "#src/ui/list/link-tabs.tsx";
import { type Column, Table } from "#src/ui/list/table.tsx";
import { Addition } from "#src/ui/money/addition.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";

/** The way from 首页 that every page of 公示 shares. */
export const DISCLOSURE_CRUMB = { title: "维修资金公示", href: "/disclosure" };

const TABS = [
  { href: "/disclosure", title: "全市" },
  { href: "/disclosure/estates", title: "各小区" },
  { href: "/disclosure/uses", title: "使用项目" },
  { href: "/disclosure/years", title: "历年锁定" },
  { href: "/disclosure/data", title: "开放数据" },
] as const;

/** The parts of 公示 side by side. */
export function DisclosureTabs({ current }: { current: (typeof TABS)[number]["href"] }) {
  return (
    <LinkTabs
      label="公示的内容"
      tabs={TABS.map((tab) => ({ ...tab, isCurrent: tab.href === current }))}
    />
  );
}

/** Of when the figures are, and up to which day the banks agreed, or honestly that they never did. */
export function BookDates({ book }: { book: DatedCityBook }) {
  return (
    <p class="quiet">
      账面日期：{book.bookedUntil ?? "还没有记过账"}
      。与专户银行核对日期：{book.reconciledUntil ?? "还没有和银行核对过"}。
      <span class="whole">{formatShanghaiTime(book.refreshedAt)}</span> 整理。
    </p>
  );
}

/** A rate with its sign, or a dash where there is nothing to measure against. */
export function rateText(balance: Fen, firstPaid: Fen): string {
  const tenths = sufficiencyTenths(balance, firstPaid);
  return tenths === null ? "—" : formatTenths(tenths);
}

const money = (title: string, of: (year: FundYear) => Fen): Column<FundYear> => ({
  title,
  isMoney: true,
  cell: (year) => formatYuan(of(year)),
});

interface YearsCardProps {
  mode: PageShell["mode"];
  years: readonly FundYear[];
  title: string;
}

/** 每年收支 of a city, a district or an estate, the newest year first; 其他 only where there is any. */
export function YearsCard({ mode, years, title }: YearsCardProps) {
  const shownCount = YEARS_SHOWN[mode];
  const hasOther = years.some(({ otherFen }) => otherFen !== 0n);
  const newest = years.toReversed();
  const columns: Column<FundYear>[] = [
    { title: "年份", isRowHeader: true, isWhole: true, cell: ({ year }) => year },
    money("年初余额", (year) => year.openingFen),
    money("交存", (year) => year.depositedFen),
    money("利息", (year) => year.interestFen),
    money("使用", (year) => year.usedFen),
    money("退款", (year) => year.refundedFen),
    ...(hasOther ? [money("其他", (year) => year.otherFen)] : []),
    { ...money("年末余额", (year) => year.closingFen), place: "top" },
    {
      title: "充足率",
      isMoney: true,
      cell: (year) => rateText(year.closingFen, year.firstPaidFen),
    },
  ];
  return (
    <Card title={title} id="years">
      <YearsTable
        caption={`${title}（元）`}
        columns={columns}
        years={newest.slice(0, shownCount)}
      />
      {newest.length > shownCount && (
        <Disclosure summary={`看更早的 ${newest.length - shownCount} 年`}>
          <YearsTable
            caption={`${title}，更早的年份（元）`}
            columns={columns}
            years={newest.slice(shownCount)}
          />
        </Disclosure>
      )}
      <p class="small">
        单位：元。年初余额 + 交存 + 利息 − 使用 − 退款{hasOther && " + 其他"} = 年末余额。充足率 =
        年末余额 ÷ 到年末的首次交存。今年的数到账面日期为止。
      </p>
    </Card>
  );
}

/** On a phone each year is half a screen, in 适老版 nearly a whole one; what is older is put away. */
const YEARS_SHOWN: Readonly<Record<PageShell["mode"], number>> = { standard: 6, elder: 2 };

function YearsTable(props: {
  caption: string;
  columns: readonly Column<FundYear>[];
  years: readonly FundYear[];
}) {
  return (
    <Table
      kind="sheet"
      caption={props.caption}
      hidesCaption
      columns={props.columns}
      rows={props.years}
      rowKey={({ year }) => year}
    />
  );
}

/** 资金合计 since the beginning, as an addition on paper. */
export function SumCard({ years }: { years: readonly FundYear[] }) {
  const sum = spanOfYears(years);
  if (sum === null) return null;
  return (
    <Card title="资金合计" id="sum">
      <Addition
        lines={[
          { sign: "", words: "已交存", fen: sum.depositedFen },
          { sign: "+", words: "利息", fen: sum.interestFen },
          { sign: "−", words: "已使用", fen: sum.usedFen },
          { sign: "−", words: "已退款", fen: sum.refundedFen },
          ...(sum.otherFen === 0n
            ? []
            : [{ sign: "+", words: "其他调整", fen: sum.otherFen } as const]),
          { sign: "=", words: "余额", fen: sum.closingFen },
        ]}
      />
    </Card>
  );
}
