import { Card } from "../box/card.tsx";
import { Halves } from "../layout.tsx";
import { BuildingChart, ChartLegend, HouseGroup } from "../list/building-chart.tsx";
import { LinkTabs } from "../list/link-tabs.tsx";
import { Figures } from "../money/figures.tsx";

/** What only the pages of an estate use: figures, tabs, 楼盘表 with and without states, bars. */
export function EstateParts() {
  return (
    <>
      <Figures
        figures={[
          { label: "余额", value: "918.64 万元", note: "9,186,400.00 元" },
          { label: "充足率", value: "91.0%", shareTenths: 910n, note: "余额 ÷ 首次交存" },
        ]}
      />
      <Halves>
        <Card title="楼盘表">
          <div class="chart-part">
            <LinkTabs
              label="选幢"
              tabs={["1幢", "2幢"].map((title, at) => ({
                href: `#${at}`,
                title,
                isCurrent: at === 0,
              }))}
            />
            <ChartLegend items={CELL_STATES.map((state) => ({ ...state, words: state.word }))} />
            <BuildingChart
              caption="1幢 楼盘表"
              units={[{ label: "1单元", doorCount: 2 }]}
              floors={[
                { label: "2", cells: CELL_STATES.slice(0, 2).map(galleryCell) },
                { label: "1", cells: [...CELL_STATES.slice(2, 3).map(galleryCell), null] },
              ]}
            />
            <HouseGroup title="车位" cells={CELL_STATES.slice(3).map(galleryCell)} />
          </div>
        </Card>
        <Card title="不公布每户的楼盘表">
          <BuildingChart
            caption="2幢 楼盘表"
            units={[{ label: "", doorCount: 1 }]}
            floors={[{ label: "1", cells: [{ text: "101", name: "101室" }] }]}
          />
        </Card>
      </Halves>
    </>
  );
}

const CELL_STATES = [
  { mark: "full", tone: "ok", word: "已交" },
  { mark: "half", tone: "wait", word: "不足30%" },
  { mark: "quarter", tone: "wait", word: "未交清" },
  { mark: "ring", tone: "bad", word: "未交" },
  { mark: "dash", tone: "mute", word: "无需交" },
] as const;

function galleryCell({ word, ...look }: (typeof CELL_STATES)[number], at: number) {
  return { text: `20${at + 1}`, name: `20${at + 1} ${word}`, look, href: "#chart" };
}
