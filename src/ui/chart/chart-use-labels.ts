import { type CalendarDate, compareDates } from "#src/kernel/calendar-date.ts";
import type { Fen } from "#src/kernel/money.ts";
import { FRAME, type Scale } from "./chart-scale.ts";

/** Money that was used on a day, with a word for it. */
export interface Use {
  date: CalendarDate;
  amountFen: Fen;
  word: string;
}

/** A use with its place in the chart. */
export interface PlacedUse extends Use {
  /** The place on the balance that the triangle marks. */
  x: number;
  y: number;
}

/** A use whose amount and word stand in the chart. */
export interface UseLabel extends PlacedUse {
  /** The middle of the words, and the height that they hang from. */
  labelX: number;
  labelY: number;
}

interface ChartedUses {
  points: readonly { date: CalendarDate; balanceFen: Fen }[];
  uses?: readonly Use[] | undefined;
  topUpLineFen?: Fen | undefined;
}

/** The room that an amount with its word takes, from the height that it hangs from. */
const LABEL_WIDTH = 96;
const LABEL_TOP = 18;
const LABEL_BOTTOM = 58;
const LABEL_HEIGHT = LABEL_BOTTOM - LABEL_TOP;
/** Tried in turn: below the balance, further below, then above it. */
const LABEL_SHIFTS = [0, 44, 88, 132, -66, -110, -154];

/** Marks each use on the balance, the earliest first. */
export function placeUses(
  { uses = [], points }: ChartedUses,
  x: Scale<CalendarDate>,
  y: Scale<Fen>,
): PlacedUse[] {
  return uses
    .toSorted((a, b) => compareDates(a.date, b.date))
    .map((use) => {
      const after = points.findLast((point) => point.date <= use.date)?.balanceFen;
      return { ...use, x: x(use.date), y: after === undefined ? FRAME.top : y(after) };
    });
}

/**
 * Gives the words of each use a place inside the frame where they cover neither other words nor a line; null when one of
 * them has none, so that the uses are numbered and told below.
 */
export function labelUses(
  chart: ChartedUses,
  x: Scale<CalendarDate>,
  y: Scale<Fen>,
): UseLabel[] | null {
  const lines = linesOf(chart, x, y);
  const labels: UseLabel[] = [];
  for (const use of placeUses(chart, x, y)) {
    const labelX = Math.min(Math.max(use.x, FRAME.left + 44), FRAME.right - 44);
    const shift = LABEL_SHIFTS.find((by) => isFree(labels, lines, labelX, use.y + by));
    if (shift === undefined) return null;
    labels.push({ ...use, labelX, labelY: use.y + shift });
  }
  return labels;
}

interface Line {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The steps of the balance and the 30 % line with its words. */
function linesOf(chart: ChartedUses, x: Scale<CalendarDate>, y: Scale<Fen>): Line[] {
  const lines = chart.points.flatMap((point, at) => {
    const next = chart.points[at + 1];
    const left = x(point.date);
    const right = next === undefined ? FRAME.right : x(next.date);
    const level = y(point.balanceFen);
    const flat = { left, right, top: level, bottom: level };
    if (next === undefined) return [flat];
    const step = [level, y(next.balanceFen)];
    return [flat, { left: right, right, top: Math.min(...step), bottom: Math.max(...step) }];
  });
  if (chart.topUpLineFen === undefined) return lines;
  const level = y(chart.topUpLineFen);
  const words = { left: FRAME.left, right: FRAME.left + 170, top: level - 22, bottom: level };
  return [...lines, words, { left: FRAME.left, right: FRAME.right, top: level, bottom: level }];
}

function isFree(
  labels: readonly UseLabel[],
  lines: readonly Line[],
  labelX: number,
  labelY: number,
): boolean {
  const isInside = labelY >= FRAME.top - LABEL_TOP && labelY + LABEL_BOTTOM <= FRAME.bottom;
  const isCrossed = lines.some((line) => isCrossing(line, labelX, labelY));
  return isInside && !isCrossed && !labels.some((other) => isTouching(other, labelX, labelY));
}

function isCrossing(line: Line, labelX: number, labelY: number): boolean {
  const isBeside = line.right <= labelX - LABEL_WIDTH / 2 || line.left >= labelX + LABEL_WIDTH / 2;
  return !isBeside && line.bottom > labelY + LABEL_TOP && line.top < labelY + LABEL_BOTTOM;
}

function isTouching(other: UseLabel, labelX: number, labelY: number): boolean {
  const isBeside = Math.abs(other.labelX - labelX) >= LABEL_WIDTH;
  return !isBeside && Math.abs(other.labelY - labelY) < LABEL_HEIGHT;
}
