import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { spriteFor } from "./drawing/icon.tsx";

/** Where the page leaves room for the sprite; the element is replaced by it. */
const SPRITE_PLACE = '<i id="sprite"></i>';

/** Turns a page into HTML: doctype, markup, and a sprite with only the icons that the page shows. */
export function renderPage(page: VNode): string {
  const html = renderToString(page);
  return `<!doctype html>${html.replace(SPRITE_PLACE, () => spriteFor(html))}`;
}
