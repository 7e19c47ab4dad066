import type { Fen } from "#src/kernel/money.ts";
import { axisUnit, FRAME, heightScale, moneyTicks, type Scale } from "./chart-scale.ts";

/** The heights of a chart's values, with what stands beside them. */
export interface ValueAxis {
  ticks: readonly bigint[];
  height: Scale<bigint>;
  write: (value: bigint) => string;
  /** 元, 万元, or % */
  unit: string;
}

/** An axis of money from 0 to just above the largest amount. */
export function moneyAxis(largest: Fen): ValueAxis {
  const ticks = moneyTicks(largest);
  const top = ticks.at(-1) as Fen;
  const { word, write } = axisUnit(top);
  return {
    ticks,
    height: heightScale(FRAME, top),
    write: (value) => write(value as Fen),
    unit: word,
  };
}

const PERCENT_STEPS = [10n, 20n, 50n, 100n, 200n, 250n, 500n, 1_000n];
const STEPS_MAX = 5n;

/** 100 %, in tenths of a per cent: what every share is measured against. */
export const WHOLE_SHARE = 1_000n;
/** Twenty points at least, so that a change of little is not drawn as a fall. */
const SPAN_MIN = 200n;

/**
 * An axis of tenths of a per cent around the shares that are drawn as lines and around 100 %. It need not begin at 0,
 * where what differs by little would lie on one line; its figures say where it begins.
 */
export function percentAxis(smallest: bigint, greatest: bigint): ValueAxis {
  const low = smallest < WHOLE_SHARE ? smallest : WHOLE_SHARE;
  const high = greatest > WHOLE_SHARE ? greatest : WHOLE_SHARE;
  const missing = SPAN_MIN - (high - low);
  const margin = missing > 0n ? missing / 2n : 0n;
  const least = low > margin ? low - margin : 0n;
  const largest = high + margin;
  const range = largest - least;
  const step =
    PERCENT_STEPS.find((one) => one * (STEPS_MAX - 1n) >= range) ??
    (range / (STEPS_MAX - 1n) / 1_000n + 1n) * 1_000n;
  const base = (least / step) * step;
  const top = (largest / step + 1n) * step;
  const count = Number((top - base) / step);
  const height = heightScale(FRAME, top - base);
  return {
    ticks: Array.from({ length: count + 1 }, (_, at) => base + step * BigInt(at)),
    height: (tenths) => height(tenths - base),
    write: (tenths) => `${tenths / 10n}`,
    unit: "%",
  };
}

/** The lines of an axis with their figures. */
export function AxisLines({ axis }: { axis: ValueAxis }) {
  return (
    <>
      {axis.ticks.map((tick, index) => (
        <g key={index}>
          <path
            class={index === 0 ? "base" : "grid"}
            d={`M${FRAME.left} ${axis.height(tick)}H${FRAME.right}`}
          />
          <text class="end" x={FRAME.left - 8} y={axis.height(tick) + 4.5}>
            {axis.write(tick)}
          </text>
        </g>
      ))}
    </>
  );
}

/** The room between two names under the axis: with more of them, only some are written. */
const NAMES_MAX = 7;

/** Names under a chart, each in the middle of its place; of many only every so-manieth, the last one always. */
export function NamesBelow({
  names,
  placeOf,
}: {
  names: readonly string[];
  placeOf: Scale<number>;
}) {
  const step = Math.ceil(names.length / NAMES_MAX);
  return (
    <>
      {names.map((name, at) =>
        (names.length - 1 - at) % step === 0 ? (
          <text key={name} class="middle" x={placeOf(at)} y={FRAME.bottom + 20}>
            {name}
          </text>
        ) : null,
      )}
    </>
  );
}

/** The middle of each of some places side by side between the frame's left and right. */
export function placesFor(count: number): { step: number; middle: Scale<number> } {
  const step = (FRAME.right - FRAME.left) / Math.max(1, count);
  return { step, middle: (at) => tenth(FRAME.left + step * (at + 0.5)) };
}

/** Rounds a place in a chart to a tenth of its unit. */
export function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
