import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readSourceFiles } from "#tests/support/source-text.ts";
import { findRawValues, readTokens, useTokens } from "../../scripts/token-values.ts";

const CSS = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");

type Tokens = Record<string, string>;

function tokensAfter(selector: string): Tokens {
  const start = CSS.indexOf(`${selector} {`);
  if (start < 0) throw new Error(`no ${selector} in tokens.css`);
  const block = CSS.slice(start, CSS.indexOf("}", start));
  const pairs = [...block.matchAll(/--([a-z0-9-]+):\s*(#[0-9a-f]{6});/g)];
  return Object.fromEntries(pairs.map(([, name, value]) => [name, value]));
}

const light = tokensAfter(":root");
const dark = tokensAfter(':root[data-theme="dark"]');

/** WCAG 2.2 relative luminance. */
function luminance(hex: string): number {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(tokens: Tokens, front: string, ground: string): number {
  const colour = (name: string) => (name.startsWith("#") ? name : (tokens[name] ?? "missing"));
  const [a = 0, b = 0] = [luminance(colour(front)), luminance(colour(ground))].sort(
    (x, y) => y - x,
  );
  return (a + 0.05) / (b + 0.05);
}

/** The look names one decimal. */
const ROUNDING = 0.06;

/** Front, ground, and what the look promises in light and in dark. */
const PROMISED: [string, string, number, number][] = [
  ["ink", "surface", 15.9, 13.8],
  ["ink", "paper", 14.6, 15.4],
  ["ink-2", "surface", 7.6, 8.9],
  ["ink-2", "paper", 7.0, 10.0],
  ["ink-2", "brand-soft", 6.5, 7.3],
  ["ink-2", "mute-soft", 6.4, 7.6],
  ["ink-3", "surface", 5.7, 6.8],
  ["ink-3", "paper", 5.2, 7.6],
  ["ink-3", "mute-soft", 4.7, 5.7],
  ["brand", "surface", 7.9, 9.0],
  ["brand", "paper", 7.2, 10.0],
  ["brand", "brand-soft", 6.7, 7.3],
  ["on-brand", "brand", 7.9, 8.6],
  ["on-brand", "brand-strong", 10.9, 10.7],
  ["ok", "surface", 6.6, 9.2],
  ["ok", "ok-soft", 5.6, 8.0],
  ["wait", "wait-soft", 6.0, 8.6],
  ["bad", "surface", 6.5, 8.5],
  ["bad", "bad-soft", 5.6, 8.0],
  ["on-deep", "deep", 10.8, 13.4],
  ["line-strong", "surface", 4.1, 5.1],
  ["line-strong", "paper", 3.7, 5.6],
  ["focus", "paper", 14.6, 18.1],
  ["halo", "focus", 10.5, 5.1],
  ["#ffffff", "seal", 5.9, 4.8],
  ["#ffffff", "quick", 4.5, 4.5],
  ["on-quick-button", "quick-button", 4.5, 4.5],
];

test.each(PROMISED)(
  "%s on %s keeps its contrast of %d in light and %d in dark",
  (front, ground, inLight, inDark) => {
    expect(contrast(light, front, ground)).toBeGreaterThanOrEqual(inLight - ROUNDING);
    expect(contrast(dark, front, ground)).toBeGreaterThanOrEqual(inDark - ROUNDING);
  },
);

test("text that is read reaches 4.5, edges and rings reach 3", () => {
  for (const [front, ground] of PROMISED) {
    const least = /^(line-strong|focus|halo)$/.test(front) ? 3 : 4.5;
    expect(contrast(light, front, ground), `${front} on ${ground}`).toBeGreaterThanOrEqual(least);
    expect(contrast(dark, front, ground), `${front} on ${ground}`).toBeGreaterThanOrEqual(least);
  }
});

test("dark by the system and dark by choice are the same dark", () => {
  expect(tokensAfter(':root:not([data-theme="light"])')).toEqual(dark);
});

test("every colour of light has its dark counterpart", () => {
  expect(Object.keys(dark)).toEqual(Object.keys(light));
});

/** Paper measures, and the system's own colours, are the purpose of these. */
const EXEMPT = /(tokens|print|forced-colors)\.css$/;
const TOKENS = readTokens(CSS);
const SHEETS = readSourceFiles("src/ui", /\.css$/).filter(({ path }) => !EXEMPT.test(path));

test("no style sheet writes a colour, a size of type, a space, a radius, a ring or a time but by its token", () => {
  expect(SHEETS.length).toBeGreaterThan(10);
  const raw = SHEETS.flatMap(({ path, text }) =>
    findRawValues(text, TOKENS).map(
      ({ line, declaration, better }) => `${path}:${line}: ${declaration} → ${better ?? "a token"}`,
    ),
  );
  expect(raw, "npm run tokens writes most of them").toEqual([]);
});

test("every token that a style sheet names is there", () => {
  const known = new Set([...CSS.matchAll(/--([a-z0-9-]+):/g)].map(([, name]) => name));
  for (const { path, text } of SHEETS) {
    const own = new Set([...text.matchAll(/--([a-z0-9-]+):/g)].map(([, name]) => name));
    for (const [, name = ""] of text.matchAll(/var\(--([a-z0-9-]+)/g)) {
      expect(known.has(name) || own.has(name), `--${name} in ${path}`).toBe(true);
    }
  }
});

test.each([
  ["  font-size: 0.9375rem;", "  font-size: var(--text-15);"],
  ["  margin: -0.5rem 0 auto 1px;", "  margin: calc(-1 * var(--space-2)) 0 auto 1px;"],
  ["  color: #ffffff;", null],
  ["  background: rgb(1 2 3 / 0.5);", null],
  ["  padding: 9rem;", null],
  ["  border-radius: 14px;", "  border-radius: var(--radius-card);"],
  ["  transition: color 120ms;", "  transition: color var(--motion);"],
])("%j is raw", (css, better) => {
  expect(findRawValues(css, TOKENS)).toHaveLength(1);
  expect(useTokens(css, TOKENS)).toBe(better ?? css);
});
