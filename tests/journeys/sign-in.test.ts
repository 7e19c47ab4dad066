import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import { fillCaptcha, fromOutbox } from "../support/door-journey.ts";
import { startJourney, WAYS, wordsOf } from "../support/journey.ts";

const PASSWORD = "Demo-2026!";
const BY_PHONE = "业主用户手机动态密码登录";
const BY_PASSWORD = "业主用户使用普通方式登录";
/** A captcha, a message and several pages, one after the other. */
const LONG_MS = 180_000;

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

async function toTheDoor(page: Page): Promise<void> {
  await page
    .getByRole("navigation", { name: "主导航" })
    .getByRole("link", { name: "登录" })
    .click();
  await page.getByRole("heading", { name: "业主登录", level: 1 }).waitFor();
}

/** Every page offers the way out from now on, and it leads out. */
async function signOut(page: Page): Promise<void> {
  const navigation = page.getByRole("navigation", { name: "主导航" });
  await page.goto("/");
  expect(await navigation.getByRole("link", { name: "登录" }).count()).toBe(0);
  await navigation.getByRole("link", { name: "我的" }).waitFor();
  await navigation.getByRole("button", { name: "退出" }).click();
  await navigation.getByRole("link", { name: "登录" }).waitFor();
}

/** An owner's two ways in stand on one page; together they walk it in all four ways. */
const PASSWORD_WAYS = [WAYS[0], WAYS[3]] as const;
const PHONE_WAYS = [WAYS[1], WAYS[2]] as const;

describe("登录 1 业主登录", () => {
  test.each(PASSWORD_WAYS)(
    "普通方式, $how",
    async (way) => {
      const { page, look } = await startJourney(browser, way);
      await toTheDoor(page);
      await look();
      await page.getByRole("button", { name: "业主登录" }).click();
      await page.getByText("有 3 处要改").waitFor();
      await look();
      await page.getByLabel("用户名").fill("owner-demo");
      await page.getByLabel("密码", { exact: true }).fill("not this one");
      await fillCaptcha(page);
      await page.getByRole("button", { name: "业主登录" }).click();
      await page.getByText("用户名或密码不对，请再看一遍").first().waitFor();
      expect(await page.getByLabel("用户名").inputValue()).toBe("owner-demo");
      expect(await page.getByLabel("密码", { exact: true }).inputValue()).toBe("");
      await page.getByLabel("密码", { exact: true }).fill(PASSWORD);
      await fillCaptcha(page);
      await page.getByRole("button", { name: "业主登录" }).click();
      await page.waitForURL(/\/me$/);
      await page.goto("/");
      await look();
      await signOut(page);
    },
    LONG_MS,
  );

  /** One phone gets one code a minute. */
  const withPhones = PHONE_WAYS.map((way, at) => ({ ...way, phone: `1390000210${at}` }));

  test.each(withPhones)(
    "手机动态密码, $how",
    async ({ phone, ...way }) => {
      const { page, look } = await startJourney(browser, way);
      await toTheDoor(page);
      await page.getByRole("link", { name: BY_PHONE, exact: true }).click();
      await page.getByLabel("手机号码").waitFor();
      await look();
      await page.getByRole("link", { name: BY_PASSWORD, exact: true }).click();
      await page.getByLabel("用户名").waitFor();
      await page.getByRole("link", { name: BY_PHONE, exact: true }).click();
      await page.getByLabel("手机号码").fill(phone.slice(1));
      await fillCaptcha(page);
      await page.getByRole("button", { name: "获取动态密码" }).click();
      await page.getByText("手机号码应是 11 位数字，现在是 10 位").first().waitFor();
      await look();
      await page.getByLabel("手机号码").fill(`+86 ${phone}`);
      await fillCaptcha(page);
      await page.getByRole("button", { name: "获取动态密码" }).click();
      await page.getByText(`动态密码已发送到 ${phone}`).waitFor();
      const again = page.getByRole("link", { name: "重新获取" });
      if (way.javaScript) await page.getByText(/\d+ 秒后可重新获取/).waitFor();
      expect(await again.isVisible()).toBe(!way.javaScript);
      await look();
      await page.getByLabel("动态密码").fill("12345");
      await page.getByRole("button", { name: "业主登录" }).click();
      await page.getByText("动态密码应是 6 位数字，现在是 5 位").first().waitFor();
      const sms = await fromOutbox((row) => row.kind === "sms" && row.to === phone);
      expect(sms.text).toContain(`动态密码 ${sms.code}，5 分钟内有效`);
      await page.getByLabel("动态密码").fill(sms.code);
      await page.getByRole("button", { name: "业主登录" }).click();
      await page.waitForURL(/\/me$/);
      await signOut(page);
    },
    LONG_MS,
  );
});

describe("登录 2 机构用户登录", () => {
  const KINDS = [
    { door: "开发建设单位登录", username: "developer-demo", place: "示例置业有限公司" },
    { door: "物业服务企业登录", username: "property-demo", place: "示例物业服务有限公司" },
    { door: "业主委员会登录", username: "committee-demo", place: "示例花园业主委员会" },
  ];
  /** One page and one form for the three; desk, phone with and phone without script. */
  const DOOR_WAYS = [WAYS[0], WAYS[1], WAYS[3]];
  const walks = KINDS.map((kind, at) => ({ ...(DOOR_WAYS[at] ?? WAYS[0]), ...kind }));

  test.each(walks)(
    "$door, $how",
    async ({ door, username, place, ...way }) => {
      const { page, look } = await startJourney(browser, way);
      await toTheDoor(page);
      await page.getByRole("link", { name: door }).click();
      await page.getByRole("heading", { name: door, level: 1 }).waitFor();
      await look();
      await page.getByLabel("用户名").fill(username);
      await page.getByLabel("密码", { exact: true }).fill(PASSWORD);
      await page.getByRole("button", { name: "登录", exact: true }).click();
      await page.getByText("请填写算式的得数").first().waitFor();
      await look();
      await page.getByLabel("密码", { exact: true }).fill(PASSWORD);
      await fillCaptcha(page);
      await page.getByRole("button", { name: "登录", exact: true }).click();
      await page.waitForURL(/\/workbench$/);
      expect(await wordsOf(page.getByRole("banner"))).toContain(place);
      await page.getByRole("button", { name: "退出" }).click();
      await page.getByRole("heading", { name: "机构登录", level: 1 }).waitFor();
      await look();
    },
    LONG_MS,
  );
});
