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
  /** As `readEstateReconciledUntil` tells it: not later than `closedUntil`; null where no statement was ever closed. */
  reconciledUntil: CalendarDate | null;
  /** The last day of its last closed statement. */
  closedUntil: CalendarDate | null;
  /** As which day it counts for the city's date; null where it moved no money. */
  countsAs: CalendarDate | null;
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
        reconciled_until(a.id) as "reconciledUntil", closed.last_day as "closedUntil",
        coalesce(reconciled_until(a.id), first_moved_on(a.id) - 1) as "countsAs", coalesce(closed.carried_count, 0) as "carriedCount",
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
 * money. One that was never reconciled counts as the day before its first movement; null while none ever was. What was
 * booked into closed days later on (后补记账) takes its account back to the day before.
 */
export async function readCityReconciledUntil(db: Db): Promise<CalendarDate | null> {
  return await readUntil(db, null);
}

/** Every page of the city's figures asks it: those of one moment share the question. */
const readUntil = inBatches(async (db: Db, askers: readonly null[]) => {
  const { rows } = await sql<{ until: CalendarDate | null }>`
    select case when exists (select from statement_closing)
        then min(coalesce(reconciled_until(a.id), first_moved_on(a.id) - 1)) end as until
      from custody_account a where ${HAS_MOVEMENTS}`.execute(db);
  return askers.map(() => rows[0]?.until ?? null);
});

/** Tells up to which day the custody account of an estate agrees with its bank; null for never. */
export async function readEstateReconciledUntil(
  db: Db,
  estateId: number,
): Promise<CalendarDate | null> {
  const { rows } = await sql<{ until: CalendarDate | null }>`
    select reconciled_until(custody_account_id) as until from estate where id = ${estateId}`.execute(
    db,
  );
  return rows[0]?.until ?? null;
}
