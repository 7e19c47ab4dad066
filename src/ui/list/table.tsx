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
   * Where it goes at 390 px in a ledger or a sheet: the name and what matters most on the first line, the rest
   * below.
   */
  place?: "top" | "bottom";
  /** The word before it at 390 px: 余额 in a ledger; in a register and a sheet the title stands by itself. */
  label?: string;
}

export interface TableProps<Row> {
  /** What the table shows; heard always, seen unless `hidesCaption`. */
  caption: string;
  hidesCaption?: boolean;
  /**
   * How it folds below 640 px: a ledger into two lines a row, a sheet of figures into its name with the main one and
   * the others below, a register into pairs, a matrix not.
   */
  kind: "ledger" | "sheet" | "register" | "matrix";
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
  const isTitled = kind === "register" || (kind === "sheet" && !column.isRowHeader);
  const label = column.label ?? (isTitled ? column.title : undefined);
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
  const place = placeOf(column, kind);
  const names = [
    column.isMoney && "money",
    column.isWhole && "whole",
    place === "top" && "at-top",
    place === "bottom" && "at-bottom",
  ];
  return names.filter(Boolean).join(" ") || undefined;
}

function placeOf<Row>(column: Column<Row>, kind: TableProps<Row>["kind"]) {
  if (kind === "sheet" && column.isRowHeader) return "top";
  return kind === "ledger" || kind === "sheet" ? (column.place ?? "bottom") : undefined;
}
