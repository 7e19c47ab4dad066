import { formatYuan } from "#src/kernel/money.ts";
import { changeOf } from "#src/ledger/locked-years/compare-years.ts";
import { fenOf, type YEAR_AMOUNTS, type YearFigures } from "#src/ledger/locked-years/content.ts";
import type { LockedYear } from "#src/ledger/locked-years/read-locked-years.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Pager } from "#src/ui/list/pager.tsx";
import { type Column, Table } from "#src/ui/list/table.tsx";
import { changeText, FIGURE_WORDS, signedYuan } from "./locked-words.ts";
import { listHref } from "./schema.ts";

/** 充足率 of a locked row with its sign. */
export function rateOf({ sufficiencyPercent }: YearFigures): string {
  return sufficiencyPercent === null ? "—" : `${sufficiencyPercent}%`;
}

/** A figure that can be summed and compared. */
export type Figure = (typeof YEAR_AMOUNTS)[number];

type NamedRow = YearFigures & { name: string; key: string };

/** The districts of a locked year, beside another year's where there is one. */
export function DistrictRows({ locked, other }: { locked: LockedYear; other: LockedYear | null }) {
  const rowsOf = ({ content }: LockedYear) =>
    content.districts.map((row) => ({ ...row, key: row.codes.join("-") }));
  return (
    <Card title="各区" id="districts">
      <Rows
        rows={rowsOf(locked)}
        others={other && rowsOf(other)}
        years={[other?.year ?? 0, locked.year]}
        caption="各区"
        nameTitle="区"
      />
    </Card>
  );
}

const ESTATES_ON_PAGE = 50;

/** The estates of a locked year, page by page. */
export function EstateRows({
  locked,
  other,
  page,
}: {
  locked: LockedYear;
  other: LockedYear | null;
  page: number;
}) {
  const rowsOf = ({ content }: LockedYear) =>
    content.estates.map((row) => ({
      ...row,
      name: row.name || `${row.district}户数少的 ${row.numbers.length} 个小区合计`,
      key: row.numbers.join("-"),
    }));
  const all = rowsOf(locked);
  const asked = { version: `${locked.version}`, with: other === null ? "" : `${other.year}` };
  const from =
    (Math.min(page, Math.max(1, Math.ceil(all.length / ESTATES_ON_PAGE))) - 1) * ESTATES_ON_PAGE;
  return (
    <Card title="各小区" id="estates">
      <Rows
        rows={all.slice(from, from + ESTATES_ON_PAGE)}
        others={other && rowsOf(other)}
        years={[other?.year ?? 0, locked.year]}
        caption="各小区"
        nameTitle="小区"
      />
      <Pager
        page={from / ESTATES_ON_PAGE + 1}
        pageSize={ESTATES_ON_PAGE}
        totalCount={all.length}
        hrefOf={(n) =>
          `${listHref(`/disclosure/years/${locked.year}`, { ...asked, page: n })}#estates`
        }
      />
    </Card>
  );
}

/** Rows of a year; beside another year its closing balance and how it changed. */
function Rows(props: {
  rows: readonly NamedRow[];
  others: readonly NamedRow[] | null;
  /** The year before and the year that is looked at. */
  years: readonly [number, number];
  caption: string;
  nameTitle: string;
}) {
  const { rows, others, years, caption, nameTitle } = props;
  const before = new Map((others ?? []).map((row) => [row.key, row]));
  const changed = (row: NamedRow) => {
    const was = before.get(row.key);
    return was === undefined ? null : changeOf(fenOf(was.closing), fenOf(row.closing));
  };
  const amount = (figure: Figure): Column<NamedRow> => ({
    title: FIGURE_WORDS[figure],
    isMoney: true,
    cell: (row) => formatYuan(fenOf(row[figure])),
  });
  const single = [amount("deposited"), amount("interest"), amount("used"), amount("refunded")];
  const compared: Column<NamedRow>[] = [
    {
      title: `${years[0]} 年末余额`,
      isMoney: true,
      cell: (row) => {
        const change = changed(row);
        return change === null ? "没有这一行" : formatYuan(change.beforeFen);
      },
    },
    { ...amount("closing"), title: `${years[1]} 年末余额`, place: "top" },
    {
      title: "增减（元）",
      isMoney: true,
      cell: (row) => {
        const change = changed(row);
        return change === null ? "—" : signedYuan(change.changeFen);
      },
    },
    {
      title: "增减（%）",
      isMoney: true,
      cell: (row) => changeText(changed(row)?.changeTenths ?? null),
    },
  ];
  return (
    <Table
      kind="sheet"
      caption={`${caption}（元）`}
      hidesCaption
      columns={[
        { title: nameTitle, isRowHeader: true, cell: ({ name }) => name },
        ...(others === null
          ? [...single, { ...amount("closing"), place: "top" as const }]
          : compared),
        { title: "充足率", isMoney: true, cell: rateOf },
      ]}
      rows={rows}
      rowKey={({ key }) => key}
    />
  );
}
