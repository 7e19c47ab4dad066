import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import pg from "pg";
import { readEstateFigures, readHoldingsMark } from "#src/ledger/estate-figures.ts";
import { readEstateHistory } from "#src/ledger/estate-history.ts";
import { loadConfig } from "#src/platform/config.ts";
import type { Db } from "#src/platform/database/client.ts";
import { connectDatabase } from "#src/platform/database/connect.ts";
import { createLog } from "#src/platform/log.ts";
import { startSystem } from "../tests/support/system.ts";
import { type Answer, getRequest, runLoad } from "./harness/http-load.ts";
import {
  BUILDING_KEY,
  buildLargeEstate,
  GARAGE_KEY,
  LARGE_ESTATE,
  LARGE_ESTATE_HOUSES,
} from "./harness/large-estate.ts";
import { weighPage } from "./harness/page-weight.ts";
import { preparePgbench } from "./harness/pgbench.ts";
import {
  machineLine,
  publish,
  type Ratio,
  ratioTable,
  standingsTable,
  table,
} from "./harness/report.ts";
import { type Contender, type Measured, runRounds, type Standing } from "./harness/rounds.ts";
import { startBareNode } from "./harness/start-bare-node.ts";

/** 30 KB compressed with everything is what the design allows a page. */
const PAGE_LIMIT_BYTES = 30_720;
/** 95 of 100 answers within this, with four people on one estate at once. */
const P95_LIMIT_MS = 100;
const CLIENTS = 4;
const SECONDS = 4;
const BARE = "bare Node “hello”";
const READ = "pgbench select-only";
const SUM = "bare SQL: sum of 10,000 balances";
const MARK = "mark of every balance (each page)";
const FIGURES = "figures of every building (no cache)";
const HISTORY = "history of every entry (no cache)";

/** 进入我的小区 on an estate of 10,000 houses, beside what Node and PostgreSQL can do at best. */
async function main(): Promise<void> {
  const before = machineLine();
  const dataDir = mkdtempSync(join(tmpdir(), "fund-bench-"));
  const env = { RATE_LIMITS: "off", LOG_LEVEL: "error" };
  const bare = await startBareNode();
  const system = await startSystem({ dataDir, env });
  const config = loadConfig({ DATA_DIR: dataDir, ...env });
  const database = await connectDatabase(config, createLog(config), { mode: "tool", max: CLIENTS });
  try {
    const owner = new pg.Client(database.ownerConnection);
    await owner.connect();
    await buildLargeEstate(owner);
    await owner.end();
    const pgbench = await preparePgbench(database.ownerConnection);
    const pages = pagesOf(new URL(system.url));
    const reads = await readsOf(database.db);
    const standings = await runRounds([
      contender(BARE, bare.url),
      ...pages.map(({ name, url }) => contender(name, url)),
      ...reads,
      ...(pgbench === null
        ? []
        : [{ name: READ, measure: () => pgbench.measure("select-only", CLIENTS, SECONDS) }]),
    ]);
    publish(
      "my-estate",
      `My estate: ${LARGE_ESTATE_HOUSES.toLocaleString("en")} houses, ${CLIENTS} clients, ${SECONDS} s a round`,
      [
        `Before: ${before}. After: ${machineLine()}.`,
        "36 buildings, one of them a garage of 3,000 spaces; 100,000 entries. Each page reads the mark; it pays for figures and history only when a balance has changed, or after half a minute.",
        standingsTable(standings, "answers/s (spread)"),
        ratioTable(ratiosOf(standings)),
        limitTable(standings, pages),
        await weights(pages),
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
}

function pagesOf(base: URL): Page[] {
  const estate = `/my-estate/${LARGE_ESTATE}`;
  const building = (key: string) => `${estate}/buildings/${encodeURIComponent(key)}`;
  return [
    { name: "estate", url: new URL(estate, base) },
    { name: "building of 200 flats", url: new URL(building(BUILDING_KEY), base) },
    { name: "garage of 3,000 spaces", url: new URL(building(GARAGE_KEY), base) },
  ];
}

function contender(name: string, url: URL): Contender {
  const request = getRequest(url, { "accept-encoding": "br, gzip" });
  const isDone = ({ status }: Answer) => status === 200;
  const load = { url, clients: CLIENTS, seconds: SECONDS, request: () => request, isDone };
  return { name, measure: () => runLoad(load) };
}

async function readsOf(db: Db): Promise<Contender[]> {
  const estate = await db
    .selectFrom("estate")
    .select("id")
    .where("code", "=", LARGE_ESTATE)
    .executeTakeFirstOrThrow();
  const bareSum = () =>
    sql`select sum(principal_fen + interest_fen) from house_balance where estate_id = ${estate.id}`.execute(
      db,
    );
  return [
    { name: SUM, measure: () => inTurn(bareSum) },
    { name: MARK, measure: () => inTurn(() => readHoldingsMark(db, estate.id)) },
    { name: FIGURES, measure: () => inTurn(() => readEstateFigures(db, estate.id, 30)) },
    { name: HISTORY, measure: () => inTurn(() => readEstateHistory(db, estate.id)) },
  ];
}

/** One after the other, so that each figure is what a single visitor waits. */
async function inTurn(read: () => Promise<unknown>): Promise<Measured> {
  const latencies: number[] = [];
  const began = performance.now();
  while (performance.now() - began < SECONDS * 1000) {
    const asked = performance.now();
    await read();
    latencies.push(performance.now() - asked);
  }
  const rate = latencies.length / ((performance.now() - began) / 1000);
  return { rate, latencies: latencies.sort((a, b) => a - b) };
}

function ratiosOf(standings: readonly Standing[]): Ratio[] {
  const rate = (name: string) => standings.find((one) => one.name === name)?.rate ?? Number.NaN;
  const hasRead = standings.some(({ name }) => name === READ);
  const limit = hasRead ? Math.min(rate(BARE), rate(READ)) : rate(BARE);
  return [
    {
      name: "estate page ÷ slower of bare Node and a single read",
      value: rate("estate") / limit,
      bar: 0.02,
    },
    {
      name: "building page ÷ slower limit",
      value: rate("building of 200 flats") / limit,
      bar: 0.02,
    },
    { name: "mark ÷ bare sum of balances", value: rate(MARK) / rate(SUM), bar: 0.3 },
    {
      name: "figures of every building ÷ bare sum of balances",
      value: rate(FIGURES) / rate(SUM),
      bar: 0.1,
    },
    { name: "history ÷ bare sum of balances", value: rate(HISTORY) / rate(SUM), bar: 0.02 },
  ];
}

function limitTable(standings: readonly Standing[], pages: readonly Page[]): string {
  const rows = standings
    .filter(({ name }) => pages.some((page) => page.name === name) || name === FIGURES)
    .map(({ name, p95 }) => [
      name,
      p95.toPrecision(3),
      `≤ ${P95_LIMIT_MS}`,
      p95 <= P95_LIMIT_MS ? "yes" : "**no**",
    ]);
  return table([["p95", "ms", "aim", "reached"], ...rows]);
}

async function weights(pages: readonly Page[]): Promise<string> {
  const rows = await Promise.all(
    pages.map(async ({ name, url }) => {
      const { html, assets } = await weighPage(url);
      const kilobytes = (bytes: number) => (bytes / 1024).toFixed(1);
      const isLight = html + assets <= PAGE_LIMIT_BYTES;
      return [name, kilobytes(html), kilobytes(html + assets), isLight ? "yes" : "**no**"];
    }),
  );
  return table([["first load, compressed", "HTML KB", "all KB", "≤ 30 KB"], ...rows]);
}

await main();
