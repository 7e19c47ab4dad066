import type { ComponentChildren } from "preact";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { Tag } from "../drawing/tag.tsx";

/** What people look for first; it carries the brand's hue. */
const POLICY = "政策";

export interface LinesProps {
  /** Where the rows say much: on a phone the title has a line to itself, above the rest. */
  isFull?: boolean;
  children: ComponentChildren;
}

/** A list whose every row is one link, parted by hairlines. */
export function Lines({ isFull, children }: LinesProps) {
  return <ul class={isFull ? "lines full" : "lines"}>{children}</ul>;
}

export interface NewsLineProps {
  href: string;
  category: string;
  title: string;
  publishedOn: CalendarDate;
  /** On the home page the year goes without saying. */
  isShort?: boolean;
}

/** One piece of news: its kind, its title, its day. */
export function NewsLine({ href, category, title, publishedOn, isShort }: NewsLineProps) {
  return (
    <li>
      <a href={href}>
        <CategoryTag category={category} />
        <span class="line-title">{title}</span>
        <time class="small whole" datetime={publishedOn}>
          {isShort ? publishedOn.slice(5) : publishedOn}
        </time>
      </a>
    </li>
  );
}

/** The kind of a piece of news as a tag. */
export function CategoryTag({ category }: { category: string }) {
  return <Tag tone={category === POLICY ? "brand" : "mute"}>{category}</Tag>;
}

export interface FileLineProps {
  href: string;
  title: string;
  fileName: string;
  sizeBytes: number;
}

/** One file to save: its type, its title, its size. */
export function FileLine({ href, title, fileName, sizeBytes }: FileLineProps) {
  return (
    <li>
      <a href={href} download={fileName}>
        <span class="file-kind">{fileKind(fileName)}</span>
        <span class="line-title">{title}</span>
        <span class="small whole">{fileSize(sizeBytes)}</span>
      </a>
    </li>
  );
}

/** The type of a file as people call it: the end of its name in capitals. */
export function fileKind(fileName: string): string {
  return (/\.([A-Za-z0-9]{1,5})$/.exec(fileName)?.[1] ?? "文件").toUpperCase();
}

/** The size of a file in whole KB, from 1 MB on in MB with one decimal. */
export function fileSize(bytes: number): string {
  const kilobytes = Math.max(1, Math.round(bytes / 1024));
  return kilobytes < 1024 ? `${kilobytes} KB` : `${(kilobytes / 1024).toFixed(1)} MB`;
}
