import { randomUUID } from "node:crypto";
import type { AuditContext } from "#src/platform/audit.ts";

/** Who acts in which request, for the audit trail. */
export function auditOf(event: string, actor = "visitor"): AuditContext {
  return { requestId: randomUUID(), event, actor, addressHash: Buffer.alloc(32) };
}
