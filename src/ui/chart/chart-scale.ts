import { type CalendarDate, daysBetween } from "#src/kernel/calendar-date.ts";
import { type Fen, fen, formatYuan } from "#src/kernel/money.ts";

/** The drawing area in the chart's own units. */
interface Frame {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Where the balance chart draws, within 500 × 268. */
export const FRAME: Frame = { left: 66, right: 484, top: 34, bottom: 238 };

/** Turns a figure or a day into a place in the chart. */
export type Scale<T> = (value: T) => number;

/** Steps of a money axis that are easy to read, in yuan, times a power of ten. */
const ROUND_STEPS = [1n, 2n, 3n, 5n, 10n];

/** The ticks of a money axis from 0 to just above the largest figure, four steps or fewer. */
export function moneyTicks(largest: Fen): Fen[] {
  const most = largest > 400n ? largest : 400n;
  for (let power = 100n; ; power *= 10n) {
    for (const round of ROUND_STEPS) {
      const step = round * power;
      const count = (most + step - 1n) / step;
      if (count > 4n) continue;
      const ticks: Fen[] = [];
      for (let tick = 0n; tick <= count; tick += 1n) ticks.push(fen(step * tick));
      return ticks;
    }
  }
}

/** From one million yuan on the figures beside an axis no longer fit in whole yuan. */
const TEN_THOUSANDS_FROM = 100_000_000n;

/** How the figures beside a money axis are written: in whole yuan, for large sums in 万元. */
export function axisUnit(largest: Fen): { word: string; write: (amount: Fen) => string } {
  if (largest < TEN_THOUSANDS_FROM) {
    return { word: "元", write: (amount) => formatYuan(amount).slice(0, -3) };
  }
  return {
    word: "万元",
    write: (amount) => formatYuan(fen(amount / 10_000n)).replace(/\.00$/, ""),
  };
}

/** Turns a value into the height in the frame, 0 at the bottom. */
export function heightScale(frame: Frame, top: bigint): Scale<bigint> {
  const height = frame.bottom - frame.top;
  return (value) => {
    const share = (value * 10_000n) / top;
    return round(frame.bottom - (height * Number(share)) / 10_000);
  };
}

/** Turns a day into the place between the frame's left and right. */
export function dayScale(frame: Frame, from: CalendarDate, to: CalendarDate) {
  const days = Math.max(1, daysBetween(from, to));
  return (date: CalendarDate): number =>
    round(frame.left + ((frame.right - frame.left) * daysBetween(from, date)) / days);
}

/** The years to name under the axis, thinned out so that at most seven stand there. */
export function yearsToName(from: CalendarDate, to: CalendarDate): number[] {
  const first = Number.parseInt(from.slice(0, 4), 10) + (from.endsWith("-01-01") ? 0 : 1);
  const last = Number.parseInt(to.slice(0, 4), 10);
  const step = Math.max(1, Math.ceil((last - first + 1) / 7));
  const years: number[] = [];
  for (let year = last; year >= first; year -= step) years.unshift(year);
  return years;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
