import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import pg from "pg";
import { makeApplicationLogin } from "#src/platform/database/application-login.ts";
import { type Connection, clientConfig } from "#src/platform/database/client.ts";
import { prepareBinaries } from "#src/platform/database/embedded/binaries.ts";
import { makeCluster, OWNER, readOwnerPassword } from "#src/platform/database/embedded/cluster.ts";
import { giveTo, makeSocketFolder } from "#src/platform/database/embedded/folders.ts";
import {
  isServerAlive,
  readPostmaster,
  startServer,
  stopServer,
} from "#src/platform/database/embedded/server-process.ts";
import { chooseServerUser } from "#src/platform/database/embedded/server-user.ts";
import { migrate } from "#src/platform/database/migrate.ts";
import { makeFastFolder } from "./fast-folder.ts";

/** The migrated database that every test file gets a copy of. */
export const TEMPLATE = "fund_template";

const FOLDER_PREFIX = "fund-test-";

/** Fast and forgetful: a test run that loses power has nothing to lose. */
const settings = {
  listen_addresses: "",
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  wal_level: "minimal",
  max_wal_senders: 0,
  max_connections: 200,
  shared_buffers: "128MB",
  jit: "off",
  autovacuum: "off",
};

/** What the test files need to reach the run's server. */
export interface TestServer {
  /** As the owner, on the maintenance database. */
  readonly owner: Connection;
  /** As the application's login. */
  readonly application: Connection;
}

/**
 * Starts the run's own PostgreSQL in memory where that is possible, with a migrated template. The second
 * answer stops it and removes its folder.
 */
export async function startTestServer(): Promise<[TestServer, () => Promise<void>]> {
  const folder = await makeFastFolder(FOLDER_PREFIX);
  await removeAbandoned(dirname(folder));
  await writeFile(join(folder, "run.pid"), `${process.pid}`);
  const user = await chooseServerUser(undefined);
  await giveTo(user, folder, 0o700);
  const pgdata = join(folder, "pgdata");
  const binaries = await prepareBinaries(user, folder);
  await makeCluster(binaries, user, pgdata, false);
  const socketFolder = await makeSocketFolder(user);
  const logFile = join(folder, "server.log");
  const options = { binaries, user, pgdata, socketFolder, logFile, settings };
  const { pid, port } = await startServer(options);
  const stop = async () => {
    await stopServer(pgdata, pid);
    await rm(socketFolder, { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const password = await readOwnerPassword(pgdata);
    const owner = { host: socketFolder, port, database: "postgres", user: OWNER, password };
    return [{ owner, application: await makeTemplate(owner) }, stop];
  } catch (error) {
    await stop();
    throw error;
  }
}

async function makeTemplate(owner: Connection): Promise<Connection> {
  const client = new pg.Client(clientConfig(owner));
  await client.connect();
  await client.query(`create database ${TEMPLATE}`);
  await client.end();
  const template = { ...owner, database: TEMPLATE };
  await migrate(template);
  return makeApplicationLogin(template);
}

/** A run that was killed leaves its server behind; the next one clears up. */
async function removeAbandoned(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!name.startsWith(FOLDER_PREFIX)) continue;
    const folder = join(parent, name);
    const run = await readFile(join(folder, "run.pid"), "utf8").catch(() => undefined);
    if (run === undefined || isProcessAlive(Number(run))) continue;
    const pgdata = join(folder, "pgdata");
    const postmaster = readPostmaster(pgdata);
    if (postmaster !== undefined && isServerAlive(postmaster.pid, pgdata)) {
      await stopServer(pgdata, postmaster.pid);
      await rm(postmaster.socketFolder, { recursive: true, force: true });
    }
    await rm(folder, { recursive: true, force: true });
  }
}

function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
