import type { ComponentChildren } from "preact";
import { type Column, Table } from "../list/table.tsx";

/** What every chart is named by, and what it says to whoever does not see it. */
export interface ChartWords {
  /** Distinct on its page. */
  id: string;
  /** What is shown: 每年使用. */
  title: string;
}

export interface ChartFigureProps<Row> extends ChartWords {
  /** One sentence with the figures that matter. */
  description: string;
  /** Width and height in the chart's own units. */
  size?: readonly [width: number, height: number];
  /** What marks and patterns stand for, and the unit; it repeats the table. */
  legend?: ComponentChildren;
  /** The very figures, row by row: what is drawn is rounded, what stands here is not. */
  table: {
    caption?: string;
    columns: readonly Column<Row>[];
    rows: readonly Row[];
    rowKey: (row: Row) => string | number;
  };
  /** Shows the table without being asked; for a chart that stands by itself. */
  isTableOpen?: boolean | undefined;
  children: ComponentChildren;
}

/** Where charts over time and over names draw: 500 × 268. */
const USUAL_SIZE = [500, 268] as const;

/**
 * Holds any chart: a picture with title and description, its legend, and the table that says the same to the fen. Every
 * chart of the house is drawn inside of one.
 */
export function ChartFigure<Row>(props: ChartFigureProps<Row>) {
  const { id, title, description, size = USUAL_SIZE, legend, table } = props;
  return (
    <figure class="chart-figure">
      <svg
        class="chart"
        viewBox={`0 0 ${size[0]} ${size[1]}`}
        role="img"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-desc`}
      >
        <title id={`${id}-title`}>{title}</title>
        <desc id={`${id}-desc`}>{description}</desc>
        {props.children}
      </svg>
      {legend && (
        <div class="chart-legend" aria-hidden="true">
          {legend}
        </div>
      )}
      <details class="disclosure chart-table" open={props.isTableOpen}>
        <summary>{title}：看数字</summary>
        <Table
          kind="sheet"
          caption={table.caption ?? title}
          hidesCaption
          columns={table.columns}
          rows={table.rows}
          rowKey={table.rowKey}
        />
      </details>
    </figure>
  );
}
