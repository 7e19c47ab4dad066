import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import type { LockedYearHead } from "#src/ledger/locked-years/read-locked-years.ts";
import { Card } from "#src/ui/box/card.tsx";
import { EmptyState } from "#src/ui/box/notice.tsx";
import { SelectField } from "#src/ui/form/select-field.tsx";
import { Page, PageHead } from "#src/ui/layout.tsx";
import { Table } from "#src/ui/list/table.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { FilterForm } from "./filters.tsx";
import { DISCLOSURE_CRUMB, DisclosureTabs } from "./parts.tsx";

export interface YearsPageProps {
  shell: PageShell;
  /** Every version, the newest first. */
  locked: readonly LockedYearHead[];
}

/** 历年锁定: every locked version of every year, and the way to compare two of them. */
export function YearsPage({ shell, locked }: YearsPageProps) {
  const years = [...new Set(locked.map(({ year }) => year))];
  return (
    <Page
      shell={shell}
      title="历年锁定的公示"
      description="历年锁定的维修资金公示：每一年的数字、校验码和下载，可以比较任意两年。"
      crumbs={[DISCLOSURE_CRUMB, { title: "历年锁定" }]}
    >
      <PageHead title="历年锁定的公示">
        一年结束后，财务员整理、审批员核对并锁定。锁定的数字不再改动；账有更正时，另锁一版，旧版保留。
      </PageHead>
      <DisclosureTabs current="/disclosure/years" />
      {locked.length === 0 ? (
        <EmptyState title="还没有锁定过年度数字">
          <p>锁定以后，每一年的数字、校验码和下载会出现在这里。</p>
        </EmptyState>
      ) : (
        <>
          {years.length > 1 && <CompareForm years={years} />}
          <Card title="锁定的年份" id="locked-years">
            <Table
              kind="register"
              caption="锁定的年份和版本"
              hidesCaption
              columns={[
                {
                  title: "年份",
                  isRowHeader: true,
                  isWhole: true,
                  cell: (one) => (
                    <a href={`/disclosure/years/${one.year}?version=${one.version}`}>
                      {one.year} 年第 {one.version} 版
                    </a>
                  ),
                },
                {
                  title: "锁定时间",
                  isWhole: true,
                  cell: ({ lockedAt }) => formatShanghaiTime(lockedAt),
                },
                { title: "SHA-256", cell: ({ hash }) => <code class="hash">{hash}</code> },
              ]}
              rows={locked}
              rowKey={({ year, version }) => `${year}-${version}`}
            />
          </Card>
        </>
      )}
    </Page>
  );
}

/** Two years to be compared; the newest against the one before unless said otherwise. */
function CompareForm({ years }: { years: readonly number[] }) {
  const options = years.map((year) => ({ value: `${year}`, label: `${year} 年` }));
  return (
    <Card title="比较两年" id="compare">
      <FilterForm action="/disclosure/compare">
        <SelectField
          name="year"
          label="这一年"
          width="short"
          options={options}
          value={`${years[0]}`}
        />
        <SelectField
          name="with"
          label="和这一年比"
          width="short"
          options={options}
          value={`${years[1]}`}
        />
      </FilterForm>
    </Card>
  );
}
