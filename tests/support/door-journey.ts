import type { Page } from "playwright-core";
import { expect, inject } from "vitest";
import { newWebVisitor } from "./web-visitor.ts";

interface OutboxRow {
  kind: string;
  to: string;
  code: string;
  text: string;
}

/** The newest message of the demonstration's outbox that is asked for; waits until it is there. */
export async function fromOutbox(isWanted: (row: OutboxRow) => boolean): Promise<OutboxRow> {
  let found: OutboxRow | undefined;
  await expect
    .poll(
      async () => {
        const { text } = await newWebVisitor(inject("systemUrl")).get("/demo/outbox.json");
        found = (JSON.parse(text) as OutboxRow[]).find(isWanted);
        return found !== undefined;
      },
      { timeout: 15_000, interval: 250 },
    )
    .toBe(true);
  return found ?? expect.fail("nothing was sent");
}

/** Works out the captcha of the open page. */
export async function fillCaptcha(page: Page): Promise<void> {
  const id = await page.locator("input[name=captchaId]").inputValue();
  const { code } = await fromOutbox((row) => row.kind === "captcha" && row.to === id);
  await page.getByLabel("验证码", { exact: true }).fill(code);
}

/** Signs an owner in by a 动态密码, and stops at 我的. */
export async function signInByPhone(page: Page, phone: string): Promise<void> {
  await page.goto("/sign-in/phone");
  await page.getByLabel("手机号码").fill(phone);
  await fillCaptcha(page);
  await page.getByRole("button", { name: "获取动态密码" }).click();
  await page.getByText("动态密码已发送到").waitFor();
  const { code } = await fromOutbox((row) => row.kind === "sms" && row.to === phone);
  await page.getByLabel("动态密码").fill(code);
  await page.getByRole("button", { name: "业主登录" }).click();
  await page.waitForURL(/\/me$/);
}
