import type { ColumnType, Generated, GeneratedAlways } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { JsonWithDefault } from "./json-column.ts";

/** The ledger, and what is derived from it. */
export interface LedgerTables {
  ledger_account: LedgerAccountTable;
  journal: JournalTable;
  entry: EntryTable;
  house_balance: HouseBalanceTable;
  estate_year: EstateYearTable;
  estate_month: EstateMonthTable;
  estate_use: EstateUseTable;
  estate_now: EstateNowTable;
  city_book: CityBookTable;
  prepared_year: PreparedYearTable;
  locked_year: LockedYearTable;
}

interface LedgerAccountTable {
  code: string;
  name: string;
  class: "asset" | "liability" | "net-asset";
  is_per_house: boolean;
  is_per_custody_account: boolean;
}

/** Deposit kinds 00–06 of the city's code set; null for journals that are no deposit. */
export type DepositKindCode = "00" | "01" | "02" | "03" | "04" | "05" | "06";

export interface JournalTable {
  id: GeneratedAlways<bigint>;
  kind:
    | "opening"
    | "deposit"
    | "suspense"
    | "bank-interest"
    | "interest"
    | "use"
    | "reversal"
    | "refund"
    | "house-merge";
  book_date: CalendarDate;
  value_date: CalendarDate;
  recorded_at: Generated<Date>;
  idempotency_key: string;
  actor: string;
  deposit_kind: DepositKindCode | null;
  notice_no: string | null;
  reverses: bigint | null;
  note: JsonWithDefault;
}

interface EntryTable {
  journal_id: bigint;
  n: number;
  account_code: string;
  custody_account_id: number | null;
  estate_id: number | null;
  house_id: bigint | null;
  /** Debit positive, credit negative. */
  amount_fen: bigint;
  note: ColumnType<unknown, object | string | null | undefined, object | string | null>;
}

interface HouseBalanceTable {
  estate_id: number;
  house_id: bigint;
  principal_fen: Generated<bigint>;
  interest_fen: Generated<bigint>;
  reserved_fen: Generated<bigint>;
  /** How much of what is reserved is principal; the rest is interest. Since 0012. */
  reserved_principal_fen: Generated<bigint>;
  first_paid_fen: Generated<bigint>;
}

/** What an estate's fund moved in one year; derived from entries (decision 0014). */
interface EstateYearTable {
  estate_id: number;
  year: number;
  deposited_fen: bigint;
  interest_fen: bigint;
  used_fen: bigint;
  refunded_fen: bigint;
  other_fen: bigint;
  first_paid_fen: bigint;
}

/** What an estate's fund moved in one month in which it moved anything; derived like its years. */
interface EstateMonthTable extends EstateYearTable {
  month: number;
}

/** Each use of an estate's fund that stands; derived from entries (decision 0014). */
interface EstateUseTable {
  estate_id: number;
  n: number;
  book_date: CalendarDate;
  project_name: string;
  scope_words: string;
  house_count: number;
  amount_fen: bigint;
}

/** How an estate stands now; derived from the register and the balances (decision 0014). */
interface EstateNowTable {
  estate_id: number;
  house_count: number;
  area_hundredths: bigint;
  principal_fen: bigint;
  interest_fen: bigint;
  first_paid_fen: bigint;
  paid_count: number;
  below_count: number;
  part_paid_count: number;
  unpaid_count: number;
  booked_until: CalendarDate | null;
  journal_id: bigint;
  refreshed_at: Date;
}

/** The one row that says how far the city's book has read the journals. */
interface CityBookTable {
  is_only: Generated<boolean>;
  settled_journal_id: Generated<bigint>;
  seen_journal_id: Generated<bigint>;
  seen_at: Date;
  mark: Generated<bigint>;
  refreshed_at: Date | null;
}

/** The figures of a year as somebody of the fund centre prepared them for 公示. */
interface PreparedYearTable {
  id: GeneratedAlways<bigint>;
  year: number;
  content: string;
  content_hash: Buffer;
  prepared_by: number;
  prepared_at: Date;
}

/** Which preparation a second person locked, as which version of its year. */
interface LockedYearTable {
  prepared_year_id: bigint;
  year: number;
  version: number;
  locked_by: number;
  locked_at: Date;
}
