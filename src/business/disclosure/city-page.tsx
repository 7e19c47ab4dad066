import type { DatedCityBook } from "#src/bank/statements/dated-book.ts";
import { formatYuan } from "#src/kernel/money.ts";
import { balanceNow, liableNow } from "#src/ledger/city-book/fund-now.ts";
import type { ListedUse } from "#src/ledger/city-book/list-uses.ts";
import type { CityBookMissing, DistrictBook } from "#src/ledger/city-book/read-city-book.ts";
import { balanceFigures } from "#src/ledger/estate-book/totals-figures.tsx";
import type { LockedYearHead } from "#src/ledger/locked-years/read-locked-years.ts";
import { formatTenths, shareTenths } from "#src/ledger/sufficiency.ts";
import type { DisclosurePolicy } from "#src/platform/config.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { ChartGroup } from "#src/ui/chart/chart-group.tsx";
import { Columns, Halves, Page, PageHead } from "#src/ui/layout.tsx";
import { type Column, Table } from "#src/ui/list/table.tsx";
import { Figures } from "#src/ui/money/figures.tsx";
import { largeAmount } from "#src/ui/money/large-amount.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { DistrictAreaCard, DistrictShareCard, MovementCard, SufficiencyCard } from "./charts.tsx";
import { MonthsCard, type ToldMonths } from "./months-card.tsx";
import { BookDates, DisclosureTabs, rateText, SumCard, YearsCard } from "./parts.tsx";
import { UseLines } from "./uses-page.tsx";

export interface CityPageProps {
  months: ToldMonths | null;
  shell: PageShell;
  book: DatedCityBook;
  /** The newest few. */
  uses: readonly ListedUse[];
  /** One for each locked year, its newest version. */
  lockedYears: readonly LockedYearHead[];
  hidden: ReadonlySet<number>;
  policy: DisclosurePolicy;
}

/** 公示: what the whole city's fund holds, where it came from, where it went, district by district. */
export function CityPage(props: CityPageProps) {
  const { shell, book, uses } = props;
  return (
    <Page
      shell={shell}
      title="维修资金公示"
      description="全市物业专项维修资金的交存、利息、使用、退款、余额和充足率，按年份和区公布，有图有表，可以下载。"
      crumbs={[{ title: "维修资金公示" }]}
    >
      <PageHead title="维修资金公示">
        按《住宅专项维修资金管理办法》第三十条，向社会公布全市维修资金的交存、使用和余额。
      </PageHead>
      <DisclosureTabs current="/disclosure" />
      <CityFigures book={book} />
      <BookDates book={book} />
      <Columns
        side={
          <>
            <SumCard years={book.years} />
            <LockedCard lockedYears={props.lockedYears} />
          </>
        }
      >
        <DistrictsCard districts={book.districts} />
        <Card
          title="最近使用"
          id="recent-uses"
          aside={<a href="/disclosure/uses">看全部使用项目</a>}
        >
          <UseLines {...props} uses={uses} />
        </Card>
      </Columns>
      <ChartGroup mode={shell.mode}>
        <Halves>
          <MovementCard years={book.years} />
          <DistrictAreaCard years={book.years} districts={book.districts} />
        </Halves>
        <Halves>
          <SufficiencyCard funds={[{ name: "全市", years: book.years }]} />
          <DistrictShareCard districts={book.districts} />
        </Halves>
      </ChartGroup>
      <MonthsCard mode={shell.mode} whose="全市" path="/disclosure" told={props.months} />
      <YearsCard mode={shell.mode} years={book.years} title="全市每年收支" />
    </Page>
  );
}

function CityFigures({ book }: { book: DatedCityBook }) {
  const balance = balanceNow(book.now);
  const year = book.years.at(-1);
  const used = year && largeAmount(year.usedFen, year.usedFen);
  const paidShare = shareTenths(book.now.paidCount, liableNow(book.now));
  return (
    <Figures
      figures={[
        ...balanceFigures(balance, book.now.firstPaidFen),
        {
          label: "户数",
          value: `${book.now.houseCount} 户`,
          note: `${book.estateCount} 个小区${paidShare === null ? "" : `，交清 ${formatTenths(paidShare)}`}`,
        },
        {
          label: year === undefined ? "使用" : `${year.year} 年使用`,
          value: used === undefined ? "—" : `${used.figure} ${used.unit}`,
          note: year === undefined ? "" : `交存 ${formatYuan(year.depositedFen)} 元`,
        },
      ]}
    />
  );
}

/** 各区: one row a district; its name opens its page. */
function DistrictsCard({ districts }: { districts: readonly DistrictBook[] }) {
  return (
    <Card title="各区情况" id="districts">
      <Table
        kind="sheet"
        caption="各区的小区、户数、余额和充足率"
        hidesCaption
        columns={DISTRICT_COLUMNS}
        rows={districts}
        rowKey={({ codes }) => codes.join("-")}
      />
    </Card>
  );
}

const DISTRICT_COLUMNS: readonly Column<DistrictBook>[] = [
  {
    title: "区",
    isRowHeader: true,
    cell: ({ codes, name }) => <a href={`/disclosure/districts/${codes[0]}`}>{name}</a>,
  },
  { title: "小区", isMoney: true, cell: ({ estateCount }) => `${estateCount} 个` },
  { title: "户数", isMoney: true, cell: ({ now }) => `${now.houseCount} 户` },
  {
    title: "余额（元）",
    isMoney: true,
    place: "top",
    label: "",
    cell: ({ now }) => formatYuan(balanceNow(now)),
  },
  {
    title: "充足率",
    isMoney: true,
    cell: ({ now }) => rateText(balanceNow(now), now.firstPaidFen),
  },
];

function LockedCard({ lockedYears }: Pick<CityPageProps, "lockedYears">) {
  return (
    <Card title="历年锁定" id="locked">
      {lockedYears.length === 0 ? (
        <p>还没有锁定过年度数字。</p>
      ) : (
        <>
          <p>一年结束以后，数字由两个人先后核对并锁定，以后不再改动。</p>
          <ul class="plain-list">
            {lockedYears.map(({ year }) => (
              <li key={year}>
                <a href={`/disclosure/years/${year}`}>{year} 年</a>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}

const MISSING: Readonly<Record<CityBookMissing, { title: string; text: string }>> = {
  "not-begun": {
    title: "公示数字正在整理",
    text: "系统刚刚启动，正在从账本整理全市的数字，请过几分钟再来。查自己小区的可以先用“进入我的小区”。",
  },
  "too-small": {
    title: "合计暂不公布",
    text: "登记的房屋还太少，公布合计就等于公布每户的余额。查自家的请用“维修资金查询”。",
  },
};

/** Where there is no book to show: why, and what to do meanwhile. */
export function MissingPage({ shell, why }: { shell: PageShell; why: CityBookMissing }) {
  return (
    <Page shell={shell} title="维修资金公示" crumbs={[{ title: "维修资金公示" }]}>
      <PageHead title="维修资金公示" />
      <Notice title={MISSING[why].title} tone="wait">
        <p>{MISSING[why].text}</p>
        <p>
          <a href="/my-estate">进入我的小区</a>　<a href="/fund">维修资金查询</a>
        </p>
      </Notice>
    </Page>
  );
}
