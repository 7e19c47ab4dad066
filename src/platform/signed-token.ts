import { createHmac, timingSafeEqual } from "node:crypto";

/** Says that something was proven, to the browser that proved it, until a moment; kept in its cookie. */
export interface SignedTokens {
  /** Makes a token for a purpose and a text of ours, good until the given moment. */
  make(purpose: string, text: string, until: Date): string;
  /** Answers with the text of a token of this purpose that is genuine and not yet over, else null. */
  read(purpose: string, token: string | undefined, now: Date): string | null;
}

/** Signs tokens with the deployment's key, each purpose apart. */
export function createSignedTokens(key: Buffer): SignedTokens {
  const sign = (purpose: string, body: string) =>
    createHmac("sha256", key).update(`token:${purpose}:${body}`).digest("base64url");
  return {
    make(purpose, text, until) {
      const body = `${Buffer.from(text).toString("base64url")}.${until.getTime().toString(36)}`;
      return `${body}.${sign(purpose, body)}`;
    },
    read(purpose, token, now) {
      const match = /^(([\w-]*)\.([0-9a-z]{1,11}))\.([\w-]{43})$/.exec(token ?? "");
      if (match === null) return null;
      const [, body = "", text = "", until = "", signature = ""] = match;
      const expected = Buffer.from(sign(purpose, body));
      if (!timingSafeEqual(expected, Buffer.from(signature))) return null;
      if (Number.parseInt(until, 36) <= now.getTime()) return null;
      return Buffer.from(text, "base64url").toString("utf8");
    },
  };
}
