/** The work as altcha-lib sets it: find the counter whose derived key begins as it should. */
interface Challenge {
  parameters: { nonce: string; salt: string; cost: number; keyPrefix: string };
}

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
    field.value = JSON.stringify({ challenge, solution: await solve(challenge) });
    working.textContent = "这台设备已核验，可以提交。";
  } catch {
    instead.hidden = false;
    working.hidden = true;
  }
}

async function solve({ parameters: { nonce, salt, cost, keyPrefix } }: Challenge) {
  const password = new Uint8Array([...bytesOf(nonce), 0, 0, 0, 0]);
  const place = new DataView(password.buffer, password.length - 4);
  const how = { name: "PBKDF2", hash: "SHA-256", iterations: cost, salt: bytesOf(salt) };
  for (let counter = 0; ; counter += 1) {
    place.setUint32(0, counter);
    const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
    const derivedKey = hexOf(await crypto.subtle.deriveBits(how, key, 256));
    if (derivedKey.startsWith(keyPrefix)) return { counter, derivedKey };
  }
}

function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function hexOf(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
