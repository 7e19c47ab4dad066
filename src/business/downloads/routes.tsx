import type { Db } from "#src/platform/database/client.ts";
import { NotFound, Unavailable } from "#src/platform/http/errors.ts";
import { file, page } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { PrinterError } from "#src/platform/pdf/printer-error.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import type { BlankForms } from "./blank-forms.ts";
import { blankFormFileName, listItems } from "./list-items.ts";
import { DownloadsPage } from "./pages.tsx";
import { takeDownload } from "./queries.ts";

const FILE_NAME_LENGTH_MAX = 200;

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

async function handOutForm(deps: DownloadsDeps, visit: Visit): Promise<Response> {
  const code = visit.c.req.param("form") ?? "";
  const taken = await takeForm(deps.blankForms, code, isCounted(visit));
  if (taken === null) throw new NotFound();
  return file(visit, taken.content, {
    mediaType: "application/pdf",
    name: blankFormFileName(taken.form),
    isInline: false,
  });
}

/** Who asks for the head alone takes nothing with him. */
function isCounted(visit: Visit): boolean {
  return visit.c.req.method !== "HEAD";
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
  const found = isPlausible ? await takeDownload(deps.db, name, isCounted(visit)) : null;
  if (found === null) throw new NotFound();
  return file(visit, found.content, { mediaType: found.media_type, name, isInline: false });
}
