import { type Challenge, solveWork } from "./solve-work.ts";

/** So many tries tell how fast this device is. */
const TRIES_MEASURED = 20;

/**
 * Offers, where the browser can do it, to let the device reckon in the place of a captcha's sum. The work is fetched
 * when the button is pressed; while it lasts the page can be filled in, and its end takes the sum away.
 */
export function enableCaptchaStandIn(): void {
  if (globalThis.crypto?.subtle === undefined) return;
  for (const box of document.querySelectorAll<HTMLElement>("[data-captcha-stand-in]")) offer(box);
}

interface Parts {
  id: string;
  sum: HTMLElement;
  ask: HTMLElement;
  button: HTMLButtonElement;
  told: HTMLElement;
  field: HTMLInputElement;
}

function partsOf(box: HTMLElement): Parts | null {
  const sum = box.querySelector<HTMLElement>("[data-sum]");
  const ask = box.querySelector<HTMLElement>("[data-stand-in-ask]");
  const button = box.querySelector("button");
  const told = box.querySelector<HTMLElement>("[role=status]");
  const field = box.querySelector<HTMLInputElement>("input[name=captchaStandIn]");
  if (!sum || !ask || !button || !told || !field) return null;
  return { id: box.dataset["captchaStandIn"] ?? "", sum, ask, button, told, field };
}

function offer(box: HTMLElement): void {
  const parts = partsOf(box);
  if (parts === null) return;
  const place = parts.ask.parentElement as HTMLElement;
  place.hidden = false;
  let isAtWork = false;
  parts.button.addEventListener("click", async () => {
    if (isAtWork) return;
    isAtWork = true;
    // Not `disabled`: that would take the focus away from whoever came by keyboard.
    parts.button.setAttribute("aria-disabled", "true");
    await standIn(box, parts);
    isAtWork = false;
    parts.button.removeAttribute("aria-disabled");
  });
  // Heard before the form's own listeners, so that nothing believes it is on its way.
  addEventListener(
    "submit",
    (event) => {
      if (!isAtWork || event.target !== parts.field.form) return;
      event.preventDefault();
      event.stopPropagation();
      parts.told.textContent = "还没有代算好，算好以后请再提交。";
    },
    true,
  );
}

async function standIn(box: HTMLElement, parts: Parts): Promise<void> {
  const { told, field } = parts;
  told.textContent = "正在代算，您可以先填别的。";
  try {
    const response = await fetch(`/captcha/${parts.id}/work`);
    if (!response.ok) {
      told.textContent = REFUSED[response.status] ?? FAILED;
      return;
    }
    field.value = await solve(await response.json(), told);
    takeSumAway(box, parts);
  } catch {
    told.textContent = FAILED;
  }
}

const FAILED = "现在代算不了，请过一会儿再按一次。";
const REFUSED: Record<number, string> = {
  404: "这个验证码过期了。请直接提交一次，会换一个新的，再让设备代算。",
  429: "代算得太频繁了，请过几分钟再按一次。",
};

async function solve(challenge: Challenge, told: HTMLElement): Promise<string> {
  const start = performance.now();
  return await solveWork(challenge, (done) => {
    if (done !== TRIES_MEASURED) return;
    const each = (performance.now() - start) / done;
    const seconds = (challenge.parameters.data.tries * each) / 1000;
    told.textContent = `正在代算，最多大约 ${roundUp(seconds)} 秒，您可以先填别的。`;
  });
}

/** To whole fives: nobody needs more, and a device that is busy is slower than it was measured. */
function roundUp(seconds: number): number {
  return Math.max(5, Math.ceil(seconds / 5) * 5);
}

function takeSumAway(box: HTMLElement, { sum, ask, told }: Parts): void {
  const isFocusInside = box.contains(document.activeElement);
  told.textContent = "已代算好，不用再填验证码。";
  sum.hidden = true;
  ask.hidden = true;
  // What had the focus is gone; from here Tab goes on to what follows.
  if (isFocusInside) told.focus();
}
