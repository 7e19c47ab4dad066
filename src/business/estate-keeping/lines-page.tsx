import { EstateFrame, type EstateFrameProps } from "#src/accounts/institutions/estate-frame.tsx";
import { addFen, type Fen, formatYuan } from "#src/kernel/money.ts";
import type { Building } from "#src/ledger/estate-book/building-totals.ts";
import type { EstateLine } from "#src/ledger/estate-lines.ts";
import { Card } from "#src/ui/box/card.tsx";
import { EmptyState } from "#src/ui/box/notice.tsx";
import { Actions, Button, ButtonLink } from "#src/ui/form/button.tsx";
import { DateField } from "#src/ui/form/date-field.tsx";
import { SelectField } from "#src/ui/form/select-field.tsx";
import { TextField } from "#src/ui/form/text-field.tsx";
import { Pager } from "#src/ui/list/pager.tsx";
import { type Column, Table } from "#src/ui/list/table.tsx";
import { LINE_GROUP_WORDS, lineWords } from "./line-words.ts";
import { type LineQuery, lineQueryText } from "./schema.ts";

export interface LinesPageProps extends EstateFrameProps {
  query: LineQuery;
  buildings: readonly Building[];
  lines: readonly EstateLine[];
  totalCount: number;
  totalFen: Fen;
}

export const LINES_ON_PAGE = 30;

/** What moved on the ledgers of an estate's houses: filtered, sorted and paged by the address. */
export function LinesPage(props: LinesPageProps) {
  const { estate, query, lines, totalCount, totalFen } = props;
  const href = `/workbench/estates/${estate.code}/lines`;
  return (
    <EstateFrame {...props} title={`${estate.name} 交存和退款明细`} tab="lines">
      <Card>
        <Filters {...props} action={href} />
        {lines.length === 0 ? (
          <EmptyState title="没有符合条件的明细">
            <p>
              <a href={href}>看全部交存和退款</a>
            </p>
          </EmptyState>
        ) : (
          <>
            <p>
              共 {totalCount} 笔，合计 <strong class="whole">{formatYuan(totalFen)}</strong> 元
            </p>
            <Table
              kind="register"
              caption={`${LINE_GROUP_WORDS[query.group]}（元）`}
              hidesCaption
              columns={COLUMNS}
              rows={lines}
              rowKey={(line) => `${line.journalId}-${line.houseCode}`}
            />
            <Pager
              page={query.page}
              pageSize={LINES_ON_PAGE}
              totalCount={totalCount}
              hrefOf={(page) => href + lineQueryText({ ...query, page })}
            />
          </>
        )}
        <Exports href={href} query={query} />
      </Card>
    </EstateFrame>
  );
}

function Filters({ query, buildings, action }: LinesPageProps & { action: string }) {
  return (
    <form class="filters" action={action} method="get" aria-label="筛选明细">
      <SelectField
        name="group"
        label="种类"
        value={query.group}
        options={Object.entries(LINE_GROUP_WORDS).map(([value, label]) => ({ value, label }))}
      />
      <SelectField
        name="building"
        label="幢"
        prompt="全部幢"
        value={query.buildingKey ?? ""}
        options={buildings.map(({ key, label }) => ({ value: key, label }))}
      />
      <TextField name="house" label="房屋编号" value={query.houseCode ?? ""} width="medium" />
      <DateField name="since" label="记账日期（起）" value={query.since ?? ""} />
      <DateField name="until" label="记账日期（止）" value={query.until ?? ""} />
      <SelectField
        name="order"
        label="排序"
        value={query.order}
        options={[
          { value: "newest", label: "日期，近的在前" },
          { value: "oldest", label: "日期，早的在前" },
          { value: "largest", label: "金额，大的在前" },
        ]}
      />
      <Actions>
        <Button>筛选</Button>
      </Actions>
    </form>
  );
}

const COLUMNS: readonly Column<EstateLine>[] = [
  { title: "记账日期", isWhole: true, cell: ({ bookDate }) => bookDate },
  {
    title: "房屋",
    isRowHeader: true,
    cell: ({ buildingLabel, unitLabel, roomLabel, houseCode }) => (
      <span>
        {[buildingLabel, unitLabel, roomLabel].filter(Boolean).join(" ")}
        <span class="small line-note">{houseCode}</span>
      </span>
    ),
  },
  { title: "摘要", cell: lineWords },
  { title: "本金（元）", isMoney: true, cell: ({ principalFen }) => formatYuan(principalFen) },
  { title: "利息（元）", isMoney: true, cell: ({ interestFen }) => formatYuan(interestFen) },
  {
    title: "合计（元）",
    isMoney: true,
    cell: ({ principalFen, interestFen }) => formatYuan(addFen(principalFen, interestFen)),
  },
];

function Exports({ href, query }: { href: string; query: LineQuery }) {
  const asked = lineQueryText({ ...query, page: 1 });
  return (
    <Actions>
      <ButtonLink href={`${href}.xlsx${asked}`} icon="file">
        导出这些明细 XLSX
      </ButtonLink>
      <ButtonLink href={`${href}.csv${asked}`} icon="file">
        导出这些明细 CSV
      </ButtonLink>
    </Actions>
  );
}
