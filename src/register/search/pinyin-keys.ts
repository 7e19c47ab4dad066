import { pinyin, polyphonic } from "pinyin-pro";

/** How a name sounds: the whole pinyin and the first letters, upper case; other characters stay. */
export interface Sound {
  full: string;
  initials: string;
}

const syllables = new Map<string, { text: string; isAmbiguous: boolean }>();

/**
 * Writes a compact name in pinyin without tones: 示例花园2期 is SHILIHUAYUAN2QI and SLHY2Q. A character with
 * several readings is read within its name, the others from a table that fills as names come.
 */
export function soundOf(name: string): Sound {
  const characters = Array.from(name);
  const known = characters.map(syllable);
  const read = known.some((one) => one.isAmbiguous)
    ? pinyin(name, { toneType: "none", type: "array", v: true, nonZh: "spaced" }).map(upper)
    : known.map((one) => one.text);
  const parts = read.length === characters.length ? read : known.map((one) => one.text);
  const initials = parts.map((part, at) => (isHan(characters[at] ?? "") ? part.charAt(0) : part));
  return { full: parts.join(""), initials: initials.join("") };
}

function syllable(character: string): { text: string; isAmbiguous: boolean } {
  const known = syllables.get(character);
  if (known !== undefined) return known;
  const made = isHan(character)
    ? {
        text: upper(pinyin(character, { toneType: "none", v: true })),
        isAmbiguous: (polyphonic(character, { toneType: "none" })[0] ?? "").trim().includes(" "),
      }
    : { text: character, isAmbiguous: false };
  syllables.set(character, made);
  return made;
}

function isHan(character: string): boolean {
  return /\p{Script=Han}/u.test(character);
}

function upper(text: string): string {
  return text.toUpperCase().replaceAll("Ü", "V");
}
