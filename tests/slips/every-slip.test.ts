import { readdirSync } from "node:fs";
import { join } from "node:path";
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import { getDocumentProxy } from "unpdf";
import { afterAll, describe, expect, test } from "vitest";
import { printBlankForm } from "#src/applications/blank-forms/print-blank-form.ts";
import { fontDirectory } from "#src/platform/pdf/compile-template.ts";
import { createPrinter } from "#src/platform/pdf/printer.ts";
import { listBlankForms } from "#src/site/blank-forms.ts";
import { readPdf } from "../support/pdf-text.ts";
import { SAMPLE_SLIPS } from "../support/sample-slips.ts";

const PROJECT = join(import.meta.dirname, "../..");
const createdAt = new Date("2026-11-23T02:43:00Z");
// A machine under load takes its time over hundreds of rows; how fast slips are is measured elsewhere.
const printer = createPrinter({ timeoutMs: 60_000 });
afterAll(() => printer.close());

const print = (template: string, data: unknown) =>
  printer.print({ template: join(PROJECT, template), data, createdAt });

test("every template of the platform has a sample here, besides what templates share", () => {
  const templates = readdirSync(join(PROJECT, "src"), { recursive: true })
    .map((file) => join("src", String(file)))
    .filter((file) => file.endsWith(".typ") && !file.startsWith("src/platform/pdf/"));
  expect(SAMPLE_SLIPS.map(({ template }) => template).toSorted()).toEqual(templates.toSorted());
});

/** What the archive standard asks for and a reader of bytes can see. */
function archiveFacts(pdf: Uint8Array) {
  const text = Buffer.from(pdf).toString("latin1");
  const fonts = [...text.matchAll(/\/Type\s*\/FontDescriptor\b[\s\S]*?endobj/g)].map(
    ([one]) => one,
  );
  return {
    part: /<pdfaid:part>(\d)<\/pdfaid:part>/.exec(text)?.[1],
    conformance: /<pdfaid:conformance>(\w)<\/pdfaid:conformance>/.exec(text)?.[1],
    created: /<xmp:CreateDate>([^<]+)<\/xmp:CreateDate>/.exec(text)?.[1],
    language: /<rdf:li>(zh[^<]*)<\/rdf:li>/.exec(text)?.[1],
    isTagged: /\/MarkInfo\s*<<[^>]*\/Marked true/.test(text) && text.includes("/StructTreeRoot"),
    hasOutputIntent: text.includes("/GTS_PDFA1"),
    fontCount: fonts.length,
    areFontsEmbedded: fonts.every((font) => /\/FontFile[23]? \d+ 0 R/.test(font)),
    reachesOut: /\/JavaScript|\/EmbeddedFile|\/Launch|\/Encrypt/.test(text),
  };
}

const ARCHIVE = {
  part: "2",
  conformance: "A",
  language: "zh-CN",
  isTagged: true,
  hasOutputIntent: true,
  areFontsEmbedded: true,
  reachesOut: false,
};

test("every template also passes what the compiler asks of PDF/UA-1: it takes one standard at a time", {
  timeout: 90_000,
}, () => {
  const fonts = fontDirectory();
  const folders = ["400Regular", "700Bold"].map((weight) => join(fonts, weight));
  const fontPaths = [...folders, join(PROJECT, "src/platform/pdf/fonts")];
  const workspace = join(PROJECT, "src");
  const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontPaths }] });
  for (const { template, usual } of SAMPLE_SLIPS) {
    const inputs = { data: JSON.stringify(usual) };
    const { result } = compiler.compile({ mainFilePath: join(PROJECT, template), inputs });
    if (result === null) throw new Error(`no document of ${template}`);
    const pdf = compiler.pdf(result, { pdfStandard: "ua-1", creationTimestamp: 0 });
    expect(pdf.toString("latin1"), template).toContain("<pdfuaid:part>1</pdfuaid:part>");
  }
});

describe.each(SAMPLE_SLIPS)(
  "$title",
  { timeout: 90_000 },
  ({ template, title, isBlank = false, usual, longest }) => {
    test("is an archive PDF (PDF/A-2a): tagged, in Chinese, with its title, its date and all its fonts", async () => {
      const pdf = await print(template, usual);
      const facts = archiveFacts(pdf);
      expect(facts).toMatchObject({ ...ARCHIVE, created: "2026-11-23T02:43:00+00:00" });
      expect(facts.fontCount).toBeGreaterThanOrEqual(2);
      const read = await readPdf(pdf);
      expect(read.title).toMatch(new RegExp(`^${title}`));
      expect(read.language).toBe("zh-CN");
      expect(read.text.includes("防伪码7K3M-9QXA-2VTB")).toBe(!isBlank);
      expect(read.text.includes("防伪码")).toBe(!isBlank);
      expect(Buffer.compare(pdf, await print(template, usual))).toBe(0);
    });

    test("holds the longest names, addresses and amounts on A4 without cutting the edge", async () => {
      const pdf = await print(template, longest);
      const document = await getDocumentProxy(new Uint8Array(pdf));
      for (let n = 1; n <= document.numPages; n += 1) {
        const page = await document.getPage(n);
        const { width, height } = page.getViewport({ scale: 1 });
        expect([Math.round(width), Math.round(height)]).toEqual([595, 842]);
        const { items } = await page.getTextContent();
        for (const item of items) {
          if (!("str" in item) || item.str.trim() === "") continue;
          const [x = 0, y = 0] = item.transform.slice(4) as number[];
          expect(x, item.str).toBeGreaterThan(14);
          expect(y, item.str).toBeGreaterThan(14);
          expect(x + item.width, item.str).toBeLessThan(width - 14);
        }
      }
    });
  },
);

test("only the forms to fill in by hand and the demonstration's table have no 防伪码", () => {
  const blank = SAMPLE_SLIPS.filter(({ isBlank }) => isBlank).map(({ template }) => template);
  expect(blank).toEqual(["src/applications/blank-forms/blank-form.typ", "src/demo/uses-table.typ"]);
});

test("every blank form of every business is an archive PDF too", { timeout: 90_000 }, async () => {
  const forms = listBlankForms();
  expect(forms.length).toBeGreaterThan(5);
  for (const form of forms) {
    const frame = { fundCentreName: "示例市物业专项维修资金管理中心", isDemo: true };
    const pdf = await printBlankForm(printer, form, frame);
    expect(archiveFacts(pdf), form.code).toMatchObject(ARCHIVE);
    expect((await readPdf(pdf)).title).toBe(form.title);
  }
});
