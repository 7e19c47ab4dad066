export interface LinkTab {
  href: string;
  title: string;
  isCurrent: boolean;
}

export interface LinkTabsProps {
  /** What is chosen among: 选幢. */
  label: string;
  tabs: readonly LinkTab[];
  /** More than these are put away behind a summary that names the current one; 24 where nothing is said. */
  shownMax?: number;
}

/** Links to the parts of one thing, side by side; the current one is filled. */
export function LinkTabs({ label, tabs, shownMax = 24 }: LinkTabsProps) {
  const list = (
    <ul class="link-tabs">
      {tabs.map((tab) => (
        <li key={tab.href}>
          <a href={tab.href} aria-current={tab.isCurrent ? "page" : undefined}>
            {tab.title}
          </a>
        </li>
      ))}
    </ul>
  );
  const current = tabs.find((tab) => tab.isCurrent)?.title ?? "";
  return (
    <nav aria-label={label}>
      {tabs.length <= shownMax ? (
        list
      ) : (
        <details class="disclosure">
          <summary>
            {label}（现在是 {current}，共 {tabs.length} 个）
          </summary>
          {list}
        </details>
      )}
    </nav>
  );
}
