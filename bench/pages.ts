import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadConfig } from "#src/platform/config.ts";
import { connectDatabase } from "#src/platform/database/connect.ts";
import { createLog } from "#src/platform/log.ts";
import { startSystem } from "../tests/support/system.ts";
import { type Answer, getRequest, runLoad } from "./harness/http-load.ts";
import { readPage, weighPage } from "./harness/page-weight.ts";
import { type Pgbench, preparePgbench } from "./harness/pgbench.ts";
import {
  machineLine,
  publish,
  type Ratio,
  ratioTable,
  standingsTable,
  table,
} from "./harness/report.ts";
import { type Contender, runRounds, type Standing } from "./harness/rounds.ts";
import { startBareNode } from "./harness/start-bare-node.ts";

/** 30 KB compressed with everything is what the design allows a page. */
const PAGE_LIMIT_BYTES = 30_720;
const CLIENTS = 16;
const SECONDS = 4;
const BARE = "bare Node “hello”";
const READ = "pgbench select-only";
const SEARCH = "/fund?q=示例花园12幢3单元";

/** Pages a citizen asks for first, beside bare Node: rates in one run, and bytes on the wire. */
async function main(): Promise<void> {
  const before = machineLine();
  const dataDir = mkdtempSync(join(tmpdir(), "fund-bench-"));
  const env = { RATE_LIMITS: "off", LOG_LEVEL: "error" };
  const bare = await startBareNode();
  const system = await startSystem({ dataDir, env });
  const config = loadConfig({ DATA_DIR: dataDir, ...env });
  const database = await connectDatabase(config, createLog(config), { mode: "tool", max: 1 });
  try {
    const pgbench = await preparePgbench(database.ownerConnection);
    const pages = await findPages(new URL(system.url));
    const standings = await runRounds([
      contender(BARE, bare.url),
      ...pages.map(({ name, url }) => contender(name, url)),
      ...(pgbench === null ? [] : [readContender(pgbench)]),
    ]);
    publish(
      "pages",
      `Pages: ${CLIENTS} clients, closed loop, ${SECONDS} s a round`,
      [
        `Before: ${before}. After: ${machineLine()}.`,
        standingsTable(standings, "answers/s (spread)"),
        ratioTable(ratiosOf(standings)),
        await weights(pages.filter(({ isPage }) => isPage)),
      ].join("\n\n"),
    );
  } finally {
    await database.close();
    await Promise.all([system.stop(), bare.stop()]);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

interface Page {
  name: string;
  url: URL;
  isPage: boolean;
}

async function findPages(base: URL): Promise<Page[]> {
  const home = await readPage(base);
  const style = first(home, /href="(\/assets\/[^"]+\.css)"/, "a stylesheet on the home page");
  const results = await readPage(new URL(SEARCH, base));
  const detail = first(results, /href="(\/fund\/[^"/]+)"/, "a house in the result list");
  return [
    { name: "home", url: base, isPage: true },
    { name: "result list", url: new URL(SEARCH, base), isPage: true },
    { name: "detail of a house", url: new URL(detail, base), isPage: true },
    { name: "stylesheet", url: new URL(style, base), isPage: false },
  ];
}

function first(html: string, pattern: RegExp, what: string): string {
  const found = pattern.exec(html)?.[1];
  if (found === undefined) throw new Error(`There is not ${what}.`);
  return found;
}

function contender(name: string, url: URL): Contender {
  const request = getRequest(url, { "accept-encoding": "br, gzip" });
  const isDone = ({ status }: Answer) => status === 200;
  const load = { url, clients: CLIENTS, seconds: SECONDS, request: () => request, isDone };
  return { name, measure: () => runLoad(load) };
}

function readContender(pgbench: Pgbench): Contender {
  return { name: READ, measure: () => pgbench.measure("select-only", CLIENTS, SECONDS) };
}

/** A page that reads the database cannot outrun the slower of Node and a single indexed read. */
function ratiosOf(standings: readonly Standing[]): Ratio[] {
  const rate = (name: string) => standings.find((one) => one.name === name)?.rate ?? Number.NaN;
  const bare = rate(BARE);
  const limit = standings.some(({ name }) => name === READ) ? Math.min(bare, rate(READ)) : bare;
  return [
    { name: "R4 home ÷ bare Node", value: rate("home") / bare, bar: 0.25 },
    { name: "R4 stylesheet ÷ bare Node", value: rate("stylesheet") / bare, bar: 0.5 },
    { name: "R5 result list ÷ slower limit", value: rate("result list") / limit, bar: 0.15 },
    { name: "R5 detail ÷ slower limit", value: rate("detail of a house") / limit, bar: 0.15 },
  ];
}

async function weights(pages: readonly Page[]): Promise<string> {
  const rows = await Promise.all(
    pages.map(async ({ name, url }) => {
      const { html, assets, requests } = await weighPage(url);
      const isLight = html + assets <= PAGE_LIMIT_BYTES;
      const kilobytes = (bytes: number) => (bytes / 1024).toFixed(1);
      return [
        name,
        kilobytes(html),
        kilobytes(html + assets),
        `${requests}`,
        isLight ? "yes" : "**no**",
      ];
    }),
  );
  return table([["first load, Brotli", "HTML KB", "all KB", "requests", "≤ 30 KB"], ...rows]);
}

await main();
