import type { Page } from "playwright-core";
import { expect } from "vitest";

/** No page of the citizens' flows has more stops; a trap or a lost focus ends here. */
const STOPS_MAX = 120;

/** Where the keyboard is, and whether somebody who looks can see it. */
interface Stop {
  /** What it is called: label, name or words. */
  name: string;
  /** Within which named region it stands. */
  region: string;
  /** Fully on the screen. */
  isInView: boolean;
  /** Nothing lies over its middle (WCAG 2.4.11). */
  isUncovered: boolean;
  /** It, or the label that stands for it, has a ring (WCAG 2.4.7). */
  hasRing: boolean;
}

/**
 * Presses Tab until the keyboard is at what is called so, as somebody without a mouse does, and fails where a
 * stop on the way cannot be seen. `region` picks among things of one name.
 */
export async function tabTo(page: Page, name: string | RegExp, region = ""): Promise<void> {
  const seen: string[] = [];
  for (let pressed = 0; pressed < STOPS_MAX; pressed++) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(stopNow);
    seen.push(stop.name);
    // The frame of the captcha and the end of the page are stops of the browser's own.
    if (stop.name !== "") {
      const { isInView, isUncovered, hasRing } = stop;
      expect({ isInView, isUncovered, hasRing }, `${stop.name} at ${page.url()}`).toEqual({
        isInView: true,
        isUncovered: true,
        hasRing: true,
      });
    }
    const isNamed = typeof name === "string" ? stop.name === name : name.test(stop.name);
    if (isNamed && stop.region.includes(region)) return;
  }
  expect.fail(`the keyboard never came to ${name}; it was at ${seen.join(", ")}`);
}

/** Runs in the page. */
function stopNow(): Stop {
  const focused = document.activeElement as HTMLElement | null;
  const nobody = { name: "", region: "", isInView: true, isUncovered: true, hasRing: true };
  if (focused === null || focused === document.body || focused.tagName === "IFRAME") return nobody;
  const labels = (focused as HTMLInputElement).labels;
  const label = labels?.[0];
  // A radio button is drawn by its label.
  const isDrawnByLabel = focused.matches("input[type=radio], input[type=checkbox]") && label;
  const drawn = isDrawnByLabel ? label : focused;
  const words = (element: Element | null | undefined) =>
    (element?.textContent ?? "").replace(/\s+/g, " ").trim();
  const region = focused.closest("section, article, nav, header, footer");
  const titled = document.getElementById(region?.getAttribute("aria-labelledby") ?? "");
  // A link over two lines is looked at where its first line is.
  const box = drawn.getClientRects()[0] ?? drawn.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  const top = document.elementFromPoint(x, y);
  const style = getComputedStyle(drawn);
  const isTaller = box.height > innerHeight || box.width > innerWidth;
  return {
    name: focused.getAttribute("aria-label") ?? (label ? words(label) : words(focused)),
    region: `${words(titled)} ${region?.getAttribute("aria-label") ?? ""} ${words(region?.querySelector("h2, h3"))}`,
    isInView:
      isTaller ||
      (box.top >= -1 &&
        box.left >= -1 &&
        box.bottom <= innerHeight + 1 &&
        box.right <= innerWidth + 1),
    isUncovered: top !== null && (drawn.contains(top) || top.contains(drawn)),
    hasRing: style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 2,
  };
}
