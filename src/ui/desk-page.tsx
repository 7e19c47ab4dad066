import type { ComponentChildren } from "preact";
import { DemoLine } from "./demo-line.tsx";
import { Document } from "./document.tsx";
import { Icon } from "./drawing/icon.tsx";
import { Logo } from "./drawing/logo.tsx";
import type { PageShell } from "./page-shell.ts";

export interface DeskPageProps {
  shell: PageShell;
  title: string;
  /** Left out on the sign-in page. */
  branchName?: string | undefined;
  tellerName?: string | undefined;
  hasErrors?: boolean | undefined;
  /** One narrow column in the middle, for signing in. */
  isNarrow?: boolean | undefined;
  children: ComponentChildren;
}

/** A page of the bank desk: deep bar with branch and teller, denser type. The children hold the one h1. */
export function DeskPage(props: DeskPageProps) {
  const { shell, branchName, tellerName, children } = props;
  return (
    <Document {...props} bodyClass="desk" isPrivate>
      {shell.isDemo && <DemoLine />}
      <header class="desk-top on-deep">
        <div class="bar">
          <p class="place">
            <Logo />
            <span>银行柜面</span>
            {branchName && <span>{branchName}</span>}
          </p>
          {tellerName && <Teller name={tellerName} />}
        </div>
      </header>
      <main id="main" class="wrap" tabIndex={-1}>
        <div class={props.isNarrow ? "stack narrow" : "stack"}>{children}</div>
      </main>
    </Document>
  );
}

function Teller({ name }: { name: string }) {
  return (
    <form class="who" action="/bank/sign-out" method="post">
      <Icon name="user" />
      <span>{name}</span>
      <button type="submit">退出</button>
    </form>
  );
}
