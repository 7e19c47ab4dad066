import { groupNumber } from "#src/kernel/application-number.ts";
import { formatYuan } from "#src/kernel/money.ts";
import { Tag } from "#src/ui/drawing/tag.tsx";
import { type Column, Table } from "#src/ui/list/table.tsx";
import type { CaseRow } from "./case-rows.ts";

const COLUMNS: readonly Column<CaseRow>[] = [
  {
    title: "时限",
    isWhole: true,
    place: "top",
    label: "",
    cell: ({ deadline }) =>
      deadline ? (
        <Tag tone={deadline.tone} mark={deadline.mark}>
          {deadline.words}
        </Tag>
      ) : (
        "–"
      ),
  },
  { title: "已等", isWhole: true, cell: ({ waitedDays }) => `${waitedDays} 天` },
  { title: "承诺", isWhole: true, cell: ({ promisedOn }) => promisedOn?.slice(5) ?? "–" },
  {
    title: "业务",
    label: "",
    cell: ({ title, view }) => (
      <span>
        {title}
        {view.reason && <span class="small line-note">{view.reason}</span>}
      </span>
    ),
  },
  {
    title: "业务单编号",
    isWhole: true,
    isRowHeader: true,
    cell: ({ number }) => (
      <a href={`/review/applications/${number}`} data-case-link>
        {groupNumber(number)}
      </a>
    ),
  },
  { title: "房屋／机构", label: "", cell: ({ view }) => view.subject },
  { title: "申请人", isWhole: true, cell: ({ view }) => view.applicant || "–" },
  {
    title: "金额（元）",
    isMoney: true,
    cell: ({ view }) => (view.amountFen === null ? "–" : formatYuan(view.amountFen)),
  },
  { title: "状态", isWhole: true, cell: ({ state }) => state },
];

/** Cases as the desk lists them, each with its deadline. */
export function CaseTable({ rows, caption }: { rows: readonly CaseRow[]; caption: string }) {
  return (
    <Table
      caption={caption}
      hidesCaption
      kind="sheet"
      columns={COLUMNS}
      rows={rows}
      rowKey={({ number }) => number}
    />
  );
}
