import { Card } from "#src/ui/box/card.tsx";
import { EmptyState } from "#src/ui/box/notice.tsx";
import { WorkbenchPage } from "#src/ui/workbench-page.tsx";
import type { CaseRow } from "./case-rows.ts";
import { CaseTable } from "./case-table.tsx";
import type { DeskFrame } from "./desk-frame.ts";

export interface SearchPageProps extends DeskFrame {
  typed: string;
  /** Why nothing could be looked for, or null. */
  sentence: string | null;
  rows: readonly CaseRow[];
}

/** The applications of the houses that typed words mean. */
export function CaseSearchPage(props: SearchPageProps) {
  const { typed, sentence, rows } = props;
  return (
    <WorkbenchPage {...props} title="查找业务单" searched={typed}>
      <h1>查找业务单</h1>
      {rows.length > 0 ? (
        <Card>
          <CaseTable rows={rows} caption={`与“${typed}”有关的业务单`} />
        </Card>
      ) : (
        <EmptyState title={sentence ?? `没有找到与“${typed}”有关的业务单`}>
          <p>可以输入 18 位业务单编号，或写到房号的地址，例如 示例花园 12幢 3单元 502。</p>
        </EmptyState>
      )}
    </WorkbenchPage>
  );
}
