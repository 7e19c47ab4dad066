import sanitize from "sanitize-html";
import { readPasted } from "#src/kernel/rich-text/read-pasted.ts";
import { withoutInvisible } from "#src/kernel/typed-text.ts";
import { flattenCleaned, limitNesting } from "./limit-nesting.ts";
import { safeHref } from "./safe-href.ts";
import { isWellNested, withoutStrayTableParts } from "./well-nested.ts";

/** A picture that a text may show, as it is kept. */
export interface KnownPicture {
  id: string;
  alt: string;
  width: number;
  height: number;
}

export interface CleanRules {
  /** Where pictures are served: "/news/files/". */
  picturePath: string;
  /** Another address of the same pictures, such as the desk's own. */
  deskPicturePath: string;
  /** What stands there; a picture that is not among them is left out. */
  pictures: ReadonlyMap<string, KnownPicture>;
}

const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

/** Deeper than any honest list in a list in a table: boxes that go do not count. */
const NESTING_MAX = 12;
/** What is left askew is straight after one more time; more would hold everybody up. */
const AGAIN_MAX = 3;
/** So deep a text is read at all: a page that was pasted whole lies in some dozens of boxes. */
export const DEPTH_READ_MAX = 100;

const TAGS = [
  ...["p", "h2", "h3", "strong", "em", "ul", "ol", "li", "blockquote", "a", "img", "br", "hr"],
  ...["sup", "sub", "s"],
  ...["table", "caption", "thead", "tbody", "tr", "th", "td"],
];

/** What goes with all that is in it; of any other tag the words stay. */
const DROPPED_WHOLE = [
  ...["script", "style", "title", "head", "noscript", "template", "iframe", "frame"],
  ...["svg", "math", "xml", "textarea", "audio", "video"],
];

/**
 * Cleans rich text by a list of what is allowed, whatever it was: what is left has no script, style, event, frame or
 * drawing, links by http, https, mailto, tel or within the site alone, shows only pictures that are kept here,
 * and holds no mark that turns or hides text. Cleaning what is clean changes nothing.
 */
export function cleanRichText(html: string, rules: CleanRules): string {
  let cleaned = cleanOnce(html, rules);
  for (let again = 0; again < AGAIN_MAX && !isWellNested(cleaned); again++) {
    cleaned = cleanOnce(cleaned, rules);
  }
  return cleaned;
}

function cleanOnce(html: string, rules: CleanRules): string {
  const cleaned = sanitize(limitNesting(readPasted(html).html, DEPTH_READ_MAX), {
    allowedTags: TAGS,
    nonTextTags: DROPPED_WHOLE,
    allowedAttributes: {
      a: ["href", "rel"],
      img: ["src", "alt", "width", "height"],
      th: ["colspan", "rowspan"],
      td: ["colspan", "rowspan"],
    },
    allowedSchemes: ["http", "https", "mailto", "tel"],
    allowProtocolRelative: false,
    transformTags: {
      a: (_tag, { href = "" }) => linkTo(href),
      img: (_tag, { src = "" }) => pictureAt(src, rules),
      th: (_tag, attributes) => ({ tagName: "th", attribs: spans(attributes) }),
      td: (_tag, attributes) => ({ tagName: "td", attribs: spans(attributes) }),
    },
    textFilter: seenOf,
    exclusiveFilter: ({ tag, text, attribs, mediaChildren }) =>
      (tag === "img" && attribs["src"] === undefined) ||
      (["a", "p", "h2", "h3", "strong", "em", "sup", "sub", "s"].includes(tag) &&
        seenOf(text).trim() === "" &&
        mediaChildren.length === 0),
  });
  return headingsInOrder(
    withoutStrayTableParts(flattenCleaned(withoutDeadLinks(cleaned), NESTING_MAX)),
  ).trim();
}

/** A text without marks that hide or turn it and without control characters. */
function seenOf(text: string): string {
  return withoutInvisible(text).replace(/[^\P{Cc}\n\t]|[\p{Zl}\p{Zp}\uFFFD]/gu, "");
}

/** A link that leads nowhere safe has no address: its words alone are left by `withoutDeadLinks`. */
function linkTo(href: string): sanitize.Tag {
  const safe = safeHref(href);
  if (safe === null) return { tagName: "a", attribs: {} };
  const isElsewhere = /^https?:/.test(safe);
  return { tagName: "a", attribs: { href: safe, ...(isElsewhere ? { rel: "noopener" } : {}) } };
}

function withoutDeadLinks(html: string): string {
  const areAlive: boolean[] = [];
  return html.replace(/<(\/?)a( [^>]*)?>/g, (tag, slash: string, attributes?: string) => {
    if (slash === "") areAlive.push(attributes !== undefined);
    const isAlive = slash === "" ? attributes !== undefined : areAlive.pop();
    return isAlive ? tag : "";
  });
}

function pictureAt(src: string, rules: CleanRules): sanitize.Tag {
  const path = [rules.picturePath, rules.deskPicturePath].find((one) => src.startsWith(one)) ?? " ";
  const id = new RegExp(`^(${UUID})$`).exec(src.slice(path.length))?.[1] ?? "";
  const picture = src.startsWith(path) ? rules.pictures.get(id) : undefined;
  if (picture === undefined) return { tagName: "img", attribs: {} };
  return {
    tagName: "img",
    attribs: {
      src: rules.picturePath + picture.id,
      alt: picture.alt,
      width: String(picture.width),
      height: String(picture.height),
    },
  };
}

function spans(attributes: sanitize.Attributes): sanitize.Attributes {
  const kept = ["colspan", "rowspan"].flatMap((name) => {
    const value = attributes[name] ?? "";
    return /^([2-9]|1[0-9]|20)$/.test(value) ? [[name, value] as const] : [];
  });
  return Object.fromEntries(kept);
}

/** A lower heading before the first higher one would be a step that is left out. */
function headingsInOrder(html: string): string {
  const first = html.search(/<h2>/);
  const end = first === -1 ? html.length : first;
  return html.slice(0, end).replace(/<(\/?)h3>/g, "<$1h2>") + html.slice(end);
}

/** The pictures that a text names by their addresses, each once, in the order of the text. */
export function pictureIdsIn(html: string, paths: readonly string[]): string[] {
  const named = html.matchAll(new RegExp(`(?:${paths.join("|")})(${UUID})`, "g"));
  return [...new Set([...named].map(([, id]) => id ?? ""))];
}
