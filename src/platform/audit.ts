import { type RawBuilder, sql } from "kysely";
import type { Db } from "./database/client.ts";
import { inBatches } from "./database/in-batches.ts";
import { listParameter } from "./database/list-parameter.ts";

/** Who does what in which request: made once for a request, from the route's own declaration. */
export interface AuditContext {
  requestId: string;
  /** The event that the route declares beside its URL. */
  event: string;
  actor: string;
  addressHash: Buffer;
}

/**
 * Writes the one audit row of an act. Called inside the act's own transaction: what cannot be recorded
 * does not happen. The subject is a number or a code, never a name, an ID number or a phone.
 */
export async function recordAudit(
  tx: Db,
  context: AuditContext,
  subject: string,
  outcome: string,
): Promise<void> {
  await auditRowsOf(context, sql`values (${subject}::text, ${outcome}::text)`).execute(tx);
}

/**
 * The statement that writes the audit row of an act; `about` gives subject and outcome. For an act that is one
 * statement itself and carries its audit row in it.
 */
export function auditRowsOf(
  { requestId, event, actor, addressHash }: AuditContext,
  about: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`insert into audit_event (request_id, event, actor, address_hash, subject, outcome)
    select ${requestId}::text, ${event}::text, ${actor}::text, ${addressHash}::bytea, about.*
      from (${about}) about`;
}

interface Reading extends AuditContext {
  subject: string;
  outcome: string;
}

const writeReading = inBatches(async (db: Db, readings: readonly Reading[]) => {
  const column = <Value>(type: "text" | "bytea", of: (reading: Reading) => Value) =>
    listParameter(type, readings.map(of));
  await sql`
    with unhurried as (select set_config('synchronous_commit', 'off', true))
    insert into audit_event (request_id, event, actor, subject, outcome, address_hash)
      select reading.* from unhurried, unnest(${column("text", (r) => r.requestId)},
        ${column("text", (r) => r.event)}, ${column("text", (r) => r.actor)},
        ${column("text", (r) => r.subject)}, ${column("text", (r) => r.outcome)},
        ${column("bytea", (r) => r.addressHash)}) as reading`.execute(db);
  return readings.map(() => undefined);
});

/**
 * Writes down that somebody read what is recorded when read, before it is shown; readings of one moment
 * share a statement. The reader does not wait for the disk: a crash may lose the last half second of
 * readings, never an act.
 */
export async function recordReading(
  db: Db,
  context: AuditContext,
  subject: string,
  outcome: string,
): Promise<void> {
  await writeReading(db, { ...context, subject, outcome });
}
