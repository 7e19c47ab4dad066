import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { loadAssets } from "./assets.ts";

const assets = loadAssets();

test("style sheet and script are named by their content and kept for ever", () => {
  expect(assets.cssHref).toMatch(/^\/assets\/[\w-]{12}\.css$/);
  expect(assets.jsHref).toMatch(/^\/assets\/[\w-]{12}\.js$/);
  expect(assets.find(assets.cssHref)?.isImmutable).toBe(true);
  expect(loadAssets().cssHref).toBe(assets.cssHref);
});

test("both packed forms hold the same file", () => {
  const css = assets.find(assets.cssHref);
  if (!css?.br || !css.gzip) throw new Error("not packed");
  expect(brotliDecompressSync(css.br).equals(css.body)).toBe(true);
  expect(gunzipSync(css.gzip).equals(css.body)).toBe(true);
});

test("style sheet and script leave room for the page within 30 KB", () => {
  const packed = [assets.cssHref, assets.jsHref].map(
    (href) => assets.find(href)?.gzip?.length ?? 0,
  );
  expect(packed[0]).toBeLessThan(13_500);
  expect(packed[1]).toBeLessThan(5_000);
  // What only people at work see does not weigh on citizens.
  expect(assets.find(assets.workCssHref)?.gzip?.length).toBeLessThan(4_000);
});

test("what only some pages need is fetched by them alone, and is small", () => {
  const script = Buffer.from(assets.find(assets.jsHref)?.body ?? []).toString();
  const parts = [...script.matchAll(/import\("\.\/(part-\w+\.js)"\)/g)].map(([, name]) => name);
  expect(parts).toHaveLength(2);
  for (const name of parts) {
    const part = assets.find(`/assets/${name}`);
    expect(part?.isImmutable, name).toBe(true);
    expect(part?.mediaType, name).toBe("text/javascript; charset=utf-8");
    expect(part?.gzip?.length, name).toBeLessThan(2_500);
  }
});

test("the style sheet asks for nothing from elsewhere and brings no font", () => {
  const css = Buffer.from(assets.find(assets.cssHref)?.body ?? []).toString();
  expect(css).not.toMatch(/url\(|@import|@font-face/);
});

test("tab picture and robots are served under their fixed names, anything else is not there", () => {
  expect(assets.find("/favicon.ico")?.mediaType).toBe("image/svg+xml");
  expect(Buffer.from(assets.find("/robots.txt")?.body ?? []).toString()).toContain(
    "Disallow: /bank\nDisallow: /review\n",
  );
  expect(assets.find("/assets/../package.json")).toBeNull();
  expect(assets.find("/assets/nothing.css")).toBeNull();
});
