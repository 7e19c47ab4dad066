import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import { buildHouse } from "../support/builders.ts";
import { startJourney, WAYS, wordsOf } from "../support/journey.ts";
import { registerOwner } from "../support/registered-owner.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";

/** With script on a desk, and without on a phone. */
const BOTH = [WAYS[0], WAYS[3]] as const;

// A browser beside the database tests of other files has not much of a core to itself.
vi.setConfig({ testTimeout: 60_000 });

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

describe("behind a gate", () => {
  let site: ServedSite | undefined;
  afterAll(() => site?.stop());

  test("one known fact opens 查看明细", async () => {
    site = await serveSite({ disclosurePolicy: "verified" });
    const house = await buildHouse(site.city);
    const owner = { name: "令狐业主", document: "11010119900307803X", phone: "13700009102" };
    await registerOwner(site.city, house, owner);
    for (const way of BOTH) {
      const { page, look } = await startJourney(browser, way, `/fund/${house.code}`, site.url);
      await look();
      const fact = page.getByLabel("业主证件号码后 4 位，或登记手机号后 4 位");
      await fact.fill("0000");
      await page.getByRole("button", { name: "查看明细" }).click();
      await page.getByText("与登记的不一致").first().waitFor();
      await look();
      await fact.fill("803x");
      await page.getByRole("button", { name: "查看明细" }).click();
      await page.getByText("这套房屋还没有交过维修资金").waitFor();
      await look();
    }
    await site.stop();
  });

  test("a city that asks for a sign-in says where to go until there is one", async () => {
    site = await serveSite({ disclosurePolicy: "login" });
    const house = await buildHouse(site.city);
    for (const way of BOTH) {
      const { page, look } = await startJourney(browser, way, `/fund/${house.code}`, site.url);
      expect(await wordsOf(page.getByRole("main"))).toContain("维修资金管理中心窗口");
      await look();
    }
    await site.stop();
  });
});

describe("after too many tries", () => {
  let site: ServedSite;
  beforeAll(async () => {
    site = await serveSite({ isDemo: true, areRateLimitsOn: true });
  });
  afterAll(() => site?.stop());

  test("a sum in a picture opens 查看明细, with and without script", async () => {
    const house = "/fund/SL0126-12-3-0506";
    const earlier = site.visitor();
    for (let look = 0; look < 8; look += 1) await earlier.get(house);
    for (const way of BOTH) {
      const { page, look } = await startJourney(browser, way, house, site.url);
      const frame = page.frameLocator("iframe.captcha-frame");
      const picture = frame.getByRole("img", { name: /^验证码图片/ });
      expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(640);
      await look();
      await page.getByLabel("验证码", { exact: true }).fill("我不知道");
      const before = await picture.getAttribute("src");
      await frame.getByRole("button", { name: "换一张", exact: true }).click();
      await expect.poll(() => picture.getAttribute("src")).not.toBe(before);
      expect(await page.getByLabel("验证码", { exact: true }).inputValue()).toBe("我不知道");
      await page.getByRole("button", { name: "查看明细" }).click();
      await page.getByText("得数不对。图片已经换了一张，请再算一次").first().waitFor();
      await look();
      const [newest] = await (await page.request.get("/demo/outbox.json")).json();
      await page.getByLabel("验证码", { exact: true }).fill(newest.code);
      await page.getByRole("button", { name: "查看明细" }).click();
      await page.getByText("这套房屋还没有交过维修资金").waitFor();
    }
  });

  test("the outbox, and the pages of problems with the way back", async () => {
    const { page, look } = await startJourney(browser, WAYS[0], "/demo/outbox", site.url);
    await look();
    const guesser = site.visitor();
    for (let n = 0; n < 31; n += 1) await guesser.get("/applications/112611230000000002");
    await page.goto("/applications/112611230000000002");
    expect(await wordsOf(page.locator("h1"))).toBe("操作有点频繁");
    await look();
    await page.goto("/bank/query");
    await look();
    await page.getByRole("link", { name: "回到银行柜面" }).click();
    expect(new URL(page.url()).pathname).toBe("/bank/sign-in");
  });
});
