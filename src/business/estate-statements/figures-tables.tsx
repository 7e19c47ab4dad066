import { type Column, Table } from "#src/ui/list/table.tsx";
import type { StatementContent, StatementFigures } from "./content.ts";
import { FIGURE_WORDS, figuresShown, shownYuan } from "./figure-words.ts";

/** What a statement says of each building and of the whole estate. */
export function FiguresTables({ content }: { content: StatementContent }) {
  const shown = figuresShown(content.totals);
  const columns = <Row extends StatementFigures>(): Column<Row>[] =>
    shown.map((figure) => ({
      title: FIGURE_WORDS[figure],
      isMoney: true,
      cell: (row) => shownYuan(row[figure]),
    }));
  return (
    <>
      <p>
        期初余额 + 交存 + 利息 − 使用 − 退款 = 期末余额，按记账日期，
        {content.totals.houseCount} 户，金额单位元。
      </p>
      <Table
        kind="register"
        caption="各幢和全小区（元）"
        hidesCaption
        rows={[...content.buildings, { ...content.totals, label: "全小区" }]}
        rowKey={({ label }) => label}
        columns={[
          {
            title: "幢",
            isRowHeader: true,
            cell: ({ label }) => (label === "全小区" ? <strong>{label}</strong> : label),
          },
          { title: "户数", isMoney: true, cell: ({ houseCount }) => houseCount },
          ...columns<(typeof content.buildings)[number]>(),
        ]}
      />
    </>
  );
}
