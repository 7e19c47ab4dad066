import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, chownSync, constants, existsSync, statSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { makeFastFolder } from "#tests/support/fast-folder.ts";
import type { Connection } from "./client.ts";
import { isServerAlive, readPostmaster, stopServer } from "./embedded/server-process.ts";

interface Started {
  readonly ownerConnection: Connection;
  readonly wasAdopted: boolean;
}

const require = createRequire(import.meta.url);
const program = require.resolve("#tests/support/supervise.ts");
const children = new Set<ChildProcess>();
const folders: string[] = [];
const dataDirs = new Set<string>();

interface LaunchOptions {
  readonly uid?: number;
  readonly env?: NodeJS.ProcessEnv;
}

/** A process of its own that supervises a data folder. */
class Supervisor {
  readonly child: ChildProcess;
  private stdout = "";
  stderr = "";

  constructor(dataDir: string, mode: "serve" | "tool", options: LaunchOptions = {}) {
    const as = options.uid === undefined ? {} : { uid: options.uid, gid: options.uid };
    this.child = spawn(process.execPath, [program, dataDir, mode], {
      ...as,
      cwd: dirname(program),
      env: options.env ?? process.env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    children.add(this.child);
    dataDirs.add(dataDir);
    this.child.stdout?.on("data", (chunk) => {
      this.stdout += chunk;
    });
    this.child.stderr?.on("data", (chunk) => {
      this.stderr += chunk;
    });
  }

  async started(): Promise<Started> {
    while (!this.stdout.endsWith("\n") && this.child.exitCode === null) await sleep(10);
    if (this.stdout === "") throw new Error(`it did not start: ${this.stderr}`);
    return JSON.parse(this.stdout);
  }

  async ends(signal?: NodeJS.Signals): Promise<number | null> {
    if (signal !== undefined) this.child.kill(signal);
    if (this.child.exitCode === null && this.child.signalCode === null) {
      await once(this.child, "exit");
    }
    children.delete(this.child);
    return this.child.exitCode;
  }
}

async function newFolder(): Promise<string> {
  const folder = await makeFastFolder("fund-supervisor-");
  folders.push(folder);
  return folder;
}

async function ask(connection: Connection, query: string): Promise<unknown[]> {
  const client = new pg.Client(connection);
  client.on("error", () => {});
  await client.connect();
  try {
    const { rows } = await client.query<unknown[]>({ text: query, rowMode: "array" });
    return rows.flat();
  } finally {
    await client.end().catch(() => {});
  }
}

const pgdataOf = (dataDir: string) => join(dataDir, "pgdata");
const serverOf = (dataDir: string) => readPostmaster(pgdataOf(dataDir))?.pid ?? 0;
const isRunning = (dataDir: string) => isServerAlive(serverOf(dataDir), pgdataOf(dataDir));

async function killServer(dataDir: string): Promise<void> {
  const killed = serverOf(dataDir);
  process.kill(killed, "SIGKILL");
  await expect
    .poll(() => isServerAlive(killed, pgdataOf(dataDir)), { timeout: 10_000 })
    .toBe(false);
}

afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  for (const dataDir of dataDirs) {
    if (isRunning(dataDir)) await stopServer(pgdataOf(dataDir), serverOf(dataDir));
  }
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

describe("a data folder in use", () => {
  let dataDir: string;
  let first: Supervisor;
  let connection: Connection;

  beforeAll(async () => {
    dataDir = await newFolder();
    first = new Supervisor(dataDir, "serve");
    const started = await first.started();
    connection = started.ownerConnection;
    expect(started.wasAdopted).toBe(false);
    await ask(connection, "create table kept as select 1 as n");
  });
  afterEach(async () => {
    expect(await ask(connection, "select n from kept")).toEqual([1]);
  });

  it("is reached by its socket only, in a folder for one user", async () => {
    expect(await ask(connection, "show listen_addresses")).toEqual([""]);
    expect(statSync(connection.host).mode & 0o777).toBe(0o700);
    await expect(ask({ ...connection, password: "" }, "select 1")).rejects.toThrow();
  });

  it("is kept safe: fsync, checksums, UTF-8", async () => {
    const settings = ["fsync", "full_page_writes", "synchronous_commit", "data_checksums"];
    for (const setting of settings)
      expect(await ask(connection, `show ${setting}`)).toEqual(["on"]);
    expect(await ask(connection, "show server_encoding")).toEqual(["UTF8"]);
    expect(await ask(connection, "select lower('ÀÉ'), length('𠮷')")).toEqual(["àé", 1]);
  });

  it("refuses a second web process, naming the first and the folder", async () => {
    const second = new Supervisor(dataDir, "serve");
    expect(await second.ends()).toBe(3);
    expect(second.stderr).toBe(
      `数据目录 ${dataDir} 正由另一个正在运行的进程（进程号 ${first.child.pid}）使用：请先停止它，或用 DATA_DIR 另指定一个文件夹\n`,
    );
  });

  it("lets a command join and leave without stopping the server", async () => {
    const tool = new Supervisor(dataDir, "tool");
    expect(await tool.started()).toEqual({ ownerConnection: connection, wasAdopted: true });
    expect(await tool.ends("SIGTERM")).toBe(0);
  });

  it("gets its server back at the same address when the server is killed", async () => {
    const before = serverOf(dataDir);
    await killServer(dataDir);
    await expect
      .poll(() => ask(connection, "select 1").catch(() => []), { timeout: 15_000 })
      .toEqual([1]);
    expect(serverOf(dataDir)).not.toBe(before);
    expect(first.stderr).toContain("the database server is back");
  });

  it("is adopted, server and all, when its web process was killed", async () => {
    const server = serverOf(dataDir);
    await first.ends("SIGKILL");
    expect(isRunning(dataDir)).toBe(true);
    first = new Supervisor(dataDir, "serve");
    expect(await first.started()).toEqual({ ownerConnection: connection, wasAdopted: true });
    expect(serverOf(dataDir)).toBe(server);
  });

  it("recovers when web process and server were killed together", async () => {
    await first.ends("SIGKILL");
    await killServer(dataDir);
    first = new Supervisor(dataDir, "serve");
    const started = await first.started();
    expect(started.wasAdopted).toBe(false);
    connection = started.ownerConnection;
  });

  it("is left to the command that still works when the web process stops", async () => {
    const tool = new Supervisor(dataDir, "tool");
    await tool.started();
    expect(await first.ends("SIGTERM")).toBe(0);
    expect(await ask(connection, "select n from kept")).toEqual([1]);
    expect(await tool.ends("SIGTERM")).toBe(0);
    expect(readPostmaster(pgdataOf(dataDir))).toBeUndefined();
    expect(existsSync(connection.host)).toBe(false);
    first = new Supervisor(dataDir, "serve");
    connection = (await first.started()).ownerConnection;
  });

  it("does not take a stranger for its server when the number was given away", async () => {
    expect(await first.ends("SIGTERM")).toBe(0);
    const file = join(pgdataOf(dataDir), "postmaster.pid");
    await writeFile(
      file,
      `${process.pid}\n${pgdataOf(dataDir)}\n1\n5432\n/nowhere\n\n1 1\nready   \n`,
    );
    first = new Supervisor(dataDir, "serve");
    const started = await first.started();
    expect(started.wasAdopted).toBe(false);
    connection = started.ownerConnection;
  });

  it("refuses data of another PostgreSQL", async () => {
    await first.ends("SIGTERM");
    const file = join(pgdataOf(dataDir), "PG_VERSION");
    const version = await readFile(file, "utf8");
    await writeFile(file, "15\n");
    const refused = new Supervisor(dataDir, "serve");
    expect(await refused.ends()).toBe(3);
    expect(refused.stderr).toContain(`由 PostgreSQL 15 建立，内置的是 ${version.trim()}`);
    await writeFile(file, version);
    first = new Supervisor(dataDir, "serve");
    connection = (await first.started()).ownerConnection;
  });

  afterAll(async () => {
    await first.ends("SIGTERM");
  });
});

describe("a new data folder", () => {
  it("is made once when two processes start at the same moment", async () => {
    const dataDir = await newFolder();
    const both = [new Supervisor(dataDir, "serve"), new Supervisor(dataDir, "tool")];
    const started = await Promise.all(both.map((one) => one.started()));
    expect(started[0]?.ownerConnection).toEqual(started[1]?.ownerConnection);
    expect(started.map((one) => one.wasAdopted).sort()).toEqual([false, true]);
    expect(await Promise.all(both.map((one) => one.ends("SIGTERM")))).toEqual([0, 0]);
    expect(readPostmaster(pgdataOf(dataDir))).toBeUndefined();
  });

  it("is refused when it is a file", async () => {
    const file = join(await newFolder(), "file");
    await writeFile(file, "");
    const refused = new Supervisor(file, "serve");
    expect(await refused.ends()).toBe(3);
    expect(refused.stderr).toContain(`数据目录 ${file} 无法建立`);
  });
});

const canBeAnother = process.getuid?.() === 0 && isReadableByAll(program);

function isReadableByAll(path: string): boolean {
  accessSync(path, constants.R_OK);
  const isOpen = (statSync(path).mode & 0o005) !== 0;
  return isOpen && (path === dirname(path) || isReadableByAll(dirname(path)));
}

describe.runIf(canBeAnother)("an ordinary user", () => {
  const nobody = 65_534;

  it("starts, stops and starts again in a home of his own, at the end of a long path, without a language", async () => {
    const home = await newFolder();
    chownSync(home, nobody, nobody);
    const dataDir = join(home, "很长的路径".repeat(9), "data");
    expect(Buffer.byteLength(dataDir)).toBeGreaterThan(150);
    const options = { uid: nobody, env: { PGDATA: "/nowhere", PGOPTIONS: "-c nonsense=1" } };
    for (const round of ["cold", "warm"]) {
      const supervisor = new Supervisor(dataDir, "serve", options);
      const { ownerConnection } = await supervisor.started();
      expect(await ask(ownerConnection, "show lc_messages"), round).toEqual(["C.UTF-8"]);
      expect(statSync(pgdataOf(dataDir)).uid).toBe(nobody);
      expect(await supervisor.ends("SIGTERM"), supervisor.stderr).toBe(0);
    }
  });

  it("is told when the data folder belongs to somebody else", async () => {
    const dataDir = await newFolder();
    const others = new Supervisor(dataDir, "serve", { uid: nobody });
    expect(await others.ends()).toBe(3);
    expect(others.stderr).toContain("无法加锁");
    chownSync(dataDir, nobody, nobody);
    await mkdir(pgdataOf(dataDir));
    const othersData = new Supervisor(dataDir, "serve", { uid: nobody });
    expect(await othersData.ends()).toBe(3);
    expect(othersData.stderr).toContain("属于另一个用户（uid 0）：请用那个用户启动");
  });
});
