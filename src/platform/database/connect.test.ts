import { rm } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { makeFastFolder } from "#tests/support/fast-folder.ts";
import { emptyDatabase } from "#tests/support/test-database.ts";
import { createLog } from "../log.ts";
import type { Connection, Db } from "./client.ts";
import { type ConnectedDatabase, connectDatabase } from "./connect.ts";
import { readPostmaster } from "./embedded/server-process.ts";

const log = createLog({ logLevel: "silent" });

async function whoAmI(db: Db): Promise<unknown> {
  const { rows } = await sql`select current_user, session_user`.execute(db);
  return rows[0];
}

async function administer(database: Connection, ...statements: string[]): Promise<void> {
  const client = new pg.Client(database);
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

describe("without DATABASE_URL", () => {
  let dataDir: string;
  let web: ConnectedDatabase;
  beforeAll(async () => {
    dataDir = await makeFastFolder("fund-connect-");
    web = await connectDatabase({ dataDir }, log, { mode: "serve" });
  });
  afterAll(async () => {
    await web.close();
    expect(readPostmaster(join(dataDir, "pgdata"))).toBeUndefined();
    await rm(dataDir, { recursive: true });
  });

  it("the application works as fund_app, by a login that is no owner", async () => {
    expect(await whoAmI(web.db)).toEqual({ current_user: "fund_app", session_user: "fund_login" });
    const applied = await web.db.selectFrom("application_kind").select("kind").execute();
    expect(applied).toContainEqual({ kind: "owner-deposit" });
  });

  it("a command works beside it, and may work as the owner", async () => {
    const tool = await connectDatabase({ dataDir }, log, { mode: "tool" });
    const owner = new pg.Client(tool.ownerConnection);
    await owner.connect();
    const { rows } = await owner.query("select current_user, date '2026-02-28' as day");
    expect(rows).toEqual([{ current_user: "fund_owner", day: "2026-02-28" }]);
    await owner.end();
    await tool.close();
    expect(await whoAmI(web.db)).toBeDefined();
  });

  it("the pool finds the server again after it was killed", async () => {
    const pid = () => readPostmaster(join(dataDir, "pgdata"))?.pid ?? 0;
    const killed = pid();
    process.kill(killed, "SIGKILL");
    await expect.poll(() => [killed, 0].includes(pid()), { timeout: 15_000 }).toBe(false);
    await expect
      .poll(() => whoAmI(web.db).catch(() => undefined), { timeout: 15_000 })
      .toEqual({ current_user: "fund_app", session_user: "fund_login" });
  });
});

describe("with DATABASE_URL", () => {
  let database: Awaited<ReturnType<typeof emptyDatabase>>;
  const password = "p@ss/word 1";
  const address = (user: string, secret = password, name = database.connection.database) =>
    `postgres://${user}:${encodeURIComponent(secret)}@/${name}?host=${database.connection.host}`;
  const connect = (databaseUrl: string, migrationDatabaseUrl?: string) =>
    connectDatabase({ dataDir: "/nowhere", databaseUrl, migrationDatabaseUrl }, log, {
      mode: "serve",
    });
  const suffix = `${process.pid}_${Date.now()}`;
  const owner = `centre_owner_${suffix}`;
  const login = `centre_login_${suffix}`;

  beforeAll(async () => {
    database = await emptyDatabase();
    await administer(
      database.connection,
      `create role ${owner} login createrole password '${password}'`,
      `create role ${login} login password '${password}'`,
      `grant fund_app to ${owner} with admin option`,
      `alter database ${database.connection.database} owner to ${owner}`,
      `alter schema public owner to ${owner}`,
    );
  });
  afterAll(async () => {
    await database.drop();
    const server = inject("testServer").owner;
    await administer(server, `drop role ${login}`, `drop role ${owner}`);
  });

  it("an owner who is no superuser migrates, and the application becomes fund_app", async () => {
    const connected = await connect(address(owner));
    expect(await whoAmI(connected.db)).toEqual({ current_user: "fund_app", session_user: owner });
    await connected.close();
  });

  it("the application's own login is refused until it may become fund_app", async () => {
    await expect(connect(address(login), address(owner))).rejects.toThrow(
      "该用户不能切换到角色 fund_app",
    );
    await administer(database.connection, `grant fund_app to ${login}`);
    const connected = await connect(address(login), address(owner));
    expect(await whoAmI(connected.db)).toEqual({ current_user: "fund_app", session_user: login });
    await connected.close();
  });

  it.each([
    ["a wrong password", () => address(owner, "wrong"), "用户名或密码不正确"],
    ["a database that is not there", () => address(owner, password, "absent"), "请先建库"],
    ["a server that is not there", () => "postgres://a:b@127.0.0.1:1/x", "没有数据库在该地址监听"],
    ["a socket that is not there", () => "postgres://a:b@/x?host=/nowhere", "找不到该本机套接字"],
  ])("%s stops the start with a sentence", async (_what, url, sentence) => {
    await expect(connect(url())).rejects.toThrow(sentence);
    await expect(connect(url())).rejects.not.toThrow(password);
  });

  it("a database in another encoding is refused", async () => {
    const name = `fund_ascii_${suffix}`;
    const server = inject("testServer").owner;
    await administer(
      server,
      `create database ${name} template template0 encoding 'SQL_ASCII' locale 'C'`,
    );
    const url = `postgres://${server.user}:${server.password}@/${name}?host=${server.host}`;
    await expect(connect(url)).rejects.toThrow("字符编码是 SQL_ASCII，本系统需要 UTF8");
    await administer(server, `drop database ${name}`);
  });
});
