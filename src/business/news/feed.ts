import { xmlText } from "#src/kernel/xml-text.ts";
import type { PublishedLine } from "./queries.ts";

export interface FeedProps {
  /** The site's address in full, without a slash at its end. */
  publicUrl: string;
  title: string;
  description: string;
  items: readonly PublishedLine[];
}

/** Writes the newest articles as RSS 2.0, with the address of the feed itself as its best practice asks. */
export function writeFeed({ publicUrl, title, description, items }: FeedProps): string {
  const changes = items.map((item) => item.shown_since.getTime());
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">',
    "<channel>",
    `<title>${xmlText(title)}</title>`,
    `<link>${xmlText(publicUrl)}/news</link>`,
    `<description>${xmlText(description)}</description>`,
    "<language>zh-CN</language>",
    `<atom:link href="${xmlText(publicUrl)}/news/feed.xml" rel="self" type="application/rss+xml"/>`,
    ...(changes.length > 0
      ? [`<lastBuildDate>${new Date(Math.max(...changes)).toUTCString()}</lastBuildDate>`]
      : []),
    ...items.map((item) => itemOf(publicUrl, item)),
    "</channel>",
    "</rss>",
    "",
  ].join("\n");
}

function itemOf(publicUrl: string, item: PublishedLine): string {
  const address = `${xmlText(publicUrl)}/news/${item.id}`;
  return [
    "<item>",
    `<title>${xmlText(item.title)}</title>`,
    `<link>${address}</link>`,
    `<guid isPermaLink="true">${address}</guid>`,
    `<pubDate>${item.visible_from.toUTCString()}</pubDate>`,
    // RSS has no word for a correction; Atom's may stand in its place.
    `<atom:updated>${item.shown_since.toISOString()}</atom:updated>`,
    `<category>${xmlText(item.category)}</category>`,
    `<description>${xmlText(item.summary)}</description>`,
    "</item>",
  ].join("");
}
