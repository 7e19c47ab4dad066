import type { DatedCityBook } from "#src/bank/statements/dated-book.ts";
import { formatYuan } from "#src/kernel/money.ts";
import { balanceNow } from "#src/ledger/city-book/fund-now.ts";
import type { FundYear } from "#src/ledger/city-book/fund-years.ts";
import type { ListedEstate } from "#src/ledger/city-book/list-estates.ts";
import type { ListedUse } from "#src/ledger/city-book/list-uses.ts";
import type { DistrictBook } from "#src/ledger/city-book/read-city-book.ts";
import { HOUSES_TOGETHER_MIN } from "#src/ledger/disclosure/small-groups.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { ChartGroup } from "#src/ui/chart/chart-group.tsx";
import { Actions, ButtonLink } from "#src/ui/form/button.tsx";
import { Halves, Page, PageHead } from "#src/ui/layout.tsx";
import { type Column, Table } from "#src/ui/list/table.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { MovementCard, SufficiencyCard } from "./charts.tsx";
import { MEASURES, type Measure } from "./compare.ts";
import { MonthsCard, type ToldMonths } from "./months-card.tsx";
import { BookDates, DISCLOSURE_CRUMB, YearsCard } from "./parts.tsx";
import { UseLines, type UseManners } from "./uses-page.tsx";

export interface EstatePageProps extends UseManners {
  months: ToldMonths | null;
  shell: PageShell;
  book: DatedCityBook;
  district: DistrictBook;
  estate: ListedEstate;
  years: readonly FundYear[];
  uses: readonly ListedUse[];
}

/** One estate beside its district and the city. What it is, its buildings and its houses are 进入我的小区. */
export function EstatePage(props: EstatePageProps) {
  const { shell, book, district, estate, years, hidden } = props;
  const isHidden = hidden.has(estate.id);
  const crumbs = [
    DISCLOSURE_CRUMB,
    { title: estate.districtName, href: `/disclosure/districts/${district.codes[0]}` },
    { title: estate.name },
  ];
  return (
    <Page
      shell={shell}
      title={`${estate.name}维修资金公示`}
      description={`${estate.districtName}${estate.name}维修资金的余额、充足率和逐年收支，和本区、全市比较。`}
      crumbs={crumbs}
    >
      <PageHead title={`${estate.name}维修资金公示`}>
        {estate.districtName} · 编号 {estate.code}
        {!isHidden && ` · ${estate.now.houseCount} 户`}
      </PageHead>
      <Actions>
        <ButtonLink kind="primary" href={`/my-estate/${estate.code}`}>
          进入我的小区
        </ButtonLink>
        <ButtonLink href={`/disclosure/estates?district=${district.codes[0]}`}>
          看本区小区
        </ButtonLink>
      </Actions>
      {isHidden ? (
        <Withheld />
      ) : (
        <>
          <Comparison {...props} />
          <BookDates book={book} />
          <ChartGroup mode={shell.mode}>
            <Halves>
              <MovementCard years={years} />
              <SufficiencyCard
                funds={[
                  { name: estate.name, years },
                  { name: district.name, years: district.years },
                  { name: "全市", years: book.years },
                ]}
              />
            </Halves>
          </ChartGroup>
          <MonthsCard
            mode={shell.mode}
            whose="本小区"
            path={`/disclosure/estates/${estate.code}`}
            told={props.months}
          />
          <YearsCard mode={shell.mode} years={years} title="本小区每年收支" />
          <Card title="使用项目" id="uses">
            <UseLines {...props} />
          </Card>
        </>
      )}
    </Page>
  );
}

function Withheld() {
  return (
    <Notice title="这个小区的合计不单独公布">
      <p>
        户数很少的小区（不足 {HOUSES_TOGETHER_MIN}{" "}
        户，或需要和它们一起合计），公布合计就等于公布每户的余额，所以只计入本区的合计。查自家的请用
        <a href="/fund">维修资金查询</a>。
      </p>
    </Notice>
  );
}

/** 与本区、全市比较: by measures that do not depend on size. */
function Comparison({ book, district, estate }: EstatePageProps) {
  const columns: Column<Measure>[] = [
    {
      title: "比什么",
      isRowHeader: true,
      cell: ({ title, basis }) => (
        <>
          {title}
          <span class="small line-note">{basis}</span>
        </>
      ),
    },
    {
      title: "本小区",
      isMoney: true,
      place: "top",
      cell: ({ of }) => <strong>{of(estate.now)}</strong>,
    },
    { title: district.name, isMoney: true, cell: ({ of }) => of(district.now) },
    { title: "全市", isMoney: true, cell: ({ of }) => of(book.now) },
  ];
  return (
    <Card title="和本区、全市比较" id="comparison">
      <Table
        kind="sheet"
        caption="本小区和本区、全市的比较"
        hidesCaption
        columns={columns}
        rows={MEASURES}
        rowKey={({ title }) => title}
      />
      <p class="small">
        本小区余额 {formatYuan(balanceNow(estate.now))} 元。
        {estate.completedYear !== null && `${estate.completedYear} 年建成；`}
        楼龄、电梯和用过的维修不同，充足率低不等于管得不好。
      </p>
    </Card>
  );
}
