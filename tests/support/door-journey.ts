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
