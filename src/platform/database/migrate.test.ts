import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { emptyDatabase, testDatabase } from "#tests/support/test-database.ts";
import { migrate, migrationsDirectory } from "./migrate.ts";

let database: Awaited<ReturnType<typeof emptyDatabase>>;
let directory: string;

beforeEach(async () => {
  database = await emptyDatabase();
  directory = await mkdtemp(join(tmpdir(), "fund-migrations-"));
  await write("0001-first.sql", "create table step (n integer);\ninsert into step values (1);\n");
  await write("0002-second.sql", "insert into step values (2);\n");
});
afterEach(async () => {
  await database.drop();
  await rm(directory, { recursive: true });
});

const write = (name: string, sql: string) => writeFile(join(directory, name), sql);
const run = () => migrate(database.connection, { directory });

async function column(query: string): Promise<unknown[]> {
  const client = new pg.Client(database.connection);
  await client.connect();
  try {
    const { rows } = await client.query<unknown[]>({ text: query, rowMode: "array" });
    return rows.flat();
  } finally {
    await client.end();
  }
}
const steps = () => column("select n from step order by n");

describe("migrations", () => {
  it("run once each, in the order of their numbers", async () => {
    expect(await run()).toEqual(["0001-first.sql", "0002-second.sql"]);
    expect(await run()).toEqual([]);
    await write("0003-third.sql", "insert into step values (3);");
    expect(await run()).toEqual(["0003-third.sql"]);
    expect(await steps()).toEqual([1, 2, 3]);
  });

  it("run once each when several processes start at the same moment", async () => {
    await write("0003-slow.sql", "select pg_sleep(0.1); insert into step values (3);");
    const ran = await Promise.all([run(), run(), run(), run()]);
    expect(ran.flat().sort()).toEqual(["0001-first.sql", "0002-second.sql", "0003-slow.sql"]);
    expect(await steps()).toEqual([1, 2, 3]);
  });

  it("stop the start when an applied file was changed", async () => {
    await run();
    await write("0001-first.sql", "create table step (n bigint);");
    await expect(run()).rejects.toThrow("迁移文件 0001-first.sql 在执行之后被改动过");
  });

  it("take another line ending for no change", async () => {
    await run();
    const sql = await readFile(join(directory, "0001-first.sql"), "utf8");
    await write("0001-first.sql", sql.replaceAll("\n", "\r\n"));
    expect(await run()).toEqual([]);
  });

  it("stop the start when an applied file is missing", async () => {
    await run();
    await rm(join(directory, "0002-second.sql"));
    await expect(run()).rejects.toThrow("数据库执行过迁移 0002-second.sql，程序里却没有这个文件");
  });

  it("stop the start when a new file has a number before an applied one", async () => {
    await rm(join(directory, "0001-first.sql"));
    await write("0002-second.sql", "create table step (n integer);");
    await run();
    await write("0001-late.sql", "insert into step values (1);");
    await expect(run()).rejects.toThrow("0001-late.sql 的编号在已执行的 0002-second.sql 之前");
    expect(await steps()).toEqual([]);
  });

  it("leave no trace of a file that fails, and go on from there when it is mended", async () => {
    await write("0003-broken.sql", "insert into step values (3); insert into nowhere values (1);");
    await expect(run()).rejects.toThrow(
      '迁移 0003-broken.sql 执行失败，数据库保持原样：relation "nowhere" does not exist',
    );
    expect(await steps()).toEqual([1, 2]);
    await write("0003-broken.sql", "insert into step values (3);");
    expect(await run()).toEqual(["0003-broken.sql"]);
  });

  it.each(["second.sql", "3-third.sql", "0002-again.sql", "0003-Third.sql"])(
    "refuse a file called %s beside 0002-second.sql",
    async (name) => {
      await write(name, "select 1;");
      await expect(run()).rejects.toThrow("的名称不正确");
    },
  );

  it("of this program make every table that the code describes", async () => {
    expect(await migrate(database.connection)).not.toEqual([]);
    const folder = join(import.meta.dirname, "tables");
    const files = await readdir(folder);
    const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
    const lists = texts.flatMap((text) => text.match(/interface \w+Tables \{.*?\n\}/gs) ?? []);
    const names = lists.flatMap((list) => list.match(/\w+(?=:)/g) ?? []);
    const made = await column(
      "select relname::text from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1",
    );
    expect(names.toSorted()).toEqual(made);
  });

  it("of this program are what a test's database comes with", async () => {
    const copy = await testDatabase();
    const applied = await copy.owner.selectFrom("schema_migration").select("name").execute();
    await copy.drop();
    expect(applied.length).toBe(
      (await migrate(database.connection, { directory: migrationsDirectory })).length,
    );
  });
});
