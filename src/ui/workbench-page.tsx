import type { ComponentChildren } from "preact";
import { DeskPage } from "./desk-page.tsx";
import { Icon, type IconName } from "./drawing/icon.tsx";
import { SearchBar } from "./form/search-bar.tsx";
import type { PageShell } from "./page-shell.ts";

/** Whoever works at the fund centre, as its pages show him. */
export interface WorkbenchPerson {
  displayName: string;
  /** 审核员, or several joined: 审核员、审批员 */
  roleWords: string;
  roles: readonly string[];
}

interface Entry {
  title: string;
  href: string;
  icon: IconName;
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
    heading: "管理",
    entries: [
      { title: "工作人员", href: "/review/staff", icon: "people", roles: ["admin"] },
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
      search={isCaseWorker && <CaseSearch typed={props.searched ?? ""} />}
      menu={<SideMenu {...props} />}
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

function SideMenu({ person, current, queueCount }: WorkbenchPageProps) {
  const groups = MENU.map(({ heading, entries }) => ({
    heading,
    entries: entries.filter(({ roles }) => roles.some((role) => person.roles.includes(role))),
  })).filter(({ entries }) => entries.length > 0);
  return (
    <nav class="side-menu" aria-label="工作台">
      {groups.map(({ heading, entries }) => (
        <div key={heading}>
          {heading && <p class="small">{heading}</p>}
          <ul>
            {entries.map((entry) => (
              <li key={entry.href}>
                <a href={entry.href} aria-current={entry.href === current ? "page" : undefined}>
                  <Icon name={entry.icon} />
                  <span>{entry.title}</span>
                  {entry.href === "/review" && queueCount !== undefined && (
                    <span class="count">
                      {queueCount}
                      <span class="heard"> 件</span>
                    </span>
                  )}
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
