import type { ComponentChildren } from "preact";
import { InstitutionPage, type InstitutionPerson } from "#src/ui/institution-page.tsx";
import { LinkTabs } from "#src/ui/list/link-tabs.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import type { BoundEstate } from "./bound-estates.ts";

/** What every page of one estate stands in. */
export interface EstateFrameProps {
  shell: PageShell;
  person: InstitutionPerson;
  estate: Pick<BoundEstate, "code" | "name">;
}

const TABS = [
  { tab: "estate", title: "楼盘和余额", path: "" },
  { tab: "lines", title: "交存和退款明细", path: "/lines" },
  { tab: "top-up", title: "续交通知", path: "/top-up" },
  { tab: "statements", title: "公示报表", path: "/statements" },
] as const;

/** A page of one estate: its name as heading, and the ways to its other pages. */
export function EstateFrame(
  props: EstateFrameProps & {
    title: string;
    tab: (typeof TABS)[number]["tab"];
    hasErrors?: boolean;
    children: ComponentChildren;
  },
) {
  const { shell, person, estate, title, tab, hasErrors, children } = props;
  return (
    <InstitutionPage
      shell={shell}
      person={person}
      title={title}
      current="/workbench/estates"
      hasErrors={hasErrors}
    >
      <h1>{title}</h1>
      <LinkTabs
        label="这个小区"
        tabs={TABS.map((one) => ({
          href: `/workbench/estates/${estate.code}${one.path}`,
          title: one.title,
          isCurrent: one.tab === tab,
        }))}
      />
      {children}
    </InstitutionPage>
  );
}
