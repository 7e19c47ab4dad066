import pg from "pg";
import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import { makeApplicationLogin } from "./application-login.ts";
import { type Connection, clientConfig, type Db, openDatabase } from "./client.ts";
import { migrate } from "./migrate.ts";
import { DatabaseStartError } from "./start-error.ts";
import { startEmbeddedPostgres } from "./supervisor.ts";

const OLDEST_SERVER = 15;
const CONNECT_LIMIT_MS = 10_000;

export interface ConnectOptions {
  /** `serve` for the web process, of which a data folder has one; `tool` for a command beside it. */
  readonly mode: "serve" | "tool";
  /** Connections of the application's pool; 10 unless told. */
  readonly max?: number;
}

/** The deployment's database, up to date and ready. */
export interface ConnectedDatabase {
  /** As the application: role `fund_app`. */
  readonly db: Db;
  readonly pool: pg.Pool;
  /** As the owner, for migrations and bulk loads: `new pg.Client(ownerConnection)`. */
  readonly ownerConnection: pg.ClientConfig;
  /** The same for `openDatabase(ownerAddress)`. */
  readonly ownerAddress: string | Connection;
  /** Closes the pool and leaves the embedded server, which its last user stops. */
  close(): Promise<void>;
}

interface Reached {
  readonly owner: string | Connection;
  /** Where the application logs in; known only when the roles exist, so after the migrations. */
  application(): Promise<string | Connection>;
  leave(): Promise<void>;
}

/**
 * Opens the database of this deployment: DATABASE_URL's, else the embedded one, started if need be.
 * Refuses a server older than PostgreSQL 15 or not in UTF-8, runs the missing migrations as the owner,
 * and makes sure that the application does work as `fund_app`. Throws DatabaseStartError with a sentence
 * for the operator, having stopped what it started.
 */
export async function connectDatabase(
  config: Pick<Config, "dataDir" | "databaseUrl" | "migrationDatabaseUrl">,
  log: Pick<Log, "info" | "warn" | "error">,
  options: ConnectOptions,
): Promise<ConnectedDatabase> {
  const reached = await reach(config, log, options.mode);
  try {
    await checkServer(reached.owner);
    const ran = await migrate(reached.owner);
    if (ran.length > 0) log.info({ migrations: ran }, "database migrated");
    return await openApplication(reached, log, options.max);
  } catch (error) {
    await reached.leave();
    throw error;
  }
}

async function reach(
  config: Pick<Config, "dataDir" | "databaseUrl" | "migrationDatabaseUrl">,
  log: Pick<Log, "info" | "warn" | "error">,
  mode: ConnectOptions["mode"],
): Promise<Reached> {
  const { databaseUrl } = config;
  if (databaseUrl !== undefined) {
    return {
      owner: config.migrationDatabaseUrl ?? databaseUrl,
      application: async () => databaseUrl,
      leave: async () => {},
    };
  }
  const embedded = await startEmbeddedPostgres({ dataDir: config.dataDir, log, mode });
  if (embedded.wasAdopted) log.info("joined the database server that runs already");
  return {
    owner: embedded.ownerConnection,
    application: () => makeApplicationLogin(embedded.ownerConnection),
    leave: embedded.stop,
  };
}

async function openApplication(
  reached: Reached,
  log: Pick<Log, "warn">,
  max = 10,
): Promise<ConnectedDatabase> {
  const address = await reached.application();
  await checkRole(address);
  const { db, pool, close } = openDatabase(address, {
    role: "fund_app",
    max,
    onConnectionError: (error) => log.warn({ err: error }, "a database connection broke"),
  });
  return {
    db,
    pool,
    ownerConnection: clientConfig(reached.owner),
    ownerAddress: reached.owner,
    async close() {
      await close();
      await reached.leave();
    },
  };
}

async function checkServer(address: string | Connection): Promise<void> {
  await withReachable(clientConfig(address), async (client) => {
    const { rows } = await client.query<{ version: string; encoding: string }>(
      "select current_setting('server_version_num') as version, current_setting('server_encoding') as encoding",
    );
    const major = Math.floor(Number(rows[0]?.version) / 10_000);
    if (major < OLDEST_SERVER) {
      throw new DatabaseStartError(
        `数据库是 PostgreSQL ${major}，本系统需要 PostgreSQL ${OLDEST_SERVER} 或更高版本：请升级数据库，或换一个 DATABASE_URL`,
      );
    }
    if (rows[0]?.encoding !== "UTF8") {
      throw new DatabaseStartError(
        `数据库的字符编码是 ${rows[0]?.encoding}，本系统需要 UTF8：请以 encoding 'UTF8' 重新建库`,
      );
    }
  });
}

async function checkRole(address: string | Connection): Promise<void> {
  await withReachable(clientConfig(address, "fund_app"), async (client) => {
    const { rows } = await client.query<{ current_user: string }>("select current_user");
    if (rows[0]?.current_user !== "fund_app") {
      throw new DatabaseStartError(
        "数据库连接没有切换到角色 fund_app：连接池（如 PgBouncer）须放行启动参数 options，或请直接连接数据库",
      );
    }
  });
}

async function withReachable(
  settings: pg.ClientConfig,
  work: (client: pg.Client) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({ ...settings, connectionTimeoutMillis: CONNECT_LIMIT_MS });
  client.on("error", () => {}); // the query under way reports it
  try {
    await client.connect();
  } catch (error) {
    await client.end().catch(() => {});
    throw unreachable(error);
  }
  await work(client).finally(() => client.end());
}

/** What PostgreSQL and the network say about a login, in the operator's words. Never the password. */
function unreachable(error: unknown): DatabaseStartError {
  const { code = "", message } = error as Error & { code?: string };
  const reasons: Record<string, string> = {
    ECONNREFUSED: "没有数据库在该地址监听，请检查主机和端口，并确认数据库已启动",
    ENOTFOUND: "找不到该主机，请检查主机名",
    ENOENT: "找不到该本机套接字，请检查路径，并确认数据库已启动",
    "28P01": "用户名或密码不正确",
    "28000": "数据库不允许这个用户登录",
    "3D000": "该数据库不存在，请先建库",
    "42501": "该用户不能切换到角色 fund_app，请由管理员执行 grant fund_app to 该用户",
    "22023": "该用户不能切换到角色 fund_app，请由管理员执行 grant fund_app to 该用户",
  };
  const reason = reasons[code] ?? message;
  return new DatabaseStartError(`无法连接数据库（DATABASE_URL）：${reason}`, { cause: error });
}
