import type { DatedCityBook } from "#src/bank/statements/dated-book.ts";
import { balanceNow, liableNow } from "#src/ledger/city-book/fund-now.ts";
import type { ListedEstate } from "#src/ledger/city-book/list-estates.ts";
import type { ListedUse } from "#src/ledger/city-book/list-uses.ts";
import type { DistrictBook } from "#src/ledger/city-book/read-city-book.ts";
import { balanceFigures } from "#src/ledger/estate-book/totals-figures.tsx";
import { formatTenths, shareTenths } from "#src/ledger/sufficiency.ts";
import { Card } from "#src/ui/box/card.tsx";
import { ChartGroup } from "#src/ui/chart/chart-group.tsx";
import { Halves, Page, PageHead } from "#src/ui/layout.tsx";
import { Figures } from "#src/ui/money/figures.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { MovementCard, SufficiencyCard } from "./charts.tsx";
import { EstatesTable, TogetherNote } from "./estates-page.tsx";
import { MonthsCard, type ToldMonths } from "./months-card.tsx";
import { BookDates, DISCLOSURE_CRUMB, YearsCard } from "./parts.tsx";
import { listHref } from "./schema.ts";
import { UseLines, type UseManners } from "./uses-page.tsx";

export interface DistrictPageProps extends UseManners {
  months: ToldMonths | null;
  shell: PageShell;
  book: DatedCityBook;
  district: DistrictBook;
  /** The largest few. */
  estates: readonly ListedEstate[];
  uses: readonly ListedUse[];
}

/** One district: its figures, its years beside the city's, its largest estates, its latest uses. */
export function DistrictPage(props: DistrictPageProps) {
  const { shell, book, district } = props;
  const title = `${district.name}维修资金公示`;
  const filter = { district: district.codes[0] ?? "" };
  return (
    <Page
      shell={shell}
      title={title}
      description={`${district.name}维修资金公示：${district.estateCount} 个小区的交存、使用、余额和充足率，逐年列出。`}
      crumbs={[DISCLOSURE_CRUMB, { title: district.name }]}
    >
      <PageHead title={title}>
        {district.estateCount} 个小区 · {district.now.houseCount} 户
      </PageHead>
      <DistrictFigures district={district} />
      <BookDates book={book} />
      <ChartGroup mode={shell.mode}>
        <Halves>
          <MovementCard years={district.years} />
          <SufficiencyCard
            funds={[
              { name: district.name, years: district.years },
              { name: "全市", years: book.years },
            ]}
          />
        </Halves>
      </ChartGroup>
      <Card
        title="余额最多的小区"
        id="estates"
        aside={<a href={listHref("/disclosure/estates", filter)}>看本区全部小区</a>}
      >
        <EstatesTable estates={props.estates} />
      </Card>
      <TogetherNote districts={[district]} />
      <Card
        title="最近使用"
        id="recent-uses"
        aside={<a href={listHref("/disclosure/uses", filter)}>看本区全部使用项目</a>}
      >
        <UseLines {...props} />
      </Card>
      <MonthsCard
        mode={shell.mode}
        whose={district.name}
        path={`/disclosure/districts/${district.codes[0]}`}
        told={props.months}
      />
      <YearsCard mode={shell.mode} years={district.years} title={`${district.name}每年收支`} />
    </Page>
  );
}

function DistrictFigures({ district }: { district: DistrictBook }) {
  const { now } = district;
  const balance = balanceNow(now);
  const paid = shareTenths(now.paidCount, liableNow(now));
  return (
    <Figures
      figures={[
        ...balanceFigures(balance, now.firstPaidFen),
        {
          label: "已交清户数",
          value: `${now.paidCount} 户`,
          note: `应交 ${liableNow(now)} 户${paid === null ? "" : `，${formatTenths(paid)}`}`,
        },
        { label: "低于续交线", value: `${now.belowCount} 户`, note: "余额不足首次交存的续交线" },
      ]}
    />
  );
}
