/**
 * Characters that show nothing but make equal words unequal, or an empty name look filled in: zero-width
 * and bidi marks, soft hyphen, fillers, tags. Variation selectors stay, they tell rare surnames apart.
 */
const INVISIBLE =
  /\u00AD|\u061C|[\u115F\u1160]|\u180E|[\u200B-\u200F]|[\u202A-\u202E]|[\u2060-\u206F]|\u2800|\u3164|\uFEFF|\uFFA0|[\u{E0000}-\u{E007F}]/gu;

/** Every dash a keyboard, an input method or a copied document offers between groups of digits. */
const SEPARATORS = /[\s\-\u2010-\u2015\u2212\u2500\uFE58\uFE63]/g;

/** Full-width forms lie this far above their ASCII twins. */
const FULL_WIDTH_OFFSET = 0xfee0;

/**
 * Puts what a person typed or pasted into the form that is compared and stored: composed (NFC), without
 * zero-width and bidi marks, without blanks (full-width ones too) at its ends. Inner blanks stay.
 */
export function cleanText(text: string): string {
  return text.replace(INVISIBLE, "").normalize("NFC").trim();
}

/** Takes the zero-width and bidi marks out of a piece of a longer text and leaves its blanks alone. */
export function withoutInvisible(text: string): string {
  return text.replace(INVISIBLE, "");
}

/**
 * Turns full-width letters, digits and signs (１２３，－) and the full-width blank into their ASCII twins
 * and leaves all else alone, so that ㎡ or ① keep their meaning.
 */
export function toHalfWidth(text: string): string {
  return text
    .replace(/[\uFF01-\uFF5E]/g, (wide) =>
      String.fromCharCode(wide.charCodeAt(0) - FULL_WIDTH_OFFSET),
    )
    .replaceAll("\u3000", " ");
}

/** Reads a number or code the way people group it: cleaned, half width, without blanks and dashes. */
export function withoutSeparators(text: string): string {
  return toHalfWidth(cleanText(text)).replace(SEPARATORS, "");
}

/**
 * Tells whether text holds what no honest keyboard sends and PostgreSQL or a printer may choke on: NUL
 * and other control characters, half of a surrogate pair, the mark � that a decoder leaves in place of
 * bytes it could not read, or a code point that is no character. Line breaks and tabs count as forbidden
 * unless the field is one of several lines.
 */
export function hasForbiddenCharacters(
  text: string,
  options: { isMultiline?: boolean } = {},
): boolean {
  if (!text.isWellFormed()) return true;
  const examined = options.isMultiline ? text.replace(/[\t\n\r]/g, "") : text;
  return /[\p{Cc}\p{Zl}\p{Zp}\uFFFD\p{Noncharacter_Code_Point}]/u.test(examined);
}
