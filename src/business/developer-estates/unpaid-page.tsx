import { formatArea } from "#src/kernel/area.ts";
import { type Fen, formatYuan, plainYuan } from "#src/kernel/money.ts";
import type { Building } from "#src/ledger/estate-book/building-totals.ts";
import { STANDING_LOOKS } from "#src/ledger/house-search/standing-tag.ts";
import type { SheetCell, SheetFile } from "#src/platform/spreadsheets/write-sheet.ts";
import { Card } from "#src/ui/box/card.tsx";
import { EmptyState } from "#src/ui/box/notice.tsx";
import { Tag } from "#src/ui/drawing/tag.tsx";
import { Actions, Button, ButtonLink } from "#src/ui/form/button.tsx";
import { Form } from "#src/ui/form/form.tsx";
import { SelectField } from "#src/ui/form/select-field.tsx";
import { Pager } from "#src/ui/list/pager.tsx";
import { type Column, Table } from "#src/ui/list/table.tsx";
import { EstateFrame, type EstateFrameProps } from "./estate-pages.tsx";
import { OWING_ON_PAGE, type OwingHouse } from "./queries.ts";
import type { EstateQuery, OwingKind } from "./schema.ts";

const KIND_WORDS: Record<OwingKind, string> = {
  all: "全部没有交清的",
  unpaid: "未交",
  "part-paid": "未交清",
};

export interface UnpaidPageProps extends EstateFrameProps {
  buildings: readonly Building[];
  query: Pick<EstateQuery, "page" | "kind" | "building">;
  rows: readonly OwingHouse[];
  totalCount: number;
  owedFen: Fen;
}

/** Who has not made the first deposit in full: filtered, page by page, and as a file. */
export function UnpaidPage(props: UnpaidPageProps) {
  const { estate, query, rows, totalCount, owedFen } = props;
  const base = `/workbench/own-estates/${estate.code}`;
  return (
    <EstateFrame {...props} title={`${estate.name}：谁还没交`} tab="unpaid">
      <Card title="筛选" id="filter">
        <Filter {...props} />
      </Card>
      <Card
        title={`${totalCount} 户，还欠 ${formatYuan(owedFen)} 元`}
        id="owing"
        aside={
          totalCount > 0 && (
            <a href={`/workbench/batch-deposits/new/${estate.code}${buildingQuery(query)}`}>
              为这些房屋批量交款
            </a>
          )
        }
      >
        {rows.length === 0 ? (
          <EmptyState title="没有这样的房屋">
            <p>这里的房屋首次交款都已交清，或者还没有交存标准。</p>
          </EmptyState>
        ) : (
          <div class="card-parts">
            <Table
              kind="register"
              caption="没有交清首次交款的房屋"
              hidesCaption
              columns={COLUMNS}
              rows={rows}
              rowKey={({ code }) => code}
            />
            <Pager
              page={query.page}
              pageSize={OWING_ON_PAGE}
              totalCount={totalCount}
              hrefOf={(page) => `${base}/unpaid${search({ ...query, page })}#owing`}
            />
            <Actions>
              {(["xlsx", "csv"] as const).map((format) => (
                <ButtonLink
                  key={format}
                  icon="file"
                  href={`${base}/unpaid.${format}${search({ ...query, page: 1 })}`}
                >
                  导出 {format.toUpperCase()}
                </ButtonLink>
              ))}
            </Actions>
            <p class="quiet">业主只显示姓氏。导出的文件也一样，请妥善保管。</p>
          </div>
        )}
      </Card>
    </EstateFrame>
  );
}

function buildingQuery({ building }: UnpaidPageProps["query"]): string {
  return building === "" ? "" : `?building=${encodeURIComponent(building)}`;
}

function search({ page, kind, building }: UnpaidPageProps["query"]): string {
  const asked = new URLSearchParams();
  if (kind !== "all") asked.set("kind", kind);
  if (building !== "") asked.set("building", building);
  if (page > 1) asked.set("page", `${page}`);
  return asked.size === 0 ? "" : `?${asked}`;
}

function Filter({ estate, buildings, query }: UnpaidPageProps) {
  return (
    <Form
      action={`/workbench/own-estates/${estate.code}/unpaid`}
      method="get"
      label="筛选"
      isInline
    >
      <SelectField
        name="building"
        label="幢"
        width="short"
        prompt="全部楼幢"
        options={buildings.map(({ key, label }) => ({ value: key, label }))}
        value={query.building}
      />
      <SelectField
        name="kind"
        label="交存情况"
        width="short"
        options={Object.entries(KIND_WORDS).map(([value, label]) => ({ value, label }))}
        value={query.kind}
      />
      <Actions>
        <Button icon="search">筛选</Button>
      </Actions>
    </Form>
  );
}

function standingOf({ paidFen }: OwingHouse): "unpaid" | "part-paid" {
  return paidFen === 0n ? "unpaid" : "part-paid";
}

const COLUMNS: readonly Column<OwingHouse>[] = [
  {
    title: "房屋",
    isRowHeader: true,
    cell: (house) =>
      [house.buildingLabel, house.unitLabel, house.roomLabel].filter(Boolean).join(" "),
  },
  { title: "房屋编号", isWhole: true, cell: ({ code }) => code },
  { title: "业主", cell: ({ ownerWords }) => ownerWords || "未登记" },
  {
    title: "建筑面积（㎡）",
    isMoney: true,
    cell: ({ areaHundredths }) => formatArea(areaHundredths),
  },
  { title: "应交（元）", isMoney: true, cell: ({ dueFen }) => formatYuan(dueFen) },
  { title: "已交（元）", isMoney: true, cell: ({ paidFen }) => formatYuan(paidFen) },
  { title: "还欠（元）", isMoney: true, cell: ({ owedFen }) => formatYuan(owedFen) },
  {
    title: "交存情况",
    cell: (house) => (
      <Tag {...STANDING_LOOKS[standingOf(house)]}>{KIND_WORDS[standingOf(house)]}</Tag>
    ),
  },
];

const HEADS = [
  ...["房屋编号", "幢", "单元", "房号", "业主", "建筑面积（㎡）"],
  ...["应交（元）", "已交（元）", "还欠（元）", "交存情况"],
];

/** The houses that owe, as a file; owners masked as on the page. */
export function unpaidFile(houses: AsyncIterable<OwingHouse>): SheetFile {
  return { name: "没有交清的房屋", heads: HEADS, rows: fileRows(houses) };
}

async function* fileRows(houses: AsyncIterable<OwingHouse>): AsyncGenerator<SheetCell[]> {
  for await (const house of houses) {
    yield [
      house.code,
      house.buildingLabel,
      house.unitLabel,
      house.roomLabel,
      house.ownerWords,
      { figure: formatArea(house.areaHundredths) },
      { figure: plainYuan(house.dueFen) },
      { figure: plainYuan(house.paidFen) },
      { figure: plainYuan(house.owedFen) },
      KIND_WORDS[standingOf(house)],
    ];
  }
}
