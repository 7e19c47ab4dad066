import type {
  NewsArticleTable,
  NewsVersionTable,
} from "#src/platform/database/tables/public-pages.ts";
import type { MarkName } from "#src/ui/drawing/state-mark.tsx";
import type { Tone } from "#src/ui/drawing/tag.tsx";

export type ArticleState = NewsArticleTable["state"];
export type Category = NewsVersionTable["category"];

/** The kinds of news, in the order of the filters. */
export const CATEGORIES: readonly Category[] = ["政策", "公示", "公告", "通知"];

/** What an editor sees of an article: scheduled is what is published and not visible yet. */
export type ShownState = ArticleState | "scheduled";

/** The states on screen, in the order of the filters. */
export const STATE_WORDS: Readonly<Record<ShownState, string>> = {
  draft: "草稿",
  submitted: "待发布",
  scheduled: "定时发布",
  published: "已发布",
  withdrawn: "已撤下",
};

/** How each state is marked, so that it can be told without colour. */
export const STATE_LOOKS: Readonly<Record<ShownState, { tone: Tone; mark: MarkName }>> = {
  draft: { tone: "mute", mark: "ring" },
  submitted: { tone: "wait", mark: "triangle" },
  scheduled: { tone: "brand", mark: "half" },
  published: { tone: "ok", mark: "full" },
  withdrawn: { tone: "bad", mark: "cross" },
};

/** Tells an article's state at a moment: the clock alone turns scheduled into published. */
export function shownState(
  article: { state: ArticleState; visible_from: Date | null },
  now: Date,
): ShownState {
  const isWaiting = article.visible_from !== null && article.visible_from > now;
  return article.state === "published" && isWaiting ? "scheduled" : article.state;
}

/** Reads a category out of an address; null for all. */
export function readCategory(text: string | undefined): Category | null {
  return CATEGORIES.find((one) => one === text) ?? null;
}
