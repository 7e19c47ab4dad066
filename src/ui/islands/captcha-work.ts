import { type Challenge, solveWork } from "./solve-work.ts";

/**
 * Does the work that a form asks of a browser that misbehaves, and takes the second sum away meanwhile. Where the
 * browser cannot (no Web Crypto on an address without HTTPS, no script), the second sum stays and does as well.
 */
export function enableCaptchaWork(): void {
  for (const box of document.querySelectorAll<HTMLElement>("[data-captcha-work]")) {
    if (globalThis.crypto?.subtle !== undefined) void work(box);
  }
}

async function work(box: HTMLElement): Promise<void> {
  const part = (name: string) => box.querySelector<HTMLElement>(`[data-captcha-${name}]`);
  const instead = part("instead");
  const working = part("working");
  const field = box.querySelector<HTMLInputElement>("input[name=captchaWork]");
  if (instead === null || working === null || field === null) return;
  instead.hidden = true;
  working.hidden = false;
  try {
    const challenge: Challenge = JSON.parse(box.dataset["captchaWork"] ?? "");
    field.value = await solveWork(challenge);
    working.textContent = "这台设备已核验，可以提交。";
  } catch {
    instead.hidden = false;
    working.hidden = true;
  }
}
