import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from "node:crypto";
import { existsSync } from "node:fs";
import { link, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Config, ConfigError } from "./config.ts";
import { makeFolder } from "./make-folder.ts";

/** What a keyed hash is of. The same text under another kind has an unrelated hash. */
export type HashKind =
  | "document"
  | "phone"
  | "browser"
  | "session"
  | "captcha"
  | "one-time-code"
  | "authorisation-code"
  | "slip"
  | "slip-code";

/** Keeps what belongs to a person: encrypted to be read again, hashed to be found again. */
export interface PersonalData {
  /** AES-256-GCM with a fresh nonce: the same text never looks the same twice. */
  encrypt(text: string): Buffer;
  /** Throws when the bytes were changed or belong to another key. */
  decrypt(cipher: Uint8Array): string;
  /** HMAC-SHA256, 32 bytes: equal for equal texts of one kind, useless without the key. */
  hash(kind: HashKind, text: string): Buffer;
}

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/**
 * Opens the deployment's personal data with its 32-byte key, from which the key of encryption and the
 * key of hashing are derived apart. Throws a RangeError for a key of another length.
 */
export function openPersonalData(key: Buffer): PersonalData {
  if (key.length !== KEY_BYTES) throw new RangeError("the data key has 32 bytes");
  const encryptionKey = derive(key, "encrypt");
  const hashKey = derive(key, "hash");
  return {
    encrypt(text) {
      const nonce = nextNonce();
      const cipher = createCipheriv("aes-256-gcm", encryptionKey, nonce);
      const body = [cipher.update(text, "utf8"), cipher.final()];
      return Buffer.concat([Buffer.of(VERSION), nonce, ...body, cipher.getAuthTag()]);
    },
    decrypt: (cipher) => decrypt(encryptionKey, cipher),
    hash: (kind, text) => createHmac("sha256", hashKey).update(`${kind}\0${text}`).digest(),
  };
}

const NONCES_AT_ONCE = 512;
let nonces = Buffer.alloc(0);

/** Twelve fresh random bytes. Asking the system for each would cost more than the encryption itself. */
function nextNonce(): Buffer {
  if (nonces.length === 0) nonces = randomBytes(NONCES_AT_ONCE * NONCE_BYTES);
  const nonce = nonces.subarray(0, NONCE_BYTES);
  nonces = nonces.subarray(NONCE_BYTES);
  return nonce;
}

/** A key object: Node works four times as fast with it as with bare bytes, which it would wrap each time. */
function derive(key: Buffer, purpose: string): KeyObject {
  const bytes = hkdfSync("sha256", key, "", `personal-data:${purpose}`, KEY_BYTES);
  return createSecretKey(Buffer.from(bytes));
}

function decrypt(encryptionKey: KeyObject, cipher: Uint8Array): string {
  if (cipher[0] !== VERSION || cipher.length < 1 + NONCE_BYTES + TAG_BYTES) {
    throw new Error("not an encrypted text of this program");
  }
  const nonce = cipher.subarray(1, 1 + NONCE_BYTES);
  const decipher = createDecipheriv("aes-256-gcm", encryptionKey, nonce, {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(cipher.subarray(cipher.length - TAG_BYTES));
  const body = cipher.subarray(1 + NONCE_BYTES, cipher.length - TAG_BYTES);
  return Buffer.concat([decipher.update(body), decipher.final()]).toString("utf8");
}

/**
 * Finds the deployment's key: DATA_KEY, or with the embedded database and in demonstrations the file
 * `data-key` of the data folder, made with mode 0600 at the first start. Two first starts at once agree
 * on one. Throws ConfigError when the file is no key, or when others may read it.
 */
export async function loadDataKey(config: Pick<Config, "dataKey" | "dataDir">): Promise<Buffer> {
  if (config.dataKey !== undefined) return config.dataKey;
  const file = join(config.dataDir, "data-key");
  if (!existsSync(file)) {
    await makeKeyFile(file, config.dataDir).catch((error: Error) => {
      throw new ConfigError(
        `密钥文件 ${file} 无法写入（${error.message}）：请检查 DATA_DIR 和文件夹权限`,
        { cause: error },
      );
    });
  }
  const { mode } = await stat(file);
  if (process.platform !== "win32" && (mode & 0o077) !== 0) {
    throw new ConfigError(`密钥文件 ${file} 能被其他用户读取：请把它的权限改为 600`);
  }
  const text = (await readFile(file, "utf8")).trim();
  if (!/^[0-9a-f]{64}$/.test(text)) {
    throw new ConfigError(
      `密钥文件 ${file} 已损坏：请从备份恢复，否则已加密的姓名和证件号码无法读出`,
    );
  }
  return Buffer.from(text, "hex");
}

/** Written whole beside its place and linked into it, which only the first of two can do. */
async function makeKeyFile(file: string, dataDir: string): Promise<void> {
  await makeFolder(dataDir);
  const draft = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  const text = `${randomBytes(KEY_BYTES).toString("hex")}\n`;
  await writeFile(draft, text, { mode: 0o600, flag: "wx", flush: true });
  try {
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    await rm(draft, { force: true });
  }
}
