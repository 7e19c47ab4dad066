import { type CalendarDate, calendarDate, compareDates } from "#src/kernel/calendar-date.ts";
import { type Fen, formatYuan, maxFen, minFen, negateFen } from "#src/kernel/money.ts";
import { AxisLines, moneyAxis } from "./axes.tsx";
import { ChartFigure, type ChartWords } from "./chart-figure.tsx";
import { dayScale, FRAME, type Scale, yearsToName } from "./chart-scale.ts";
import {
  labelUses,
  type PlacedUse,
  placeUses,
  type Use,
  type UseLabel,
} from "./chart-use-labels.ts";

export interface BalanceChartProps extends ChartWords {
  /** The balance after each day on which it changed, oldest first; at least one. */
  points: readonly { date: CalendarDate; balanceFen: Fen }[];
  asOf: CalendarDate;
  /** What the first deposit should be or was: a dashed line. */
  firstDepositFen?: Fen | undefined;
  /** The 30 % line below which owners top up: dots. */
  topUpLineFen?: Fen | undefined;
  /** Money that was used, as a positive or a negative figure, each with a word: 电梯. */
  uses?: readonly Use[] | undefined;
}

/** The balance as steps over time, drawn by the server. Money starts at 0. */
export function BalanceChart(props: BalanceChartProps) {
  const { points, asOf, firstDepositFen, topUpLineFen } = props;
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) return null;
  const largest = maxFen(
    last.balanceFen,
    ...points.map((p) => p.balanceFen),
    firstDepositFen ?? last.balanceFen,
  );
  const axis = moneyAxis(largest);
  const y = axis.height;
  const x = dayScale(FRAME, first.date, asOf);
  const line = stepLine(points, asOf, x, y);
  const labels = labelUses(props, x, y);
  return (
    <ChartFigure
      {...props}
      description={sentence(props)}
      legend={<Legend {...props} unit={axis.unit} isNumbered={labels === null} />}
      table={{
        columns: [
          { title: "日期", isRowHeader: true, isWhole: true, cell: ({ date }) => date },
          { title: "余额（元）", isMoney: true, cell: (point) => formatYuan(point.balanceFen) },
        ],
        rows: points.toReversed(),
        rowKey: ({ date, balanceFen }) => `${date} ${balanceFen}`,
      }}
    >
      <AxisLines axis={axis} />
      <Years from={first.date} to={asOf} x={x} />
      <path class="area" d={`${line}V${FRAME.bottom}H${FRAME.left}z`} />
      {firstDepositFen !== undefined && <Level className="first" at={y(firstDepositFen)} />}
      {topUpLineFen !== undefined && <TopUpLine fen={topUpLineFen} at={y(topUpLineFen)} />}
      <path class="fact" d={line} />
      <circle class="now" cx={FRAME.right} cy={y(last.balanceFen)} r="5" />
      {labels === null ? (
        <NumberedUses uses={placeUses(props, x, y)} />
      ) : (
        <LabelledUses uses={labels} />
      )}
      {firstDepositFen !== undefined && (
        <text
          class="strong"
          x={FRAME.left}
          y="16"
        >{`首次交存 ${formatYuan(firstDepositFen)}`}</text>
      )}
      <text class="strong end" x="490" y="16">{`现在 ${formatYuan(last.balanceFen)}`}</text>
    </ChartFigure>
  );
}

function stepLine(
  points: BalanceChartProps["points"],
  asOf: CalendarDate,
  x: Scale<CalendarDate>,
  y: Scale<Fen>,
): string {
  const steps = points.map((point, index) =>
    index === 0
      ? `M${x(point.date)} ${y(point.balanceFen)}`
      : `H${x(point.date)}V${y(point.balanceFen)}`,
  );
  return `${steps.join("")}H${x(asOf)}`;
}

function Years({ from, to, x }: { from: CalendarDate; to: CalendarDate; x: Scale<CalendarDate> }) {
  return (
    <>
      {yearsToName(from, to).map((year) => (
        <text key={year} class="middle" x={x(calendarDate(`${year}-01-01`))} y={FRAME.bottom + 20}>
          {year}
        </text>
      ))}
    </>
  );
}

function Level({ className, at }: { className: string; at: number }) {
  return <path class={className} d={`M${FRAME.left} ${at}H${FRAME.right}`} />;
}

function TopUpLine({ fen, at }: { fen: Fen; at: number }) {
  return (
    <>
      <Level className="top-up" at={at} />
      <text
        class="strong halo"
        x={FRAME.left + 8}
        y={at - 7}
      >{`续交线 30%：${formatYuan(fen)}`}</text>
    </>
  );
}

function LabelledUses({ uses }: { uses: readonly UseLabel[] }) {
  return (
    <>
      {uses.map((use) => (
        <g key={use.date + use.word}>
          <Triangle {...use} />
          <text class="strong middle halo" x={use.labelX} y={use.labelY + 33}>
            {formatYuan(asOutflow(use.amountFen))}
          </text>
          <text class="middle halo" x={use.labelX} y={use.labelY + 52}>
            {use.word}
          </text>
        </g>
      ))}
    </>
  );
}

/** Where words have no room: the uses by number, told one by one in the legend. */
function NumberedUses({ uses }: { uses: readonly PlacedUse[] }) {
  return (
    <>
      {uses.map((use, at) => (
        <g key={use.date + use.word}>
          <Triangle {...use} />
          <text class="strong middle halo" x={use.x} y={use.y + 30}>
            {at + 1}
          </text>
        </g>
      ))}
    </>
  );
}

function Triangle({ x, y }: PlacedUse) {
  return <path class="use" d={`M${x - 6} ${y + 6}h12l-6 9z`} />;
}

function Legend({
  firstDepositFen,
  topUpLineFen,
  uses = [],
  unit,
  isNumbered,
}: BalanceChartProps & { unit: string; isNumbered: boolean }) {
  return (
    <>
      {firstDepositFen !== undefined && <Key look="first" shape="M0 6h28" word="首次交存" />}
      {topUpLineFen !== undefined && <Key look="top-up" shape="M1 6h26" word="续交线" />}
      {uses.length > 0 && <Key look="use" shape="M8 2h12l-6 9z" word="分摊使用" />}
      <span class="unit">单位：{unit}</span>
      {isNumbered && <UseList uses={uses} />}
    </>
  );
}

/** What the numbers in the chart stand for. */
function UseList({ uses }: { uses: readonly Use[] }) {
  return (
    <ul class="chart-uses">
      {uses
        .toSorted((a, b) => compareDates(a.date, b.date))
        .map(({ date, word, amountFen }, at) => (
          <li key={at}>
            <b>{at + 1}</b>
            <span>
              {date} {word}
            </span>
            <span class="whole">{formatYuan(asOutflow(amountFen))}</span>
          </li>
        ))}
    </ul>
  );
}

function Key({ look, shape, word }: { look: string; shape: string; word: string }) {
  return (
    <span>
      <svg class="chart" viewBox="0 0 28 12" aria-hidden="true" focusable="false">
        <path class={look} d={shape} />
      </svg>
      {word}
    </span>
  );
}

function sentence({ points, asOf, topUpLineFen, uses = [] }: BalanceChartProps): string {
  const first = points[0] as BalanceChartProps["points"][number];
  const last = points.at(-1) as BalanceChartProps["points"][number];
  const used = uses.map(
    (use) => `${use.date} ${use.word} ${formatYuan(asOutflow(use.amountFen))} 元`,
  );
  return [
    `余额变化：${first.date} 为 ${formatYuan(first.balanceFen)} 元，${asOf} 为 ${formatYuan(last.balanceFen)} 元`,
    used.length > 0 ? `其间使用 ${used.length} 次：${used.join("，")}` : "",
    topUpLineFen === undefined ? "" : `30% 续交线为 ${formatYuan(topUpLineFen)} 元`,
  ]
    .filter(Boolean)
    .join("。");
}

/** Money out always carries its minus. */
function asOutflow(amount: Fen): Fen {
  return minFen(amount, negateFen(amount));
}
