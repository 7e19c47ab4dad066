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

/** The menu at the side of a workbench, on a phone above the subject. Groups without entries are left out. */
export function SideMenu({
  groups,
  current,
}: {
  groups: readonly MenuGroup[];
  current?: string | undefined;
}) {
  return (
    <nav class="side-menu" aria-label="工作台">
      {groups
        .filter(({ entries }) => entries.length > 0)
        .map(({ heading, entries }) => (
          <div key={heading}>
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
        ))}
    </nav>
  );
}
