import { type Fen, formatYuan, maxFen, ZERO_FEN } from "#src/kernel/money.ts";
import { axisUnit, FRAME, heightScale, moneyTicks } from "./chart-scale.ts";
import { largeAmount } from "./large-amount.ts";

export interface YearBarsProps {
  /** What the bars are: 每年使用. */
  title: string;
  /** One bar for each year, oldest first; at least one. */
  bars: readonly { year: string; fen: Fen }[];
}

/** One sum for each year as bars, drawn by the server, with a sentence that says the same. */
export function YearBars({ title, bars }: YearBarsProps) {
  if (bars.length === 0) return null;
  const largest = maxFen(ZERO_FEN, ...bars.map((bar) => bar.fen));
  const ticks = moneyTicks(largest);
  const y = heightScale(FRAME, ticks.at(-1) as Fen);
  const unit = axisUnit(ticks.at(-1) as Fen);
  const step = (FRAME.right - FRAME.left) / bars.length;
  const width = Math.min(44, step * 0.62);
  return (
    <figure>
      <svg class="chart" viewBox="0 0 500 268" role="img" aria-label={sentence(title, bars)}>
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
        {bars.map(({ year, fen }, at) => {
          const middle = tenth(FRAME.left + step * (at + 0.5));
          return (
            <g key={year}>
              {fen > 0n && (
                <path
                  class="bar"
                  d={`M${tenth(middle - width / 2)} ${FRAME.bottom}V${y(fen)}h${tenth(width)}V${FRAME.bottom}z`}
                />
              )}
              {fen > 0n && bars.length <= 7 && (
                <text class="middle strong" x={middle} y={y(fen) - 7}>
                  {unit.write(fen)}
                </text>
              )}
              <text class="middle" x={middle} y={FRAME.bottom + 20}>
                {bars.length <= 7 ? year : `’${year.slice(2)}`}
              </text>
            </g>
          );
        })}
      </svg>
      <figcaption class="chart-legend" aria-hidden="true">
        <span class="unit">单位：{unit.word}</span>
      </figcaption>
    </figure>
  );
}

function sentence(title: string, bars: YearBarsProps["bars"]): string {
  const largest = bars.reduce((most, bar) => (bar.fen > most.fen ? bar : most));
  const { figure, unit } = largeAmount(largest.fen, largest.fen);
  const each = bars.filter((bar) => bar.fen > 0n);
  const words = each.map((bar) => `${bar.year} 年 ${formatYuan(bar.fen)} 元`).join("，");
  return words === ""
    ? `${title}：这些年没有`
    : `${title}：${words}。最多的是 ${largest.year} 年，${figure} ${unit}`;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
