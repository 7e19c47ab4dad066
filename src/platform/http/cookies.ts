import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";

export interface CookieOptions {
  /** Seconds; without it the cookie ends with the browser. */
  maxAge?: number;
  sameSite: "Lax" | "Strict";
}

/** Reads and writes cookies: over HTTPS with the `__Host-` prefix, which binds them to this host alone. */
export interface CookieJar {
  read(c: Context, name: string): string | undefined;
  write(c: Context, name: string, value: string, options: CookieOptions): void;
  clear(c: Context, name: string): void;
}

/** Makes the jar for a deployment; `isSecure` says whether its public address is https. */
export function createCookieJar(isSecure: boolean): CookieJar {
  const full = (name: string) => (isSecure ? `__Host-${name}` : name);
  const write: CookieJar["write"] = (c, name, value, options) =>
    setCookie(c, full(name), value, {
      path: "/",
      httpOnly: true,
      secure: isSecure,
      sameSite: options.sameSite,
      ...(options.maxAge === undefined ? {} : { maxAge: options.maxAge }),
    });
  return {
    read: (c, name) => getCookie(c, full(name)),
    write,
    clear: (c, name) => write(c, name, "", { maxAge: 0, sameSite: "Lax" }),
  };
}
