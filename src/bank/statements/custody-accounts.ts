import { sql } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Db } from "#src/platform/database/client.ts";
import { inBatches } from "#src/platform/database/in-batches.ts";

/** How far a custody account (专户) agrees with its bank. Nothing in it is personal. */
export interface CustodyAccountState {
  id: number;
  bankCode: string;
  bankName: string;
  branchName: string;
  accountNo: string;
  hasMovements: boolean;
  /** The last day of its last closed statement; null where none was ever closed. */
  reconciledUntil: CalendarDate | null;
  /** Differences that the last closing carried over. */
  carriedCount: number;
  /** The newest file where it is not closed yet. */
  openStatementId: number | null;
}

/** Lists every custody account, by bank and branch. */
export async function listCustodyAccounts(db: Db): Promise<CustodyAccountState[]> {
  const { rows } = await sql<CustodyAccountState>`
    select a.id, a.bank_code as "bankCode", bank.name as "bankName", a.branch_name as "branchName",
        a.account_no as "accountNo", ${HAS_MOVEMENTS} as "hasMovements",
        closed.last_day as "reconciledUntil", coalesce(closed.carried_count, 0) as "carriedCount",
        case when newest.id is distinct from closed.statement_id then newest.id end as "openStatementId"
      from custody_account a join bank on bank.code = a.bank_code
        left join lateral (select * from statement_closing c where c.custody_account_id = a.id
          order by c.last_day desc limit 1) closed on true
        left join lateral (select s.id from bank_statement s where s.custody_account_id = a.id
          order by s.id desc limit 1) newest on true
      order by a.bank_code, a.account_no`.execute(db);
  return rows;
}

const HAS_MOVEMENTS = sql`exists (select from entry e
  where e.custody_account_id = a.id and e.account_code = '1001')`;

/**
 * Tells up to which day the whole city agrees with its banks: the smallest over all custody accounts that ever moved
 * money; null while one of them was never reconciled.
 */
export async function readCityReconciledUntil(db: Db): Promise<CalendarDate | null> {
  return await readUntil(db, null);
}

/** Every page of the city's figures asks it: those of one moment share the question. */
const readUntil = inBatches(async (db: Db, askers: readonly null[]) => {
  const { rows } = await sql<{ until: CalendarDate | null }>`
    select case when bool_and(c.until is not null) then min(c.until) end as until
      from custody_account a left join lateral (select max(last_day) as until from statement_closing
        where custody_account_id = a.id) c on true
      where ${HAS_MOVEMENTS}`.execute(db);
  return askers.map(() => rows[0]?.until ?? null);
});

/** Tells up to which day the custody account of an estate agrees with its bank; null for never. */
export async function readEstateReconciledUntil(
  db: Db,
  estateId: number,
): Promise<CalendarDate | null> {
  const row = await db
    .selectFrom("statement_closing as closing")
    .innerJoin("estate", "estate.custody_account_id", "closing.custody_account_id")
    .where("estate.id", "=", estateId)
    .select((select) => select.fn.max("closing.last_day").as("until"))
    .executeTakeFirst();
  return row?.until ?? null;
}
