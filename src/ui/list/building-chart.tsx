import { type MarkName, StateMark } from "../drawing/state-mark.tsx";
import { Tag, type Tone } from "../drawing/tag.tsx";

/** One house in the chart of its building. */
export interface ChartCell {
  /** The number alone: 502. */
  text: string;
  /** All of it, as it is heard: 3单元502 未交. */
  name: string;
  /** How it stands; left out where that is not told. */
  look?: { tone: Tone; mark: MarkName } | undefined;
  href?: string | undefined;
}

export interface BuildingChartProps {
  /** What the chart shows, before the name of a unit: 12幢. */
  building: string;
  /** Units with the number of doors on each floor; a label may be empty. */
  units: readonly { label: string; doorCount: number }[];
  /** The highest floor first, each with the doors of all units in their order; null where there is no house. */
  floors: readonly Floor[];
}

interface Floor {
  label: string;
  cells: readonly (ChartCell | null)[];
}

/** With more doors than these on a floor the charts take the whole width. */
const NARROW_MAX = 5;

/** So many doors of a floor fit a phone of 320 px, and one of 390 px. */
const SMALL_PHONE_MAX = 4;
const PHONE_MAX = 6;

/**
 * 楼盘表: floors × doors as a real table for each unit, so that a phone shows a unit whole and the next one below
 * it; each house a mark and its number.
 */
export function BuildingChart({ building, units, floors }: BuildingChartProps) {
  const doorCount = units.reduce((sum, unit) => sum + unit.doorCount, 0);
  const firsts = units.map((_, at) =>
    units.slice(0, at).reduce((sum, unit) => sum + unit.doorCount, 0),
  );
  return (
    <div class="chart-units">
      {units.map((unit, at) => (
        <UnitChart
          key={unit.label}
          caption={`${building}${unit.label} 楼盘表，从高层到低层`}
          unit={unit}
          floors={floorsOf(floors, firsts[at] ?? 0, unit.doorCount)}
          isNarrow={doorCount <= NARROW_MAX}
        />
      ))}
    </div>
  );
}

/** The doors of one unit, from its highest floor down: a lower tower beside a higher one begins lower. */
function floorsOf(floors: readonly Floor[], first: number, doorCount: number): Floor[] {
  const own = floors.map(({ label, cells }) => ({
    label,
    cells: cells.slice(first, first + doorCount),
  }));
  return own.slice(
    Math.max(
      0,
      own.findIndex(({ cells }) => cells.some(Boolean)),
    ),
  );
}

interface UnitChartProps {
  caption: string;
  unit: { label: string; doorCount: number };
  floors: readonly Floor[];
  isNarrow: boolean;
}

function UnitChart({ caption, unit, floors, isNarrow }: UnitChartProps) {
  return (
    <div class="chart-unit">
      {unit.doorCount > SMALL_PHONE_MAX && (
        <p class={unit.doorCount > PHONE_MAX ? "quiet push-hint" : "quiet push-hint small-phone"}>
          左右滑动看全部
        </p>
      )}
      <ChartFrame label={caption} hasLinks={floors.some((floor) => floor.cells.some(isLink))}>
        <table class={isNarrow ? "floors narrow" : "floors"}>
          <caption class="heard">{caption}</caption>
          {unit.label !== "" && (
            <thead>
              <tr>
                <td />
                <th scope="colgroup" colSpan={unit.doorCount}>
                  {unit.label}
                </th>
              </tr>
            </thead>
          )}
          <tbody>
            {floors.map((floor) => (
              <tr key={floor.label}>
                <th scope="row">
                  {floor.label}
                  <span class="heard">层</span>
                </th>
                {floor.cells.map((cell, at) => (
                  <td key={cell?.name ?? at}>{cell && <HouseCell {...cell} />}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ChartFrame>
    </div>
  );
}

/** A wide chart is pushed sideways in its frame, by keyboard too: where it has no links, the frame is a stop. */
function ChartFrame(props: {
  label: string;
  hasLinks: boolean;
  children: preact.ComponentChildren;
}) {
  return props.hasLinks ? (
    <div class="chart-frame">{props.children}</div>
  ) : (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled has to be reached by keyboard
    <section class="chart-frame" aria-label={props.label} tabIndex={0}>
      {props.children}
    </section>
  );
}

const isLink = (cell: ChartCell | null) => cell?.href !== undefined;

/** Houses that no grid of floors can hold, in their order. */
export function HouseGroup({ title, cells }: { title: string; cells: readonly ChartCell[] }) {
  return (
    <section class="house-group">
      <h3>
        {title} <span class="quiet">{cells.length} 户</span>
      </h3>
      <ul class="house-cells">
        {cells.map((cell) => (
          <li key={cell.name}>
            <HouseCell {...cell} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function HouseCell({ text, name, look, href }: ChartCell) {
  const ground = look === undefined ? "cell" : `cell ${look.mark === "dash" ? "none" : look.tone}`;
  const inside = (
    <>
      {look && <StateMark mark={look.mark} />}
      {text}
    </>
  );
  if (href !== undefined) {
    return (
      <a class={ground} href={href} aria-label={name}>
        {inside}
      </a>
    );
  }
  return (
    <span class={ground}>
      <span aria-hidden="true">{inside}</span>
      <span class="heard">{name}</span>
    </span>
  );
}

export interface LegendItem {
  mark: MarkName;
  tone: Tone;
  /** 已交 57 */
  words: string;
}

/** What the marks of a chart mean, with how many houses each stands for. */
export function ChartLegend({ items }: { items: readonly LegendItem[] }) {
  return (
    <ul class="legend" aria-label="图例">
      {items.map(({ words, ...look }) => (
        <li key={words}>
          <Tag {...look}>{words}</Tag>
        </li>
      ))}
    </ul>
  );
}
