import { extractText, getDocumentProxy } from "unpdf";

/** What a reader finds in a PDF: its pages' text without blanks and line breaks, title and language. */
export interface ReadPdf {
  pages: number;
  text: string;
  title: string;
  language: string | null;
}

/** Reads a PDF back. Blanks are dropped from the text, as extraction puts them between cells as it likes. */
export async function readPdf(pdf: Uint8Array): Promise<ReadPdf> {
  const document = await getDocumentProxy(new Uint8Array(pdf));
  const { text } = await extractText(document, { mergePages: true });
  const { info } = await document.getMetadata();
  const about = info as { Title?: string; Language?: string };
  return {
    pages: document.numPages,
    text: text.replaceAll(/[\s\u200B]/g, ""),
    title: about.Title ?? "",
    language: about.Language ?? null,
  };
}
