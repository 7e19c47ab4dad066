/** A value that a style sheet wrote out though there is a token for such values. */
export interface RawValue {
  line: number;
  declaration: string;
  /** The same with tokens, or null where none is near enough. */
  better: string | null;
}

/** Which tokens a property takes its lengths from. */
const SCALES: readonly (readonly [property: RegExp, names: RegExp])[] = [
  [/^font-size$/, /^text-/],
  [/^(padding|margin|gap|row-gap|column-gap)(-[a-z]+)*$/, /^(space|fine)-/],
  [/^border(-[a-z]+)*-radius$/, /^radius-/],
  [/^box-shadow$/, /^ring-/],
  [/^transition(-duration)?$/, /^motion$/],
];
const TARGET = /^min-(height|width)$/;
const COLOUR = /#[0-9a-f]{3,8}\b|\brgba?\([^)]*\)|\b(white|black)\b/gi;
const LENGTH = /(?<![\w.-])-?(\d*\.?\d+)(rem|px|ms)\b/g;
/** No further away than this share of the value, a token takes its place. */
const NEAR = 0.16;

/** Reads the tokens of the light root: name and value. */
export function readTokens(css: string): Map<string, string> {
  const root = css.slice(css.indexOf(":root {"), css.indexOf("\n}"));
  return new Map(
    [...root.matchAll(/--([a-z0-9-]+):\s*([^;]+);/g)].map(([, name = "", value = ""]) => [
      name,
      value.trim(),
    ]),
  );
}

/** Finds what a style sheet wrote out instead of taking it from the tokens: colours, type, space, radius, shadow, motion. */
export function findRawValues(css: string, tokens: ReadonlyMap<string, string>): RawValue[] {
  return declarationsOf(css).flatMap(({ line, property, value }) => {
    const better = withTokens(property, value, tokens);
    if (better === value) return [];
    return [
      { line, declaration: `${property}: ${value}`, better: better && `${property}: ${better}` },
    ];
  });
}

/** Writes tokens where a near one exists; the rest stays for a person to decide. */
export function useTokens(css: string, tokens: ReadonlyMap<string, string>): string {
  const lines = css.split("\n");
  for (const { line, declaration, better } of findRawValues(css, tokens)) {
    if (better === null) continue;
    lines[line - 1] = (lines[line - 1] ?? "").replace(declaration, () => better);
  }
  return lines.join("\n");
}

interface Declaration {
  line: number;
  property: string;
  value: string;
}

/** One declaration a line, as the formatter leaves them; custom properties are the business of who sets them. */
function declarationsOf(css: string): Declaration[] {
  return css.split("\n").flatMap((text, at) => {
    const [, property = "", value = ""] = /^\s+([a-z-]+):\s*(.+?)\s*[;,]?$/.exec(text) ?? [];
    return property === "" || property.startsWith("--") ? [] : [{ line: at + 1, property, value }];
  });
}

function withTokens(
  property: string,
  value: string,
  tokens: ReadonlyMap<string, string>,
): string | null {
  let isLost = (value.match(COLOUR) ?? []).length > 0;
  const scale = SCALES.find(([name]) => name.test(property))?.[1];
  const target = tokens.get("target");
  if (TARGET.test(property) && value === target) return "var(--target)";
  if (scale === undefined) return isLost ? null : value;
  const better = value.replace(LENGTH, (whole, size: string, unit: string) => {
    if (Number(size) === 0 || whole === "1px" || whole === "-1px") return whole;
    const name = nearest(Number(size), unit, scale, tokens);
    if (name === null) isLost = true;
    const token = `var(--${name})`;
    return whole.startsWith("-") ? `calc(-1 * ${token})` : token;
  });
  return isLost ? null : better;
}

function nearest(
  size: number,
  unit: string,
  scale: RegExp,
  tokens: ReadonlyMap<string, string>,
): string | null {
  let found: { name: string; off: number } | null = null;
  for (const [name, value] of tokens) {
    const [, own = "", ownUnit = ""] = /^([\d.]+)(rem|px|ms)$/.exec(value) ?? [];
    if (!scale.test(name) || ownUnit !== unit) continue;
    const off = Math.abs(Number(own) - size) / size;
    if (off <= NEAR && (found === null || off < found.off)) found = { name, off };
  }
  return found?.name ?? null;
}
