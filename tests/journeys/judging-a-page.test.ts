import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import { startJourney, WAYS } from "../support/journey.ts";

/** The journeys judge every page that they open; here their eye is tried on a page made worse. */
let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

test.each([
  ["wider than the smallest phone", "<p>示例</p>", "350px", "widest thing"],
  ["headed twice", "<h1>首页</h1>", "", "h1 of"],
  ["showing a picture without words", '<img src="/favicon.ico">', "", "axe on"],
])("a page is refused that is %s", async (_, html, minWidth, finding) => {
  const { page, look } = await startJourney(browser, WAYS[1], "/accessibility");
  await look();
  await page.evaluate(
    ([markup, width]) => {
      const main = document.querySelector("main");
      main?.insertAdjacentHTML("beforeend", markup ?? "");
      const added = main?.lastElementChild as HTMLElement;
      added.style.minWidth = width ?? "";
    },
    [html, minWidth],
  );
  await expect(look()).rejects.toThrow(finding);
});

test("a page is refused that weighs too much", async () => {
  const { page, look } = await startJourney(browser, WAYS[0], "/accessibility");
  await page.route("**/privacy", async (route) => {
    const answer = await route.fetch();
    const noise = Array.from({ length: 40_000 }, (_, n) => ((n * 7919) % 9973).toString(36)).join(
      "",
    );
    await route.fulfill({ response: answer, body: `${await answer.text()}<!--${noise}-->` });
  });
  await page.goto("/privacy");
  await expect(look()).rejects.toThrow("bytes of");
});
