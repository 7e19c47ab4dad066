import { fen } from "#src/kernel/money.ts";
import { Card } from "../box/card.tsx";
import { AreaChart } from "../chart/area-chart.tsx";
import { BarChart } from "../chart/bar-chart.tsx";
import { ChartGroup } from "../chart/chart-group.tsx";
import { DonutChart } from "../chart/donut-chart.tsx";
import { LineChart } from "../chart/line-chart.tsx";
import { Halves } from "../layout.tsx";

const YEARS = Array.from({ length: 12 }, (_, at) => `${2015 + at}`);
const DISTRICTS = ["示范区", "样板区", "试点区", "新城区", "老城区"];

/** The charts of the house in their states: few and many groups, one and several series, one part and many. */
export function ChartParts() {
  return (
    <>
      <Halves>
        <Card title="柱：一项，两年，其中一年没有">
          <BarChart
            id="gallery-bars-few"
            title="每年使用"
            nameTitle="年份"
            series={["使用"]}
            isTableOpen
            groups={[
              { name: "2025", amounts: [fen(14_420_896n)] },
              { name: "2026", amounts: [fen(0n)] },
            ]}
          />
        </Card>
        <Card title="柱：两项，许多年">
          <BarChart
            id="gallery-bars-many"
            title="每年交存和使用"
            nameTitle="年份"
            series={["交存", "使用"]}
            groups={YEARS.map((name, at) => ({
              name,
              amounts: [fen(90_000_000 + 17_000_000 * at), fen(30_000_000 + 5_100_000 * at)],
            }))}
          />
        </Card>
      </Halves>
      <ChartGroup mode="elder">
        <p>在适老版里，图先收起来，按“看图”才出现。</p>
      </ChartGroup>
      <Halves>
        <Card title="线：三条，一条开头没有数">
          <LineChart
            id="gallery-lines"
            title="充足率"
            nameTitle="年份"
            series={["本小区", "本区", "全市"]}
            groups={YEARS.map((name, at) => ({
              name,
              shares: [at < 3 ? null : 1_080n - BigInt(at * 22), 960n - BigInt(at * 9), 930n],
            }))}
          />
        </Card>
        <Card title="叠加面积：五层">
          <AreaChart
            id="gallery-areas"
            title="各区年末余额"
            nameTitle="年份"
            series={DISTRICTS}
            groups={YEARS.map((name, at) => ({
              name,
              amounts: DISTRICTS.map((_, layer) => fen(40_000_000 * (layer + 1) + 9_000_000 * at)),
            }))}
          />
        </Card>
      </Halves>
      <Halves>
        <Card title="环：六份，小的合成其他">
          <DonutChart
            id="gallery-donut"
            title="余额在各区"
            nameTitle="区"
            parts={[...DISTRICTS, "开发区"].map((name, at) => ({
              name,
              fen: fen(900_000_000 - 130_000_000 * at),
            }))}
          />
        </Card>
        <Card title="环：只有一份；面积：只有一年">
          <DonutChart
            id="gallery-donut-one"
            title="余额在一个区"
            nameTitle="区"
            parts={[{ name: "示范区", fen: fen(123_456n) }]}
          />
          <AreaChart
            id="gallery-area-one"
            title="一年的余额"
            nameTitle="年份"
            series={["示范区"]}
            groups={[{ name: "2026", amounts: [fen(123_456n)] }]}
          />
        </Card>
      </Halves>
    </>
  );
}
