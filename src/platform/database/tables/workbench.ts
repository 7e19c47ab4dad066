import type { Generated, GeneratedAlways } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Json } from "./json-column.ts";

/** What institutions work with that is no application. */
export interface WorkbenchTables {
  estate_statement: EstateStatementTable;
  top_up_batch: TopUpBatchTable;
  top_up_file: TopUpFileTable;
  house_import: HouseImportTable;
  house_import_problem: HouseImportProblemTable;
  clearance_certificate: ClearanceCertificateTable;
}

interface EstateStatementTable {
  id: GeneratedAlways<bigint>;
  number: string;
  estate_id: number;
  period: string;
  starts_on: CalendarDate;
  ends_on: CalendarDate;
  version: number;
  content: string;
  content_hash: Buffer;
  institution_id: number;
  locked_by: string;
  locked_at: Date;
}

interface TopUpBatchTable {
  id: string;
  institution_id: number;
  estate_id: number;
  building_label: Generated<string>;
  requested_by: string;
  requested_at: Date;
  house_ids: bigint[];
  printed_count: Generated<number>;
  failed_count: Generated<number>;
  next_try_at: Date;
  problem: Generated<string>;
  not_after: Date;
}

interface TopUpFileTable {
  batch_id: string;
  n: number;
  first_house: number;
  last_house: number;
  file_cipher: Buffer;
}

export interface HouseImportTable {
  id: string;
  institution_id: number;
  created_by: string;
  file_name: string;
  size_bytes: bigint;
  file_key: string | null;
  state: Generated<"waiting" | "running" | "done" | "failed">;
  attempts: Generated<number>;
  created_at: Date;
  heartbeat_at: Date | null;
  finished_at: Date | null;
  read_thousandths: Generated<number>;
  row_count: Generated<number>;
  bad_row_count: Generated<number>;
  houses_added: Generated<number>;
  houses_unchanged: Generated<number>;
  warnings: Generated<string[]>;
  stopped: string | null;
}

interface HouseImportProblemTable {
  import_id: string;
  n: number;
  line: number;
  column_name: string;
  reason: string;
}

interface ClearanceCertificateTable {
  no: string;
  institution_id: number;
  estate_id: number;
  building_id: number | null;
  house_id: bigint | null;
  house_count: number;
  area_hundredths: bigint;
  deposited_fen: bigint;
  houses: Json;
  issued_by: string;
  issued_at: Date;
  print_count: Generated<number>;
}
