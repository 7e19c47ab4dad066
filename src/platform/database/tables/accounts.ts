import type { Generated, GeneratedAlways } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";

/** Who signs in besides tellers and staff. */
export interface AccountTables {
  owner_account: OwnerAccountTable;
  owner_house: OwnerHouseTable;
  institution: InstitutionTable;
  institution_estate: InstitutionEstateTable;
  institution_user: InstitutionUserTable;
  institution_event: InstitutionEventTable;
  proven_contact: ProvenContactTable;
}

interface OwnerAccountTable {
  id: GeneratedAlways<number>;
  phone_cipher: Buffer;
  phone_hash: Buffer;
  name_cipher: Buffer | null;
  document_hash: Buffer | null;
  username: string | null;
  password_hash: string | null;
  password_changed_at: Generated<Date>;
  is_demonstration: Generated<boolean>;
  is_disabled: Generated<boolean>;
  created_at: Generated<Date>;
}

interface OwnerHouseTable {
  owner_id: number;
  estate_id: number;
  house_id: bigint;
  /** Of the person whom the link was made for: it holds while the register names the same one. */
  document_hash: Buffer;
  linked_by: "phone-and-document" | "document-and-fact" | "documents-and-review";
  linked_at: Date;
  /** Of a link by papers: the approved application, and whom the register named when it was approved. */
  reviewed_in: Generated<bigint | null>;
  owners_seen: Generated<Buffer | null>;
}

export interface InstitutionTable {
  id: GeneratedAlways<number>;
  kind: "developer" | "property-company" | "committee";
  name: string;
  credit_code: string | null;
  record_no: string | null;
  state: Generated<"pending" | "active" | "suspended" | "expired" | "closed" | "rejected">;
  profile_cipher: Buffer;
  application_id: bigint | null;
  is_demonstration: Generated<boolean>;
  created_at: Date;
}

interface InstitutionEstateTable {
  institution_id: number;
  estate_id: number;
  contract_no: Generated<string>;
  service_kind: Generated<"" | "preliminary" | "elected">;
  starts_on: CalendarDate | null;
  ends_on: CalendarDate | null;
  ended_at: Date | null;
  /** The end of which its contact was told a month and a week before. */
  told_month_before: Generated<CalendarDate | null>;
  told_week_before: Generated<CalendarDate | null>;
}

interface InstitutionUserTable {
  id: GeneratedAlways<number>;
  institution_id: number;
  username: string;
  password_hash: string;
  password_changed_at: Generated<Date>;
  name_cipher: Buffer;
  phone_cipher: Buffer;
  is_admin: Generated<boolean>;
  is_password_initial: Generated<boolean>;
  is_demonstration: Generated<boolean>;
  is_disabled: Generated<boolean>;
  /** Its registration came to nothing: somebody else may take the name. */
  is_name_released: Generated<boolean>;
  created_at: Generated<Date>;
}

interface ProvenContactTable {
  browser_hash: Buffer;
  phone_hash: Buffer;
  proven_at: Date;
}

export interface InstitutionEventTable {
  institution_id: number;
  n: GeneratedAlways<bigint>;
  act: "suspended" | "resumed" | "closed" | "expired" | "binding-ended" | "binding-renewed";
  estate_id: number | null;
  actor: string;
  at: Date;
  reason: string;
}
