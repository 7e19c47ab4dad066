import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { addFen, formatYuan } from "#src/kernel/money.ts";
import { reachWords } from "#src/ledger/disclosure/small-groups.ts";
import { BuildingCard, type BuildingView } from "#src/ledger/estate-book/building-card.tsx";
import { addTotals, type BuildingTotals } from "#src/ledger/estate-book/building-totals.ts";
import type { EstateBook } from "#src/ledger/estate-book/estate-book.ts";
import { AsOf, TotalsFigures } from "#src/ledger/estate-book/totals-figures.tsx";
import { Card } from "#src/ui/box/card.tsx";
import { HelpLine } from "#src/ui/box/help-line.tsx";
import { EmptyState } from "#src/ui/box/notice.tsx";
import { ChartGroup } from "#src/ui/chart/chart-group.tsx";
import { Columns, Halves, Page, PageHead } from "#src/ui/layout.tsx";
import { Pager } from "#src/ui/list/pager.tsx";
import { type Column, Table } from "#src/ui/list/table.tsx";
import { largeAmount } from "#src/ui/money/large-amount.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { BuildingsCard } from "./buildings-card.tsx";
import { DownloadCard, OverviewCard, RecentUsesCard, WithheldCard } from "./estate-cards.tsx";
import { BalanceCard, SumCard, YearlyUseCard, YearsCard } from "./money-cards.tsx";
import type { Estate } from "./queries.ts";
import type { ToldUse } from "./rules.ts";

export interface EstatePageProps {
  shell: PageShell;
  estate: Estate;
  book: EstateBook;
  /** Up to which day the estate's bank agrees; null for never. */
  reconciledUntil: CalendarDate | null;
  /** Null where no total of the estate may be told by itself. */
  published: readonly BuildingTotals[] | null;
  uses: readonly ToldUse[];
  /** The first building with its chart; null where the register has none. */
  chart: BuildingView | null;
  /** Of the table of buildings. */
  page: number;
}

const SEARCH_CRUMB = { title: "物业区域查询", href: "/my-estate" };

/** 查看: what one estate is, what its fund holds, how each building stands, where the money went. */
export function EstatePage(props: EstatePageProps) {
  const { shell, estate, book, published, chart } = props;
  const hasMoney = published !== null && book.history.months.length > 0;
  return (
    <Page
      shell={shell}
      title={estate.name}
      description={`${estate.districtName}${estate.name}的小区概况、楼盘表和维修资金合计、使用公示。`}
      crumbs={[SEARCH_CRUMB, { title: estate.name }]}
    >
      <PageHead title={estate.name}>{headLine(estate, book)}</PageHead>
      {published !== null && (
        <>
          <TotalsFigures {...book} last={usedFigure(book)} />
          <AsOf book={book} reconciledUntil={props.reconciledUntil} />
        </>
      )}
      <Columns
        side={
          <>
            <OverviewCard estate={estate} book={book} />
            {hasMoney && <SumCard book={book} />}
            {published !== null && <RecentUsesCard estate={estate} uses={props.uses} />}
          </>
        }
      >
        {chart === null ? (
          <EmptyState title="这个小区还没有登记楼幢">
            <p>
              楼幢和房屋登记以后，楼盘表会出现在这里。现在要交款的，可以办
              <a href="/unrecorded-deposit">未备案房屋交款</a>。
            </p>
            <HelpLine />
          </EmptyState>
        ) : (
          <BuildingCard {...chart} />
        )}
        {published === null ? (
          <WithheldCard estate={estate} />
        ) : (
          published.length > 0 && (
            <BuildingsCard estate={estate} book={book} published={published} page={props.page} />
          )
        )}
      </Columns>
      {hasMoney && (
        <>
          <ChartGroup mode={shell.mode}>
            <Halves>
              <BalanceCard book={book} />
              <YearlyUseCard book={book} />
            </Halves>
          </ChartGroup>
          <YearsCard book={book} />
        </>
      )}
      {published !== null && <DownloadCard estate={estate} />}
    </Page>
  );
}

function headLine(estate: Estate, book: EstateBook): string {
  const year = estate.completedYear === null ? "" : `${estate.completedYear} 年建成`;
  const size = `${book.buildings.length} 幢 · ${book.totals.houseCount} 户`;
  return [estate.districtName + estate.address, year, size].filter(Boolean).join("　");
}

function usedFigure({ history }: EstateBook) {
  const used = addFen(...history.months.map((month) => month.usedFen));
  const { figure, unit } = largeAmount(used, used);
  return { label: "已使用", value: `${figure} ${unit}`, note: `${history.uses.length} 个项目` };
}

export interface BuildingPageProps {
  shell: PageShell;
  estate: Estate;
  book: EstateBook;
  /** Up to which day the estate's bank agrees; null for never. */
  reconciledUntil: CalendarDate | null;
  chart: BuildingView;
  /** Null where the building is told only together with others. */
  totals: BuildingTotals | null;
  /** Where no total of the whole estate is told. */
  isWithheld: boolean;
}

/** One building of an estate: its figures and its 楼盘表, page by page. */
export function BuildingPage(props: BuildingPageProps) {
  const { shell, estate, book, chart, totals } = props;
  const title = `${estate.name} ${chart.building.label}`;
  const crumbs = [
    SEARCH_CRUMB,
    { title: estate.name, href: `/my-estate/${estate.code}` },
    { title: chart.building.label },
  ];
  return (
    <Page shell={shell} title={title} crumbs={crumbs}>
      <PageHead title={title}>{estate.districtName + estate.address}</PageHead>
      {totals !== null && totals.houseCount > 0 && (
        <>
          <TotalsFigures totals={totals} triggerPercent={book.triggerPercent} />
          <AsOf book={book} reconciledUntil={props.reconciledUntil} />
        </>
      )}
      {totals === null && (
        <p class="quiet">
          {props.isWithheld ? "这个小区的合计不单独公布。" : "这一幢户数少，合计与别的幢一起公布。"}
        </p>
      )}
      <BuildingCard {...chart} />
    </Page>
  );
}

export interface UsesPageProps {
  shell: PageShell;
  estate: Estate;
  uses: readonly ToldUse[];
  page: number;
}

const USES_ON_PAGE = 20;

/** Every use of an estate's fund, newest first. */
export function UsesPage({ shell, estate, uses, page: asked }: UsesPageProps) {
  const title = `${estate.name} 维修资金使用`;
  const path = `/my-estate/${estate.code}`;
  const page = Math.min(asked, Math.max(1, Math.ceil(uses.length / USES_ON_PAGE)));
  return (
    <Page
      shell={shell}
      title={title}
      crumbs={[SEARCH_CRUMB, { title: estate.name, href: path }, { title: "使用" }]}
    >
      <PageHead title={title}>{uses.length} 个项目</PageHead>
      {uses.length === 0 ? (
        <EmptyState title="还没有用过维修资金">
          <p>
            用了以后，每个项目会列在这里。请<a href={path}>返回{estate.name}</a>。
          </p>
        </EmptyState>
      ) : (
        <Card>
          <Table
            kind="ledger"
            caption="每一个项目（元）"
            hidesCaption
            columns={USE_COLUMNS}
            rows={uses.slice((page - 1) * USES_ON_PAGE, page * USES_ON_PAGE)}
            rowKey={(use) => `${use.bookDate} ${use.projectName} ${use.amountFen}`}
          />
          <Pager
            page={page}
            pageSize={USES_ON_PAGE}
            totalCount={uses.length}
            hrefOf={(n) => `${path}/uses?page=${n}`}
          />
        </Card>
      )}
    </Page>
  );
}

const USE_COLUMNS: readonly Column<ToldUse>[] = [
  { title: "日期", isWhole: true, place: "bottom", cell: (use) => use.bookDate },
  {
    title: "项目",
    isRowHeader: true,
    place: "top",
    cell: (use) => (
      <>
        {use.projectName}
        <span class="small line-note">{reachWords(use)}</span>
      </>
    ),
  },
  { title: "金额（元）", isMoney: true, place: "top", cell: (use) => formatYuan(use.amountFen) },
];

/** The figures of one building among those published; null where it is told with others. */
export function totalsOf(
  published: readonly BuildingTotals[] | null,
  buildingId: number,
): BuildingTotals | null {
  const alone = published?.find(
    ({ buildings }) => buildings.length === 1 && buildings[0]?.id === buildingId,
  );
  return alone === undefined ? null : addTotals([alone]);
}
