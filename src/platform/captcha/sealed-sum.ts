import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";

/** What a challenge asks, and the number from which everything random about its picture and sound comes. */
export interface SealedSum {
  words: string;
  seed: number;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts what a challenge asks under a key that comes from its id: who has the database cannot read it. */
export function sealSum(id: string, { words, seed }: SealedSum): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", keyOf(id), nonce);
  const body = Buffer.concat([cipher.update(`${seed} ${words}`), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

/** Reads it back with the same id; throws for any other. */
export function openSum(id: string, sealed: Buffer): SealedSum {
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv("aes-256-gcm", keyOf(id), nonce);
  decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const body = decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES));
  const text = Buffer.concat([body, decipher.final()]).toString();
  const at = text.indexOf(" ");
  return { seed: Number.parseInt(text.slice(0, at), 10), words: text.slice(at + 1) };
}

/** The answer as it is stored: a code keyed with the id, which only the browser knows. */
export function hashAnswer(id: string, answer: number): Buffer {
  return createHmac("sha256", id).update(String(answer)).digest();
}

function keyOf(id: string): Buffer {
  return Buffer.from(hkdfSync("sha256", id, "", "captcha sum", 32));
}
