import { addFen, type Fen, ZERO_FEN } from "#src/kernel/money.ts";
import { balanceNow } from "#src/ledger/city-book/fund-now.ts";
import type { FundYear } from "#src/ledger/city-book/fund-years.ts";
import type { DistrictBook } from "#src/ledger/city-book/read-city-book.ts";
import { sufficiencyTenths } from "#src/ledger/sufficiency.ts";
import { Card } from "#src/ui/box/card.tsx";
import { AreaChart } from "#src/ui/chart/area-chart.tsx";
import { BarChart } from "#src/ui/chart/bar-chart.tsx";
import { DonutChart } from "#src/ui/chart/donut-chart.tsx";
import { LineChart } from "#src/ui/chart/line-chart.tsx";

/** A chart of more years is no clearer; the table has them all. */
const YEARS_DRAWN = 12;
/** More layers cannot be told apart. */
const DISTRICTS_DRAWN = 5;

/** 每年交存和使用 side by side. */
export function MovementCard({ years }: { years: readonly FundYear[] }) {
  const drawn = years.slice(-YEARS_DRAWN);
  return (
    <Card title="每年交存和使用" id="movement">
      <BarChart
        id="movement-chart"
        title="每年交存和使用"
        nameTitle="年份"
        series={["交存", "使用"]}
        groups={drawn.map((one) => ({
          name: `${one.year}`,
          amounts: [one.depositedFen, one.usedFen],
        }))}
      />
    </Card>
  );
}

/** One fund whose 充足率 is drawn as a line. */
export interface RatedFund {
  name: string;
  years: readonly FundYear[];
}

/** 充足率 at the end of each year, of one fund or of several beside each other. */
export function SufficiencyCard({ funds }: { funds: readonly RatedFund[] }) {
  const years = (funds[0]?.years ?? []).slice(-YEARS_DRAWN).map(({ year }) => year);
  return (
    <Card title="充足率的变化" id="sufficiency">
      <LineChart
        id="sufficiency-chart"
        title="每年年末的充足率"
        nameTitle="年份"
        series={funds.map(({ name }) => name)}
        groups={years.map((year) => ({
          name: `${year}`,
          shares: funds.map((fund) => {
            const one = fund.years.find((some) => some.year === year);
            return one === undefined ? null : sufficiencyTenths(one.closingFen, one.firstPaidFen);
          }),
        }))}
      />
    </Card>
  );
}

/** 余额 at the end of each year, the districts one on the other. */
export function DistrictAreaCard({
  years,
  districts,
}: {
  years: readonly FundYear[];
  districts: readonly DistrictBook[];
}) {
  const layers = layersOf(districts);
  return (
    <Card title="各区年末余额" id="district-balances">
      <AreaChart
        id="district-balances-chart"
        title="各区年末余额"
        nameTitle="年份"
        series={layers.map(({ name }) => name)}
        groups={years.slice(-YEARS_DRAWN).map(({ year }) => ({
          name: `${year}`,
          amounts: layers.map(({ members }) => sumOf(members, year)),
        }))}
      />
    </Card>
  );
}

/** The largest districts, and the rest as one. */
function layersOf(districts: readonly DistrictBook[]) {
  const sorted = districts.toSorted((a, b) => (balanceNow(a.now) < balanceNow(b.now) ? 1 : -1));
  const named = sorted.map((one) => ({ name: one.name, members: [one] }));
  if (named.length <= DISTRICTS_DRAWN) return named;
  const rest = sorted.slice(DISTRICTS_DRAWN - 1);
  return [...named.slice(0, DISTRICTS_DRAWN - 1), { name: "其他区", members: rest }];
}

function sumOf(members: readonly DistrictBook[], year: number): Fen {
  const closings = members.map(({ years }) => years.find((one) => one.year === year)?.closingFen);
  return addFen(...closings.map((closing) => closing ?? ZERO_FEN));
}

/** How the balance of today lies in the districts. */
export function DistrictShareCard({ districts }: { districts: readonly DistrictBook[] }) {
  return (
    <Card title="余额在哪个区" id="district-shares">
      <DonutChart
        id="district-shares-chart"
        title="余额在各区"
        nameTitle="区"
        parts={districts.map(({ name, now }) => ({ name, fen: balanceNow(now) }))}
      />
    </Card>
  );
}
