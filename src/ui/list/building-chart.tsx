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
  /** What the chart shows; heard. */
  caption: string;
  /** Units with the number of doors on each floor; a label may be empty. */
  units: readonly { label: string; doorCount: number }[];
  /** The highest floor first; null where there is no house. */
  floors: readonly { label: string; cells: readonly (ChartCell | null)[] }[];
}

/** With more doors than these on a floor the chart takes the whole width. */
const NARROW_MAX = 5;

/** 楼盘表: floors × units as a real table; each house a mark and its number. */
export function BuildingChart({ caption, units, floors }: BuildingChartProps) {
  const doorCount = units.reduce((sum, unit) => sum + unit.doorCount, 0);
  const hasUnits = units.some((unit) => unit.label !== "");
  return (
    <ChartFrame label={caption} hasLinks={floors.some((floor) => floor.cells.some(isLink))}>
      <table class={doorCount <= NARROW_MAX ? "floors narrow" : "floors"}>
        <caption class="heard">{caption}</caption>
        {hasUnits && (
          <thead>
            <tr>
              <td />
              {units.map((unit) => (
                <th key={unit.label} scope="colgroup" colSpan={unit.doorCount}>
                  {unit.label}
                </th>
              ))}
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
