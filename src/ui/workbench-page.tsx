import type { ComponentChildren } from "preact";
import { DeskPage } from "./desk-page.tsx";
import { SearchBar } from "./form/search-bar.tsx";
import type { PageShell } from "./page-shell.ts";
import { type MenuEntry, SideMenu } from "./side-menu.tsx";

/** Whoever works at the fund centre, as its pages show him. */
export interface WorkbenchPerson {
  displayName: string;
  /** 审核员, or several joined: 审核员、审批员 */
  roleWords: string;
  roles: readonly string[];
}

interface Entry extends MenuEntry {
  /** Who sees it; the server refuses the page to everybody else as well. */
  roles: readonly string[];
}

const CASE_WORKERS = ["intake", "reviewer", "approver", "finance"];

/** The side menu: a heading ("" for none) and its entries, each for those whose roles open its page. */
const MENU: readonly { heading: string; entries: readonly Entry[] }[] = [
  {
    heading: "",
    entries: [
      { title: "待办", href: "/review", icon: "track", roles: CASE_WORKERS },
      { title: "我办过的", href: "/review/decided", icon: "clock", roles: CASE_WORKERS },
    ],
  },
  {
    heading: "资金",
    entries: [
      { title: "待清算款项", href: "/review/suspense", icon: "coin", roles: ["finance"] },
      {
        title: "银行对账",
        href: "/review/reconciliation",
        icon: "bank",
        roles: ["finance", "approver"],
      },
      {
        title: "年度公示",
        href: "/review/disclosure",
        icon: "doc",
        roles: ["finance", "approver"],
      },
    ],
  },
  {
    heading: "内容",
    entries: [{ title: "新闻", href: "/review/news", icon: "doc", roles: ["editor"] }],
  },
  {
    heading: "管理",
    entries: [
      { title: "工作人员", href: "/review/staff", icon: "people", roles: ["admin"] },
      { title: "银行柜员", href: "/review/tellers", icon: "people", roles: ["admin"] },
      { title: "机构", href: "/review/institutions", icon: "developer", roles: ["admin"] },
      { title: "工作日历", href: "/review/calendar", icon: "clock", roles: ["admin"] },
      { title: "操作记录", href: "/review/audit", icon: "doc", roles: ["auditor"] },
    ],
  },
];

export interface WorkbenchPageProps {
  shell: PageShell;
  title: string;
  person: WorkbenchPerson;
  /** The address of the menu's entry that the page belongs to. */
  current?: string | undefined;
  /** How much waits in the queue, where the page knows it. */
  queueCount?: number | undefined;
  /** What was typed into the search of the top bar. */
  searched?: string | undefined;
  hasErrors?: boolean | undefined;
  longText?: "read" | "write" | undefined;
  children: ComponentChildren;
}

/** A page of the fund centre's workbench: search and person on top, the menu of the roles at the side. */
export function WorkbenchPage(props: WorkbenchPageProps) {
  const { person } = props;
  const isCaseWorker = person.roles.some((role) => CASE_WORKERS.includes(role));
  return (
    <DeskPage
      shell={props.shell}
      title={props.title}
      desk="fund-centre"
      tellerName={`${person.roleWords} ${person.displayName}`}
      hasErrors={props.hasErrors}
      longText={props.longText}
      search={isCaseWorker && <CaseSearch typed={props.searched ?? ""} />}
      menu={<SideMenu groups={groupsFor(props)} current={props.current} />}
    >
      {props.children}
    </DeskPage>
  );
}

function CaseSearch({ typed }: { typed: string }) {
  return (
    <div class="case-search">
      <SearchBar
        action="/review/search"
        name="q"
        id="case-search"
        label="业务单编号或房屋地址"
        placeholder="业务单编号、房屋地址"
        value={typed}
      />
    </div>
  );
}

function groupsFor({ person, queueCount }: WorkbenchPageProps) {
  return MENU.map(({ heading, entries }) => ({
    heading,
    entries: entries
      .filter(({ roles }) => roles.some((role) => person.roles.includes(role)))
      .map((entry) => (entry.href === "/review" ? { ...entry, count: queueCount } : entry)),
  }));
}
