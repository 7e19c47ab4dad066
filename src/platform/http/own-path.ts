/** Longer than any path that our own links name; a browser refuses long headers. */
const LENGTH_MAX = 2_000;

/**
 * Reads the address to come back to that a link or a form of ours carries: a path on this site, ready for a header,
 * or null for anything else, so that nobody is sent to another site from here.
 */
export function readOwnPath(text: string | undefined): string | null {
  if (text === undefined || text.length > LENGTH_MAX) return null;
  if (!/^\/(?![/\\])[^\0-\x20\\]*$/.test(text)) return null;
  // The path is encoded already; only what somebody typed by hand still has to be.
  return text.toWellFormed().replace(/[^\x21-\x7e]+/g, encodeURIComponent);
}
