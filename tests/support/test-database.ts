import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import {
  type Connection,
  clientConfig,
  type Db,
  type OpenDatabase,
  openDatabase,
} from "#src/platform/database/client.ts";
import { TEMPLATE } from "./test-server.ts";
import "./global-setup.ts";

/** A migrated database of a test file's own. */
export interface TestDatabase {
  /** As the application works: role `fund_app`. */
  readonly db: Db;
  /** As the owner, for what only migrations and bulk loads may do. */
  readonly owner: Db;
  /** Where the owner reaches it, for `pg` itself and for programs under test. */
  readonly ownerConnection: Connection;
  /** Where the application reaches it; open it with `role: "fund_app"`. */
  readonly applicationConnection: Connection;
  /** Closes both and removes the database. */
  drop(): Promise<void>;
}

/** Copies the migrated template. Call it in `beforeAll`, and `drop()` in `afterAll`. */
export async function testDatabase(): Promise<TestDatabase> {
  const { owner, application } = inject("testServer");
  const database = `fund_test_${randomBytes(8).toString("hex")}`;
  await maintain(owner, `create database ${database} template ${TEMPLATE} strategy file_copy`);
  const ownerConnection = { ...owner, database };
  const applicationConnection = { ...application, database };
  const asOwner = openDatabase(ownerConnection, { max: 5 });
  const asApplication = openDatabase(applicationConnection, { role: "fund_app" });
  return {
    db: asApplication.db,
    owner: asOwner.db,
    ownerConnection,
    applicationConnection,
    drop: () => drop(owner, database, [asOwner, asApplication]),
  };
}

/** A database without a single table, for what makes tables itself. */
export async function emptyDatabase(): Promise<{
  readonly connection: Connection;
  drop(): Promise<void>;
}> {
  const { owner } = inject("testServer");
  const database = `fund_test_${randomBytes(8).toString("hex")}`;
  await maintain(owner, `create database ${database} template template0`);
  return { connection: { ...owner, database }, drop: () => drop(owner, database, []) };
}

async function drop(
  owner: Connection,
  database: string,
  open: readonly OpenDatabase[],
): Promise<void> {
  await Promise.all(open.map((one) => one.close()));
  await maintain(owner, `drop database if exists ${database} with (force)`);
}

/** Many workers copy at once, and each copy locks the template for a moment: wait and try again. */
async function maintain(owner: Connection, statement: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const client = new pg.Client(clientConfig(owner));
    await client.connect();
    try {
      await client.query(statement);
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== "55006" || attempt === 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    } finally {
      await client.end();
    }
  }
}
