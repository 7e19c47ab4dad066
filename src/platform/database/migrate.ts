import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { type Connection, clientConfig } from "./client.ts";
import { DatabaseStartError } from "./start-error.ts";

/** The migrations of this program. */
export const migrationsDirectory = fileURLToPath(new URL("../../../migrations/", import.meta.url));

/** One number for every process that migrates the same database: only one of them works at a time. */
const LOCK = "pg_advisory_xact_lock(7301956284)";

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

/**
 * Brings a database up to date, as its owner: each file of `directory` that has not run yet runs once,
 * in the order of its number, in a transaction of its own under a lock. Answers with the names that ran.
 * Throws DatabaseStartError when an applied file has changed or is missing, when a new file has a lower
 * number than an applied one, or when a file fails (which leaves no trace of it).
 */
export async function migrate(
  address: string | Connection,
  options: { readonly directory?: string } = {},
): Promise<readonly string[]> {
  const migrations = await readMigrations(options.directory ?? migrationsDirectory);
  const client = new pg.Client(clientConfig(address));
  client.on("error", () => {}); // the query under way reports it
  await client.connect();
  try {
    await inTransaction(client, () => prepare(client, migrations));
    const ran: string[] = [];
    for (const migration of migrations) {
      if (await inTransaction(client, () => apply(client, migration))) ran.push(migration.name);
    }
    return ran;
  } finally {
    await client.end();
  }
}

async function readMigrations(directory: string): Promise<Migration[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith(".sql")).sort();
  const numbers = new Set<string>();
  return Promise.all(
    names.map(async (name) => {
      const number = /^(\d{4})-[a-z0-9-]+\.sql$/.exec(name)?.[1];
      if (number === undefined || numbers.has(number)) {
        throw new DatabaseStartError(
          `迁移文件 ${name} 的名称不正确：应为不重复的四位编号加小写名称，例如 0001-register.sql`,
        );
      }
      numbers.add(number);
      // A checkout on Windows may end its lines differently; that is no change.
      const sql = (await readFile(join(directory, name), "utf8")).replaceAll("\r\n", "\n");
      return { name, sql, sha256: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

async function inTransaction<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query("begin");
  try {
    await client.query(`select ${LOCK}`);
    const result = await work();
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch(() => {});
    throw error;
  }
}

async function prepare(client: pg.Client, migrations: readonly Migration[]): Promise<void> {
  await client.query(`create table if not exists schema_migration (
    name text primary key,
    sha256 text not null,
    applied_at timestamptz not null default now()
  )`);
  const { rows } = await client.query<{ name: string; sha256: string }>(
    "select name, sha256 from schema_migration order by name",
  );
  for (const applied of rows) refuseDifference(applied, migrations);
  const last = rows.at(-1)?.name ?? "";
  const done = new Set(rows.map((row) => row.name));
  const late = migrations.find((migration) => migration.name < last && !done.has(migration.name));
  if (late !== undefined) {
    throw new DatabaseStartError(
      `迁移 ${late.name} 的编号在已执行的 ${last} 之前，不会再被执行：请给它一个更大的编号`,
    );
  }
}

function refuseDifference(
  applied: { name: string; sha256: string },
  migrations: readonly Migration[],
): void {
  const known = migrations.find((migration) => migration.name === applied.name);
  if (known === undefined) {
    throw new DatabaseStartError(
      `数据库执行过迁移 ${applied.name}，程序里却没有这个文件：程序可能比数据库旧，请换用新版本的程序`,
    );
  }
  if (known.sha256 !== applied.sha256) {
    throw new DatabaseStartError(
      `迁移文件 ${applied.name} 在执行之后被改动过：请恢复原来的内容，把改动写进新的迁移文件`,
    );
  }
}

async function apply(client: pg.Client, migration: Migration): Promise<boolean> {
  const { name, sql, sha256 } = migration;
  const found = await client.query("select from schema_migration where name = $1", [name]);
  if (found.rowCount !== 0) return false;
  try {
    await client.query(sql);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DatabaseStartError(`迁移 ${name} 执行失败，数据库保持原样：${reason}`, {
      cause: error,
    });
  }
  await client.query("insert into schema_migration (name, sha256) values ($1, $2)", [name, sha256]);
  return true;
}
