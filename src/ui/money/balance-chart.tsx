import { type CalendarDate, calendarDate } from "#src/kernel/calendar-date.ts";
import { type Fen, formatYuan, maxFen, minFen, negateFen } from "#src/kernel/money.ts";
import {
  axisUnit,
  dayScale,
  FRAME,
  heightScale,
  moneyTicks,
  type Scale,
  yearsToName,
} from "./chart-scale.ts";
import { placeUses, type Use } from "./chart-use-labels.ts";

export interface BalanceChartProps {
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

/**
 * The balance as steps over time, drawn by the server, with a sentence that says the same. Money starts
 * at 0. The table of every entry stands beneath it on the page.
 */
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
  const ticks = moneyTicks(largest);
  const y = heightScale(FRAME, ticks.at(-1) as Fen);
  const x = dayScale(FRAME, first.date, asOf);
  const line = stepLine(points, asOf, x, y);
  return (
    <figure>
      <svg class="chart" viewBox="0 0 500 268" role="img" aria-label={sentence(props)}>
        <Axis ticks={ticks} y={y} x={x} from={first.date} to={asOf} />
        <path class="area" d={`${line}V${FRAME.bottom}H${FRAME.left}z`} />
        {firstDepositFen !== undefined && <Level className="first" at={y(firstDepositFen)} />}
        {topUpLineFen !== undefined && <TopUpLine fen={topUpLineFen} at={y(topUpLineFen)} />}
        <path class="fact" d={line} />
        <circle class="now" cx={FRAME.right} cy={y(last.balanceFen)} r="5" />
        <Uses {...props} x={x} y={y} />
        {firstDepositFen !== undefined && (
          <text
            class="strong"
            x={FRAME.left}
            y="16"
          >{`首次交存 ${formatYuan(firstDepositFen)}`}</text>
        )}
        <text class="strong end" x="490" y="16">{`现在 ${formatYuan(last.balanceFen)}`}</text>
      </svg>
      <Legend {...props} unit={axisUnit(ticks.at(-1) as Fen).word} />
    </figure>
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

function Axis(props: {
  ticks: readonly Fen[];
  y: Scale<Fen>;
  x: Scale<CalendarDate>;
  from: CalendarDate;
  to: CalendarDate;
}) {
  const { ticks, y, x, from, to } = props;
  const unit = axisUnit(ticks.at(-1) as Fen);
  return (
    <>
      {ticks.map((tick, index) => (
        <g key={index}>
          <path
            class={index === 0 ? "base" : "grid"}
            d={`M${FRAME.left} ${y(tick)}H${FRAME.right}`}
          />
          <text class="end" x={FRAME.left - 8} y={y(tick) + 4.5}>
            {unit.write(tick)}
          </text>
        </g>
      ))}
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

function Uses(props: BalanceChartProps & { x: Scale<CalendarDate>; y: Scale<Fen> }) {
  return (
    <>
      {placeUses(props, props.x, props.y).map((use) => (
        <g key={use.date + use.word}>
          <path class="use" d={`M${use.x - 6} ${use.y + 6}h12l-6 9z`} />
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

function Legend({
  firstDepositFen,
  topUpLineFen,
  uses = [],
  unit,
}: BalanceChartProps & { unit: string }) {
  return (
    <figcaption class="chart-legend" aria-hidden="true">
      {firstDepositFen !== undefined && <Key look="first" shape="M0 6h28" word="首次交存" />}
      {topUpLineFen !== undefined && <Key look="top-up" shape="M1 6h26" word="续交线" />}
      {uses.length > 0 && <Key look="use" shape="M8 2h12l-6 9z" word="分摊使用" />}
      <span class="unit">单位：{unit}</span>
    </figcaption>
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
