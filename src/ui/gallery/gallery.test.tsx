import { expect, test } from "vitest";
import { readSourceFiles } from "#tests/support/source-text.ts";
import type { PageShell } from "../page-shell.ts";
import { renderPage } from "../render.ts";
import { GalleryPage } from "./gallery.tsx";

const SHELL: PageShell = {
  cssHref: "/assets/a.css",
  jsHref: "/assets/a.js",
  path: "/_ui",
  mode: "standard",
  theme: "auto",
  authorityName: "示例市住房和城乡建设局",
  fundCentreName: "示例市物业专项维修资金管理中心",
  cityName: "示例市",
  isDemo: true,
};
const html = renderPage(<GalleryPage shell={SHELL} />);

test("no component carries a style attribute, an event attribute or a script of its own", () => {
  expect(html).not.toMatch(/\sstyle=/);
  expect(html).not.toMatch(/<[^>]+\son[a-z]+=/);
  expect(html.match(/<script/g)).toHaveLength(1);
  expect(html).not.toContain("<style");
});

test("no id is given twice, and every label, description and heading reference has its target", () => {
  const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id as string);
  expect(ids.length).toBe(new Set(ids).size);
  for (const [, list] of html.matchAll(/\s(?:for|aria-labelledby|aria-describedby)="([^"]+)"/g)) {
    for (const id of (list as string).split(" ")) expect(ids, `target of ${id}`).toContain(id);
  }
});

test("every icon that is shown has its shape in the sprite", () => {
  for (const [, name] of html.matchAll(/href="#(i-[a-z]+)"/g)) {
    expect(html).toContain(`<symbol id="${name}"`);
  }
});

test("drawings are hidden from assistive technology or have a name", () => {
  for (const [svg] of html.matchAll(/<svg[^>]*>/g)) {
    expect(svg).toMatch(/aria-hidden="true"|role="img" aria-label(ledby)?="[^"]+"/);
  }
});

/** Around pages, not in them, and what only stands inside of fields, forms and charts; each has tests of its own. */
const FRAMES =
  /^(CodePage|DemoLine|DeskPage|Document|ErrorPage|Footer|Header|ModeLink|InstitutionPage|Logo|HomeDrawing|SideMenu|SignInPage|WorkbenchPage|Page|GalleryPage|HintAndError|HiddenField|ChartFigure|AxisLines|NamesBelow|LookPatterns|Marker|AreaKey|LineKey|ResendWait)$/;

/** Every component of the house, by the name that its file gives away. */
function componentsOf(files: readonly { path: string; text: string }[]): string[] {
  return files.flatMap(({ text }) =>
    [...text.matchAll(/^export function ([A-Z]\w+)/gm)].map(([, name]) => name ?? ""),
  );
}

test("every component of the house is in the gallery", () => {
  const files = readSourceFiles("src/ui", /\.tsx$/).filter(({ path }) => !/\.test\./.test(path));
  const gallery = files.filter(({ path }) => /gallery/.test(path)).map(({ text }) => text);
  const shown = (name: string) => gallery.some((text) => text.includes(`<${name}`));
  const parts = componentsOf(files.filter(({ path }) => !/gallery/.test(path)));
  expect(parts.length).toBeGreaterThan(40);
  expect(parts.filter((name) => !FRAMES.test(name) && !shown(name))).toEqual([]);
});
