import type { ComponentChildren } from "preact";
import { DemoLine } from "./demo-line.tsx";
import { Document } from "./document.tsx";
import { Icon } from "./drawing/icon.tsx";
import { Logo } from "./drawing/logo.tsx";
import type { PageShell } from "./page-shell.ts";

const DESKS = {
  bank: { name: "银行柜面", session: "bank", signOut: "/bank/sign-out" },
  "fund-centre": { name: "管理中心工作台", session: "staff", signOut: "/review/sign-out" },
  institution: {
    name: "维修资金信息管理系统",
    session: "institution",
    signOut: "/workbench/sign-out",
  },
} as const;

export interface DeskPageProps {
  shell: PageShell;
  title: string;
  /** Whose desk it is; the bank's unless told. */
  desk?: keyof typeof DESKS | undefined;
  /** Left out on the sign-in page. */
  branchName?: string | undefined;
  tellerName?: string | undefined;
  hasErrors?: boolean | undefined;
  /** It shows a long text, or is where one is written. */
  longText?: "read" | "write" | undefined;
  /** One narrow column in the middle, for signing in. */
  isNarrow?: boolean | undefined;
  /** Stands in the bar, between the place and the person. */
  search?: ComponentChildren;
  /** Stands at the left from 900 px on, else above the subject. */
  menu?: ComponentChildren;
  children: ComponentChildren;
}

/** A page of a desk: deep bar with place and person, denser type. The children hold the one h1. */
export function DeskPage(props: DeskPageProps) {
  const { shell, branchName, tellerName, search, menu, children } = props;
  const desk = DESKS[props.desk ?? "bank"];
  const main = (
    <main id="main" class="wrap" tabIndex={-1}>
      <div class={props.isNarrow ? "stack narrow" : "stack"}>{children}</div>
    </main>
  );
  return (
    <Document
      {...props}
      bodyClass={menu ? "desk workbench" : "desk"}
      session={tellerName ? desk.session : undefined}
      isPrivate
      isWork
    >
      {shell.isDemo && <DemoLine />}
      <header class="desk-top on-deep">
        <div class="bar">
          <p class="place">
            <Logo />
            <span>{desk.name}</span>
            {branchName && <span>{branchName}</span>}
          </p>
          {search}
          {tellerName && <Person name={tellerName} signOut={desk.signOut} />}
        </div>
      </header>
      {menu ? (
        <div class="workbench-body">
          {menu}
          {main}
        </div>
      ) : (
        main
      )}
    </Document>
  );
}

function Person({ name, signOut }: { name: string; signOut: string }) {
  return (
    <form class="who" action={signOut} method="post">
      <Icon name="user" />
      <span>{name}</span>
      <button type="submit">退出</button>
    </form>
  );
}
