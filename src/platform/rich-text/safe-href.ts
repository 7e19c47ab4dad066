import { withoutInvisible } from "#src/kernel/typed-text.ts";

const SCHEMES = ["http:", "https:", "mailto:", "tel:"];
const HREF_LENGTH_MAX = 2_000;
const OWN = "https://own.invalid";

/**
 * Judges an address that somebody put behind a link: http, https, mailto, tel, or a place of this site beginning
 * with one "/". Answers it as a browser reads it, or null for anything else, however it is disguised.
 */
export function safeHref(typed: string): string | null {
  const text = withoutInvisible(typed).trim();
  if (text === "" || text.length > HREF_LENGTH_MAX || /[\p{Cc}\\]/u.test(text)) return null;
  const url = URL.parse(text, OWN);
  if (url === null || !SCHEMES.includes(url.protocol)) return null;
  if (url.origin === OWN) {
    return text.startsWith("/") ? url.pathname + url.search + url.hash : null;
  }
  const hasName = url.username !== "" || url.password !== "";
  const isAbsolute = /^(?:https?:\/\/|mailto:|tel:)/i.test(text);
  return isAbsolute && !hasName ? url.href : null;
}
