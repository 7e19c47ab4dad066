import { type Fen, formatYuan, maxFen, ZERO_FEN } from "#src/kernel/money.ts";
import type { Column } from "../list/table.tsx";
import { AxisLines, moneyAxis, NamesBelow, placesFor, tenth, type ValueAxis } from "./axes.tsx";
import { ChartFigure, type ChartWords } from "./chart-figure.tsx";
import { FRAME } from "./chart-scale.ts";
import { AreaKey, fillOf, LookPatterns } from "./looks.tsx";

/** One place under the axis with an amount for each series. */
export interface ChartGroup {
  name: string;
  amounts: readonly Fen[];
}

export interface BarChartProps extends ChartWords {
  /** What the names are: 年份, 区. */
  nameTitle: string;
  /** One bar of each in every group; three at most. */
  series: readonly string[];
  groups: readonly ChartGroup[];
  isTableOpen?: boolean;
}

/** More groups than this have no room for figures on their bars. */
const FIGURES_MAX = 7;

/** Amounts side by side as bars, drawn by the server; several series differ by their patterns. */
export function BarChart(props: BarChartProps) {
  const { id, series, groups, nameTitle } = props;
  if (groups.length === 0) return null;
  const axis = moneyAxis(maxFen(ZERO_FEN, ...groups.flatMap(({ amounts }) => amounts)));
  return (
    <ChartFigure
      {...props}
      description={describeGroups(series, groups)}
      table={groupTable(nameTitle, series, groups)}
      legend={<Legend {...props} unit={axis.unit} />}
    >
      <LookPatterns id={id} count={series.length} />
      <AxisLines axis={axis} />
      {groups.map((group, at) => (
        <Bars key={group.name} {...props} group={group} at={at} axis={axis} />
      ))}
      <NamesBelow
        names={groups.map(({ name }) => name)}
        placeOf={placesFor(groups.length).middle}
      />
    </ChartFigure>
  );
}

function Legend({ id, series, unit }: BarChartProps & { unit: string }) {
  return (
    <>
      {series.length > 1 &&
        series.map((word, look) => <AreaKey key={word} id={id} look={look} word={word} />)}
      <span class="unit">单位：{unit}</span>
    </>
  );
}

/** What is below zero has no bar; the table and the description say it. */
function Bars({
  id,
  series,
  groups,
  group,
  at,
  axis,
}: BarChartProps & { group: ChartGroup; at: number; axis: ValueAxis }) {
  const { step, middle } = placesFor(groups.length);
  const width = Math.min(44, (step * 0.7) / series.length);
  const left = middle(at) - (width * series.length) / 2;
  const hasFigures = groups.length <= FIGURES_MAX && series.length === 1;
  return (
    <g>
      {group.amounts.map((amount, look) => {
        if (amount <= 0n) return null;
        const x = tenth(left + width * look);
        const y = axis.height(amount);
        return (
          <g key={look}>
            <path
              class="part"
              fill={fillOf(id, look)}
              d={`M${x} ${FRAME.bottom}V${y}h${tenth(width)}V${FRAME.bottom}z`}
            />
            {hasFigures && (
              <text class="middle strong" x={tenth(x + width / 2)} y={y - 7}>
                {axis.write(amount)}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}

/** Says which group has the most of each series, and how much. */
export function describeGroups(series: readonly string[], groups: readonly ChartGroup[]): string {
  return series
    .map((word, at) => {
      const amountOf = (group: ChartGroup) => group.amounts[at] ?? ZERO_FEN;
      const most = groups.reduce((a, b) => (amountOf(b) > amountOf(a) ? b : a));
      const [first] = groups;
      const last = groups.at(-1);
      if (first === undefined || last === undefined || amountOf(most) === 0n)
        return `${word}：没有`;
      return `${word}：${first.name} ${formatYuan(amountOf(first))} 元，${last.name} ${formatYuan(amountOf(last))} 元，最多的是 ${most.name}，${formatYuan(amountOf(most))} 元`;
    })
    .join("。");
}

/** The table of a chart with an amount for each series. */
export function groupTable(
  nameTitle: string,
  series: readonly string[],
  groups: readonly ChartGroup[],
) {
  const columns: Column<ChartGroup>[] = [
    { title: nameTitle, isRowHeader: true, isWhole: true, cell: ({ name }) => name },
    ...series.map((word, at) => ({
      title: `${word}（元）`,
      isMoney: true,
      cell: ({ amounts }: ChartGroup) => formatYuan(amounts[at] ?? ZERO_FEN),
    })),
  ];
  return { columns, rows: groups, rowKey: ({ name }: ChartGroup) => name };
}
