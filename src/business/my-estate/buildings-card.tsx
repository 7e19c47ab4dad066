import { formatYuan } from "#src/kernel/money.ts";
import {
  type BuildingTotals,
  balanceOf,
  countLiable,
  countStanding,
} from "#src/ledger/estate-book/building-totals.ts";
import type { EstateBook } from "#src/ledger/estate-book/estate-book.ts";
import { formatTenths, shareTenths, sufficiencyTenths } from "#src/ledger/sufficiency.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Pager } from "#src/ui/list/pager.tsx";
import { type Column, Table } from "#src/ui/list/table.tsx";
import { buildingHref } from "./addresses.ts";
import type { Estate } from "./queries.ts";

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
