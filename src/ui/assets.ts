import { createHash } from "node:crypto";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { type BuildOptions, buildSync } from "esbuild";
import { LOGO_FILE } from "./drawing/logo.tsx";

/** A file of the look, compressed once at start. */
export interface Asset {
  body: Uint8Array;
  mediaType: string;
  br: Uint8Array | null;
  gzip: Uint8Array | null;
  etag: string;
  /** Its name changes with its content, so it may be kept for ever. */
  isImmutable: boolean;
}

/** Style sheet, script and the few other files of the look. */
export interface Assets {
  cssHref: string;
  jsHref: string;
  /** The look of desks and workbenches: citizens' pages do not ask for it. */
  workCssHref: string;
  /** The look of long texts: only pages that show one ask for it. */
  articleCssHref: string;
  /** The editor of long texts. It is large, so it is bundled when the first page with an editor is drawn. */
  editorJsHref(): string;
  find(path: string): Asset | null;
}

/** Browsers from about 2020 on, so that an old phone shows the same. */
const TARGET = ["chrome87", "safari14.1", "firefox82"];

const ROBOTS =
  "User-agent: *\nDisallow: /bank\nDisallow: /review\nDisallow: /demo\nDisallow: /display\n";

const EDITOR = /^\/assets\/editor-[\w-]{12}\.js$/;

/**
 * Bundles and compresses the style sheet and the script, names them by their content, and keeps all in
 * memory. Throws esbuild's error when a source is broken, so that the start fails and not a page. `publicUrl` is the address that robots are told to find the site map at.
 */
export function loadAssets(publicUrl = ""): Assets {
  const css = bundle("./styles.css");
  const workCss = bundle("./work.css");
  const articleCss = bundle("./article.css");
  const { main: js, parts } = bundleInParts("./islands/start.ts");
  const robots = publicUrl === "" ? ROBOTS : `${ROBOTS}Sitemap: ${publicUrl}/sitemap.xml\n`;
  const cssHref = `/assets/${hashOf(css)}.css`;
  const workCssHref = `/assets/${hashOf(workCss)}.css`;
  const articleCssHref = `/assets/${hashOf(articleCss)}.css`;
  const jsHref = `/assets/${hashOf(js)}.js`;
  const files = new Map<string, Asset>([
    [cssHref, asset(css, "text/css; charset=utf-8", true)],
    [workCssHref, asset(workCss, "text/css; charset=utf-8", true)],
    [articleCssHref, asset(articleCss, "text/css; charset=utf-8", true)],
    [jsHref, asset(js, "text/javascript; charset=utf-8", true)],
    ...parts.map(({ name, contents }): [string, Asset] => [
      `/assets/${name}`,
      asset(contents, "text/javascript; charset=utf-8", true),
    ]),
    ["/favicon.ico", asset(Buffer.from(LOGO_FILE), "image/svg+xml", false)],
    ["/robots.txt", asset(Buffer.from(robots), "text/plain; charset=utf-8", false)],
  ]);
  let editorHref: string | undefined;
  const editorJsHref = () => {
    if (editorHref === undefined) {
      const editor = bundle("./islands/editor/start-editor.ts");
      editorHref = `/assets/editor-${hashOf(editor)}.js`;
      files.set(editorHref, asset(editor, "text/javascript; charset=utf-8", true));
    }
    return editorHref;
  };
  const find = (path: string) => {
    // A page that was drawn before a restart asks for it first.
    if (EDITOR.test(path)) editorJsHref();
    return files.get(path) ?? null;
  };
  return { cssHref, jsHref, workCssHref, articleCssHref, editorJsHref, find };
}

const BUNDLING = {
  bundle: true,
  minify: true,
  write: false,
  target: TARGET,
  format: "esm",
  charset: "utf8",
  legalComments: "none",
} as const satisfies BuildOptions;

function bundle(entry: string): Uint8Array {
  const entryPoints = [fileURLToPath(new URL(entry, import.meta.url))];
  const [output] = buildSync({ ...BUNDLING, entryPoints }).outputFiles ?? [];
  if (output === undefined) throw new Error(`esbuild wrote nothing for ${entry}`);
  return output.contents;
}

/** The script, and what it fetches only where a page needs it, each under a name that changes with its content. */
function bundleInParts(entry: string) {
  const { outputFiles } = buildSync({
    ...BUNDLING,
    entryPoints: { main: fileURLToPath(new URL(entry, import.meta.url)) },
    splitting: true,
    chunkNames: "part-[hash]",
    outdir: "assets",
  });
  const files = outputFiles.map(({ path, contents }) => ({ name: basename(path), contents }));
  const main = files.find(({ name }) => name === "main.js");
  if (main === undefined) throw new Error(`esbuild wrote nothing for ${entry}`);
  return { main: main.contents, parts: files.filter((file) => file !== main) };
}

function asset(body: Uint8Array, mediaType: string, isImmutable: boolean): Asset {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
  return {
    body,
    mediaType,
    br: brotliCompressSync(body, { params }),
    gzip: gzipSync(body, { level: 9 }),
    etag: `"${hashOf(body)}"`,
    isImmutable,
  };
}

function hashOf(body: Uint8Array): string {
  return createHash("sha256").update(body).digest("base64url").slice(0, 12);
}
