import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import type { Measured } from "./rounds.ts";

const DATABASE = "bench_tpcb";
const SCALE = "30";

/** PostgreSQL's own load generator with its own scripts, on a database beside ours. */
export interface Pgbench {
  measure(script: "tpcb-like" | "select-only", clients: number, seconds: number): Promise<Measured>;
  /** Runs a statement of ours on a database of ours, over the same connections and as well prepared. */
  measureStatement(
    statement: { database: string; sql: string },
    clients: number,
    seconds: number,
  ): Promise<Measured>;
}

/** Finds pgbench on the PATH or where Debian keeps it; null when this machine has none. */
export async function preparePgbench(server: pg.ClientConfig): Promise<Pgbench | null> {
  const program = findProgram();
  if (program === null) return null;
  const owner = new pg.Client(server);
  await owner.connect();
  await owner.query(`drop database if exists ${DATABASE}`);
  await owner.query(`create database ${DATABASE}`);
  await owner.end();
  const run = async (database: string, ...words: string[]) => {
    const { stdout } = await promisify(execFile)(program, [...words, database], {
      env: { ...process.env, ...addressOf(server) },
    });
    return stdout;
  };
  const rateOf = async (database: string, what: string[], clients: number, seconds: number) => {
    const threads = String(Math.min(2, clients));
    const load = ["--client", String(clients), "--jobs", threads, "--time", String(seconds)];
    const words = await run(database, "--no-vacuum", "--protocol", "prepared", ...what, ...load);
    const rate = /^tps = ([\d.]+)/m.exec(words)?.[1];
    if (rate === undefined) throw new Error(`pgbench said no rate:\n${words}`);
    return { rate: Number.parseFloat(rate), latencies: [] };
  };
  await run(DATABASE, "--initialize", "--quiet", "--scale", SCALE);
  return {
    measure: (script, clients, seconds) =>
      rateOf(DATABASE, ["--builtin", script], clients, seconds),
    measureStatement: async ({ database, sql }, clients, seconds) => {
      const folder = mkdtempSync(join(tmpdir(), "fund-pgbench-"));
      try {
        const file = join(folder, "statement.sql");
        writeFileSync(file, `${sql.replace(/\s+/g, " ")};\n`);
        return await rateOf(database, ["--file", file], clients, seconds);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

function addressOf({ host, port, user, password }: pg.ClientConfig): Record<string, string> {
  return {
    PGHOST: host ?? "",
    PGPORT: String(port ?? 5432),
    PGUSER: user ?? "",
    ...(typeof password === "string" ? { PGPASSWORD: password } : {}),
  };
}

function findProgram(): string | null {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).toSorted().toReversed() : [];
  const folders = [
    ...(process.env["PATH"] ?? "").split(":"),
    ...versions.map((version) => join(debian, version, "bin")),
  ];
  return folders.map((folder) => join(folder, "pgbench")).find((file) => existsSync(file)) ?? null;
}
