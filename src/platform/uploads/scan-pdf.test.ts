import { deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { pdfBytes } from "#tests/support/document-files.ts";
import { scanPdf } from "./scan-pdf.ts";

/** A compressed stream of objects, as PDF 1.5 and later write them. */
function objectStream(content: string, packed = deflateSync(Buffer.from(content))): Buffer {
  const head = `10 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${packed.length} >>\nstream\n`;
  return Buffer.concat([Buffer.from(head), packed, Buffer.from("\nendstream\nendobj\n")]);
}

function withStream(stream: Buffer): Buffer {
  const plain = pdfBytes();
  return Buffer.concat([plain.subarray(0, 9), stream, plain.subarray(9)]);
}

describe("a PDF", () => {
  test("with pages alone is let through, also with compressed objects and an embedded file", () => {
    expect(scanPdf(pdfBytes())).toBeNull();
    expect(scanPdf(withStream(objectStream("11 0 << /Type /Annot >>")))).toBeNull();
    expect(scanPdf(pdfBytes({ catalog: "/Names << /EmbeddedFiles 12 0 R >>" }))).toBeNull();
  });

  test.each([
    ["a script", "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"],
    ["a script in a name tree", "/Names << /JavaScript 12 0 R >>"],
    ["a script spelt in code", "/OpenAction << /S /J#61vaScr#69pt /JS (x) >>"],
    ["a command", "/OpenAction << /S /Launch /F (cmd.exe) >>"],
    ["a command spelt in code", "/OpenAction << /S /#4caunch /F (cmd.exe) >>"],
  ])("with %s is refused", (_, catalog) => {
    expect(scanPdf(pdfBytes({ catalog }))).toBe("active-content");
  });

  test("with a script among compressed objects is refused", () => {
    expect(scanPdf(withStream(objectStream("11 0 << /S /JavaScript /JS (x) >>")))).toBe(
      "active-content",
    );
  });

  test("with objects packed so that they cannot be read is refused", () => {
    expect(scanPdf(withStream(objectStream("", Buffer.from("no such packing"))))).toBe(
      "active-content",
    );
    const bomb = deflateSync(Buffer.alloc(40 * 1_048_576));
    expect(scanPdf(withStream(objectStream("", bomb)))).toBe("active-content");
  });

  test("with a script in a stream whose description is nested, padded or in code is refused", () => {
    const packed = deflateSync(Buffer.from("11 0 << /S /JavaScript /JS (x) >>"));
    for (const about of [
      "/Type /ObjStm /DecodeParms << /Columns 5 >> /Filter /FlateDecode",
      `/Type /ObjStm ${" ".repeat(5_000)} /Filter /FlateDecode`,
      "/Type /O#62jStm /Filter /FlateDecode",
    ]) {
      const head = Buffer.from(`10 0 obj\n<< ${about} /Length ${packed.length} >>\nstream\n`);
      const stream = Buffer.concat([head, packed, Buffer.from("\nendstream\nendobj\n")]);
      expect(scanPdf(withStream(stream)), about.slice(0, 40)).toBe("active-content");
    }
  });

  test("that is encrypted is refused", () => {
    expect(scanPdf(pdfBytes({ trailer: "/Encrypt 12 0 R" }))).toBe("encrypted");
  });

  test("that is not whole, or hides behind something else, is refused", () => {
    const whole = pdfBytes();
    expect(scanPdf(whole.subarray(0, whole.length - 40))).toBe("incomplete");
    expect(scanPdf(Buffer.concat([Buffer.from("<html>"), whole]))).toBe("incomplete");
    expect(scanPdf(Buffer.alloc(0))).toBe("incomplete");
  });
});
