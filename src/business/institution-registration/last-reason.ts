import type { Db } from "#src/platform/database/client.ts";

/** Why an institution was suspended, closed or expired last; "" for never. */
export async function findLastReason(db: Db, institutionId: number): Promise<string> {
  const row = await db
    .selectFrom("institution_event")
    .select("reason")
    .where("institution_id", "=", institutionId)
    .where("act", "in", ["suspended", "closed", "expired"])
    .orderBy("n", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.reason ?? "";
}
