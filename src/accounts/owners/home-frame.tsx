import type { ComponentChildren } from "preact";
import { Page, PageHead } from "#src/ui/layout.tsx";
import { LinkTabs } from "#src/ui/list/link-tabs.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";

/** The pages of an owner's home, as its own navigation names them. */
const PLACES = [
  { href: "/me", title: "我的房屋" },
  { href: "/me/applications", title: "我的业务" },
  { href: "/me/link", title: "关联房屋" },
  { href: "/me/account", title: "账户与登录" },
] as const;

export type HomePlace = (typeof PLACES)[number]["href"];

export interface HomeFrameProps {
  shell: PageShell;
  title: string;
  /** One line below the title. */
  lead?: string | undefined;
  current: HomePlace;
  /** Set on a page below one of the four: its own crumb. */
  isBelow?: boolean;
  hasErrors?: boolean;
  children: ComponentChildren;
}

/** A page of an owner's home: a page of the portal with a navigation of its own. Nothing on it may be kept. */
export function HomeFrame(props: HomeFrameProps) {
  const { shell, title, lead, current, isBelow, children } = props;
  const place = PLACES.find(({ href }) => href === current);
  const crumbs = isBelow
    ? [{ title: place?.title ?? "", href: current }, { title }]
    : [{ title: place?.title ?? "" }];
  return (
    <Page
      shell={shell}
      title={title}
      current="me"
      crumbs={crumbs}
      hasErrors={props.hasErrors}
      isPrivate
    >
      <LinkTabs
        label="我的"
        tabs={PLACES.map(({ href, title: words }) => ({
          href,
          title: words,
          isCurrent: href === current,
        }))}
      />
      <PageHead title={title}>{lead}</PageHead>
      {children}
    </Page>
  );
}
