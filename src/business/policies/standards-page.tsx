import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { compareDates } from "#src/kernel/calendar-date.ts";
import { HOUSE_USE_WORDS } from "#src/register/house-words.ts";
import { LawWords } from "#src/register/law/law-words.tsx";
import type { Law } from "#src/register/law/laws.ts";
import { WHICH_EDITION } from "#src/register/standards/judge-first-deposit.ts";
import type { RegisterStandard } from "#src/register/standards/list-standards.ts";
import { Card } from "#src/ui/box/card.tsx";
import { EmptyState } from "#src/ui/box/notice.tsx";
import { Tag } from "#src/ui/drawing/tag.tsx";
import { Actions, ButtonLink, PrintButton } from "#src/ui/form/button.tsx";
import { Page, PageHead } from "#src/ui/layout.tsx";
import { Table } from "#src/ui/list/table.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { groupStandards, type StandardGroup } from "./standard-groups.ts";

export interface StandardsPageProps {
  shell: PageShell;
  standards: readonly RegisterStandard[];
  laws: readonly Law[];
  today: CalendarDate;
}

/** Every deposit standard of the register, the newest edition first: what forms and calculator go by. */
export function StandardsPage({ shell, standards, laws, today }: StandardsPageProps) {
  const editions = [...Map.groupBy(standards, ({ effectiveFrom }) => effectiveFrom)].sort(
    ([a], [b]) => compareDates(b, a),
  );
  return (
    <Page
      shell={shell}
      title="首期交存标准"
      description="每一版维修资金首期交存标准，按房屋用途和有没有电梯列出，用哪一版看购房合同签订的日期。"
      crumbs={[{ title: "政策", href: "/policies" }, { title: "首期交存标准" }]}
    >
      <PageHead title="首期交存标准">{WHICH_EDITION}。</PageHead>
      {editions.length === 0 && (
        <EmptyState title="还没有公布标准">
          <p>标准公布后会出现在这里。现在要交款的，请打 12345。</p>
        </EmptyState>
      )}
      {editions.map(([from, rows]) => (
        <Edition key={from} from={from} rows={rows} laws={laws} today={today} />
      ))}
      <Actions>
        <ButtonLink href="/calculator" kind="primary">
          用计算器算要交多少
        </ButtonLink>
        <PrintButton />
      </Actions>
    </Page>
  );
}

interface EditionProps {
  from: CalendarDate;
  rows: readonly RegisterStandard[];
  laws: readonly Law[];
  today: CalendarDate;
}

function Edition({ from, rows, laws, today }: EditionProps) {
  const until = rows[0]?.effectiveTo ?? null;
  const isCurrent = from <= today && (until === null || until >= today);
  const period = until === null ? `${from} 起签订的合同` : `${from} 到 ${until} 签订的合同`;
  const groups = groupStandards(rows);
  const bases = [...new Set(rows.map(({ legalBasis }) => legalBasis))];
  return (
    <Card title={period} id={`from-${from}`} aside={isCurrent && <Tag tone="ok">现行</Tag>}>
      <Table
        caption={`${period}适用的标准`}
        hidesCaption
        kind="sheet"
        rows={groups}
        rowKey={(group) => groups.indexOf(group)}
        columns={[
          { title: "房屋", cell: ({ name }) => name, isRowHeader: true },
          { title: "用途", cell: ({ uses }) => useWords(uses) },
          { title: "电梯", cell: ({ hasLift }) => liftWords(hasLift) },
          ...(groups.some(hasFloors) ? [{ title: "层数", cell: floorWords }] : []),
          { title: "标准", isMoney: true, place: "top", label: "", cell: ({ text }) => text },
        ]}
      />
      <p class="after-lines quiet">
        依据：
        {bases.map((basis) => (
          <LawWords key={basis} basis={basis} laws={laws} />
        ))}
      </p>
    </Card>
  );
}

function useWords(uses: StandardGroup["uses"]): string {
  return uses.length === 0 ? "不限" : uses.map(useWord).join("、");
}

function useWord(use: string): string {
  return HOUSE_USE_WORDS[use as keyof typeof HOUSE_USE_WORDS] ?? use;
}

function hasFloors({ floorsFrom, floorsTo }: StandardGroup): boolean {
  return floorsFrom !== null || floorsTo !== null;
}

function floorWords({ floorsFrom, floorsTo }: StandardGroup): string {
  if (floorsFrom === null && floorsTo === null) return "不限";
  if (floorsTo === null) return `${floorsFrom} 层起`;
  return floorsFrom === null ? `${floorsTo} 层以下（含）` : `${floorsFrom} 到 ${floorsTo} 层`;
}

function liftWords(hasLift: boolean | null): string {
  if (hasLift === null) return "不限";
  return hasLift ? "有" : "无";
}
