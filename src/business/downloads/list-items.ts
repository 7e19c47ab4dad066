import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { SiteText } from "#src/platform/site-text.ts";
import type { FileLineProps } from "#src/ui/list/lines.tsx";
import type { BlankFormLine, BlankForms } from "./blank-forms.ts";
import { type DownloadLine, listDownloads } from "./queries.ts";

/** One file of 资料下载, whether it was put there or is printed from the forms. */
export interface DownloadItem {
  href: string;
  title: string;
  category: string;
  fileName: string;
  /** What it is good for, in one line; empty for a file that says so itself. */
  lead: string;
  /** Null while a form could not be printed. */
  edition: {
    sha256: string;
    sizeBytes: number;
    publishedOn: CalendarDate;
    updatedOn: CalendarDate;
  } | null;
  downloadCount: number;
}

const FILES_MAX = 200;

/** Lists everything that can be downloaded: the blank forms by what they are, then the files by category. */
export async function listItems(db: Db, blankForms: BlankForms): Promise<DownloadItem[]> {
  const [forms, files] = await Promise.all([blankForms.list(), listDownloads(db, FILES_MAX)]);
  return [...forms.map(formItem), ...files.map(fileItem)];
}

/** Lists what is taken most, for the home; it waits for no printing. */
export async function listMostTaken(
  db: Db,
  blankForms: BlankForms,
  limit: number,
): Promise<FileLineProps[]> {
  const [forms, files] = await Promise.all([blankForms.listReady(), listDownloads(db, FILES_MAX)]);
  return [...forms.map(formItem), ...files.map(fileItem)]
    .sort((a, b) => b.downloadCount - a.downloadCount)
    .slice(0, limit)
    .flatMap(({ href, title, fileName, edition }) =>
      edition === null ? [] : [{ href, title, fileName, sizeBytes: edition.sizeBytes }],
    );
}

/** Where a blank form is downloaded. */
function blankFormHref(code: string): string {
  return `/downloads/forms/${code}`;
}

/** The name under which a blank form is saved. */
export function blankFormFileName(form: { title: string }): string {
  return `${form.title}（空白）.pdf`;
}

function formItem({ form, edition, downloadCount }: BlankFormLine): DownloadItem {
  return {
    href: blankFormHref(form.code),
    title: form.title,
    category: form.category,
    fileName: blankFormFileName(form),
    lead: form.lead,
    edition,
    downloadCount,
  };
}

function fileItem(line: DownloadLine): DownloadItem {
  return {
    href: `/downloads/${encodeURIComponent(line.file_name)}`,
    title: line.title,
    category: line.category,
    fileName: line.file_name,
    lead: "",
    edition: {
      sha256: line.sha256,
      sizeBytes: line.size_bytes,
      publishedOn: line.published_on,
      updatedOn: line.updated_on ?? line.published_on,
    },
    downloadCount: line.download_count,
  };
}

/** The files for search. A form that could not be printed now is left out until it can. */
export async function listDownloadEntries(db: Db, blankForms: BlankForms): Promise<SiteText[]> {
  return (await listItems(db, blankForms)).flatMap(({ href, title, category, lead, edition }) =>
    edition === null
      ? []
      : [
          {
            href,
            kind: "资料下载" as const,
            title,
            text: `${category} ${lead}`.trim(),
            date: edition.updatedOn,
          },
        ],
  );
}

/** The addresses of 资料下载 that a search engine may know. */
export const DOWNLOAD_PATHS: readonly string[] = ["/downloads"];
