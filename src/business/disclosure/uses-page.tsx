import type { DatedCityBook } from "#src/bank/statements/dated-book.ts";
import { type Fen, formatYuan } from "#src/kernel/money.ts";
import type { ListedUse } from "#src/ledger/city-book/list-uses.ts";
import { reachWords, toldReach } from "#src/ledger/disclosure/small-groups.ts";
import type { DisclosurePolicy } from "#src/platform/config.ts";
import { Card } from "#src/ui/box/card.tsx";
import { EmptyState } from "#src/ui/box/notice.tsx";
import { Page, PageHead } from "#src/ui/layout.tsx";
import { Pager } from "#src/ui/list/pager.tsx";
import { type Column, Table } from "#src/ui/list/table.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { DistrictSelect, FilterForm, WordsField, YearSelect } from "./filters.tsx";
import { BookDates, DISCLOSURE_CRUMB, DisclosureTabs } from "./parts.tsx";
import { listHref, type UseQuery } from "./schema.ts";

/** What may be told of a use. */
export interface UseManners {
  /** Estates that are told only together. */
  hidden: ReadonlySet<number>;
  policy: DisclosurePolicy;
}

export interface UsesPageProps extends UseManners {
  shell: PageShell;
  book: DatedCityBook;
  query: UseQuery;
  uses: readonly ListedUse[];
  totalCount: number;
  totalFen: Fen;
}

/** So many uses stand on one page. */
export const USES_ON_PAGE = 20;

/** 使用项目: every use of funds that stands, newest first, by words, district and year. */
export function UsesPage(props: UsesPageProps) {
  const { shell, book, query, totalCount } = props;
  const years = book.years.map(({ year }) => year);
  return (
    <Page
      shell={shell}
      title="维修资金使用项目"
      description="每一个用维修资金付款的维修项目：修什么、范围、分摊户数、金额和日期，按小区、区和年份查找。"
      crumbs={[DISCLOSURE_CRUMB, { title: "使用项目" }]}
    >
      <PageHead title="维修资金使用项目">
        每一个用维修资金付款的项目：修什么、范围、分摊户数、金额和日期。
      </PageHead>
      <DisclosureTabs current="/disclosure/uses" />
      <FilterForm action="/disclosure/uses">
        <WordsField label="项目或小区" value={query.q} />
        <DistrictSelect districts={book.districts} value={query.district} />
        <YearSelect years={years} value={query.year} />
      </FilterForm>
      <p role="status">
        {totalCount} 个项目，合计 {formatYuan(props.totalFen)} 元。
      </p>
      {totalCount === 0 ? (
        <EmptyState title="没有符合条件的使用项目">
          <p>
            请换一个年份或区，或者少写几个字再查，或<a href="/disclosure/uses">看全部使用项目</a>。
          </p>
        </EmptyState>
      ) : (
        <Card>
          <Table
            kind="ledger"
            caption="使用项目（元）"
            hidesCaption
            columns={useColumns(props)}
            rows={props.uses}
            rowKey={(use) => `${use.estateId} ${use.bookDate} ${use.projectName} ${use.amountFen}`}
          />
          <Pager
            page={query.page}
            pageSize={USES_ON_PAGE}
            totalCount={totalCount}
            hrefOf={(page) => listHref("/disclosure/uses", { ...query, page })}
          />
        </Card>
      )}
      <BookDates book={book} />
    </Page>
  );
}

function useColumns(manners: UseManners): Column<ListedUse>[] {
  return [
    { title: "日期", isWhole: true, place: "bottom", cell: (use) => use.bookDate },
    {
      title: "项目",
      isRowHeader: true,
      place: "top",
      cell: (use) => (
        <>
          {use.projectName}
          <span class="small line-note">{scopeOf(use, manners)}</span>
        </>
      ),
    },
    { title: "小区", place: "bottom", cell: (use) => <EstateOf use={use} {...manners} /> },
    { title: "金额（元）", isMoney: true, place: "top", cell: (use) => formatYuan(use.amountFen) },
  ];
}

function EstateOf({ use, hidden }: UseManners & { use: ListedUse }) {
  return hidden.has(use.estateId) ? (
    <>{use.districtName}户数少的小区</>
  ) : (
    <a href={`/disclosure/estates/${use.estateCode}`}>{use.estateName}</a>
  );
}

/** The scope with the number of houses, as far as both may be told. */
function scopeOf(use: ListedUse, { hidden, policy }: UseManners): string {
  if (hidden.has(use.estateId)) return "";
  return reachWords(toldReach(use, policy));
}

/** A few uses as lines, each with its estate. */
export function UseLines(props: UseManners & { uses: readonly ListedUse[] }) {
  if (props.uses.length === 0) return <p>还没有用过维修资金。</p>;
  return (
    <ul class="use-lines">
      {props.uses.map((use, at) => (
        <li key={at}>
          <span>
            {use.projectName}
            <span class="small line-note">
              {use.bookDate} · <EstateOf use={use} {...props} />
              {scopeOf(use, props) && ` · ${scopeOf(use, props)}`}
            </span>
          </span>
          <strong class="whole">{formatYuan(use.amountFen)}</strong>
        </li>
      ))}
    </ul>
  );
}
