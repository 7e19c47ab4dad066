import type { DatedCityBook } from "#src/bank/statements/dated-book.ts";
import { formatYuan } from "#src/kernel/money.ts";
import { balanceNow, type FundNow, liableNow } from "#src/ledger/city-book/fund-now.ts";
import type { ListedEstate } from "#src/ledger/city-book/list-estates.ts";
import type { DistrictBook } from "#src/ledger/city-book/read-city-book.ts";
import { formatTenths, shareTenths } from "#src/ledger/sufficiency.ts";
import { Card } from "#src/ui/box/card.tsx";
import { EmptyState } from "#src/ui/box/notice.tsx";
import { SelectField } from "#src/ui/form/select-field.tsx";
import { Page, PageHead } from "#src/ui/layout.tsx";
import { Pager } from "#src/ui/list/pager.tsx";
import { type Column, Table } from "#src/ui/list/table.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { DistrictSelect, FilterForm, WordsField } from "./filters.tsx";
import { BookDates, DISCLOSURE_CRUMB, DisclosureTabs, rateText } from "./parts.tsx";
import { type EstateQuery, listHref, ORDER_WORDS } from "./schema.ts";

export interface EstatesPageProps {
  shell: PageShell;
  book: DatedCityBook;
  query: EstateQuery;
  estates: readonly ListedEstate[];
  totalCount: number;
}

/** So many estates stand on one page. */
export const ESTATES_ON_PAGE = 20;

/** 各小区: every estate with its balance and 充足率, by name and district, in the order that was chosen. */
export function EstatesPage(props: EstatesPageProps) {
  const { shell, book, query, totalCount } = props;
  return (
    <Page
      shell={shell}
      title="各小区维修资金"
      description="按名称和区查找小区，看每个小区维修资金的户数、余额、充足率和没交清的户数。"
      crumbs={[DISCLOSURE_CRUMB, { title: "各小区" }]}
    >
      <PageHead title="各小区维修资金">
        按名称、区查找，可以排序；点小区看它和本区、全市的比较。
      </PageHead>
      <DisclosureTabs current="/disclosure/estates" />
      <FilterForm action="/disclosure/estates">
        <WordsField label="小区名称" value={query.q} />
        <DistrictSelect districts={book.districts} value={query.district} />
        <SelectField
          name="order"
          label="排序"
          width="short"
          value={query.order}
          options={Object.entries(ORDER_WORDS).map(([value, label]) => ({ value, label }))}
        />
      </FilterForm>
      <p role="status">
        {totalCount} 个小区，{ORDER_WORDS[query.order]}。
      </p>
      {totalCount === 0 ? (
        <EmptyState title="没有找到这样的小区">
          <p>
            请少写几个字，或者换一个区。拼音、别名可以用<a href="/my-estate">物业区域查询</a>。
          </p>
        </EmptyState>
      ) : (
        <Card>
          <EstatesTable {...props} />
          <Pager
            page={query.page}
            pageSize={ESTATES_ON_PAGE}
            totalCount={totalCount}
            hrefOf={(page) => listHref("/disclosure/estates", { ...query, page })}
          />
        </Card>
      )}
      <TogetherNote districts={book.districts} />
      <BookDates book={book} />
    </Page>
  );
}

/** The estates as one table; the name opens the estate's page. */
export function EstatesTable({ estates }: { estates: readonly ListedEstate[] }) {
  return (
    <Table
      kind="sheet"
      caption="各小区的户数、余额和充足率"
      hidesCaption
      columns={COLUMNS}
      rows={estates}
      rowKey={({ code }) => code}
    />
  );
}

const COLUMNS: readonly Column<ListedEstate>[] = [
  {
    title: "小区",
    isRowHeader: true,
    cell: ({ code, name }) => <a href={`/disclosure/estates/${code}`}>{name}</a>,
  },
  { title: "区", cell: ({ districtName }) => districtName },
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
  { title: "没交清", isMoney: true, cell: ({ now }) => owingText(now) },
];

function owingText(now: FundNow): string {
  const owing = now.partPaidCount + now.unpaidCount;
  const share = shareTenths(owing, liableNow(now));
  return `${owing} 户${owing > 0 && share !== null ? `（${formatTenths(share)}）` : ""}`;
}

/** Says which estates are missing from the list, and where their money is told. */
export function TogetherNote({ districts }: { districts: readonly DistrictBook[] }) {
  const count = districts.reduce((sum, { together }) => sum + together.length, 0);
  if (count === 0) return null;
  return (
    <p class="quiet">
      另有 {count} 个小区户数很少，单独公布就等于公布每户的余额，所以只计入本区和全市的合计。
    </p>
  );
}
