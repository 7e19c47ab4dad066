import { readFile, writeFile } from "node:fs/promises";
import { PDFiumLibrary } from "@hyzyla/pdfium";
import sharp from "sharp";
import { answerJobs } from "../child-process/answer-jobs.ts";
import { withPalette } from "./few-colours.ts";
import type { InspectorJob, InspectorRefusal, InspectorResult } from "./inspector-messages.ts";
import { lightJpeg } from "./light-jpeg.ts";
import { scanPdf } from "./scan-pdf.ts";
import { PDF_PAGES_MAX, PICTURE_PIXELS_MAX } from "./upload-limits.ts";

const PAGE_PIXELS_MAX = 16_000_000;

// One file at a time with one thread: the memory of one picture is what the child needs at most.
sharp.concurrency(1);
sharp.cache(false);

const refused = (reason: InspectorRefusal): InspectorResult => ({ kind: "refused", reason });
let library: Promise<PDFiumLibrary> | undefined;

answerJobs<InspectorJob, InspectorResult>(async (job) => {
  switch (job.kind) {
    case "picture":
      return await rewritePicture(job);
    case "pdf":
      return await inspectPdf(await readFile(job.path));
    case "page":
      return await drawPage(job.content, job.page, job.width);
  }
});

type PictureJob = Extract<InspectorJob, { kind: "picture" }>;

async function rewritePicture(job: PictureJob): Promise<InspectorResult> {
  const { path, keptPath } = job;
  const { lengthMax, bytesMax } = job.limits;
  const options = { limitInputPixels: PICTURE_PIXELS_MAX, failOn: "error" } as const;
  try {
    // Size and kind stand in the file's first bytes: nothing is decoded before they are judged.
    const { width, height, format } = await sharp(path, {
      ...options,
      limitInputPixels: false,
    }).metadata();
    if (width * height > PICTURE_PIXELS_MAX) return refused("too-many-pixels");
    const picture = sharp(path, options).autoOrient().resize({
      width: lengthMax,
      height: lengthMax,
      fit: "inside",
      withoutEnlargement: true,
    });
    if (format === "png") {
      const kept = await picture.png().toFile(keptPath);
      const small = await withPalette(keptPath);
      if (small !== null) await writeFile(keptPath, small);
      if ((small?.length ?? kept.size) <= (bytesMax ?? Number.POSITIVE_INFINITY)) {
        return { kind: "picture", mediaType: "image/png", width: kept.width, height: kept.height };
      }
    }
    if (bytesMax !== undefined) {
      const light = await lightJpeg(picture, lengthMax, bytesMax);
      await writeFile(keptPath, light.content);
      return { kind: "picture", mediaType: "image/jpeg", width: light.width, height: light.height };
    }
    const opaque = picture.flatten({ background: "#ffffff" });
    const kept = await opaque.jpeg({ quality: 88 }).toFile(keptPath);
    return { kind: "picture", mediaType: "image/jpeg", width: kept.width, height: kept.height };
  } catch {
    return refused("unreadable");
  }
}

async function inspectPdf(bytes: Buffer): Promise<InspectorResult> {
  const finding = scanPdf(bytes);
  if (finding !== null) return refused(finding === "incomplete" ? "unreadable" : finding);
  library ??= PDFiumLibrary.init();
  try {
    const document = await (await library).loadDocument(bytes);
    const pageCount = document.getPageCount();
    document.destroy();
    if (pageCount < 1) return refused("unreadable");
    return pageCount > PDF_PAGES_MAX ? refused("too-many-pages") : { kind: "pdf", pageCount };
  } catch (error) {
    return refused(/password|security/i.test(String(error)) ? "encrypted" : "unreadable");
  }
}

async function drawPage(
  content: Uint8Array,
  number: number,
  width: number,
): Promise<InspectorResult> {
  library ??= PDFiumLibrary.init();
  const document = await (await library).loadDocument(content);
  try {
    if (number < 1 || number > document.getPageCount()) return refused("unreadable");
    const page = document.getPage(number - 1);
    const { originalWidth, originalHeight } = page.getOriginalSize();
    const scale = Math.min(
      width / originalWidth,
      Math.sqrt(PAGE_PIXELS_MAX / (originalWidth * originalHeight)),
    );
    // Form fields are drawn too: what was filled in is what has to be read.
    const drawn = await page.render({ scale, render: "bitmap", renderFormFields: true });
    const raw = { width: drawn.width, height: drawn.height, channels: 4 } as const;
    const png = await sharp(drawn.data, { raw }).flatten().png({ compressionLevel: 5 }).toBuffer();
    return { kind: "page", png };
  } finally {
    document.destroy();
  }
}
