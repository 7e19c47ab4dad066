import type { ComponentChildren } from "preact";
import { DemoLine } from "./demo-line.tsx";
import { Document } from "./document.tsx";
import { Footer } from "./footer.tsx";
import { ButtonLink } from "./form/button.tsx";
import { Header, type NavigationPlace } from "./header.tsx";
import type { PageShell } from "./page-shell.ts";

export interface Crumb {
  title: string;
  /** Left out for the page itself. */
  href?: string;
}

export interface PageProps {
  shell: PageShell;
  /** The business in the manual's words; the site's name follows by itself. */
  title: string;
  /** What the page has, in one sentence for search engines; left out where they are not let in. */
  description?: string | undefined;
  /** Which entry of the navigation the page belongs to. */
  current?: NavigationPlace | undefined;
  /** The way from 首页, which is added in front; the last one is the page itself. */
  crumbs?: readonly Crumb[] | undefined;
  /** `home` gives the whole width to the children; `narrow` keeps lines short. */
  layout?: "standard" | "narrow" | "home" | undefined;
  hasErrors?: boolean | undefined;
  isPrivate?: boolean | undefined;
  /** It shows a long text. */
  longText?: "read" | undefined;
  /** It shows parts of a workbench: the gallery. */
  isWork?: boolean | undefined;
  feed?: { title: string; href: string } | undefined;
  children: ComponentChildren;
}

/** A page of the public site: header, crumbs, main, footer. The children hold the one h1. */
export function Page(props: PageProps) {
  const { shell, layout = "standard", crumbs, children } = props;
  const isElder = shell.mode === "elder";
  return (
    <Document {...props} session={shell.isOwner ? "owner" : undefined}>
      {shell.isDemo && <DemoLine />}
      <Header shell={shell} current={props.current} />
      {crumbs && crumbs.length > 0 && <Crumbs crumbs={crumbs} isElder={isElder} />}
      {layout === "home" ? (
        <main id="main" tabIndex={-1}>
          {children}
          {isElder && (
            <div class="wrap">
              <HelpCall />
            </div>
          )}
        </main>
      ) : (
        <main id="main" class="body wrap" tabIndex={-1}>
          <p class="print-head">{shell.fundCentreName}</p>
          <div class={layout === "narrow" ? "stack narrow" : "stack"}>
            {children}
            {isElder && <HelpCall />}
          </div>
        </main>
      )}
      <Footer shell={shell} />
    </Document>
  );
}

/** The page's h1 with at most one line below it. */
export function PageHead({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="page-head">
      <h1>{title}</h1>
      {children && <p>{children}</p>}
    </div>
  );
}

export interface ColumnsProps {
  /** What stands at the right from 900 px on, 22 rem wide; below, or first, on a phone. */
  side: ComponentChildren;
  isSideFirst?: boolean;
  children: ComponentChildren;
}

/** Main column and side column. A side that comes first on a phone stays in sight on a wide screen. */
export function Columns({ side, isSideFirst, children }: ColumnsProps) {
  const beside = <div class="column-side stack">{side}</div>;
  return (
    <div class={isSideFirst ? "columns side-first" : "columns"}>
      {isSideFirst && beside}
      <div class="stack">{children}</div>
      {!isSideFirst && beside}
    </div>
  );
}

/** Two equal columns from 900 px on, each child one. */
export function Halves({ children }: { children: ComponentChildren }) {
  return <div class="columns halves">{children}</div>;
}

/** In 适老版 every page ends with a person to call, at the same place. */
function HelpCall() {
  return (
    <p class="help-call">
      <ButtonLink href="tel:12345" icon="phone" isLarge isWide>
        打 12345 找人帮办
      </ButtonLink>
    </p>
  );
}

function Crumbs({ crumbs, isElder }: { crumbs: readonly Crumb[]; isElder: boolean }) {
  if (isElder) return <WayBack crumbs={crumbs} />;
  return (
    <nav class="crumbs wrap" aria-label="您在这里">
      <ol>
        <li>
          <a href="/">首页</a>
        </li>
        {crumbs.map((crumb) => (
          <li key={crumb.title}>
            {crumb.href === undefined ? (
              <span aria-current="page">{crumb.title}</span>
            ) : (
              <a href={crumb.href}>{crumb.title}</a>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** The crumbs of 适老版: one way, back to where the page hangs. */
function WayBack({ crumbs }: { crumbs: readonly Crumb[] }) {
  const parent = crumbs.findLast((crumb) => crumb.href !== undefined);
  return (
    <nav class="crumbs wrap" aria-label="您在这里">
      <ol>
        <li>
          <a href={parent?.href ?? "/"}>返回{parent?.title ?? "首页"}</a>
        </li>
      </ol>
    </nav>
  );
}
