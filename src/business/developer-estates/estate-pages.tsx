import type { ComponentChildren } from "preact";
import type { BoundEstate } from "#src/accounts/institutions/bound-estates.ts";
import { NoEstates } from "#src/accounts/institutions/no-estates.tsx";
import { type Fen, formatYuan } from "#src/kernel/money.ts";
import { BuildingCard, type BuildingView } from "#src/ledger/estate-book/building-card.tsx";
import type { Building } from "#src/ledger/estate-book/building-totals.ts";
import { shareTenths } from "#src/ledger/sufficiency.ts";
import { Card } from "#src/ui/box/card.tsx";
import { EmptyState } from "#src/ui/box/notice.tsx";
import { Actions, ButtonLink } from "#src/ui/form/button.tsx";
import { InstitutionPage, type InstitutionPerson } from "#src/ui/institution-page.tsx";
import { LinkTabs } from "#src/ui/list/link-tabs.tsx";
import { type Column, Table } from "#src/ui/list/table.tsx";
import { Figures } from "#src/ui/money/figures.tsx";
import { largeAmount } from "#src/ui/money/large-amount.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import type { OwedTotals } from "./totals.ts";

const HOME = "/workbench/own-estates";

export interface EstateListPageProps {
  shell: PageShell;
  person: InstitutionPerson;
  estates: readonly (BoundEstate & { totals: OwedTotals })[];
}

/** The estates of a developer: how many houses, what was deposited, who owes and how much. */
export function EstateListPage({ shell, person, estates }: EstateListPageProps) {
  return (
    <InstitutionPage shell={shell} person={person} title="小区和房屋" current={HOME}>
      <h1>小区和房屋</h1>
      {estates.length === 0 ? (
        <NoEstates person={person} then="批准以后，小区、楼幢和房屋会出现在这里。" />
      ) : (
        <Card title="本单位的小区" id="own-estates">
          <Table
            kind="sheet"
            caption="绑定的小区、户数和首次交款情况"
            hidesCaption
            columns={ESTATE_COLUMNS}
            rows={estates}
            rowKey={({ code }) => code}
          />
        </Card>
      )}
    </InstitutionPage>
  );
}

const ESTATE_COLUMNS: readonly Column<EstateListPageProps["estates"][number]>[] = [
  {
    title: "小区",
    isRowHeader: true,
    cell: ({ code, name }) => <a href={`${HOME}/${code}`}>{name}</a>,
  },
  { title: "编号", isWhole: true, cell: ({ code }) => code },
  ...totalColumns<{ totals: OwedTotals }>(({ totals }) => totals),
];

function totalColumns<Row>(of: (row: Row) => OwedTotals): Column<Row>[] {
  return [
    { title: "户数", isMoney: true, cell: (row) => of(row).houseCount },
    { title: "已交清", isMoney: true, cell: (row) => `${of(row).paidCount} 户` },
    {
      title: "首次交款（元）",
      label: "首次交款",
      isMoney: true,
      cell: (row) => formatYuan(of(row).depositedFen),
    },
    { title: "未交", isMoney: true, cell: (row) => `${of(row).unpaidCount} 户` },
    { title: "未交清", isMoney: true, cell: (row) => `${of(row).partPaidCount} 户` },
    {
      title: "还欠（元）",
      label: "还欠",
      isMoney: true,
      place: "top",
      cell: (row) => formatYuan(of(row).owedFen),
    },
  ];
}

export interface EstateFrameProps {
  shell: PageShell;
  person: InstitutionPerson;
  estate: Pick<BoundEstate, "code" | "name">;
}

const TABS = [
  { tab: "buildings", title: "楼幢", path: "" },
  { tab: "unpaid", title: "谁还没交", path: "/unpaid" },
] as const;

/** A page of one estate of the developer: its name, and the ways to its other pages. */
export function EstateFrame(
  props: EstateFrameProps & {
    title: string;
    tab: (typeof TABS)[number]["tab"] | null;
    children: ComponentChildren;
  },
) {
  const { estate, title, tab } = props;
  return (
    <InstitutionPage shell={props.shell} person={props.person} title={title} current={HOME}>
      <h1>{title}</h1>
      <LinkTabs
        label="这个小区"
        tabs={TABS.map((one) => ({
          href: `${HOME}/${estate.code}${one.path}`,
          title: one.title,
          isCurrent: one.tab === tab,
        }))}
      />
      {props.children}
    </InstitutionPage>
  );
}

/** A building with what its houses deposited and owe. */
export interface BuildingRow {
  building: Building;
  totals: OwedTotals;
}

export interface EstatePageProps extends EstateFrameProps {
  totals: OwedTotals;
  buildings: readonly BuildingRow[];
}

/** One estate of the developer: its sums, and its buildings. */
export function EstatePage({ totals, buildings, ...frame }: EstatePageProps) {
  const { code, name } = frame.estate;
  const owing = totals.unpaidCount + totals.partPaidCount;
  return (
    <EstateFrame {...frame} title={name} tab="buildings">
      <Totals totals={totals} />
      <Actions>
        {owing > 0 && (
          <ButtonLink kind="primary" icon="pay" href={`/workbench/batch-deposits/new/${code}`}>
            批量交款
          </ButtonLink>
        )}
        <ButtonLink icon="file" href="/workbench/house-imports">
          导入房屋
        </ButtonLink>
      </Actions>
      <Card title="楼幢" id="buildings">
        {buildings.length === 0 ? (
          <EmptyState title="还没有登记楼幢">
            <p>导入房屋以后，楼幢会出现在这里。</p>
          </EmptyState>
        ) : (
          <Table
            kind="sheet"
            caption="各幢的户数和首次交款情况"
            hidesCaption
            columns={[
              {
                title: "幢",
                isRowHeader: true,
                cell: ({ building }) => <a href={buildingHref(code, building)}>{building.label}</a>,
              },
              ...totalColumns<BuildingRow>(({ totals: sums }) => sums),
              {
                title: "没交的",
                label: "",
                cell: ({ building, totals: sums }) =>
                  sums.unpaidCount + sums.partPaidCount > 0 && (
                    <a
                      href={`${HOME}/${code}/unpaid?building=${encodeURIComponent(building.key)}`}
                      aria-label={`看名单：${building.label}没有交清的`}
                    >
                      看名单
                    </a>
                  ),
              },
            ]}
            rows={buildings}
            rowKey={({ building }) => building.id}
          />
        )}
      </Card>
    </EstateFrame>
  );
}

function Totals({ totals }: { totals: OwedTotals }) {
  const liable = totals.paidCount + totals.unpaidCount + totals.partPaidCount;
  return (
    <Figures
      figures={[
        { label: "房屋", value: `${totals.houseCount} 户` },
        {
          label: "首次交款",
          value: sumOf(totals.depositedFen),
          shareTenths: shareTenths(totals.paidCount, liable),
          note: `${totals.paidCount} 户已交清`,
        },
        {
          label: "没有交清",
          value: `${totals.unpaidCount + totals.partPaidCount} 户`,
          note: `未交 ${totals.unpaidCount} 户，未交清 ${totals.partPaidCount} 户`,
        },
        { label: "还欠", value: sumOf(totals.owedFen), note: "首次交款应交减去已交" },
      ]}
    />
  );
}

function sumOf(amount: Fen): string {
  const { figure, unit } = largeAmount(amount, amount);
  return `${figure} ${unit}`;
}

/** The page of a building of an own estate; `rest` is its query. */
export function buildingHref(estateCode: string, building: Building, rest = ""): string {
  return `${HOME}/${estateCode}/buildings/${encodeURIComponent(building.key)}${rest}`;
}

export interface BuildingPageProps extends EstateFrameProps {
  chart: BuildingView;
  totals: OwedTotals;
}

/** One building: what its houses deposited and owe, and its chart or table. */
export function BuildingPage({ chart, totals, ...frame }: BuildingPageProps) {
  const { code, name } = frame.estate;
  const { key, label } = chart.building;
  const owing = totals.unpaidCount + totals.partPaidCount;
  const isCleared = owing === 0 && totals.paidCount > 0;
  return (
    <EstateFrame {...frame} title={`${name} ${label}`} tab="buildings">
      <Totals totals={totals} />
      <Actions>
        {owing > 0 && (
          <ButtonLink
            kind="primary"
            icon="pay"
            href={`/workbench/batch-deposits/new/${code}?building=${encodeURIComponent(key)}`}
          >
            为{label}批量交款
          </ButtonLink>
        )}
        {isCleared && (
          <ButtonLink
            kind="primary"
            icon="shield"
            href={`/workbench/clearance-certificates?estate=${code}&building=${encodeURIComponent(key)}`}
          >
            开具{label}已交清证明
          </ButtonLink>
        )}
      </Actions>
      <BuildingCard {...chart} />
    </EstateFrame>
  );
}
