import { get } from "node:http";

/** What one page costs to load for the first time, as compressed bytes on the wire. */
export interface PageWeight {
  path: string;
  html: number;
  assets: number;
  requests: number;
}

/** Loads the page and everything its markup names, as a browser that understands Brotli would. */
export async function weighPage(page: URL): Promise<PageWeight> {
  const html = await load(page);
  const addresses = new Set<string>();
  for (const [, address] of html.text.matchAll(/(?:href|src)="(\/assets\/[^"#]+)/g)) {
    if (address !== undefined) addresses.add(address);
  }
  let assets = 0;
  for (const address of addresses) assets += (await load(new URL(address, page))).byteCount;
  return { path: page.pathname, html: html.byteCount, assets, requests: 1 + addresses.size };
}

/** The page's markup, uncompressed, to find a link in it. */
export async function readPage(page: URL): Promise<string> {
  const response = await fetch(page);
  if (!response.ok) throw new Error(`${page.pathname} answered ${response.status}`);
  return await response.text();
}

/** Node's own `fetch` hides how many bytes came; the plain client does not. */
async function load(address: URL): Promise<{ byteCount: number; text: string }> {
  const byteCount = await new Promise<number>((resolve, reject) => {
    get(address, { headers: { "accept-encoding": "br, gzip" } }, (response) => {
      let received = 0;
      response.on("data", (chunk: Buffer) => {
        received += chunk.length;
      });
      response.on("end", () => resolve(received));
    }).on("error", reject);
  });
  return { byteCount, text: await readPage(address) };
}
