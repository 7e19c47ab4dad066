import type { Db } from "#src/platform/database/client.ts";

/**
 * Lists the moments at which money came under a payment notice that could not be credited and waits in suspense
 * (2901 待清算款项), oldest first. Also money for a notice that was paid already, which leaves no event in the
 * application's timeline.
 */
export async function listSuspendedReceipts(db: Db, noticeNo: string): Promise<Date[]> {
  const rows = await db
    .selectFrom("bank_receipt")
    .select("received_at")
    .where("notice_no", "=", noticeNo)
    .where("outcome", "=", "suspense")
    .orderBy("received_at")
    .orderBy("id")
    .execute();
  return rows.map((row) => row.received_at);
}
