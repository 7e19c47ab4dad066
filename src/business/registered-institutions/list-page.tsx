import { INSTITUTION_KIND_WORDS } from "#src/accounts/institutions/institution-user.ts";
import { Card } from "#src/ui/box/card.tsx";
import { EmptyState } from "#src/ui/box/notice.tsx";
import { Tag } from "#src/ui/drawing/tag.tsx";
import { Actions, Button } from "#src/ui/form/button.tsx";
import { SelectField } from "#src/ui/form/select-field.tsx";
import { TextField } from "#src/ui/form/text-field.tsx";
import { Pager } from "#src/ui/list/pager.tsx";
import { Table } from "#src/ui/list/table.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { WorkbenchPage, type WorkbenchPerson } from "#src/ui/workbench-page.tsx";
import { type ListedInstitution, PAGE_SIZE } from "./queries.ts";
import { type InstitutionFilter, institutionsHref } from "./schema.ts";
import { STATE_WORDS } from "./state-words.ts";

export interface InstitutionsPageProps {
  shell: PageShell;
  person: WorkbenchPerson;
  filter: InstitutionFilter;
  rows: readonly ListedInstitution[];
  totalCount: number;
}

/** Every institution that registered: kind, state, how many estates, until when. */
export function InstitutionsPage(props: InstitutionsPageProps) {
  const { filter, rows, totalCount } = props;
  return (
    <WorkbenchPage {...props} title="机构" current="/review/institutions">
      <h1>机构</h1>
      <Card>
        <Filters filter={filter} />
        {rows.length === 0 ? (
          <EmptyState title="没有符合条件的机构">
            <p>
              <a href="/review/institutions">看全部机构</a>
            </p>
          </EmptyState>
        ) : (
          <Rows rows={rows} />
        )}
        <Pager
          page={filter.page}
          pageSize={PAGE_SIZE}
          totalCount={totalCount}
          hrefOf={(page) => institutionsHref({ ...filter, page })}
        />
      </Card>
    </WorkbenchPage>
  );
}

function optionsOf(words: Readonly<Record<string, string>>) {
  return Object.entries(words).map(([value, label]) => ({ value, label }));
}

const STATE_LABELS = Object.fromEntries(
  Object.entries(STATE_WORDS).map(([state, { label }]) => [state, label]),
);

function Filters({ filter }: Pick<InstitutionsPageProps, "filter">) {
  return (
    <form class="filters" action="/review/institutions" method="get" aria-label="筛选机构">
      <TextField name="q" label="名称、代码或小区" value={filter.words} width="medium" />
      <SelectField
        name="kind"
        label="机构类型"
        prompt="全部"
        width="short"
        value={filter.kind ?? ""}
        options={optionsOf(INSTITUTION_KIND_WORDS)}
      />
      <SelectField
        name="state"
        label="状态"
        prompt="全部"
        width="short"
        value={filter.state ?? ""}
        options={optionsOf(STATE_LABELS)}
      />
      <Actions>
        <Button icon="search">搜索</Button>
      </Actions>
    </form>
  );
}

function Rows({ rows }: Pick<InstitutionsPageProps, "rows">) {
  return (
    <Table
      caption="注册的机构"
      hidesCaption
      kind="register"
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        {
          title: "机构名称",
          isRowHeader: true,
          cell: ({ id, name }) => <a href={`/review/institutions/${id}`}>{name}</a>,
        },
        { title: "类型", cell: ({ kind }) => INSTITUTION_KIND_WORDS[kind] },
        { title: "代码或备案号", cell: ({ code }) => code },
        {
          title: "状态",
          cell: ({ state }) => <Tag tone={STATE_WORDS[state].tone}>{STATE_WORDS[state].label}</Tag>,
        },
        { title: "物业区域", cell: ({ estates }) => `${estates} 个` },
        { title: "到期", isWhole: true, cell: ({ lastDay }) => lastDay ?? "–" },
      ]}
    />
  );
}
