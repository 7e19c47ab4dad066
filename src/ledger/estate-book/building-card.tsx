import { formatArea } from "#src/kernel/area.ts";
import { STANDING_LOOKS } from "#src/ledger/house-search/standing-tag.ts";
import { HOUSE_USE_WORDS } from "#src/register/house-words.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Tag } from "#src/ui/drawing/tag.tsx";
import {
  BuildingChart,
  type ChartCell,
  ChartLegend,
  HouseGroup,
} from "#src/ui/list/building-chart.tsx";
import { LinkTabs } from "#src/ui/list/link-tabs.tsx";
import { Pager } from "#src/ui/list/pager.tsx";
import { type Column, Table } from "#src/ui/list/table.tsx";
import { compareLabels, layOutBuilding, type Section } from "./building-layout.ts";
import type { Building } from "./building-totals.ts";
import type { BuildingHouse } from "./list-buildings.ts";
import { legendOf, standingWord } from "./standing-words.ts";

/** A building with its houses, and where in its estate it stands. */
export interface BuildingView {
  /** The page of a building's chart, or of the table that says the same; `rest` is its query. */
  hrefOf: (building: Building, rest?: string) => string;
  /** The page of a house; null where none is open. */
  houseHref: ((house: BuildingHouse) => string) | null;
  /** Said beside the building's size: what a press on a house opens, or why nothing is told. */
  hint: string;
  /** All buildings of the estate, for the tabs. */
  buildings: readonly Building[];
  building: Building;
  houses: readonly BuildingHouse[];
  triggerPercent: number;
  page: number;
  view: "chart" | "table";
}

const ROWS_ON_PAGE = 100;

/** 楼盘表 of one building: its tabs, what it holds, the legend, and the chart or the table. */
export function BuildingCard(props: BuildingView) {
  const { hrefOf, building, buildings, houses, view } = props;
  const otherView =
    view === "chart" ? { word: "看表格", rest: "?view=table" } : { word: "看楼盘表", rest: "" };
  return (
    <Card
      title="楼盘表"
      id="building-chart"
      aside={houses.length > 0 && <a href={hrefOf(building, otherView.rest)}>{otherView.word}</a>}
    >
      <div class="chart-part">
        <LinkTabs
          label="选幢"
          tabs={buildings.map((one) => ({
            href: hrefOf(one),
            title: one.label,
            isCurrent: one.id === building.id,
          }))}
        />
        {houses.length === 0 ? (
          <p>{building.label}还没有登记房屋。</p>
        ) : view === "chart" ? (
          <ChartView {...props} />
        ) : (
          <TableView {...props} />
        )}
      </div>
    </Card>
  );
}

function ChartView(props: BuildingView) {
  const { hrefOf, building, houses, triggerPercent } = props;
  const pages = layOutBuilding(houses);
  const page = Math.min(props.page, pages.length);
  const sections = pages[page - 1] ?? [];
  const kinds = houses.flatMap((house) => (house.standing === null ? [] : [house.standing]));
  return (
    <>
      <p class="quiet">
        {building.label}：{sizeOf(pages, houses.length)}
        {props.hint}
      </p>
      {kinds.length > 0 && <ChartLegend items={legendOf(kinds, triggerPercent)} />}
      {pages.length > 1 && (
        <LinkTabs
          label="选单元或楼层"
          tabs={pages.map((part, at) => ({
            href: hrefOf(building, at === 0 ? "" : `?page=${at + 1}`),
            title: titleOf(part),
            isCurrent: at + 1 === page,
          }))}
        />
      )}
      {sections.map((section, at) => (
        <SectionView key={at} section={section} view={props} />
      ))}
    </>
  );
}

function SectionView({ section, view }: { section: Section<BuildingHouse>; view: BuildingView }) {
  if (section.kind === "group") {
    const cells = section.rooms.map((house) =>
      cellOf(house, view, house.unitLabel + house.roomLabel),
    );
    return <HouseGroup title={section.title} cells={cells} />;
  }
  return (
    <BuildingChart
      building={view.building.label}
      units={section.units.map((unit) => ({ label: unit.label, doorCount: unit.doors.length }))}
      floors={section.floors.map(({ floor, rooms }) => ({
        label: `${floor}`,
        cells: rooms.map((house) => house && cellOf(house, view, house.roomKey)),
      }))}
    />
  );
}

/** The name holds the number that is seen, so that whoever speaks to the computer can say it. */
function cellOf(house: BuildingHouse, view: BuildingView, text: string): ChartCell {
  const { standing, unitLabel, roomLabel } = house;
  const spoken = unitLabel + roomLabel;
  const named = spoken.includes(text) ? spoken : `${unitLabel}${text}（${roomLabel}）`;
  const word = standing === null ? "" : ` ${standingWord(standing, view.triggerPercent)}`;
  return {
    text,
    name: named + word,
    look: standing === null ? undefined : STANDING_LOOKS[standing],
    href: view.houseHref?.(house),
  };
}

function sizeOf(pages: readonly Section<BuildingHouse>[][], houseCount: number): string {
  const grids = pages.flat().filter((section) => section.kind === "grid");
  const floors = new Set(grids.flatMap((grid) => grid.floors.map(({ floor }) => floor))).size;
  const units = new Set(grids.flatMap((grid) => grid.units.map(({ key }) => key)));
  const shape =
    floors === 0 ? "" : units.has("") ? `${floors} 层，` : `${floors} 层 × ${units.size} 单元，`;
  return `${shape}${houseCount} 户。`;
}

function titleOf(sections: readonly Section<BuildingHouse>[]): string {
  const [first] = sections;
  const last = sections.at(-1);
  if (first === undefined || last === undefined) return "";
  const [from, to] = [nameOf(first, "first"), nameOf(last, "last")];
  return from === to ? from : `${from}–${to}`;
}

function nameOf(section: Section<BuildingHouse>, end: "first" | "last"): string {
  if (section.kind === "group") {
    const at = end === "first" ? section.rooms[0] : section.rooms.at(-1);
    return `${section.title} ${at?.roomLabel ?? ""}`;
  }
  const unit = end === "first" ? section.units[0] : section.units.at(-1);
  const floor = end === "first" ? section.floors[0] : section.floors.at(-1);
  return section.units.length > 1 && unit?.label
    ? unit.label
    : `${unit?.label ?? ""}${floor?.floor ?? ""}层`;
}

function TableView(props: BuildingView) {
  const { hrefOf, building, houses } = props;
  const isTold = houses.some(({ standing }) => standing !== null);
  const sorted = houses.toSorted(
    (a, b) =>
      compareLabels(a.unitKey, b.unitKey) ||
      (a.floor ?? 999) - (b.floor ?? 999) ||
      compareLabels(a.roomKey, b.roomKey),
  );
  const page = Math.min(props.page, Math.max(1, Math.ceil(sorted.length / ROWS_ON_PAGE)));
  return (
    <>
      <Table
        kind="sheet"
        caption={`${building.label} ${houses.length} 户${isTold ? "，交存情况" : ""}`}
        columns={tableColumns(props, isTold)}
        rows={sorted.slice((page - 1) * ROWS_ON_PAGE, page * ROWS_ON_PAGE)}
        rowKey={(house) => house.code}
      />
      <Pager
        page={page}
        pageSize={ROWS_ON_PAGE}
        totalCount={sorted.length}
        hrefOf={(n) => hrefOf(building, `?view=table&page=${n}`)}
      />
    </>
  );
}

function tableColumns(
  { houseHref, triggerPercent }: BuildingView,
  isTold: boolean,
): Column<BuildingHouse>[] {
  const all: Column<BuildingHouse>[] = [
    {
      title: "房屋",
      isRowHeader: true,
      cell: (house) => {
        const words = [house.unitLabel, house.roomLabel].filter(Boolean).join(" ");
        return houseHref ? <a href={houseHref(house)}>{words}</a> : words;
      },
    },
    { title: "楼层", cell: (house) => house.floor ?? "未登记" },
    { title: "用途", cell: (house) => HOUSE_USE_WORDS[house.houseUse] },
    { title: "建筑面积（㎡）", isMoney: true, cell: (house) => formatArea(house.areaHundredths) },
  ];
  if (!isTold) return all;
  return [
    ...all,
    {
      title: "交存情况",
      place: "top",
      label: "",
      cell: ({ standing }) =>
        standing && (
          <Tag {...STANDING_LOOKS[standing]}>{standingWord(standing, triggerPercent)}</Tag>
        ),
    },
  ];
}
