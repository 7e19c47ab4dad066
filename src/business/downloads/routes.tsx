import type { Db } from "#src/platform/database/client.ts";
import { NotFound, Unavailable } from "#src/platform/http/errors.ts";
import {
  isTaken,
  type PublicFile,
  readFilePart,
  sendFilePart,
} from "#src/platform/http/kept-file.ts";
import { page } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { PrinterError } from "#src/platform/pdf/printer-error.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import type { BlankForms } from "./blank-forms.ts";
import { blankFormFileName, listItems } from "./list-items.ts";
import { DownloadsPage } from "./pages.tsx";
import { findDownload, takeDownload } from "./queries.ts";

const FILE_NAME_LENGTH_MAX = 200;
const NOTHING = new Uint8Array();

export interface DownloadsDeps {
  db: Db;
  blankForms: BlankForms;
  shell: (visit: Visit) => PageShell;
}

/** 资料下载: the list, the files, and the blank forms that are printed from the forms on the screen. */
export function downloadsRoutes(deps: DownloadsDeps): Route[] {
  const open = { method: "GET", permission: "anyone", audit: null } as const;
  return [
    { ...open, path: "/downloads", handle: (visit) => showList(deps, visit) },
    { ...open, path: "/downloads/forms/:form", handle: (visit) => handOutForm(deps, visit) },
    { ...open, path: "/downloads/:file", handle: (visit) => handOut(deps, visit) },
  ];
}

async function showList(deps: DownloadsDeps, visit: Visit): Promise<Response> {
  const items = await listItems(deps.db, deps.blankForms);
  const category = visit.c.req.query("category") || null;
  const html = renderPage(<DownloadsPage shell={deps.shell(visit)} {...{ items, category }} />);
  return page(visit, html, 200, "revalidate");
}

/** What a blank form or a file is counted by: that its first byte is sent, so neither a head nor what goes on later. */
async function handOutForm(deps: DownloadsDeps, visit: Visit): Promise<Response> {
  const code = visit.c.req.param("form") ?? "";
  const printed = await takeForm(deps.blankForms, code, false);
  if (printed === null) throw new NotFound();
  const found: PublicFile = {
    mediaType: "application/pdf",
    name: blankFormFileName(printed.form),
    sizeBytes: printed.content.byteLength,
    sha256: printed.sha256,
  };
  const part = readFilePart(visit, found);
  if (isTaken(part)) await takeForm(deps.blankForms, code, true);
  return sendFilePart(visit, found, part, printed.content);
}

async function takeForm(blankForms: BlankForms, code: string, counts: boolean) {
  try {
    return await blankForms.take(code, counts);
  } catch (error) {
    if (error instanceof PrinterError) throw new Unavailable("the printer", { cause: error });
    throw error;
  }
}

async function handOut(deps: DownloadsDeps, visit: Visit): Promise<Response> {
  const name = visit.c.req.param("file") ?? "";
  const isPlausible = name.length <= FILE_NAME_LENGTH_MAX && !name.includes("\0");
  const row = isPlausible ? await findDownload(deps.db, name) : null;
  if (row === null) throw new NotFound();
  const { media_type: mediaType, size_bytes: sizeBytes, sha256 } = row;
  const found: PublicFile = { mediaType, name, sizeBytes, sha256 };
  const part = readFilePart(visit, found);
  if (part.kind !== "whole" && part.kind !== "range") {
    return sendFilePart(visit, found, part, NOTHING);
  }
  const content = await takeDownload(deps.db, found, isTaken(part));
  if (content === null) throw new Unavailable("a file that changed while it was asked for");
  return sendFilePart(visit, found, part, content);
}
