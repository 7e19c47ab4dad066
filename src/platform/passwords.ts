import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const argon2id = promisify(argon2);

/** 19 MiB and two passes: the smaller of the two settings that current password guidance accepts. */
const MEMORY_KIB = 19_456;
const PASSES = 2;
const PARALLELISM = 1;
const TAG_BYTES = 32;
const SALT_BYTES = 16;

/** A well-formed hash that no password matches: verifying it costs the same as verifying a real one. */
const NOBODY = `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${PARALLELISM}$${base64(Buffer.alloc(SALT_BYTES))}$${base64(Buffer.alloc(TAG_BYTES))}`;

function base64(bytes: Buffer): string {
  return bytes.toString("base64").replaceAll("=", "");
}

async function derive(password: string, salt: Buffer, memory: number, passes: number) {
  return await argon2id("argon2id", {
    message: password.normalize("NFKC"),
    nonce: salt,
    parallelism: PARALLELISM,
    tagLength: TAG_BYTES,
    memory,
    passes,
  });
}

/** Hashes a password with argon2id into the PHC string form, with a salt of its own. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const tag = await derive(password, salt, MEMORY_KIB, PASSES);
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${PARALLELISM}$${base64(salt)}$${base64(Buffer.from(tag))}`;
}

/**
 * Tells whether a password fits a stored PHC string. Without a stored one (an unknown user) it does the
 * same work and answers no, so that the time taken does not tell who exists.
 */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(
    stored ?? NOBODY,
  );
  if (!match) throw new Error("stored password hash is not in the expected PHC form");
  const [, memory, passes, salt, tag] = match as unknown as [
    string,
    string,
    string,
    string,
    string,
  ];
  const expected = Buffer.from(tag, "base64");
  const actual = await derive(
    password,
    Buffer.from(salt, "base64"),
    Number.parseInt(memory, 10),
    Number.parseInt(passes, 10),
  );
  return timingSafeEqual(expected, Buffer.from(actual)) && stored !== null;
}
