import type { ComponentChildren } from "preact";
import { DeskPage } from "./desk-page.tsx";
import type { PageShell } from "./page-shell.ts";
import { type MenuEntry, SideMenu } from "./side-menu.tsx";

/** Whoever works for an institution, as its pages show him. */
export interface InstitutionPerson {
  name: string;
  institutionName: string;
  kind: "developer" | "property-company" | "committee";
  isAdmin: boolean;
}

interface Entry extends MenuEntry {
  /** Whose it is; the server refuses the page to everybody else as well. */
  isFor: (person: InstitutionPerson) => boolean;
}

function isKeeper({ kind }: InstitutionPerson): boolean {
  return kind !== "developer";
}

/** What opens to everybody who signed in. */
const REGISTRATION = "/workbench/registration";

/** The side menu of 信息管理系统: a heading ("" for none) and its entries, each for those whose page it is. */
const MENU: readonly { heading: string; entries: readonly Entry[] }[] = [
  {
    heading: "",
    entries: [{ title: "首页", href: "/workbench", icon: "home", isFor: () => true }],
  },
  {
    heading: "小区",
    entries: [{ title: "小区", href: "/workbench/estates", icon: "estate", isFor: isKeeper }],
  },
  {
    heading: "开发项目",
    entries: [
      { title: "小区和房屋", href: "/workbench/own-estates", icon: "estate", isFor: isDeveloper },
      { title: "房屋导入", href: "/workbench/house-imports", icon: "file", isFor: isDeveloper },
      { title: "批量交款", href: "/workbench/batch-deposits", icon: "pay", isFor: isDeveloper },
      {
        title: "已交清证明",
        href: "/workbench/clearance-certificates",
        icon: "shield",
        isFor: isDeveloper,
      },
    ],
  },
  {
    heading: "本单位",
    entries: [
      { title: "单位资料", href: "/workbench/profile", icon: "bank", isFor: () => true },
      { title: "机构注册", href: REGISTRATION, icon: "doc", isFor: () => true },
      { title: "业务单", href: "/workbench/applications", icon: "track", isFor: () => true },
      {
        title: "人员账号",
        href: "/workbench/users",
        icon: "people",
        isFor: ({ isAdmin }) => isAdmin,
      },
      { title: "我的登录", href: "/workbench/sessions", icon: "user", isFor: () => true },
    ],
  },
];

function isDeveloper({ kind }: InstitutionPerson): boolean {
  return kind === "developer";
}

/** A page of 物业专项维修资金信息管理系统: person and institution on top, the menu of its kind at the side. */
export function InstitutionPage({
  shell,
  title,
  person,
  current,
  hasErrors,
  isRestricted,
  children,
}: {
  shell: PageShell;
  title: string;
  person: InstitutionPerson;
  /** The address of the menu's entry that the page belongs to. */
  current?: string | undefined;
  hasErrors?: boolean | undefined;
  /** Its institution may not work yet, or no longer: nothing but its registration opens. */
  isRestricted?: boolean | undefined;
  children: ComponentChildren;
}) {
  const groups = MENU.map(({ heading, entries }) => ({
    heading: isRestricted ? "" : heading,
    entries: entries.filter(
      (entry) => entry.isFor(person) && (!isRestricted || entry.href === REGISTRATION),
    ),
  }));
  return (
    <DeskPage
      shell={shell}
      title={title}
      desk="institution"
      branchName={person.institutionName}
      tellerName={person.name}
      hasErrors={hasErrors}
      menu={<SideMenu groups={groups} current={current} />}
    >
      {children}
    </DeskPage>
  );
}
