import type { BoundEstate } from "#src/accounts/institutions/bound-estates.ts";
import { NoEstates } from "#src/accounts/institutions/no-estates.tsx";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { formatYuan } from "#src/kernel/money.ts";
import type { EstateSummary } from "#src/ledger/estate-summaries.ts";
import { formatTenths, sufficiencyTenths } from "#src/ledger/sufficiency.ts";
import { Card } from "#src/ui/box/card.tsx";
import { EmptyState } from "#src/ui/box/notice.tsx";
import { InstitutionPage, type InstitutionPerson } from "#src/ui/institution-page.tsx";
import { Pager } from "#src/ui/list/pager.tsx";
import { RowLink, type RowLinkProps } from "#src/ui/list/row-link.tsx";
import { type Column, Table } from "#src/ui/list/table.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { ApplicationTable } from "./applications-page.tsx";
import type { OwnApplication } from "./queries.ts";
import { daysToEnd } from "./rules.ts";

/** An estate of the institution with what it holds. */
export interface OwnEstate extends BoundEstate {
  summary: EstateSummary;
}

export interface HomePageProps {
  shell: PageShell;
  person: InstitutionPerson;
  today: CalendarDate;
  triggerPercent: number;
  estates: readonly OwnEstate[];
  /** Estates whose contract or term is over and that were not given up. */
  lapsed: readonly BoundEstate[];
  page: number;
  /** The newest applications. */
  applications: readonly OwnApplication[];
}

const ESTATES_ON_PAGE = 20;

/** What an institution signs in for: what needs doing, its estates with their figures, its newest applications. */
export function HomePage(props: HomePageProps) {
  const { shell, person, estates, applications } = props;
  return (
    <InstitutionPage shell={shell} person={person} title="信息管理系统" current="/workbench">
      <h1>物业专项维修资金信息管理系统</h1>
      <TodoCard {...props} />
      {estates.length === 0 ? <NoEstatesCard {...props} /> : <EstatesCard {...props} />}
      <Card
        title="最近的业务单"
        id="recent-applications"
        aside={<a href="/workbench/applications">看全部业务单</a>}
      >
        <ApplicationTable rows={applications} />
      </Card>
    </InstitutionPage>
  );
}

function TodoCard(props: HomePageProps) {
  const todos = todosOf(props);
  return (
    <Card title="要办的事" id="to-do">
      {todos.length === 0 ? (
        <EmptyState title="没有要办的事">
          <p>有房屋要续交、合同快到期或业务单要补正时，会出现在这里</p>
        </EmptyState>
      ) : (
        todos.map((todo) => <RowLink key={todo.href + todo.title} {...todo} />)
      )}
    </Card>
  );
}

function todosOf(props: HomePageProps): RowLinkProps[] {
  const { person, estates, applications, triggerPercent } = props;
  const waiting = applications.filter(({ isOurTurn }) => isOurTurn);
  return [
    ...waiting.map(
      ({ number, title, next }): RowLinkProps => ({
        href: `/applications/${number}`,
        icon: "track",
        title: `${title}：${next}`,
        text: `业务单编号 ${number}`,
      }),
    ),
    ...(person.kind === "developer" ? estates : [])
      .filter(({ summary }) => summary.owingCount > 0)
      .map(
        ({ code, name, summary }): RowLinkProps => ({
          href: `/workbench/own-estates/${code}/unpaid`,
          icon: "pay",
          title: `${name}：${summary.owingCount} 户没有交清`,
          text: "交清以后才能交房，可以批量交款",
        }),
      ),
    ...(person.kind === "developer" ? [] : estates)
      .filter(({ summary }) => summary.belowCount > 0)
      .map(
        ({ code, name, summary }): RowLinkProps => ({
          href: `/workbench/estates/${code}/top-up`,
          icon: "pay",
          title: `${name}：${summary.belowCount} 户余额不足 ${triggerPercent}%`,
          text: "打印续交通知，请业主续交",
        }),
      ),
    ...endings(props),
  ];
}

/** Contracts and terms that end soon, or are over and can be renewed. */
function endings({ person, estates, lapsed, today }: HomePageProps): RowLinkProps[] {
  const what = person.kind === "committee" ? "任期" : "合同";
  const how = person.isAdmin ? "请申请变更" : "请本单位的管理员申请变更";
  const row = (code: string, title: string, text: string): RowLinkProps => ({
    href: person.isAdmin ? `/workbench/profile/change#estate-${code}` : "/workbench/profile",
    icon: "clock",
    title,
    text,
  });
  return [
    ...estates.flatMap(({ code, name, endsOn }) => {
      const days = daysToEnd(endsOn, today);
      const title = `${name}：${what} ${endsOn} 到期，还有 ${days} 天`;
      const text = `到期后不能再办这个小区的业务，续签或换届了的${how}`;
      return days === null ? [] : [row(code, title, text)];
    }),
    ...lapsed.map(({ code, name, endsOn }) =>
      row(
        code,
        `${name}：${what} ${endsOn} 已到期`,
        `现在不能办这个小区的业务。续签的、不再服务的，都${how}`,
      ),
    ),
  ];
}

function NoEstatesCard({ person }: HomePageProps) {
  return (
    <Card title="我的小区" id="own-estates">
      <NoEstates person={person} then="批准以后，小区会出现在这里。" />
    </Card>
  );
}

function EstatesCard(props: HomePageProps) {
  const { estates } = props;
  const page = Math.min(props.page, Math.max(1, Math.ceil(estates.length / ESTATES_ON_PAGE)));
  return (
    <Card title="我的小区" id="own-estates">
      <Table
        kind="sheet"
        caption="绑定的物业区域和资金情况"
        hidesCaption
        columns={columnsFor(props)}
        rows={estates.slice((page - 1) * ESTATES_ON_PAGE, page * ESTATES_ON_PAGE)}
        rowKey={({ code }) => code}
      />
      <Pager
        page={page}
        pageSize={ESTATES_ON_PAGE}
        totalCount={estates.length}
        hrefOf={(n) => `/workbench?page=${n}#own-estates`}
      />
    </Card>
  );
}

function columnsFor({ person, triggerPercent }: HomePageProps): Column<OwnEstate>[] {
  const isKeeper = person.kind !== "developer";
  const end = person.kind === "committee" ? "任期至" : "合同至";
  return [
    {
      title: "小区",
      isRowHeader: true,
      cell: ({ code, name }) => (
        <a href={`/workbench/${isKeeper ? "estates" : "own-estates"}/${code}`}>{name}</a>
      ),
    },
    { title: "编号", isWhole: true, cell: ({ code }) => code },
    { title: "户数", isMoney: true, cell: ({ summary }) => summary.houseCount },
    {
      title: "余额（元）",
      isMoney: true,
      place: "top",
      cell: ({ summary }) => formatYuan(summary.balanceFen),
    },
    { title: "充足率", isMoney: true, cell: ({ summary }) => rateOf(summary) },
    { title: "没有交清", isMoney: true, cell: ({ summary }) => `${summary.owingCount} 户` },
    ...(isKeeper
      ? [
          {
            title: `不足 ${triggerPercent}%`,
            isMoney: true,
            cell: ({ summary }: OwnEstate) => `${summary.belowCount} 户`,
          },
          { title: end, isWhole: true, cell: ({ endsOn }: OwnEstate) => endsOn ?? "没有期限" },
        ]
      : []),
  ];
}

function rateOf({ balanceFen, firstPaidFen }: EstateSummary): string {
  const tenths = sufficiencyTenths(balanceFen, firstPaidFen);
  return tenths === null ? "—" : formatTenths(tenths);
}
