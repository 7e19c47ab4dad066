import { sql } from "kysely";
import { holdHouse } from "#src/ledger/house-balances.ts";
import type { Tx } from "#src/platform/database/client.ts";
import { type Application, findApplication } from "./find-application.ts";

/**
 * Holds an application still until the transaction ends, and reads it then: what is decided by it is decided
 * by how it stands. Its house is held first, as everything that moves money holds the house before the
 * application, so that two of them never wait for each other.
 */
export async function holdApplication(tx: Tx, number: string): Promise<Application | null> {
  const known = await findApplication(tx, number);
  if (known === null) return null;
  if (known.house !== null) await holdHouse(tx, known.house);
  await sql`select hold_application(${known.id.toString()}::bigint)`.execute(tx);
  return await findApplication(tx, number);
}
