import { EstateFrame, type EstateFrameProps } from "#src/accounts/institutions/estate-frame.tsx";
import { formatArea } from "#src/kernel/area.ts";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { formatYuan } from "#src/kernel/money.ts";
import { BuildingCard, type BuildingView } from "#src/ledger/estate-book/building-card.tsx";
import {
  type BuildingTotals,
  balanceOf,
  countStanding,
} from "#src/ledger/estate-book/building-totals.ts";
import type { EstateBook } from "#src/ledger/estate-book/estate-book.ts";
import { AsOf, TotalsFigures } from "#src/ledger/estate-book/totals-figures.tsx";
import { formatTenths, sufficiencyTenths } from "#src/ledger/sufficiency.ts";
import { Card } from "#src/ui/box/card.tsx";
import { HelpLine } from "#src/ui/box/help-line.tsx";
import { EmptyState } from "#src/ui/box/notice.tsx";
import { Actions, ButtonLink } from "#src/ui/form/button.tsx";
import { type Column, Table } from "#src/ui/list/table.tsx";

export interface KeptEstatePageProps extends EstateFrameProps {
  book: EstateBook;
  /** Up to which day the estate's bank agrees; null for never. */
  reconciledUntil: CalendarDate | null;
  /** The chosen building; null where the register has none. */
  chart: BuildingView | null;
}

/** An estate as its keepers see it: its figures, its building chart, what each building holds. */
export function KeptEstatePage(props: KeptEstatePageProps) {
  const { book, reconciledUntil, chart, ...frame } = props;
  const { code } = frame.estate;
  return (
    <EstateFrame {...frame} title={frame.estate.name} tab="estate">
      <TotalsFigures totals={book.totals} triggerPercent={book.triggerPercent} />
      <AsOf book={book} reconciledUntil={reconciledUntil} />
      {chart === null ? (
        <EmptyState title="这个小区还没有登记楼幢">
          <p>楼幢和房屋由开发建设单位登记，登记以后楼盘表会出现在这里。</p>
          <HelpLine />
        </EmptyState>
      ) : (
        <BuildingCard {...chart} />
      )}
      {book.buildings.length > 0 && <BuildingsCard {...frame} book={book} />}
      <Card title="导出" id="exports">
        <p class="quiet">房屋和余额，一户一行，不含业主姓名。</p>
        <Actions>
          <ButtonLink href={`/workbench/estates/${code}/houses.xlsx`} icon="file">
            导出房屋 XLSX
          </ButtonLink>
          <ButtonLink href={`/workbench/estates/${code}/houses.csv`} icon="file">
            导出房屋 CSV
          </ButtonLink>
        </Actions>
      </Card>
    </EstateFrame>
  );
}

function BuildingsCard({ estate, book }: EstateFrameProps & { book: EstateBook }) {
  return (
    <Card title="各幢余额" id="buildings">
      <Table
        kind="sheet"
        caption="各幢的户数、余额和充足率"
        hidesCaption
        columns={buildingColumns(estate.code, book.triggerPercent)}
        rows={book.buildings}
        rowKey={({ buildings }) => buildings.map(({ id }) => id).join("-")}
      />
    </Card>
  );
}

function buildingColumns(code: string, triggerPercent: number): Column<BuildingTotals>[] {
  return [
    {
      title: "幢",
      isRowHeader: true,
      cell: ({ buildings }) =>
        buildings.map((building) => (
          <a key={building.id} href={keptBuildingHref(code, building.key)}>
            {building.label}
          </a>
        )),
    },
    { title: "户数", isMoney: true, cell: ({ houseCount }) => houseCount },
    {
      title: "建筑面积（㎡）",
      isMoney: true,
      cell: ({ areaHundredths }) => formatArea(Number.parseInt(`${areaHundredths}`, 10)),
    },
    { title: "本金（元）", isMoney: true, cell: ({ principalFen }) => formatYuan(principalFen) },
    { title: "利息（元）", isMoney: true, cell: ({ interestFen }) => formatYuan(interestFen) },
    {
      title: "余额（元）",
      isMoney: true,
      place: "top",
      cell: (totals) => formatYuan(balanceOf(totals)),
    },
    { title: "充足率", isMoney: true, cell: rateOf },
    {
      title: `不足 ${triggerPercent}%`,
      isMoney: true,
      cell: (totals) => `${countStanding(totals, "below-trigger")} 户`,
    },
    {
      title: "没有交清",
      isMoney: true,
      cell: (totals) => `${countStanding(totals, "unpaid", "part-paid")} 户`,
    },
  ];
}

function rateOf(totals: BuildingTotals): string {
  const tenths = sufficiencyTenths(balanceOf(totals), totals.firstPaidFen);
  return tenths === null ? "—" : formatTenths(tenths);
}

/** The page of an estate with the chart of one building. */
export function keptBuildingHref(estateCode: string, buildingKey: string, rest = ""): string {
  return `/workbench/estates/${estateCode}/buildings/${encodeURIComponent(buildingKey)}${rest}`;
}
