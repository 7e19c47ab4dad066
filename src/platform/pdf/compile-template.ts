import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { NodeCompiler, type NodeError } from "@myriaddreamin/typst-ts-node-compiler";
import { type FontCoverage, printableData, readFontCoverage } from "./font-coverage.ts";

const FONT_FILES = ["400Regular/NotoSansSC_400Regular.ttf", "700Bold/NotoSansSC_700Bold.ttf"];

/** Archive PDF with structure for screen readers and Unicode for every glyph (ISO 19005-2, level A). */
const PDF_STANDARD = "a-2a";

/**
 * Every ten slips, drop the memoised results that none of the last ten used. What all slips share (fonts,
 * template) stays; with an age of ten the child grew by 3 MB a slip, so it stays near 220 MB.
 */
const CACHE_AGE = 1;
const JOBS_BETWEEN_EVICTIONS = 10;

/** The folder whose sub-folders hold one weight of the slips' font each. */
export function fontDirectory(): string {
  const require = createRequire(import.meta.url);
  return dirname(require.resolve("@expo-google-fonts/noto-sans-sc/package.json"));
}

/** What one PDF is made of; `createdAt` is written into it, so that equal input gives equal bytes. */
export interface TemplateJob {
  template: string;
  data: unknown;
  createdAt: Date;
}

/** Compiles one template after another. Throws an Error with the compiler's messages for a bad template. */
export type CompileTemplate = (job: TemplateJob) => Uint8Array;

/**
 * Opens a Typst compiler that may read files under `root` only. It runs on the caller's thread and its
 * memory grows with every PDF: only the printer's child process calls it.
 */
export function openCompiler(root: string): CompileTemplate {
  const fonts = fontDirectory();
  const covers = readFontCoverage(join(fonts, FONT_FILES[0] ?? ""));
  const fontPaths = FONT_FILES.map((file) => join(fonts, dirname(file)));
  fontPaths.push(join(import.meta.dirname, "fonts"));
  const compiler = NodeCompiler.create({ workspace: root, fontArgs: [{ fontPaths }] });
  let jobs = 0;
  return (job) => {
    const pdf = compile(compiler, job, covers);
    jobs += 1;
    if (jobs % JOBS_BETWEEN_EVICTIONS === 0) compiler.evictCache(CACHE_AGE);
    return pdf;
  };
}

function compile(compiler: NodeCompiler, job: TemplateJob, covers: FontCoverage): Uint8Array {
  const data = JSON.stringify(printableData(job.data, covers));
  const compiled = compiler.compile({ mainFilePath: job.template, inputs: { data } });
  const document = compiled.result;
  if (!document) throw new Error(describe(compiler, compiled.takeError()));
  const creationTimestamp = Math.floor(job.createdAt.getTime() / 1000);
  return compiler.pdf(document, { pdfStandard: PDF_STANDARD, creationTimestamp });
}

function describe(compiler: NodeCompiler, error: NodeError | null): string {
  if (!error) return "the template gave no document";
  const messages = compiler.fetchDiagnostics(error).map((each) => JSON.stringify(each));
  return messages.join("; ").slice(0, 2_000);
}
