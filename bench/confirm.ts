import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { DEMONSTRATION_PASSWORD } from "#src/demo/tellers.ts";
import { type CalendarDate, shanghaiDate } from "#src/kernel/calendar-date.ts";
import { fen, plainYuan } from "#src/kernel/money.ts";
import { loadConfig } from "#src/platform/config.ts";
import { type ConnectedDatabase, connectDatabase } from "#src/platform/database/connect.ts";
import { createLog } from "#src/platform/log.ts";
import { type RunningSystem, startSystem } from "../tests/support/system.ts";
import { type Answer, formRequest, runLoad } from "./harness/http-load.ts";
import { issueNotices, NOTICE_FEN } from "./harness/notices.ts";
import { type Pgbench, preparePgbench } from "./harness/pgbench.ts";
import { machineLine, publish, type Ratio, ratioTable, standingsTable } from "./harness/report.ts";
import { type Contender, type Measured, runRounds, type Standing } from "./harness/rounds.ts";

const BANK = "SLYH";
const TELLER = "teller-demo";
const CLIENTS = [1, 4, 16];
const MOST_CLIENTS = 16;
const SECONDS = 3;
/** More than any round can use up: a round that ran dry would still be counted by its own time. */
const SPREAD = { estates: 200, count: 60_000 };
const FOR_PGBENCH = { estates: 200, count: 60_000 };
const HOT = { estates: 1, count: 12_000 };

/** The bank's confirmation through HTTP, beside the posting function and beside pgbench, in one run. */
async function main(): Promise<void> {
  const before = machineLine();
  const dataDir = mkdtempSync(join(tmpdir(), "fund-bench-"));
  const env = { RATE_LIMITS: "off", LOG_LEVEL: "error" };
  const system = await startSystem({ dataDir, env });
  const config = loadConfig({ DATA_DIR: dataDir, ...env });
  const log = createLog(config);
  const database = await connectDatabase(config, log, { mode: "tool", max: MOST_CLIENTS });
  try {
    const pgbench = await preparePgbench(database.ownerConnection);
    const standings = await runRounds(await contendersOf(system, database, pgbench));
    publish(
      "confirm",
      `Bank confirmation: closed loop, ${SECONDS} s a round`,
      [
        `Before: ${before}. After: ${machineLine()}.`,
        pgbench === null ? "No pgbench on this machine: R1 is not measured." : "",
        standingsTable(standings, "confirmations/s (spread)"),
        ratioTable(ratiosOf(standings)),
      ]
        .filter((part) => part !== "")
        .join("\n\n"),
    );
  } catch (error) {
    process.stderr.write(`${system.output().slice(-2_000)}\n`);
    throw error;
  } finally {
    await database.close();
    const { code, signal } = await system.stop();
    if (code !== 0) process.stderr.write(`The system ended with ${signal ?? code}.\n`);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function contendersOf(
  system: RunningSystem,
  database: ConnectedDatabase,
  pgbench: Pgbench | null,
): Promise<Contender[]> {
  const owner = new pg.Client(database.ownerConnection);
  owner.on("error", () => {}); // the query under way reports it
  await owner.connect();
  const today = shanghaiDate(new Date());
  const issue = (batch: typeof SPREAD) =>
    issueNotices(owner, { ...batch, bankCode: BANK, issuedOn: today });
  const [spread, hot] = [await issue(SPREAD), await issue(HOT)];
  const posting =
    pgbench && (await postingByPgbench(pgbench, owner, await issue(FOR_PGBENCH), today));
  await owner.end();
  const cookie = await signIn(system.url);
  const http = (numbers: string[], clients: number) =>
    confirmOverHttp({ url: new URL(system.url), cookie, today, numbers, clients });
  const levels = CLIENTS.flatMap((clients): Contender[] => [
    ...(pgbench === null
      ? []
      : [
          {
            name: `pgbench, ${clients}`,
            measure: () => pgbench.measure("tpcb-like", clients, SECONDS),
          },
        ]),
    ...(posting === null
      ? []
      : [{ name: `posting by pgbench, ${clients}`, measure: () => posting(clients) }]),
    {
      name: `posting by our driver, ${clients}`,
      measure: () => confirmDirectly(database.pool, spread, today, clients),
    },
    { name: `HTTP, ${clients}`, measure: () => http(spread, clients) },
  ]);
  const hotSpot = { name: `HTTP, ${MOST_CLIENTS}, one estate`, measure: () => http(hot, 16) };
  return [...levels, hotSpot];
}

async function signIn(base: string): Promise<string> {
  const answer = await fetch(new URL("/bank/sign-in", base), {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ username: TELLER, password: DEMONSTRATION_PASSWORD }),
  });
  if (answer.status !== 303) throw new Error(`The teller was not let in: ${answer.status}`);
  // A browser keeps the last value that was set under a name.
  const pairs = answer.headers.getSetCookie().map((one) => one.split(";")[0]?.split("=") ?? []);
  return [...new Map(pairs.map(([name = "", value = ""]) => [name, value]))]
    .map(([name, value]) => `${name}=${value}`)
    .join("; ");
}

interface HttpConfirmations {
  url: URL;
  cookie: string;
  today: CalendarDate;
  numbers: string[];
  clients: number;
}

/** What the button 确认到账 sends, with session, checks, ledger, timeline and audit behind it. */
function confirmOverHttp({
  url,
  cookie,
  today,
  numbers,
  clients,
}: HttpConfirmations): Promise<Measured> {
  const amountSeen = plainYuan(fen(NOTICE_FEN));
  const request = () => {
    const no = numbers.pop();
    if (no === undefined) return null;
    const form = { bankRef: `B${no}`, valueDate: today, amountSeen };
    return formRequest(new URL(`/bank/notices/${no}/confirm`, url), form, { cookie });
  };
  const isDone = ({ head }: Answer) => head.includes("?done=confirmed");
  return runLoad({ url, clients, seconds: SECONDS, request, isDone });
}

/**
 * The posting function as pgbench runs its own transaction: the client is the same, so that what remains is
 * the server's. Each call takes the next notice of a list that lies in the database.
 */
async function postingByPgbench(
  pgbench: Pgbench,
  owner: pg.Client,
  numbers: string[],
  today: CalendarDate,
): Promise<(clients: number) => Promise<Measured>> {
  await owner.query("create table bench_notice (n bigint primary key, no text not null)");
  await owner.query("create sequence bench_next");
  await owner.query(
    "insert into bench_notice select n, no from unnest($1::text[]) with ordinality as u(no, n)",
    [numbers],
  );
  await owner.query("analyze bench_notice");
  const sql = `select outcome from bench_notice b, confirm_payment_notice(b.no, '${BANK}', 'B' || b.no,
    '\\x00', ${NOTICE_FEN}::bigint, '${today}'::date, '${today}'::date, now(), 'bench', '{}')
    where b.n = (select nextval('bench_next'))`;
  const database = owner.database ?? "";
  return (clients) => pgbench.measureStatement({ database, sql }, clients, SECONDS);
}

/** The posting function through the driver that the pages use: one prepared statement, committed by itself. */
async function confirmDirectly(
  pool: pg.Pool,
  numbers: string[],
  today: CalendarDate,
  clients: number,
): Promise<Measured> {
  const connections = await Promise.all(Array.from({ length: clients }, () => pool.connect()));
  const latencies: number[] = [];
  const began = performance.now();
  const deadline = began + SECONDS * 1000;
  const confirmUntilDeadline = async (connection: pg.PoolClient) => {
    while (performance.now() < deadline) {
      const no = numbers.pop();
      if (no === undefined) return;
      const sent = performance.now();
      const values = [no, BANK, `B${no}`, NOTICE_FEN.toString(), today];
      const { rows } = await connection.query({ name: "confirm", text: CONFIRM, values });
      latencies.push(performance.now() - sent);
      if (rows[0]?.outcome !== "credited") throw new Error(`${no} was not credited`);
    }
  };
  try {
    await Promise.all(connections.map(confirmUntilDeadline));
  } finally {
    for (const connection of connections) connection.release();
  }
  const elapsed = (performance.now() - began) / 1000;
  latencies.sort((a, b) => a - b);
  return { rate: latencies.length / elapsed, latencies };
}

const CONFIRM = `select outcome from confirm_payment_notice($1, $2, $3, '\\x00', $4::bigint, $5::date,
  $5::date, now(), 'bench', '{}')`;

function ratiosOf(standings: readonly Standing[]): Ratio[] {
  const rate = (name: string) => standings.find((one) => one.name === name)?.rate;
  const ratio = (name: string, ours: string, limit: string, bar: number): Ratio[] => {
    const [above, below] = [rate(ours), rate(limit)];
    if (above === undefined || below === undefined) return [];
    return [{ name, value: above / below, bar }];
  };
  return [
    ...CLIENTS.flatMap((c) =>
      ratio(`R1 posting ÷ pgbench, ${c}`, `posting by pgbench, ${c}`, `pgbench, ${c}`, 0.8),
    ),
    ...ratio("R2 HTTP ÷ posting, 16", "HTTP, 16", "posting by our driver, 16", 0.35),
    ...ratio("R3 one estate ÷ spread, 16", "HTTP, 16, one estate", "HTTP, 16", 0.7),
  ];
}

await main();
