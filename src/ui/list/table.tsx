import type { ComponentChildren } from "preact";

export interface Column<Row> {
  title: string;
  cell: (row: Row) => ComponentChildren;
  /** Money stands right and never breaks. */
  isMoney?: boolean;
  /** Dates and numbers that never break. */
  isWhole?: boolean;
  /** The column that names the row. */
  isRowHeader?: boolean;
  /**
   * Where it goes at 390 px in a ledger: summary and amount on the first line, date and balance on the
   * second.
   */
  place?: "top" | "bottom";
  /** The word before it at 390 px: 余额 in a ledger; in a register the title stands by itself. */
  label?: string;
}

export interface TableProps<Row> {
  /** What the table shows; heard always, seen unless `hidesCaption`. */
  caption: string;
  hidesCaption?: boolean;
  /** How it folds below 640 px: a ledger into two lines a row, a register into pairs, a matrix not. */
  kind: "ledger" | "register" | "matrix";
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string | number;
  /** A row below the line, one cell for each column; `null` for an empty one. */
  total?: readonly ComponentChildren[];
}

/** A table that folds by style sheet alone; browsers keep what a folded table is. */
export function Table<Row>(props: TableProps<Row>) {
  const { caption, hidesCaption, kind, columns, rows, rowKey, total } = props;
  return (
    <table class={`table ${kind}`}>
      <caption>{hidesCaption ? <span class="heard">{caption}</span> : caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.title} scope="col" class={classOf(column, kind)}>
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)}>
            {columns.map((column) => (
              <Cell key={column.title} column={column} kind={kind} content={column.cell(row)} />
            ))}
          </tr>
        ))}
      </tbody>
      {total && <Total columns={columns} kind={kind} cells={total} />}
    </table>
  );
}

interface CellProps<Row> {
  column: Column<Row>;
  kind: TableProps<Row>["kind"];
  content: ComponentChildren;
}

function Cell<Row>({ column, kind, content }: CellProps<Row>) {
  const label = column.label ?? (kind === "register" ? column.title : undefined);
  const shared = { class: classOf(column, kind), "data-label": label };
  return column.isRowHeader ? (
    <th {...shared} scope="row">
      {content}
    </th>
  ) : (
    <td {...shared}>{content}</td>
  );
}

interface TotalProps<Row> {
  columns: readonly Column<Row>[];
  kind: TableProps<Row>["kind"];
  cells: readonly ComponentChildren[];
}

function Total<Row>({ columns, kind, cells }: TotalProps<Row>) {
  return (
    <tfoot>
      <tr>
        {columns.map((column, index) => (
          <td key={column.title} class={classOf(column, kind)}>
            {cells[index]}
          </td>
        ))}
      </tr>
    </tfoot>
  );
}

function classOf<Row>(column: Column<Row>, kind: TableProps<Row>["kind"]): string | undefined {
  const place = kind === "ledger" ? (column.place ?? "bottom") : undefined;
  const names = [
    column.isMoney && "money",
    column.isWhole && "whole",
    place === "top" && "at-top",
    place === "bottom" && "at-bottom",
  ];
  return names.filter(Boolean).join(" ") || undefined;
}
