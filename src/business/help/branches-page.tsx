import { Card } from "#src/ui/box/card.tsx";
import { EmptyState } from "#src/ui/box/notice.tsx";
import { Button, ButtonLink } from "#src/ui/form/button.tsx";
import { Form } from "#src/ui/form/form.tsx";
import { SelectField } from "#src/ui/form/select-field.tsx";
import { TextField } from "#src/ui/form/text-field.tsx";
import { Page, PageHead } from "#src/ui/layout.tsx";
import { type Column, Table } from "#src/ui/list/table.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import type { BankBranch, BranchFilters } from "./queries.ts";
import type { BranchQuery } from "./schema.ts";

export interface BranchesPageProps {
  shell: PageShell;
  wanted: BranchQuery;
  filters: BranchFilters;
  branches: readonly BankBranch[];
}

const COLUMNS: Column<BankBranch>[] = [
  {
    title: "网点",
    isRowHeader: true,
    cell: (branch) => `${branch.bankName}${branch.name}`,
  },
  {
    title: "区县",
    label: "",
    isWhole: true,
    place: "top",
    cell: (branch) => branch.districtName ?? "",
  },
  { title: "地址", label: "", cell: (branch) => branch.address },
  {
    title: "电话",
    isWhole: true,
    cell: (branch) => branch.phone && <a href={`tel:${branch.phone}`}>{branch.phone}</a>,
  },
  { title: "营业时间", cell: (branch) => branch.hours },
  { title: "无障碍入口", cell: (branch) => branch.stepFree },
];

/** 银行网点: where a payment notice is paid, found by district, bank or words of name and street. */
export function BranchesPage({ shell, wanted, filters, branches }: BranchesPageProps) {
  const crumbs = [{ title: "帮助", href: "/help" }, { title: "银行网点" }];
  const isFiltered = wanted.bank !== "" || wanted.district !== "" || wanted.q !== "";
  return (
    <Page
      shell={shell}
      title="银行网点"
      description="能办维修资金交款和领款的银行网点：地址、电话和营业时间，按区县和银行查找。"
      crumbs={crumbs}
    >
      <PageHead title="银行网点">
        交款到通知单上写的那家银行，任一网点都可以；领退款到支款单上写的银行。
      </PageHead>
      <Card>
        <Form action="/help/branches" method="get" label="找网点" isInline>
          <SelectField
            name="district"
            label="区县"
            options={filters.districts}
            value={wanted.district}
            prompt="全部区县"
            width="short"
          />
          <SelectField
            name="bank"
            label="银行"
            options={filters.banks}
            value={wanted.bank}
            prompt="全部银行"
          />
          <TextField
            name="q"
            label="网点名称或路名"
            value={wanted.q}
            isOptional
            width="medium"
            maxLength={40}
          />
          <Button kind="primary">找网点</Button>
          {isFiltered && (
            <ButtonLink href="/help/branches" kind="text">
              看全部网点
            </ButtonLink>
          )}
        </Form>
      </Card>
      {branches.length === 0 ? (
        <EmptyState title="没有这样的网点">
          <p>
            请少选一个条件，或 <a href="/help/branches">看全部网点</a>。也可以打{" "}
            <a href="tel:12345">12345</a> 问最近的网点。
          </p>
        </EmptyState>
      ) : (
        <>
          <p role="status">找到 {branches.length} 个网点。去之前请先打网点的电话，问清排队情况。</p>
          <Card>
            <Table
              kind="sheet"
              caption="银行网点"
              hidesCaption
              columns={COLUMNS}
              rows={branches}
              rowKey={(branch) => `${branch.bankName}${branch.name}`}
            />
          </Card>
        </>
      )}
    </Page>
  );
}
