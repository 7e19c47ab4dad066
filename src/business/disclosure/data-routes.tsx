import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { readNamesMark } from "#src/ledger/city-book/names-mark.ts";
import type { CityBook } from "#src/ledger/city-book/read-city-book.ts";
import type { DisclosurePolicy } from "#src/platform/config.ts";
import { NotFound, Unavailable } from "#src/platform/http/errors.ts";
import { openData, page } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { keepPreparedFiles, type SendPreparedFile } from "#src/platform/prepared-files.ts";
import { renderPage } from "#src/ui/render.ts";
import { DataPage } from "./data-page.tsx";
import { datasetCsv, datasetJson, datasetMark } from "./dataset-files.ts";
import { readDataset } from "./dataset-rows.ts";
import {
  DATASET_NAMES,
  DATASETS,
  type DatasetName,
  isDatasetName,
  jsonSchemaOf,
  TAKEN_BY_YEAR,
} from "./datasets.ts";
import type { Desk } from "./desk.ts";
import { areEstateMonthsTold, monthYears } from "./month-years.ts";
import { readYear } from "./schema.ts";

/** Three readings of the sixteen files, so that a slow reader may end what he began while the books move on. */
const PREPARED = { filesMax: 48, bytesMax: 500_000_000 };

/** 开放数据: what there is, the files, and the schemas that they keep to. */
export function dataRoutes(desk: Desk): Route[] {
  const sendPrepared = keepPreparedFiles(PREPARED);
  const open = (path: string, handle: (visit: Visit) => Response | Promise<Response>): Route => ({
    method: "GET",
    path,
    permission: "anyone",
    audit: null,
    handle: async (visit) => {
      await desk.limit(visit, "search");
      return await handle(visit);
    },
  });
  return [
    open("/disclosure/data", (visit) =>
      page(
        visit,
        renderPage(<DataPage shell={desk.shell(visit)} names={namesTold(desk.policy)} />),
        200,
        "revalidate",
      ),
    ),
    open("/disclosure/data/:file", (visit) => sendDataset(desk, visit, sendPrepared)),
    open("/disclosure/schema/:file", sendSchema),
  ];
}

function namesTold(policy: DisclosurePolicy): DatasetName[] {
  return DATASET_NAMES.filter((name) => name !== TAKEN_BY_YEAR || areEstateMonthsTold(policy));
}

const MEDIA_TYPES = {
  csv: "text/csv; charset=utf-8",
  json: "application/json; charset=utf-8",
} as const;

async function sendDataset(
  desk: Desk,
  visit: Visit,
  sendPrepared: SendPreparedFile,
): Promise<Response> {
  const { name, format } = readFile(visit);
  if (!isDatasetName(name) || !namesTold(desk.policy).includes(name)) throw new NotFound();
  const book = await desk.readBook();
  if (book === "too-small") throw new NotFound();
  if (book === "not-begun") throw new Unavailable("the city's book is not made yet");
  const { db, policy } = desk;
  const today = shanghaiDate(visit.now);
  const year = yearOf(name, visit, book);
  const file = `${name}.${format}${year}`;
  const etag = datasetMark(file, book, policy, await readNamesMark(db));
  const title = `${DATASETS[name].title}${name === TAKEN_BY_YEAR ? `-${year}` : ""}`;
  const make = () => {
    const pieces = readDataset(name, { db, today, policy, year });
    return format === "csv" ? datasetCsv(name, pieces) : datasetJson(name, pieces);
  };
  return openData(
    visit,
    () => sendPrepared(file, `${etag} ${today} ${book.refreshedAt.toISOString()}`, make),
    {
      mediaType: MEDIA_TYPES[format],
      name: format === "csv" ? `维修资金公示-${title}.csv` : null,
      etag,
    },
  );
}

/** The year that is asked for, or else the latest; 404 for one whose months are not told. */
function yearOf(name: DatasetName, visit: Visit, book: CityBook): number {
  const latest = book.years.at(-1)?.year ?? 0;
  const asked = visit.c.req.query("year");
  if (name !== TAKEN_BY_YEAR || asked === undefined) return latest;
  const year = readYear(asked);
  if (year === null || !monthYears(book, book.years).includes(year)) throw new NotFound();
  return year;
}

function readFile(visit: Visit): { name: string; format: "csv" | "json" } {
  const match = /^([a-z-]{1,30})\.(csv|json)$/.exec(visit.c.req.param("file") ?? "");
  if (match === null) throw new NotFound();
  return { name: match[1] ?? "", format: match[2] === "csv" ? "csv" : "json" };
}

function sendSchema(visit: Visit): Response {
  const { name, format } = readFile(visit);
  const isKnown = isDatasetName(name) || name === "locked-year";
  if (format !== "json" || !isKnown) throw new NotFound();
  const text = JSON.stringify(jsonSchemaOf(name as DatasetName | "locked-year"), null, 2);
  return openData(visit, () => new Blob([text]).stream() as ReadableStream<Uint8Array>, {
    mediaType: "application/schema+json; charset=utf-8",
    name: null,
    etag: `W/"${name}-${text.length}"`,
  });
}
