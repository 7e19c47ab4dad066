/** What somebody types who means no good, or whose cat walks over the keyboard. */
export const HOSTILE_VALUES = {
  nothing: "",
  "blanks only": " \u3000\t ",
  "marks that show nothing": "\u200B\u202E\u2060\uFEFF",
  "10,000 letters": "a".repeat(10_000),
  "10,000 digits": "9".repeat(10_000),
  "10,000 Chinese characters": "地".repeat(10_000),
  "a script": "<script>alert(1)</script>",
  "an attribute": `"><img src=x onerror=alert(1)>`,
  SQL: "'; drop table house; --",
  "more SQL": "1' or '1'='1",
  "full-width digits": "１２３４５６７８９０１２",
  emoji: "🏠👨‍👩‍👧‍👦🇨🇳",
  NUL: "示\0例",
  "control characters": "示\u0007\u001B[31m例",
  "a new line and a header": "示例\r\nset-cookie: a=b",
  "direction marks": "\u202E例示\u202C",
  "a negative amount": "-1.00",
  "a fraction of a fen": "1.005",
  "a power of ten": "1e21",
  "no number": "NaN",
  "a day that never was": "2026-02-30",
  "a prototype": "__proto__",
  "a constructor": "constructor",
  "a template": "{{7*7}}#{7*7}<%= 7*7 %>",
  "a format": "%s%n%00%ff",
  "a path": "../../../../etc/passwd",
  "an address": "https://elsewhere.example/",
} as const satisfies Record<string, string>;
export type HostileName = keyof typeof HOSTILE_VALUES;

/** The same as pairs of name and value, for `test.each`. */
export const HOSTILE = Object.entries(HOSTILE_VALUES) as [HostileName, string][];

/** What only a program sends: bytes behind a `name=` that no text can be made of. */
export const HOSTILE_ENCODED = [
  "%00",
  "%FF%FE",
  "%ED%A0%80",
  "%C0%AF",
  "%E4%BA",
  "%",
  "%zz",
  "%u5f20",
  "+",
  "&&&==&",
] as const;

/** Tells whether a page lets typed markup through as markup. */
export function letsMarkupThrough(html: string): boolean {
  return /<script>alert|<img src=x|"><img/i.test(html);
}
