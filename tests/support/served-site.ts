import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";
import { DEMONSTRATION_PASSWORD } from "#src/demo/tellers.ts";
import { type Config, loadConfig } from "#src/platform/config.ts";
import type { Connection } from "#src/platform/database/client.ts";
import { createLog } from "#src/platform/log.ts";
import { siteDescriptors } from "#src/site.ts";
import { startSystem } from "#src/system.tsx";
import { buildCity, NOW, type TestCity } from "./builders.ts";
import { type TestDatabase, testDatabase } from "./test-database.ts";
import { buildStaff, signStaffIn } from "./test-staff.ts";
import { buildTellers, TELLER_PASSWORD } from "./test-tellers.ts";
import { newWebVisitor, type WebVisitor } from "./web-visitor.ts";

/** How the site differs from a real deployment's: limits are off unless told, the rest is as delivered. */
export type SiteOverrides = Partial<
  Pick<
    Config,
    | "areRateLimitsOn"
    | "areTellerCodesOn"
    | "clamd"
    | "disclosurePolicy"
    | "documentStore"
    | "isDemo"
    | "passwordPolicy"
    | "trustedProxyHops"
  >
>;

/** The whole system in this process, on a database of the test file's own, answering over HTTP. */
export interface ServedSite {
  /** Where it answers; another port after a restart. */
  readonly url: string;
  /** Where it keeps files. */
  dataDir: string;
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
  /** One of the fund centre's people who signed in with password and code. */
  staff(username: string): Promise<WebVisitor>;
  /** How many rows stand in each table that an act writes to. */
  countRows(): Promise<Record<string, number>>;
  /** Stops the system and starts it again on the same database. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Written by acts; what merely counts visits (limits, look-ups in the audit trail) is left out. */
const TABLES_OF_ACTS = [
  ...["payment_notice", "application", "application_event", "bank_receipt"],
  ...["house", "house_owner", "building", "unrecorded_deposit"],
  ...["disbursement_voucher", "bank_disbursement", "owner_refund", "owner_refund_claim"],
  ...["institution", "institution_user", "institution_estate", "institution_event"],
  ...["journal", "entry", "session"],
];

const DATA_KEY = Buffer.alloc(32, 7);

/**
 * Starts the site. The tellers are those of test-tellers.ts, at the builders' two banks; in demonstration mode
 * they are the demonstration's. `prepare` is what the database went through before this start; `descriptors`
 * are businesses of the test's own, besides the site's.
 */
export async function serveSite(
  overrides: SiteOverrides = {},
  prepare: (database: TestDatabase) => Promise<void> = async () => {},
  descriptors: readonly ApplicationDescriptor[] = [],
): Promise<ServedSite> {
  const database = await testDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), "fund-site-"));
  const city = await buildCity(database);
  if (!overrides.isDemo) await buildTellers(city);
  await buildStaff(database, DATA_KEY);
  await prepare(database);
  const lines: string[] = [];
  const clock = { now: NOW };
  const log = createLog({ logLevel: "trace" }, { write: (line) => void lines.push(line) });
  const config = configOf(database, dataDir, overrides);
  const start = () =>
    startSystem(
      config,
      log,
      () => clock.now,
      (parts) => [...siteDescriptors(parts), ...descriptors],
    );
  let system = await start();
  const visitor = () => newWebVisitor(system.url);
  return {
    get url() {
      return system.url;
    },
    dataDir,
    database,
    city,
    clock,
    logged: () => lines.join(""),
    visitor,
    teller: (username) =>
      signIn(visitor(), username, overrides.isDemo ? DEMONSTRATION_PASSWORD : TELLER_PASSWORD),
    staff: (username) => signStaffIn(visitor(), database, username, clock.now),
    countRows: () => countRows(database),
    async restart() {
      await system.stop();
      system = await start();
    },
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
      DATA_KEY: DATA_KEY.toString("hex"),
    }),
    areRateLimitsOn: false,
    areTellerCodesOn: false,
    ...overrides,
  };
}

/** A connection as the settings write it. */
export function addressOf({ host, port, database, user, password }: Connection): string {
  const [where, who, secret] = [host, user, password].map(encodeURIComponent);
  return `postgres://${who}:${secret}@${where}:${port}/${database}`;
}

async function signIn(
  visitor: WebVisitor,
  username: string,
  password: string,
): Promise<WebVisitor> {
  const answer = await visitor.post("/bank/sign-in", { username, password });
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
