import { z } from "zod";

/** A switch. */
export const onOrOff = z.enum(["on", "off"], "应为 on（开）或 off（关）");

/** A whole number between two, both included; the hint is what the refusal says. */
export function wholeNumber(from: number, to: number, hint: string) {
  return z
    .string()
    .regex(/^[0-9]{1,9}$/, hint)
    .transform(Number)
    .refine((n) => n >= from && n <= to, hint);
}

/** A key or an identifier that a cloud gave: printable, without a space. */
export function keyText(hint: string) {
  return z.string().regex(/^[\x21-\x7E]{1,200}$/, hint);
}

/** A name that visitors read. */
export function title(hint: string) {
  return z.string().trim().min(1, hint).max(40, hint);
}

/** A site's address: http or https, no path. */
export function isWebOrigin(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null && /^https?:$/.test(url.protocol) && url.pathname === "/" && url.search === ""
  );
}

/** The address of a gateway. Codes go over it: in clear only where they do not leave the machine. */
export function isGatewayAddress(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.username !== "" || url.password !== "") return false;
  const isHere = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  return url.protocol === "https:" || (url.protocol === "http:" && isHere);
}
