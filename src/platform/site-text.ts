/** What the search over the whole site tells apart, in the order of its filters: the words are shown as they are. */
export const SITE_TEXT_KINDS = [
  "办事入口",
  "办事指南",
  "帮助",
  "新闻",
  "资料下载",
  "政策",
  "维修资金公示",
] as const;

export type SiteTextKind = (typeof SITE_TEXT_KINDS)[number];

/** One public page or file as the search over the whole site reads it; nothing of it is personal. */
export interface SiteText {
  /** Where it stands on this site: a path, with `#part` where it is a part of a page. */
  href: string;
  kind: SiteTextKind;
  title: string;
  /** Plain text, without markup. */
  text: string;
  /** What people call it besides, parted by blanks: it is found by these and never shown with them. */
  names?: string;
  /** The day it was published, `2026-11-23`; null for what has no day of its own. */
  date: string | null;
}

/** Lists what a business publishes at this moment; what is withdrawn is not among it. */
export type SiteTextSource = () => Promise<readonly SiteText[]>;
