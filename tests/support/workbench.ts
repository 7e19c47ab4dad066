import type { Locator, Page } from "playwright-core";
import { expect, inject } from "vitest";
import { newWebVisitor } from "./web-visitor.ts";

const PASSWORD = "Demo-2026!";

/** Two journeys that sign the same person in at one moment are shown the same code; the later one asks anew. */
const TRIES = 5;
/** A code opens once, and the next one comes within half a minute. */
const NEXT_CODE_MS = 10_000;

/**
 * Signs somebody of the demonstration's fund centre in: password, then the code that his authenticator shows,
 * which the demonstration writes into its outbox.
 */
export async function signInAtWorkbench(page: Page, username: string): Promise<void> {
  for (let n = 1; n <= TRIES; n += 1) {
    const before = await codesOf(username);
    await page.goto("/review/sign-in");
    await page.getByLabel("用户名").fill(username);
    await page.getByLabel("密码").fill(PASSWORD);
    await page.getByRole("button", { name: "下一步" }).click();
    await page.getByLabel("动态口令").waitFor();
    await expect
      .poll(async () => (await codesOf(username)).length, { timeout: 10_000 })
      .toBeGreaterThan(before.length);
    const [code = ""] = await codesOf(username);
    await page.getByLabel("动态口令").fill(code);
    const answered = page.waitForResponse((answer) => answer.request().method() === "POST");
    await page.getByRole("button", { name: "登录" }).click();
    if ((await answered).status() === 303) return await page.waitForURL(/\/review$/);
    await page.waitForTimeout(NEXT_CODE_MS);
  }
  expect.fail(`${username} could not sign in`);
}

/** Newest first. */
async function codesOf(username: string): Promise<string[]> {
  const { text } = await newWebVisitor(inject("systemUrl")).get("/demo/outbox.json");
  const rows = JSON.parse(text) as { kind: string; to: string; code: string }[];
  return rows.flatMap(({ kind, to, code }) => (kind === "totp" && to === username ? [code] : []));
}

/** Ticks every point of the checklist of the open case. */
export async function tickChecklist(page: Page): Promise<void> {
  for (const point of await page.locator('input[name^="check-"]').all()) {
    await point.check({ force: true });
  }
}

/** The side menu of a workbench; on a phone it is folded, and opened as people open it. */
export async function openMenu(page: Page): Promise<Locator> {
  const menu = page.getByRole("navigation", { name: "工作台" });
  const line = menu.locator("summary");
  if (await line.isVisible()) await line.click();
  return menu;
}
