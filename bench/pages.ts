import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadConfig } from "#src/platform/config.ts";
import { connectDatabase } from "#src/platform/database/connect.ts";
import { createLog } from "#src/platform/log.ts";
import { startSystem } from "../tests/support/system.ts";
import { type Answer, getRequest, runLoad } from "./harness/http-load.ts";
import { judgePublicPages, weighPublicPages } from "./harness/lighthouse.ts";
import { readPage } from "./harness/page-weight.ts";
import { type Pgbench, preparePgbench } from "./harness/pgbench.ts";
import { machineLine, publish, type Ratio, ratioTable, standingsTable } from "./harness/report.ts";
import { type Contender, runRounds, type Standing } from "./harness/rounds.ts";
import { startBareNode } from "./harness/start-bare-node.ts";

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
        await weighPublicPages(system.url),
      ].join("\n\n"),
    );
    const judged = `${machineLine()}\n\n${await judgePublicPages(system.url)}`;
    publish("lighthouse", "Lighthouse, mobile, median of three", judged);
  } finally {
    await database.close();
    await Promise.all([system.stop(), bare.stop()]);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

interface Page {
  name: string;
  url: URL;
}

async function findPages(base: URL): Promise<Page[]> {
  const home = await readPage(base);
  const style = first(home, /href="(\/assets\/[^"]+\.css)"/, "a stylesheet on the home page");
  const results = await readPage(new URL(SEARCH, base));
  const detail = first(results, /href="(\/fund\/[^"/]+)"/, "a house in the result list");
  return [
    { name: "home", url: base },
    { name: "result list", url: new URL(SEARCH, base) },
    { name: "detail of a house", url: new URL(detail, base) },
    { name: "stylesheet", url: new URL(style, base) },
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

await main();
