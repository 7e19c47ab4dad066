import { createHash, randomBytes } from "node:crypto";
import type { Context } from "hono";
import type { AuditContext } from "../audit.ts";
import type { CookieJar } from "./cookies.ts";

/** How this visitor wants pages shown; remembered in a cookie so that it also works without script. */
export interface Display {
  mode: "standard" | "elder";
  theme: "auto" | "light" | "dark";
}

/** One request as a business sees it. */
export interface Visit {
  c: Context;
  requestId: string;
  now: Date;
  /** The visitor's network address, hashed with a key that changes with the deployment. */
  addressHash: Buffer;
  display: Display;
  cookies: CookieJar;
  /** Who acts: "visitor", or the signed-in user as `audience:id`. */
  actor: string;
  audit: AuditContext;
  /** Whether an owner is signed in, so that a page's header offers 我的 and 退出; it holds nothing else of his. */
  isOwner: boolean;
  /** SHA-256 of this browser's own cookie, or null while it has none. */
  findBrowser(): Buffer | null;
  /** The same, giving the browser a cookie when it has none. */
  ensureBrowser(): Buffer;
}

const BROWSER_COOKIE = "browser";
/** Long enough to come back to a notice and its receipt, short enough to be forgotten. */
const BROWSER_COOKIE_SECONDS = 180 * 24 * 3600;

/** Finds, and on demand makes, the anonymous cookie by which a browser proves what it applied for. */
export function browserIdentity(c: Context, cookies: CookieJar) {
  let token = cookies.read(c, BROWSER_COOKIE);
  if (token !== undefined && !/^[A-Za-z0-9_-]{43}$/.test(token)) token = undefined;
  const hash = (value: string) => createHash("sha256").update(value).digest();
  return {
    findBrowser: () => (token === undefined ? null : hash(token)),
    ensureBrowser: () => {
      if (token === undefined) {
        token = randomBytes(32).toString("base64url");
        cookies.write(c, BROWSER_COOKIE, token, {
          maxAge: BROWSER_COOKIE_SECONDS,
          sameSite: "Lax",
        });
      }
      return hash(token);
    },
  };
}

/** Reads the display cookie; anything unknown in it counts as the standard look. */
export function readDisplay(c: Context, cookies: CookieJar): Display {
  const [mode, theme] = (cookies.read(c, DISPLAY_COOKIE) ?? "").split(".");
  return {
    mode: mode === "elder" ? "elder" : "standard",
    theme: theme === "light" || theme === "dark" ? theme : "auto",
  };
}

/** Remembers how this visitor wants pages shown, for a year. */
export function writeDisplay(visit: Visit, display: Display): void {
  visit.cookies.write(visit.c, DISPLAY_COOKIE, `${display.mode}.${display.theme}`, {
    maxAge: 365 * 24 * 3600,
    sameSite: "Lax",
  });
}

const DISPLAY_COOKIE = "display";
