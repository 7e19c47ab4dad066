/** One piece of HTML as a browser tells them apart. Texts are as they stand, with their entities. */
export type HtmlPiece =
  | { kind: "text"; text: string }
  /** `attributes` is what stands between the name and the end. */
  | { kind: "open"; name: string; attributes: string; isSelfClosing: boolean }
  | { kind: "close"; name: string }
  /** A comment, a declaration or a processing instruction, without its signs. */
  | { kind: "hidden"; text: string }
  /** An element that is closed and in which tags count as text. */
  | { kind: "raw"; name: string; text: string };

/** In these a browser looks for nothing but their end. */
const RAW: ReadonlySet<string> = new Set([
  ...["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "noscript"],
]);

/** A browser would take any sign into a name, and with it words of a text in which "<" was only a sign. */
const TAG_START = /<(\/?)([a-z][\w:.-]*)(?=[\t\n\f\r />])/iy;
const BETWEEN_ATTRIBUTES = /[\t\n\f\r /]+/y;
const ATTRIBUTE_NAME = /[^\t\n\f\r />][^\t\n\f\r />=]*/y;
const ATTRIBUTE_VALUE = /[\t\n\f\r ]*=[\t\n\f\r ]*(?:"([^"]*)"|'([^']*)'|(["'])|([^\t\n\f\r >]*))/y;

/**
 * Parts HTML into its pieces, whatever it is, in a time that grows with its length alone. Like a browser's own reader,
 * except that nothing which was never closed swallows what follows it: a comment, a script or a tag without an end is
 * passed over alone.
 */
export function htmlPieces(html: string): HtmlPiece[] {
  return new PieceReader(html).read();
}

/** Reads the attributes of a piece, the first of each name, names in small letters. */
export function attributesOf(attributes: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let at = 0;
  while (at < attributes.length) {
    at = matchAt(BETWEEN_ATTRIBUTES, attributes, at)?.end ?? at;
    const name = matchAt(ATTRIBUTE_NAME, attributes, at);
    if (name === null) break;
    const value = matchAt(ATTRIBUTE_VALUE, attributes, name.end);
    const [, double, single, , bare] = value?.found ?? [];
    const key = name.found[0].toLowerCase();
    if (!found.has(key)) found.set(key, double ?? single ?? bare ?? "");
    at = value?.end ?? name.end;
  }
  return found;
}

function matchAt(pattern: RegExp, text: string, at: number) {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  return found === null ? null : { found, end: pattern.lastIndex };
}

class PieceReader {
  private readonly html: string;
  private readonly pieces: HtmlPiece[] = [];
  private at = 0;
  /** What was looked for once and does not come any more, so that it is never looked for again. */
  private readonly missing = new Set<string>();
  /** A quote was never closed: from there on a tag ends with its first ">". */
  private areQuotesBroken = false;

  constructor(html: string) {
    this.html = html;
  }

  read(): HtmlPiece[] {
    let textFrom = 0;
    while (this.at < this.html.length) {
      const sign = this.html.indexOf("<", this.at);
      if (sign === -1) break;
      this.at = sign;
      const before = this.pieces.length;
      const isRead = this.readMarkup();
      if (!isRead) {
        this.at = sign + 1;
        continue;
      }
      const text = this.html.slice(textFrom, sign);
      if (text !== "") this.pieces.splice(before, 0, { kind: "text", text });
      textFrom = this.at;
    }
    const rest = this.html.slice(textFrom);
    if (rest !== "") this.pieces.push({ kind: "text", text: rest });
    return this.pieces;
  }

  /** Reads what begins with the "<" here, or answers false where it is a sign of the text. */
  private readMarkup(): boolean {
    const { html, at } = this;
    if (html.startsWith("<!--", at)) return this.readComment();
    if (/[!?]/.test(html[at + 1] ?? "") || /^<\/[^a-z]/i.test(html.slice(at, at + 3))) {
      return this.readHidden(at + 2, at + 1, ">");
    }
    return this.readTag();
  }

  private readComment(): boolean {
    const { html, at } = this;
    const empty = /^<!--(?:-?>)/.exec(html.slice(at, at + 6));
    if (empty !== null) return this.hide("", at + empty[0].length);
    const end = Math.min(this.find("-->", at + 4), this.find("--!>", at + 4));
    if (end === Number.POSITIVE_INFINITY) return this.hide("", at + 4);
    return this.hide(html.slice(at + 4, end), end + (html[end + 2] === ">" ? 3 : 4));
  }

  private readHidden(textAt: number, from: number, sign: string): boolean {
    const end = this.find(sign, from);
    if (end === Number.POSITIVE_INFINITY) return false;
    return this.hide(this.html.slice(textAt, end), end + sign.length);
  }

  private hide(text: string, end: number): boolean {
    this.pieces.push({ kind: "hidden", text });
    this.at = end;
    return true;
  }

  private find(sign: string, from: number): number {
    if (this.missing.has(sign)) return Number.POSITIVE_INFINITY;
    const at = this.html.indexOf(sign, from);
    if (at !== -1) return at;
    this.missing.add(sign);
    return Number.POSITIVE_INFINITY;
  }

  private readTag(): boolean {
    // Without an end no name is read, which would run through the whole rest each time.
    if (this.find(">", this.at) === Number.POSITIVE_INFINITY) return false;
    const start = matchAt(TAG_START, this.html, this.at);
    if (start === null) return false;
    const end = this.endOfTag(start.end);
    if (end === null) return false;
    const name = (start.found[2] ?? "").toLowerCase();
    const attributes = this.html.slice(start.end, end);
    this.at = end + 1;
    if (start.found[1] === "/") {
      this.pieces.push({ kind: "close", name });
      return true;
    }
    const isSelfClosing = /(?:^|[\t\n\f\r "'])\/$/.test(attributes.slice(-2));
    if (!(RAW.has(name) && this.readRaw(name))) {
      this.pieces.push({ kind: "open", name, attributes, isSelfClosing });
    }
    return true;
  }

  /** Where the ">" of a tag stands whose attributes begin here; null where there is none. */
  private endOfTag(from: number): number | null {
    const { html } = this;
    let at = from;
    while (!this.areQuotesBroken) {
      at = matchAt(BETWEEN_ATTRIBUTES, html, at)?.end ?? at;
      if (html[at] === ">") return at;
      const name = matchAt(ATTRIBUTE_NAME, html, at);
      const value = name && matchAt(ATTRIBUTE_VALUE, html, name.end);
      if (name === null || value?.found[3] !== undefined) this.areQuotesBroken = true;
      else at = value?.end ?? name.end;
    }
    const end = this.find(">", from);
    return end === Number.POSITIVE_INFINITY ? null : end;
  }

  private readRaw(name: string): boolean {
    const key = `</${name}`;
    if (this.missing.has(key)) return false;
    const close = new RegExp(`</${name}(?=[\\t\\n\\f\\r />])`, "gi");
    close.lastIndex = this.at;
    const found = close.exec(this.html);
    const end = found && this.endOfTag(close.lastIndex);
    if (found === null || end === null) {
      this.missing.add(key);
      return false;
    }
    this.pieces.push({ kind: "raw", name, text: this.html.slice(this.at, found.index) });
    this.at = end + 1;
    return true;
  }
}
