import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import { startJourney, WAYS } from "../support/journey.ts";
import { tabTo } from "../support/keyboard.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";
import { buildOwnerAccount, OWNER_PASSWORD } from "../support/test-owners.ts";

const HOUSE = "/fund/SL0126-12-3-0506";
const [WITH_SCRIPT, , , WITHOUT_SCRIPT] = WAYS;

// A browser beside the database tests of other files has not much of a core to itself.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

let site: ServedSite;
let browser: TestBrowser;
beforeAll(async () => {
  [browser, site] = await Promise.all([
    openBrowser(),
    serveSite({ isDemo: true, areRateLimitsOn: true }),
  ]);
  const earlier = site.visitor();
  for (let look = 0; look < 8; look += 1) await earlier.get(HOUSE);
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

async function answerOf(page: Page, idField: string): Promise<string> {
  const id = await page.locator(`input[name=${idField}]`).inputValue();
  const outbox = await (await page.request.get("/demo/outbox.json")).json();
  return outbox.find(({ to }: { to: string }) => to === id).code;
}

const answer = (page: Page) => page.getByLabel("验证码", { exact: true });
const second = (page: Page) => page.getByLabel("第二道验证码");

test("the sum can be heard, and changes for the ear as for the eye", async () => {
  const { page } = await startJourney(browser, WITHOUT_SCRIPT, HOUSE, site.url);
  const frame = page.frameLocator("iframe.captcha-frame");
  const sound = frame.getByLabel("听验证码");
  const path = (await sound.getAttribute("src")) ?? "";
  const heard = async (headers = {}) => await page.request.get(path, { headers });
  const [first, again] = [await heard(), await heard()];
  expect(first.headers()["content-type"]).toBe("audio/wav");
  expect((await again.body()).equals(await first.body())).toBe(true);
  const part = await heard({ range: "bytes=0-43" });
  expect([part.status(), (await part.body()).length]).toEqual([206, 44]);
  const later = await heard({ range: "bytes=99999999-" });
  expect(later.status()).toBe(200);
  await frame.getByRole("button", { name: "换一张", exact: true }).click();
  await expect
    .poll(async () => (await (await heard()).body()).equals(await first.body()))
    .toBe(false);
  expect((await site.visitor().get(path)).status).toBe(404);
});

test("a browser with script plays the sound", async () => {
  const { page } = await startJourney(browser, WITH_SCRIPT, HOUSE, site.url);
  const sound = page.frameLocator("iframe.captcha-frame").getByLabel("听验证码");
  const seconds = await sound.evaluate(async (audio: HTMLAudioElement) => {
    audio.load();
    audio.preload = "auto";
    await new Promise((resolve, reject) => {
      audio.addEventListener("loadedmetadata", resolve);
      audio.addEventListener("error", () => reject(new Error(audio.error?.message)));
    });
    return audio.duration;
  });
  expect(seconds).toBeGreaterThan(3);
});

test("after ten wrong sums the script works, and without script a second sum does as well", async () => {
  const { page, look } = await startJourney(browser, WITH_SCRIPT, HOUSE, site.url);
  for (let n = 0; n < 10; n += 1) {
    await answer(page).fill("1");
    await page.getByRole("button", { name: "查看明细" }).click();
    await page.getByText("得数不对。图片已经换了一张，请再算一次").first().waitFor();
  }
  await page.getByText("这台设备已核验，可以提交。").waitFor();
  expect(await second(page).isVisible()).toBe(false);
  await look();
  await answer(page).fill(await answerOf(page, "captchaId"));
  await page.getByRole("button", { name: "查看明细" }).click();
  await page.getByText("这套房屋还没有交过维修资金").waitFor();

  const bare = await startJourney(browser, WITHOUT_SCRIPT, HOUSE, site.url);
  const { page: plain } = bare;
  await bare.look();
  await answer(plain).fill(await answerOf(plain, "captchaId"));
  await plain.getByRole("button", { name: "查看明细" }).click();
  await plain.getByText("请再算一次，并按页面提示完成验证").first().waitFor();
  await bare.look();
  await answer(plain).fill(await answerOf(plain, "captchaId"));
  await second(plain).fill(await answerOf(plain, "secondCaptchaId"));
  await plain.getByRole("button", { name: "查看明细" }).click();
  await plain.getByText("这套房屋还没有交过维修资金").waitFor();
});

test("an owner signs in by keyboard alone, without picture and sound", async () => {
  await buildOwnerAccount(site.city, { username: "wei-laoshi" });
  const { page, look } = await startJourney(browser, WITH_SCRIPT, "/sign-in", site.url);
  await tabTo(page, "用户名");
  await page.keyboard.insertText("wei-laoshi");
  await tabTo(page, "密码");
  await page.keyboard.insertText(OWNER_PASSWORD);
  await tabTo(page, "让这台设备代算");
  await page.keyboard.press("Space");
  const told = page.getByRole("status").filter({ hasText: "代算" });
  expect(await told.textContent()).toMatch(/^正在代算/);
  await page.getByText("已代算好，不用再填验证码。").waitFor({ timeout: 90_000 });
  expect(await answer(page).isVisible()).toBe(false);
  expect(await page.getByTitle("验证码的图片和读音", { exact: true }).isVisible()).toBe(false);
  expect(await told.evaluate((it) => it === document.activeElement)).toBe(true);
  await look();
  await tabTo(page, "业主登录");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/me$/);
});

test("who sends while the device is at work is told to wait, and loses nothing", async () => {
  const { page } = await startJourney(browser, WITH_SCRIPT, "/sign-in", site.url);
  await page.getByLabel("用户名").fill("wei-laoshi");
  await page.getByLabel("密码").fill(OWNER_PASSWORD);
  await page.getByRole("button", { name: "让这台设备代算" }).press("Enter");
  await page.getByRole("button", { name: "业主登录" }).press("Enter");
  await page.getByText("还没有代算好，算好以后请再提交。").waitFor();
  await page.getByText("已代算好，不用再填验证码。").waitFor({ timeout: 90_000 });
  await page.getByRole("button", { name: "业主登录" }).press("Enter");
  await page.waitForURL(/\/me$/);
});

test("without script nobody is offered what he cannot use", async () => {
  const { page } = await startJourney(browser, WITHOUT_SCRIPT, "/sign-in", site.url);
  expect(await page.getByRole("button", { name: "让这台设备代算" }).count()).toBe(0);
  expect(await answer(page).isVisible()).toBe(true);
});
