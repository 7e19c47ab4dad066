import { formatYuan } from "#src/kernel/money.ts";
import { fenOf, type YearContent } from "#src/ledger/locked-years/content.ts";
import { Card } from "#src/ui/box/card.tsx";
import { type Column, Table } from "#src/ui/list/table.tsx";

const USES_SHOWN = 50;

/** The uses as they stood when the year was locked; all of them are in the JSON. */
export function LockedUses({ uses }: Pick<YearContent, "uses">) {
  if (uses.length === 0) return null;
  return (
    <Card title={`使用项目（${uses.length} 个）`} id="uses">
      <Table
        kind="ledger"
        caption="锁定时的使用项目（元）"
        hidesCaption
        columns={USE_COLUMNS}
        rows={uses.slice(0, USES_SHOWN).map((use, at) => ({ ...use, at }))}
        rowKey={({ at }) => at}
      />
      {uses.length > USES_SHOWN && (
        <p class="small">这里列出前 {USES_SHOWN} 个，全部在锁定的 JSON 里。</p>
      )}
    </Card>
  );
}

type LockedUse = YearContent["uses"][number] & { at: number };

const USE_COLUMNS: readonly Column<LockedUse>[] = [
  { title: "日期", isWhole: true, place: "bottom", cell: ({ bookDate }) => bookDate },
  {
    title: "项目",
    isRowHeader: true,
    place: "top",
    cell: ({ project, scope, houseCount }) => (
      <>
        {project}
        <span class="small line-note">
          {[scope, houseCount === null ? "" : `${houseCount} 户分摊`].filter(Boolean).join(" · ")}
        </span>
      </>
    ),
  },
  {
    title: "小区",
    place: "bottom",
    cell: ({ name, district }) => name || `${district}户数少的小区`,
  },
  {
    title: "金额（元）",
    isMoney: true,
    place: "top",
    cell: ({ amount }) => formatYuan(fenOf(amount)),
  },
];
