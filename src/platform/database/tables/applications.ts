import type { ColumnType, Generated, GeneratedAlways } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { JsonWithDefault } from "./json-column.ts";

/** Applications: what all of them have. */
export interface ApplicationTables {
  application_kind: ApplicationKindTable;
  application_transition: ApplicationTransitionTable;
  application: ApplicationTable;
  application_event: ApplicationEventTable;
  application_contact: ApplicationContactTable;
  supporting_document: SupportingDocumentTable;
}

interface ApplicationKindTable {
  kind: string;
  number_prefix: string;
  title: string;
}

/** Who moved an application one step. */
export type ApplicationActorRole =
  | "applicant"
  | "bank"
  | "system"
  | "intake"
  | "reviewer"
  | "approver"
  | "finance";

interface ApplicationTransitionTable {
  kind: string;
  from_state: string;
  to_state: string;
  actor_role: ApplicationActorRole;
  /** What the payment notice must be for this step; null where the step asks nothing of it. */
  notice_state: "issued" | "paid" | "expired" | "cancelled" | "reversed" | null;
}

interface ApplicationTable {
  id: GeneratedAlways<bigint>;
  number: string;
  kind: string;
  state: Generated<string>;
  estate_id: number | null;
  house_id: bigint | null;
  notice_no: string | null;
  submission_key: string;
  browser_hash: Buffer;
  created_at: Date;
  /** The day by which the present step is promised; null while it is the applicant's. */
  promised_on: GeneratedAlways<CalendarDate | null>;
  /** The institution that applied; null where nobody of one did. */
  institution_id: Generated<number | null>;
}

export interface ApplicationEventTable {
  application_id: bigint;
  seq: number;
  kind: string;
  from_state: string;
  to_state: string;
  actor_role: ApplicationActorRole;
  actor: string;
  at: Date;
  remark: Generated<string>;
  details: JsonWithDefault;
  promised_on: ColumnType<CalendarDate | null, CalendarDate | null | undefined>;
}

interface ApplicationContactTable {
  application_id: bigint;
  name_cipher: Buffer;
  phone_cipher: Buffer;
  /** Null for applications of before 0023. */
  phone_hash: ColumnType<Buffer | null, Buffer | null | undefined>;
}

export interface SupportingDocumentTable {
  id: string;
  n: GeneratedAlways<bigint>;
  submission_key: string;
  browser_hash: Buffer;
  code: string;
  name_cipher: Buffer;
  media_type: "application/pdf" | "image/jpeg" | "image/png";
  size_bytes: number;
  sent_sha256: Buffer;
  kept_sha256: Buffer;
  page_count: number;
  state: Generated<"pending" | "clean" | "refused">;
  uploaded_at: Date;
  checked_at: Date | null;
  application_id: bigint | null;
  added_at: Date | null;
  removed_at: Date | null;
  /** Of the files of a draft that is kept longer than a day. */
  kept_until: Date | null;
}
