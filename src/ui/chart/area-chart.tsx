import { addFen, type Fen, maxFen, ZERO_FEN } from "#src/kernel/money.ts";
import { AxisLines, moneyAxis, NamesBelow, placesFor } from "./axes.tsx";
import { type ChartGroup, describeGroups, groupTable } from "./bar-chart.tsx";
import { ChartFigure, type ChartWords } from "./chart-figure.tsx";
import type { Scale } from "./chart-scale.ts";
import { AreaKey, fillOf, LookPatterns } from "./looks.tsx";

export interface AreaChartProps extends ChartWords {
  nameTitle: string;
  /** One layer each, the first at the bottom; five at most. */
  series: readonly string[];
  groups: readonly ChartGroup[];
  isTableOpen?: boolean;
}

/** Amounts over time that add up, one layer on the other; layers differ by their patterns. */
export function AreaChart(props: AreaChartProps) {
  const { id, series, groups, nameTitle } = props;
  if (groups.length === 0) return null;
  const axis = moneyAxis(
    maxFen(ZERO_FEN, ...groups.map((group) => heightOf(group, series.length))),
  );
  const { middle } = placesFor(groups.length);
  const layers = series.map((word, at) => ({ word, at })).toReversed();
  return (
    <ChartFigure
      {...props}
      description={describeGroups(series, groups)}
      table={groupTable(nameTitle, series, groups)}
      legend={
        <>
          {layers.map(({ word, at }) => (
            <AreaKey key={word} id={id} look={at} word={word} />
          ))}
          <span class="unit">单位：{axis.unit}</span>
        </>
      }
    >
      <LookPatterns id={id} count={series.length} />
      <AxisLines axis={axis} />
      {layers.map(({ word, at }) => (
        <path
          key={word}
          class="part"
          fill={fillOf(id, at)}
          d={layer(groups, at, middle, axis.height)}
        />
      ))}
      <NamesBelow names={groups.map(({ name }) => name)} placeOf={middle} />
    </ChartFigure>
  );
}

/** The sum of a group's first amounts; what is below zero adds no height. */
function heightOf({ amounts }: ChartGroup, count: number): Fen {
  return addFen(...amounts.slice(0, count).map((amount) => maxFen(amount, ZERO_FEN)));
}

/** A single group is drawn as wide as a bar. */
const ALONE = 40;

function layer(
  groups: readonly ChartGroup[],
  at: number,
  x: Scale<number>,
  y: Scale<bigint>,
): string {
  const widened = (index: number) =>
    groups.length > 1
      ? x(Math.min(index, groups.length - 1))
      : x(0) + (index === 0 ? -ALONE : ALONE);
  const known = groups.length > 1 ? groups : [...groups, ...groups];
  const top = known.map((group, index) => `${widened(index)} ${y(heightOf(group, at + 1))}`);
  const bottom = known.map((group, index) => `${widened(index)} ${y(heightOf(group, at))}`);
  return `M${[...top, ...bottom.toReversed()].join("L")}z`;
}
