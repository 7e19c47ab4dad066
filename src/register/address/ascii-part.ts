import { createHash } from "node:crypto";

const WORDS: Record<string, string> = {
  车库: "CK",
  东: "DONG",
  南: "NAN",
  西: "XI",
  北: "BEI",
  中: "ZHONG",
  左: "ZUO",
  右: "YOU",
  前: "QIAN",
  后: "HOU",
  甲: "JIA",
  乙: "YI",
  丙: "BING",
  丁: "DING",
  储: "CHU",
  附: "FU",
  期: "Q",
  区: "Z",
  弄: "L",
  院: "Y",
  座: "",
  单元: "",
};
const KNOWN = new RegExp(Object.keys(WORDS).join("|"), "gu");

/**
 * Writes one part of a house code in A-Z, 0-9 and the given sign for a hyphen. Words that a code knows become
 * letters; any other name becomes six characters of its hash, so that two names never share a code by sound.
 */
export function asciiPart(key: string, form: { maxLength: number; dash: string }): string {
  if (key === "") return "0";
  const written = key.replace(KNOWN, (word) => WORDS[word] ?? "").replace(/-/gu, form.dash);
  const fits = /^[A-Z0-9-]+$/u.test(written) && written.length <= form.maxLength;
  return fits && !/^-|-$/u.test(written) ? written : `X${shortHash(key)}`.slice(0, form.maxLength);
}

function shortHash(key: string): string {
  const bytes = createHash("sha256").update(key).digest();
  return BigInt(`0x${bytes.subarray(0, 5).toString("hex")}`)
    .toString(36)
    .toUpperCase()
    .padStart(8, "0")
    .slice(-6);
}
