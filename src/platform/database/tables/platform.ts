import type { ColumnType, Generated, GeneratedAlways } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";

/** What any web system keeps. */
export interface PlatformTables {
  session: SessionTable;
  audit_event: AuditEventTable;
  captcha_challenge: CaptchaChallengeTable;
  demo_outbox: DemoOutboxTable;
  rate_limit: RateLimitTable;
  staff_member: StaffMemberTable;
  staff_role: StaffRoleTable;
  one_time_code: OneTimeCodeTable;
  sms_message: SmsMessageTable;
  issued_slip: IssuedSlipTable;
  schema_migration: SchemaMigrationTable;
}

interface SessionTable {
  id: GeneratedAlways<number>;
  token_hash: Buffer;
  audience: "bank" | "staff" | "owner" | "institution";
  user_id: number;
  created_at: Date;
  last_seen_at: Date;
  expires_at: Date;
  browser_words: Generated<string>;
  stepped_up_until: Date | null;
}

interface AuditEventTable {
  id: GeneratedAlways<bigint>;
  at: Generated<Date>;
  request_id: string;
  event: string;
  actor: string;
  subject: Generated<string>;
  outcome: string;
  address_hash: Buffer | null;
}

interface CaptchaChallengeTable {
  id_hash: Buffer;
  purpose: string;
  browser_hash: Buffer;
  answer_hash: Buffer;
  sum_cipher: Buffer;
  renewals: Generated<number>;
  created_at: Date;
  expires_at: Date;
  form_until: Date;
}

interface DemoOutboxTable {
  id: GeneratedAlways<bigint>;
  kind: "sms" | "captcha" | "totp";
  recipient: string;
  code: Generated<string>;
  body: string;
  at: Date;
  delivery_id: ColumnType<string | null, string | null | undefined>;
}

/** Written by the limiter's own statements; it is here so that every table has its description. */
interface RateLimitTable {
  key: string;
  points: number;
  expire: bigint | null;
}

interface StaffMemberTable {
  id: GeneratedAlways<number>;
  username: string;
  password_hash: string;
  display_name: string;
  totp_secret_cipher: Buffer | null;
  totp_last_step: bigint | null;
  is_disabled: Generated<boolean>;
  is_password_initial: Generated<boolean>;
  password_changed_at: Generated<Date>;
  is_demonstration: Generated<boolean>;
  created_at: Generated<Date>;
}

export interface StaffRoleTable {
  staff_id: number;
  role: "intake" | "reviewer" | "approver" | "finance" | "editor" | "admin" | "auditor";
}

interface OneTimeCodeTable {
  id: string;
  purpose: string;
  subject: string;
  browser_hash: Buffer;
  phone_hash: Buffer;
  code_hash: Buffer;
  address_hash: Buffer | null;
  created_at: Date;
  expires_at: Date;
  tries: Generated<number>;
  ended_at: Date | null;
}

interface SmsMessageTable {
  id: Generated<string>;
  kind: "code" | "notice";
  phone_cipher: Buffer | null;
  /** {code} stands for the code. */
  text: string;
  code_cipher: Buffer | null;
  created_at: Date;
  not_after: Date;
  next_try_at: Date;
  attempts: Generated<number>;
  state: Generated<"waiting" | "accepted" | "refused" | "expired">;
  last_problem: Generated<string>;
  template_values: Generated<unknown>;
}

interface IssuedSlipTable {
  kind: string;
  subject: string;
  version: number;
  number: string;
  content_hash: Buffer;
  dated_on: CalendarDate;
  amount_fen: bigint | null;
  party: string;
  about: string;
  issued_at: Date;
}

/** Which files of `migrations/` ran on this database, and when. */
interface SchemaMigrationTable {
  name: string;
  sha256: string;
  applied_at: Generated<Date>;
}
