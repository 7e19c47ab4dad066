import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { seedTellers } from "#src/demo/tellers.ts";
import { type Config, loadConfig } from "#src/platform/config.ts";
import type { Connection } from "#src/platform/database/client.ts";
import { createLog } from "#src/platform/log.ts";
import { startSystem } from "#src/system.tsx";
import { buildCity, NOW, type TestCity } from "./builders.ts";
import { type TestDatabase, testDatabase } from "./test-database.ts";
import { newWebVisitor, type WebVisitor } from "./web-visitor.ts";

/** How the site differs from a real deployment's: limits are off unless told, the rest is as delivered. */
export type SiteOverrides = Partial<
  Pick<Config, "areRateLimitsOn" | "disclosurePolicy" | "isDemo" | "trustedProxyHops">
>;

/** The whole system in this process, on a database of the test file's own, answering over HTTP. */
export interface ServedSite {
  url: string;
  database: TestDatabase;
  /** The builders' city; in demonstration mode the demonstration's houses stand beside it. */
  city: TestCity;
  /** The moment at which the site stands; a test may move it. */
  clock: { now: Date };
  /** Everything it logged so far, one JSON object a line. */
  logged(): string;
  visitor(): WebVisitor;
  /** A visitor who signed in at the bank's desk. */
  teller(username: string): Promise<WebVisitor>;
  /** How many rows stand in each table that an act writes to. */
  countRows(): Promise<Record<string, number>>;
  stop(): Promise<void>;
}

/** Written by acts; what merely counts visits (limits, look-ups in the audit trail) is left out. */
const TABLES_OF_ACTS = [
  ...["payment_notice", "application", "application_event", "bank_receipt"],
  ...["house", "house_owner", "building", "unrecorded_deposit"],
  ...["journal", "entry", "session"],
];

/** Starts the site. The tellers are those of the demonstration; their banks are the builders' two. */
export async function serveSite(overrides: SiteOverrides = {}): Promise<ServedSite> {
  const database = await testDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), "fund-site-"));
  const city = await buildCity(database);
  await seedTellers(database.owner);
  const lines: string[] = [];
  const clock = { now: NOW };
  const log = createLog({ logLevel: "trace" }, { write: (line) => void lines.push(line) });
  const system = await startSystem(configOf(database, dataDir, overrides), log, () => clock.now);
  const visitor = () => newWebVisitor(system.url);
  return {
    url: system.url,
    database,
    city,
    clock,
    logged: () => lines.join(""),
    visitor,
    teller: (username) => signIn(visitor(), username),
    countRows: () => countRows(database),
    async stop() {
      await system.stop();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function configOf(database: TestDatabase, dataDir: string, overrides: SiteOverrides): Config {
  return {
    ...loadConfig({
      PORT: "0",
      HOST: "127.0.0.1",
      DATA_DIR: dataDir,
      DATABASE_URL: addressOf(database.applicationConnection),
      MIGRATION_DATABASE_URL: addressOf(database.ownerConnection),
      DATA_KEY: Buffer.alloc(32, 7).toString("hex"),
    }),
    areRateLimitsOn: false,
    ...overrides,
  };
}

function addressOf({ host, port, database, user, password }: Connection): string {
  const [where, who, secret] = [host, user, password].map(encodeURIComponent);
  return `postgres://${who}:${secret}@${where}:${port}/${database}`;
}

async function signIn(visitor: WebVisitor, username: string): Promise<WebVisitor> {
  const answer = await visitor.post("/bank/sign-in", { username, password: "Demo-2026!" });
  if (answer.status !== 303) throw new Error(`${username} could not sign in: ${answer.status}`);
  return visitor;
}

async function countRows({ owner }: TestDatabase): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of TABLES_OF_ACTS) {
    const { rows } = await sql<{ n: bigint }>`select count(*) n from ${sql.table(table)}`.execute(
      owner,
    );
    counts[table] = Number(rows[0]?.n);
  }
  return counts;
}
