/** The work as altcha-lib sets it: find the counter whose derived key begins as it should. */
export interface Challenge {
  parameters: {
    nonce: string;
    salt: string;
    cost: number;
    keyPrefix: string;
    /** After so many tries at most it is found. */
    data: { tries: number };
  };
}

/**
 * Does the work and answers with what goes into the form. Each try is a call of its own that the browser carries out
 * beside the page, so that the page can be used meanwhile. `tellTries` hears after each how many are done.
 */
export async function solveWork(
  challenge: Challenge,
  tellTries: (done: number) => void = () => {},
): Promise<string> {
  const { nonce, salt, cost, keyPrefix } = challenge.parameters;
  const password = new Uint8Array([...bytesOf(nonce), 0, 0, 0, 0]);
  const place = new DataView(password.buffer, password.length - 4);
  const how = { name: "PBKDF2", hash: "SHA-256", iterations: cost, salt: bytesOf(salt) };
  for (let counter = 0; ; counter += 1) {
    place.setUint32(0, counter);
    const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
    const derivedKey = hexOf(await crypto.subtle.deriveBits(how, key, 256));
    if (derivedKey.startsWith(keyPrefix)) {
      return JSON.stringify({ challenge, solution: { counter, derivedKey } });
    }
    tellTries(counter + 1);
  }
}

function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function hexOf(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
