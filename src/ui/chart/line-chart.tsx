import { AxisLines, NamesBelow, percentAxis, placesFor, WHOLE_SHARE } from "./axes.tsx";
import { ChartFigure, type ChartWords } from "./chart-figure.tsx";
import { FRAME, type Scale } from "./chart-scale.ts";
import { LineKey, LOOKS_MAX, Marker } from "./looks.tsx";

/** One place under the axis with a share for each series: tenths of a per cent, null for none. */
export interface ShareGroup {
  name: string;
  shares: readonly (bigint | null)[];
}

export interface LineChartProps extends ChartWords {
  nameTitle: string;
  /** One line each; five at most. */
  series: readonly string[];
  groups: readonly ShareGroup[];
  isTableOpen?: boolean;
}

/** Shares over time as lines, each with its own dashes and its own marker at every point. */
export function LineChart(props: LineChartProps) {
  const { series, groups, nameTitle } = props;
  const known = groups.flatMap(({ shares }) => shares.filter((share) => share !== null));
  if (known.length === 0) return null;
  const sorted = known.toSorted((a, b) => (a < b ? -1 : 1));
  const axis = percentAxis(sorted[0] ?? 0n, sorted.at(-1) ?? 0n);
  const { middle } = placesFor(groups.length);
  return (
    <ChartFigure
      {...props}
      description={series.map((word, at) => describeLine(word, at, groups)).join("。")}
      table={{
        columns: [
          { title: nameTitle, isRowHeader: true, isWhole: true, cell: ({ name }) => name },
          ...series.map((word, at) => ({
            title: word,
            isMoney: true,
            cell: ({ shares }: ShareGroup) => writeShare(shares[at] ?? null),
          })),
        ],
        rows: groups,
        rowKey: ({ name }) => name,
      }}
      legend={
        <>
          {series.length > 1 &&
            series.map((word, at) => <LineKey key={word} look={at} word={word} />)}
          <span class="unit">单位：%</span>
        </>
      }
    >
      <AxisLines axis={axis} />
      <path class="first" d={`M${FRAME.left} ${axis.height(WHOLE_SHARE)}H${FRAME.right}`} />
      {series.map((word, at) => (
        <Line key={word} look={at} groups={groups} x={middle} y={axis.height} />
      ))}
      {series.length === 1 && <LastShare groups={groups} x={middle} y={axis.height} />}
      <NamesBelow names={groups.map(({ name }) => name)} placeOf={middle} />
    </ChartFigure>
  );
}

interface Places {
  groups: readonly ShareGroup[];
  x: Scale<number>;
  y: Scale<bigint>;
}

/** What a line by itself comes to in the end, written above its last point. */
function LastShare({ groups, x, y }: Places) {
  const at = groups.findLastIndex(({ shares }) => (shares[0] ?? null) !== null);
  const share = groups[at]?.shares[0] ?? null;
  if (share === null) return null;
  return (
    <text class="strong end halo" x={Math.min(x(at) + 24, FRAME.right)} y={y(share) - 12}>
      {writeShare(share)}
    </text>
  );
}

/** A line is broken where nothing is known. */
function Line({ look, groups, x, y }: Places & { look: number }) {
  const points = groups.map(({ shares }, at) => {
    const share = shares[look] ?? null;
    return share === null ? null : { x: x(at), y: y(share) };
  });
  const path = points
    .map((point, at) => point && `${points[at - 1] ? "L" : "M"}${point.x} ${point.y}`)
    .filter(Boolean)
    .join("");
  return (
    <>
      <path class={`line look-${look % LOOKS_MAX}`} d={path} />
      {points.map((point, at) => point && <Marker key={at} look={look} {...point} />)}
    </>
  );
}

function describeLine(word: string, at: number, groups: readonly ShareGroup[]): string {
  const known = groups.filter(({ shares }) => (shares[at] ?? null) !== null);
  const [first] = known;
  const last = known.at(-1);
  if (first === undefined || last === undefined) return `${word}：没有`;
  const write = (group: ShareGroup) => `${group.name} ${writeShare(group.shares[at] ?? null)}`;
  return first === last ? `${word}：${write(first)}` : `${word}：${write(first)}，${write(last)}`;
}

function writeShare(tenths: bigint | null): string {
  return tenths === null ? "—" : `${tenths / 10n}.${tenths % 10n}%`;
}
