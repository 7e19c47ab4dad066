import { formatArea } from "#src/kernel/area.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { addFen, type Fen, formatYuan } from "#src/kernel/money.ts";
import { HOUSES_TOGETHER_MIN, reachWords } from "#src/ledger/disclosure/small-groups.ts";
import {
  type BuildingTotals,
  balanceOf,
  countLiable,
  countStanding,
} from "#src/ledger/estate-book/building-totals.ts";
import type { EstateBook } from "#src/ledger/estate-book/estate-book.ts";
import type { EstateMonth } from "#src/ledger/estate-history.ts";
import { formatTenths, shareTenths, sufficiencyTenths } from "#src/ledger/sufficiency.ts";
import { Card } from "#src/ui/box/card.tsx";
import { BalanceChart } from "#src/ui/chart/balance-chart.tsx";
import { BarChart } from "#src/ui/chart/bar-chart.tsx";
import { Actions, ButtonLink } from "#src/ui/form/button.tsx";
import { Facts } from "#src/ui/list/facts.tsx";
import { Pager } from "#src/ui/list/pager.tsx";
import { type Column, Table } from "#src/ui/list/table.tsx";
import { Addition } from "#src/ui/money/addition.tsx";
import { buildingHref } from "./addresses.ts";
import type { Estate } from "./queries.ts";
import type { ToldUse } from "./rules.ts";
import { balancePoints, type EstateYear, useBars, yearsOf } from "./years.ts";

/** 小区概况: who built, who manages, how large; never whose the houses are. */
export function OverviewCard({ estate, book }: { estate: Estate; book: EstateBook }) {
  const { houseCount, areaHundredths } = book.totals;
  const orNone = (text: string) => text || "没有登记";
  return (
    <Card title="小区概况" id="overview">
      <Facts
        facts={[
          { label: "编号", value: estate.code },
          { label: "地址", value: orNone(`${estate.districtName}${estate.address}`) },
          { label: "开发单位", value: orNone(estate.developerName) },
          { label: "物业企业", value: orNone(estate.propertyCompanyName) },
          { label: "业委会", value: orNone(estate.committeeName) },
          { label: "建成年份", value: estate.completedYear ?? "没有登记" },
          { label: "幢数", value: `${book.buildings.length} 幢` },
          { label: "户数", value: `${houseCount} 户` },
          { label: "建筑面积", value: `${formatLargeArea(areaHundredths)} ㎡` },
          { label: "专户银行", value: `${estate.bankName}${estate.branchName}` },
        ]}
      />
    </Card>
  );
}

/** An estate's area is far below what a number holds exactly. */
function formatLargeArea(hundredths: bigint): string {
  return formatArea(Number.parseInt(`${hundredths}`, 10));
}

const USES_SHOWN = 5;

/** 最近使用: what was repaired lately and what the fund paid for it. */
export function RecentUsesCard({ estate, uses }: { estate: Estate; uses: readonly ToldUse[] }) {
  return (
    <Card
      title="最近使用"
      id="recent-uses"
      aside={
        uses.length > USES_SHOWN && (
          <a href={`/my-estate/${estate.code}/uses`}>看全部 {uses.length} 个</a>
        )
      }
    >
      {uses.length === 0 ? (
        <p>还没有用过维修资金。</p>
      ) : (
        <ul class="use-lines">
          {uses.slice(0, USES_SHOWN).map((use, at) => (
            <li key={at}>
              <span>
                {use.projectName}
                <span class="small line-note">{useNote(use)}</span>
              </span>
              <strong class="whole">{formatYuan(use.amountFen)}</strong>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function useNote(use: ToldUse): string {
  return `${use.bookDate} · ${reachWords(use)}`;
}

/** 各幢情况: one row a building; many of them stand on several pages. */
export function BuildingsCard(props: {
  estate: Estate;
  book: EstateBook;
  published: readonly BuildingTotals[];
  page: number;
}) {
  const { estate, book, published } = props;
  const pageCount = Math.max(1, Math.ceil(published.length / BUILDINGS_ON_PAGE));
  const page = Math.min(props.page, pageCount);
  const from = (page - 1) * BUILDINGS_ON_PAGE;
  return (
    <Card title="各幢情况" id="buildings">
      <Table
        kind="sheet"
        caption="各幢的户数、余额和充足率"
        hidesCaption
        columns={buildingColumns(estate, book.triggerPercent)}
        rows={published.slice(from, from + BUILDINGS_ON_PAGE)}
        rowKey={({ buildings }) => buildings.map(({ id }) => id).join("-")}
      />
      <Pager
        page={page}
        pageSize={BUILDINGS_ON_PAGE}
        totalCount={published.length}
        hrefOf={(n) => `/my-estate/${estate.code}?page=${n}#buildings`}
      />
    </Card>
  );
}

const BUILDINGS_ON_PAGE = 40;

function buildingColumns(estate: Estate, triggerPercent: number): Column<BuildingTotals>[] {
  return [
    {
      title: "幢",
      isRowHeader: true,
      cell: ({ buildings }) => {
        const [only, ...others] = buildings;
        return only !== undefined && others.length === 0 ? (
          <a href={buildingHref(estate.code, only)}>{only.label}</a>
        ) : (
          `户数少的 ${buildings.length} 幢合计`
        );
      },
    },
    { title: "户数", isMoney: true, cell: ({ houseCount }) => houseCount },
    {
      title: "余额（元）",
      isMoney: true,
      place: "top",
      label: "",
      cell: (one) => formatYuan(balanceOf(one)),
    },
    {
      title: "充足率",
      isMoney: true,
      cell: (one) => {
        const rate = sufficiencyTenths(balanceOf(one), one.firstPaidFen);
        return rate === null ? "—" : formatTenths(rate);
      },
    },
    {
      title: `不足${triggerPercent}%`,
      isMoney: true,
      cell: (one) => {
        const low = countStanding(one, "below-trigger");
        const share = shareTenths(low, countLiable(one));
        return `${low} 户${low > 0 && share !== null ? `（${formatTenths(share)}）` : ""}`;
      },
    },
    { title: "未交", isMoney: true, cell: (one) => `${countStanding(one, "unpaid")} 户` },
  ];
}

/** Where a total of this estate would tell what a house holds, here or in the one that is told together with it. */
export function WithheldCard({ estate }: { estate: Estate }) {
  return (
    <Card title="资金合计">
      <p>
        户数很少的小区（不足 {HOUSES_TOGETHER_MIN}{" "}
        户，或需要和它们一起合计），公布合计就等于公布每户的余额，所以这个小区的合计不单独公布，只计入
        {estate.districtName}的合计。新登记的小区要等公示整理以后才公布。查自家的请用
        <a href="/fund">维修资金查询</a>。
      </p>
    </Card>
  );
}

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

/** The same figures as files, for spreadsheets and for programs. */
export function DownloadCard({ estate }: { estate: Estate }) {
  const path = `/my-estate/${estate.code}/houses`;
  return (
    <Card title="下载数据" id="download">
      <p>各幢的合计，没有任何一户的数据，也没有任何个人信息。</p>
      <Actions>
        <ButtonLink href={`${path}.csv`} label="下载表格，CSV，Excel 可以打开">
          下载表格
        </ButtonLink>
        <ButtonLink href={`${path}.json`} label="下载 JSON，给程序用">
          下载 JSON
        </ButtonLink>
      </Actions>
    </Card>
  );
}
