import { Kysely, PostgresDialect, type Transaction } from "kysely";
import pg from "pg";
import type { Database } from "./tables.ts";

export type Db = Kysely<Database>;
export type Tx = Transaction<Database>;

/** Where a PostgreSQL answers: a folder of its Unix socket or a host, and who we are there. */
export interface Connection {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
}

export interface OpenOptions {
  /** Work as this role; the time limits of a web request come with it. */
  readonly role?: "fund_app";
  /** Connections at most; 10 unless told. */
  readonly max?: number;
  /** Told of a connection that broke while nobody waited for it. */
  readonly onConnectionError?: (error: Error) => void;
}

export interface OpenDatabase {
  readonly db: Db;
  readonly pool: pg.Pool;
  /** Ends every connection; a second call does nothing. */
  close(): Promise<void>;
}

const INT8 = 20;
const INT8_ARRAY = 1016;
const DATE = 1082;
const DATE_ARRAY = 1182;
const TEXT_ARRAY: number = 1009; // missing from the list of names that the driver's types give

type TextParser = (text: string) => unknown;

function textParser(oid: number): TextParser {
  const readTextArray = pg.types.getTypeParser(TEXT_ARRAY, "text") as (
    text: string,
  ) => (string | null)[];
  switch (oid) {
    case INT8:
      return BigInt;
    case INT8_ARRAY:
      return (text) => readTextArray(text).map((item) => (item === null ? null : BigInt(item)));
    case DATE:
      return (text) => text;
    case DATE_ARRAY:
      return readTextArray;
    default:
      return pg.types.getTypeParser(oid, "text") as TextParser;
  }
}

/**
 * How values arrive: bigint columns as `bigint`, dates as "2026-11-23" (a JavaScript Date would move
 * them by a time zone), numeric as text. It belongs to our connections only; the driver's global table
 * stays as it is.
 */
const fieldTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: "text" | "binary") =>
    format === "binary"
      ? pg.types.getTypeParser(oid, "binary")
      : textParser(oid)) as pg.CustomTypesConfig["getTypeParser"],
};

function startupSettings(role: OpenOptions["role"]): string {
  const settings = ["TimeZone=Asia/Shanghai", "DateStyle=ISO,YMD"];
  if (role !== undefined) {
    settings.push(
      `role=${role}`,
      "statement_timeout=5s",
      "lock_timeout=2s",
      "idle_in_transaction_session_timeout=10s",
    );
  }
  return settings.map((setting) => `-c ${setting}`).join(" ");
}

/**
 * The driver's configuration for one address. Options that the address itself names are kept, and ours
 * come after them, so that no address can shed the role.
 */
export function clientConfig(
  address: string | Connection,
  role?: OpenOptions["role"],
): pg.ClientConfig {
  const settings = startupSettings(role);
  if (typeof address !== "string") return { ...address, options: settings, types: fieldTypes };
  // Split by hand: postgres://user:password@/name?host=/run is an address to PostgreSQL, not to URL.
  const [base = "", query = ""] = address.split(/\?(.*)/s);
  const parameters = new URLSearchParams(query);
  const given = parameters.get("options");
  parameters.set("options", given === null ? settings : `${given} ${settings}`);
  return { connectionString: `${base}?${parameters}`, types: fieldTypes };
}

/**
 * More different statements than the application has; what a list of changing length makes beyond them is
 * planned each time, so that neither side keeps statements without end.
 */
const NAMED_STATEMENTS_MAX = 300;

/** Gives each text of a statement one name, the same on every connection of the pool. */
class StatementNames {
  readonly #names = new Map<string, string>();

  of(text: string): string | undefined {
    const known = this.#names.get(text);
    if (known !== undefined || this.#names.size >= NAMED_STATEMENTS_MAX) return known;
    const name = `s${this.#names.size}`;
    this.#names.set(text, name);
    return name;
  }
}

/**
 * Lets the server keep the plan of every statement that has parameters: parsing and planning a join costs
 * more than running it for one house. Statements without parameters (begin, commit) stay as they are.
 */
function prepareRepeatedly(client: pg.PoolClient, names: StatementNames): void {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;
  const prepared = (...args: unknown[]) => {
    const [text, values, ...rest] = args;
    const hasValues = typeof text === "string" && Array.isArray(values) && values.length > 0;
    const name = hasValues ? names.of(text) : undefined;
    return name === undefined ? query(...args) : query({ name, text, values }, ...rest);
  };
  client.query = prepared as typeof client.query;
}

/**
 * A connection that waits costs the server little. A new one costs ten times an act: a process, a login, and every
 * function, trigger and foreign key that an act passes is planned anew in it.
 */
const IDLE_LIMIT_MS = 15 * 60_000;

/**
 * Opens a pool on a database. With `role: "fund_app"` every connection works as the application's role
 * (a statement at most 5 s, a lock 2 s, an idle transaction 10 s); without it as the owner, unlimited.
 * Nothing is connected until the first query; a query waits at most 2 s for a free connection.
 */
export function openDatabase(
  address: string | Connection,
  options: OpenOptions = {},
): OpenDatabase {
  const pool = new pg.Pool({
    ...clientConfig(address, options.role),
    max: options.max ?? 10,
    connectionTimeoutMillis: 2_000,
    idleTimeoutMillis: IDLE_LIMIT_MS,
    keepAlive: true,
  });
  const onConnectionError = options.onConnectionError ?? (() => {});
  // Without these two a server that stops ends Node: one for idle connections, one for borrowed ones.
  pool.on("error", onConnectionError);
  const names = new StatementNames();
  pool.on("connect", (client) => {
    client.on("error", onConnectionError);
    if (options.role !== undefined) prepareRepeatedly(client, names);
  });
  const db: Db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  let closing: Promise<void> | undefined;
  return {
    db,
    pool,
    close() {
      closing ??= db.destroy();
      return closing;
    },
  };
}
