import { keepNewest } from "#src/kernel/keep-newest.ts";
import { type SharedPage, sendSharedPage, sharePage } from "./responses.ts";
import type { Visit } from "./visit.ts";

interface KeptPage {
  from: readonly unknown[];
  shared: Promise<SharedPage>;
}

/** Sends a page, drawn anew only when what it is drawn from has changed. */
export type SendKeptPage = (
  visit: Visit,
  /** The page's own address; the visitor's display is added to it. */
  path: string,
  from: readonly unknown[],
  /** Not called where the page is kept: what is slow belongs in here. */
  draw: () => string | Promise<string>,
) => Promise<ReturnType<typeof sendSharedPage>>;

/** What a page's surroundings differ by: the display, and whether an owner is signed in. */
export function headKey({ display, isOwner }: Pick<Visit, "display" | "isOwner">): string {
  return `${display.mode}.${display.theme}.${isOwner ? "owner" : "visitor"}`;
}

/**
 * Keeps the pages that many visitors get alike, for each address and surroundings, as long as what each was drawn
 * from is the very same; at most `pagesMax` of them. Many askers at once share one drawing; one that failed is not
 * kept. Such a page holds nothing of whoever asked for it.
 */
export function keepPages(pagesMax: number): SendKeptPage {
  const pages = new Map<string, KeptPage>();
  return async (visit, path, from, draw) => {
    const key = `${headKey(visit)}.${path}`;
    const known = pages.get(key);
    const isSame = known?.from.every((one, at) => Object.is(one, from[at])) ?? false;
    const kept = known && isSame ? known : { from, shared: share(draw) };
    keepNewest(pages, key, kept, pagesMax);
    try {
      return sendSharedPage(visit, await kept.shared);
    } catch (error) {
      if (pages.get(key) === kept) pages.delete(key);
      throw error;
    }
  };
}

async function share(draw: () => string | Promise<string>): Promise<SharedPage> {
  return sharePage(await draw());
}
