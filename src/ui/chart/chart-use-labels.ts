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
interface UseLabel extends Use {
  /** The place on the balance that the triangle marks. */
  x: number;
  y: number;
  /** The middle of the words, and the height that they hang from. */
  labelX: number;
  labelY: number;
}

interface ChartedUses {
  points: readonly { date: CalendarDate; balanceFen: Fen }[];
  uses?: readonly Use[] | undefined;
}

/** The room that an amount with its word takes. */
const LABEL_WIDTH = 96;
const LABEL_HEIGHT = 42;
/** Tried in turn: below the balance, further below, then above it. */
const LABEL_SHIFTS = [0, 44, 88, 132, -66, -110, -154];

/** Gives each use a place for its words inside the frame where they cover no other words. */
export function placeUses(
  { uses = [], points }: ChartedUses,
  x: Scale<CalendarDate>,
  y: Scale<Fen>,
): UseLabel[] {
  const placed: UseLabel[] = [];
  for (const use of uses.toSorted((a, b) => compareDates(a.date, b.date))) {
    const after = points.findLast((point) => point.date <= use.date)?.balanceFen;
    const at = { x: x(use.date), y: after === undefined ? FRAME.top : y(after) };
    const labelX = Math.min(Math.max(at.x, FRAME.left + 44), FRAME.right - 44);
    const shift = LABEL_SHIFTS.find((by) => isFree(placed, labelX, at.y + by));
    placed.push({ ...use, ...at, labelX, labelY: at.y + (shift ?? 0) });
  }
  return placed;
}

function isFree(placed: readonly UseLabel[], labelX: number, labelY: number): boolean {
  const isInside = labelY >= FRAME.top - 18 && labelY + 56 <= FRAME.bottom;
  return isInside && !placed.some((other) => isTouching(other, labelX, labelY));
}

function isTouching(other: UseLabel, labelX: number, labelY: number): boolean {
  const isBeside = Math.abs(other.labelX - labelX) >= LABEL_WIDTH;
  return !isBeside && Math.abs(other.labelY - labelY) < LABEL_HEIGHT;
}
