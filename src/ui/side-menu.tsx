import { Icon, type IconName } from "./drawing/icon.tsx";

/** A page that a workbench's menu leads to. */
export interface MenuEntry {
  title: string;
  href: string;
  icon: IconName;
  /** How much waits there, where the page knows it. */
  count?: number | undefined;
}

/** Entries under a heading; "" for none. */
export interface MenuGroup {
  heading: string;
  entries: readonly MenuEntry[];
}

/**
 * The menu of a workbench: at the side on wide screens, below 900 px folded into one line that names the page one
 * is on, so that the work comes first. Groups without entries are left out.
 */
export function SideMenu({
  groups,
  current,
}: {
  groups: readonly MenuGroup[];
  current?: string | undefined;
}) {
  const here = groups.flatMap(({ entries }) => entries).find(({ href }) => href === current);
  return (
    <nav class="side-menu" aria-label="工作台">
      <details>
        <summary>
          <span>{here === undefined ? "菜单" : `菜单 · ${here.title}`}</span>
          <Icon name="down" />
        </summary>
        <div class="menu-groups">
          {groups
            .filter(({ entries }) => entries.length > 0)
            .map((group) => (
              <Group key={group.heading} {...group} current={current} />
            ))}
        </div>
      </details>
    </nav>
  );
}

function Group({ heading, entries, current }: MenuGroup & { current: string | undefined }) {
  return (
    <div>
      {heading && <p class="small">{heading}</p>}
      <ul>
        {entries.map((entry) => (
          <li key={entry.href}>
            <a href={entry.href} aria-current={entry.href === current ? "page" : undefined}>
              <Icon name={entry.icon} />
              <span>{entry.title}</span>
              {entry.count !== undefined && (
                <span class="count">
                  {entry.count}
                  <span class="heard"> 件</span>
                </span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
