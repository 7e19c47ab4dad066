import type { Db } from "#src/platform/database/client.ts";
import { NotFound } from "#src/platform/http/errors.ts";
import { file, page } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { DownloadsPage } from "./pages.tsx";
import { listDownloads, takeDownload } from "./queries.ts";

const FILES_MAX = 200;
const FILE_NAME_LENGTH_MAX = 200;

export interface DownloadsDeps {
  db: Db;
  shell: (visit: Visit) => PageShell;
}

/** 资料下载: the list and the files. */
export function downloadsRoutes(deps: DownloadsDeps): Route[] {
  return [
    {
      method: "GET",
      path: "/downloads",
      permission: "anyone",
      audit: null,
      handle: (visit) => showList(deps, visit),
    },
    {
      method: "GET",
      path: "/downloads/:file",
      permission: "anyone",
      audit: null,
      handle: (visit) => handOut(deps, visit),
    },
  ];
}

async function showList(deps: DownloadsDeps, visit: Visit): Promise<Response> {
  const files = await listDownloads(deps.db, FILES_MAX);
  const html = renderPage(
    <DownloadsPage
      shell={deps.shell(visit)}
      items={files.map((line) => ({
        href: `/downloads/${encodeURIComponent(line.file_name)}`,
        title: line.title,
        fileName: line.file_name,
        sizeBytes: line.size_bytes,
        category: line.category,
      }))}
    />,
  );
  return page(visit, html, 200, "revalidate");
}

async function handOut(deps: DownloadsDeps, visit: Visit): Promise<Response> {
  const name = visit.c.req.param("file") ?? "";
  const isPlausible = name.length <= FILE_NAME_LENGTH_MAX && !name.includes("\0");
  const found = isPlausible ? await takeDownload(deps.db, name) : null;
  if (found === null) throw new NotFound();
  return file(visit, found.content, { mediaType: found.media_type, name, isInline: false });
}
