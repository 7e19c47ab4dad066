import type { ColumnType, Generated, GeneratedAlways } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";

/**
 * A jsonb column: read as `unknown` (parse it with Zod before use), written as an object, or as JSON
 * text where the value is a list or a bare string (the driver would turn a list into a database array).
 */
type Json = ColumnType<unknown, object | string, object | string>;
type JsonWithDefault = ColumnType<unknown, object | string | undefined, object | string>;

// 0001 The register

export interface DistrictTable {
  code: string;
  name: string;
  city_name: string;
  province_name: string;
  effective_from: CalendarDate;
}

export interface BankTable {
  code: string;
  name: string;
}

export interface CustodyAccountTable {
  id: GeneratedAlways<number>;
  bank_code: string;
  branch_name: string;
  account_name: string;
  account_no: string;
}

export interface DepositStandardTable {
  id: GeneratedAlways<number>;
  code: string;
  name: string;
  basis: "AREA" | "PRICE" | "COST_PRICE";
  /** Yuan per ㎡, or share of the price, in ten-thousandths. */
  coefficient_e4: bigint;
  house_use: string | null;
  has_lift: boolean | null;
  floors_from: number | null;
  floors_to: number | null;
  round_to: Generated<"FEN" | "JIAO" | "YUAN">;
  effective_from: CalendarDate;
  effective_to: CalendarDate | null;
  legal_basis: string;
}

export interface CitySettingTable {
  key: string;
  effective_from: CalendarDate;
  value: Json;
  legal_basis: string;
}

export interface EstateTable {
  id: GeneratedAlways<number>;
  code: string;
  name: string;
  district_code: string;
  district_name: string;
  address: Generated<string>;
  developer_name: Generated<string>;
  property_company_name: Generated<string>;
  committee_name: Generated<string>;
  completed_year: number | null;
  custody_account_id: number;
  created_at: Generated<Date>;
}

export interface EstateAliasTable {
  estate_id: number;
  alias: string;
  source: "import" | "former" | "promotion" | "street" | "confirmed";
}

export interface BuildingTable {
  estate_id: number;
  id: GeneratedAlways<number>;
  key: string;
  label: string;
  floors: number | null;
  has_lift: boolean | null;
}

export interface HouseTable {
  estate_id: number;
  id: Generated<bigint>;
  building_id: number;
  code: string;
  building_key: string;
  unit_key: Generated<string>;
  room_key: string;
  unit_label: Generated<string>;
  room_label: string;
  floor: number | null;
  /** Hundredths of a square metre. */
  area_hundredths: number;
  area_kind: Generated<"measured" | "forecast">;
  house_use: "residential" | "commercial" | "office" | "parking" | "storage" | "other";
  house_nature: Generated<"commodity" | "affordable" | "reform" | "resettlement" | "apartment">;
  standard_id: number | null;
  standard_date: CalendarDate | null;
  price_fen: bigint | null;
  status: Generated<"recorded" | "provisional" | "closed">;
  exempt_reason: string | null;
  contract_no: string | null;
  real_estate_unit_no: string | null;
  /** Whether address search shows it; a provisional house is shown once it was paid. */
  is_listed: Generated<boolean>;
  merged_into_estate_id: number | null;
  merged_into_house_id: bigint | null;
}

export interface HouseOwnerTable {
  estate_id: number;
  house_id: bigint;
  n: number;
  name_cipher: Buffer;
  document_kind: "resident-id" | "credit-code" | "passport" | "hmt-permit" | "other";
  document_cipher: Buffer;
  document_hash: Buffer;
  phone_cipher: Buffer | null;
  phone_hash: Buffer | null;
  /** Since when the register names this person; null for entries of before migration 0026. */
  recorded_at: Generated<Date | null>;
}

// 0002 The ledger

export interface LedgerAccountTable {
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

export interface EntryTable {
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

export interface HouseBalanceTable {
  estate_id: number;
  house_id: bigint;
  principal_fen: Generated<bigint>;
  interest_fen: Generated<bigint>;
  reserved_fen: Generated<bigint>;
  /** How much of what is reserved is principal; the rest is interest. Since 0012. */
  reserved_principal_fen: Generated<bigint>;
  first_paid_fen: Generated<bigint>;
}

// 0003 The bank

export interface PaymentNoticeTable {
  no: string;
  estate_id: number;
  /** Null: a batch, whose houses stand in `payment_notice_house`. */
  house_id: bigint | null;
  house_count: Generated<number>;
  deposit_kind: DepositKindCode;
  amount_fen: bigint;
  first_paid_seen_fen: bigint | null;
  account_code: string | null;
  custody_account_id: number;
  bank_code: string;
  payer_name_cipher: Buffer;
  payer_phone_cipher: Buffer;
  basis: Json;
  issued_at: Date;
  expires_on: CalendarDate;
  state: Generated<"issued" | "locked" | "paid" | "expired" | "cancelled" | "reversed">;
  locked_by: string | null;
  locked_until: Date | null;
  print_count: Generated<number>;
}

export interface PaymentNoticeHouseTable {
  notice_no: string;
  n: number;
  estate_id: number;
  house_id: bigint;
  amount_fen: bigint;
  first_paid_seen_fen: bigint;
  account_code: string;
  basis: Json;
}

export interface BankReceiptTable {
  id: GeneratedAlways<bigint>;
  bank_code: string;
  bank_ref: string;
  body_hash: Buffer;
  notice_no: string;
  amount_fen: bigint;
  value_date: CalendarDate;
  teller: string;
  outcome: "credited" | "suspense";
  suspense_reason: string | null;
  credited_notice_no: GeneratedAlways<string | null>;
  journal_id: bigint;
  received_at: Generated<Date>;
}

export interface BankTellerTable {
  id: GeneratedAlways<number>;
  username: string;
  password_hash: string;
  display_name: string;
  teller_no: string;
  bank_code: string;
  branch_name: string;
  is_disabled: Generated<boolean>;
  is_demonstration: Generated<boolean>;
  totp_secret_cipher: Generated<Buffer | null>;
  totp_last_step: Generated<bigint | null>;
  is_password_initial: Generated<boolean>;
  password_changed_at: Generated<Date>;
  code_reset_asked_by: Generated<string | null>;
  code_reset_asked_at: Generated<Date | null>;
}

// 0004 Applications

export interface ApplicationKindTable {
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

export interface ApplicationTransitionTable {
  kind: string;
  from_state: string;
  to_state: string;
  actor_role: ApplicationActorRole;
  /** What the payment notice must be for this step; null where the step asks nothing of it. */
  notice_state: "issued" | "paid" | "expired" | "cancelled" | "reversed" | null;
}

export interface ApplicationTable {
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

// 0005 The platform

export interface SessionTable {
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

export interface AuditEventTable {
  id: GeneratedAlways<bigint>;
  at: Generated<Date>;
  request_id: string;
  event: string;
  actor: string;
  subject: Generated<string>;
  outcome: string;
  address_hash: Buffer | null;
}

export interface CaptchaChallengeTable {
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

export interface DemoOutboxTable {
  id: GeneratedAlways<bigint>;
  kind: "sms" | "captcha" | "totp";
  recipient: string;
  code: Generated<string>;
  body: string;
  at: Date;
  delivery_id: ColumnType<string | null, string | null | undefined>;
}

export interface NewsArticleTable {
  id: GeneratedAlways<number>;
  state: "draft" | "submitted" | "published" | "withdrawn";
  latest_version: number;
  /** What the public reads, from `visible_from` on. */
  published_version: ColumnType<number | null, never, number | null>;
  visible_from: ColumnType<Date | null, never, Date | null>;
  /** 0041: since when it reads that version, kept by the database. */
  shown_since: GeneratedAlways<Date | null>;
  /** Who took the last step: `staff:username`. */
  changed_by: string;
  changed_at: Date;
  reason: Generated<string>;
  /** Whether the public could read it once, kept by the database. */
  was_public: GeneratedAlways<boolean>;
}

export interface NewsVersionTable {
  article_id: number;
  version: number;
  category: "政策" | "公示" | "公告" | "通知";
  title: string;
  /** "" where nobody typed one (0041); older versions then hold their first words. */
  summary: string;
  source: string;
  /** Rich text; cleaned again before it is shown. */
  body: string;
  words: string;
  author: string;
  saved_at: Date;
}

export interface NewsFileTable {
  id: string;
  kind: "picture" | "file";
  name: string;
  alt: string;
  media_type: "application/pdf" | "image/jpeg" | "image/png";
  width: number | null;
  height: number | null;
  content: Buffer;
  size_bytes: GeneratedAlways<number>;
  uploaded_by: string;
  uploaded_at: Date;
}

export interface NewsVersionFileTable {
  article_id: number;
  version: number;
  file_id: string;
  kind: "picture" | "file";
  place: number;
}

export interface NewsEventTable {
  n: GeneratedAlways<bigint>;
  article_id: GeneratedAlways<number>;
  state: GeneratedAlways<string>;
  version: GeneratedAlways<number>;
  actor: GeneratedAlways<string>;
  at: GeneratedAlways<Date>;
  reason: GeneratedAlways<string>;
  /** 0041: from when on a version was to be read, after the step. */
  visible_from: GeneratedAlways<Date | null>;
}

export interface DownloadFileTable {
  id: GeneratedAlways<number>;
  title: string;
  category: string;
  file_name: string;
  media_type: string;
  content: Buffer;
  size_bytes: GeneratedAlways<number>;
  sha256: GeneratedAlways<string>;
  download_count: Generated<number>;
  published_on: CalendarDate;
  /** 0033: the day on which it was replaced; null while it is as it was published. */
  updated_on: CalendarDate | null;
}

// 0006 Rate limits

/** Written by the limiter's own statements; it is here so that every table has its description. */
export interface RateLimitTable {
  key: string;
  points: number;
  expire: bigint | null;
}

// 0010 The staff, and what is reviewed

export interface StaffMemberTable {
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

export interface ApplicationContactTable {
  application_id: bigint;
  name_cipher: Buffer;
  phone_cipher: Buffer;
  /** Null for applications of before 0023. */
  phone_hash: ColumnType<Buffer | null, Buffer | null | undefined>;
}

export interface CalendarDayTable {
  day: CalendarDate;
  kind: "holiday" | "workday";
  name: string;
}

// 0011 Supporting documents

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

// 0012 Owner refund

export interface OwnerRefundTable {
  application_id: bigint;
  estate_id: number;
  house_id: bigint;
  owner_n: number;
  is_open: GeneratedAlways<boolean>;
}

/** The reasons that are offered to owners; R08 is for institutions. */
export type RefundReasonCode = "R01" | "R02" | "R03" | "R04" | "R05" | "R06" | "R07";

export interface OwnerRefundClaimTable {
  application_id: bigint;
  round: number;
  reason: RefundReasonCode;
  principal_fen: bigint;
  interest_fen: bigint;
  basis: Json;
  original_notice_no: string | null;
  payee_name_cipher: Buffer;
  payee_account_cipher: Buffer;
  payee_bank_cipher: Buffer;
  statement_cipher: Buffer;
  made_at: Date;
  /** Null for claims that were made before it was kept. */
  owner_document_hash: Buffer | null;
}

export interface DisbursementVoucherTable {
  no: string;
  application_id: bigint;
  n: number;
  estate_id: number;
  house_id: bigint;
  reason: string;
  principal_fen: bigint;
  interest_fen: bigint;
  amount_fen: bigint;
  first_deposit_fen: bigint;
  deposit_kind: "00" | "01" | "04" | null;
  house_effect: "none" | "closed" | "owner-cleared" | "area-corrected" | "exempt";
  area_after_hundredths: number | null;
  original_notice_no: string | null;
  fund_code: "3001" | "3002";
  custody_account_id: number;
  bank_code: string;
  payee_name_cipher: Buffer;
  payee_account_cipher: Buffer;
  payee_bank_cipher: Buffer;
  code_cipher: Buffer;
  code_hash: Buffer;
  basis: Json;
  approved_by: string;
  issued_at: Date;
  expires_on: CalendarDate;
  state: Generated<"issued" | "locked" | "paid" | "failed" | "expired" | "cancelled">;
  failure_reason: string | null;
  locked_by: string | null;
  locked_until: Date | null;
  print_count: Generated<number>;
}

export interface BankDisbursementTable {
  id: GeneratedAlways<bigint>;
  bank_code: string;
  bank_ref: string;
  body_hash: Buffer;
  voucher_no: string;
  amount_fen: bigint;
  value_date: CalendarDate;
  teller: string;
  journal_id: bigint;
  rest_journal_id: bigint | null;
  paid_at: Generated<Date>;
}

export interface FormerHouseOwnerTable {
  estate_id: number;
  house_id: bigint;
  voucher_no: string;
  n: number;
  name_cipher: Buffer;
  document_kind: string;
  document_cipher: Buffer;
  document_hash: Buffer;
  phone_cipher: Buffer | null;
  phone_hash: Buffer | null;
  ended_at: Date;
}

// 0015 The applicant: one-time codes, text messages

export interface OneTimeCodeTable {
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

export interface SmsMessageTable {
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

// 0013 Unrecorded houses

export interface UnrecordedDepositTable {
  submission_key: string;
  browser_hash: Buffer;
  estate_id: number;
  form_cipher: Buffer;
  earlier_form_ciphers: Generated<Buffer[]>;
  saved_at: Date;
  application_id: bigint | null;
}

// 0016 People who sign in: owners, institutions

export interface OwnerAccountTable {
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

export interface OwnerHouseTable {
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

export interface HouseLinkTable {
  application_id: bigint;
  owner_id: number;
  estate_id: number;
  house_id: bigint;
  form_cipher: Buffer;
  earlier_form_ciphers: Generated<Buffer[]>;
  document_hash: Buffer;
  handed_in_at: Date;
  is_open: Generated<boolean>;
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

export interface InstitutionEstateTable {
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

export interface InstitutionUserTable {
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

// 0022 The workbench of institutions

export interface InstitutionChangeTable {
  application_id: bigint;
  institution_id: number;
  change_cipher: Buffer;
  /** What was asked for before it was corrected. */
  earlier_change_ciphers: Generated<Buffer[]>;
  is_open: Generated<boolean>;
}

export interface EstateStatementTable {
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

export interface TopUpBatchTable {
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

export interface TopUpFileTable {
  batch_id: string;
  n: number;
  first_house: number;
  last_house: number;
  file_cipher: Buffer;
}

// 0021 What a developer works with

export interface BatchDepositTable {
  application_id: bigint;
  institution_id: number;
  estate_id: number;
  created_by: string;
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

export interface HouseImportProblemTable {
  import_id: string;
  n: number;
  line: number;
  column_name: string;
  reason: string;
}

export interface ClearanceCertificateTable {
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

// 0019 Institution registration

export interface InstitutionRegistrationTable {
  submission_key: string;
  browser_hash: Buffer;
  kind: InstitutionTable["kind"];
  form_cipher: Buffer;
  earlier_form_ciphers: Generated<Buffer[]>;
  saved_at: Date;
  phone_hash: Buffer | null;
  application_id: bigint | null;
  agreement_version: string | null;
  agreement_sha256: Buffer | null;
  agreed_at: Date | null;
  agreed_address_hash: Buffer | null;
  /** When the phone of the contact was proven by a code; null where none could be sent. */
  contact_proven_at: Date | null;
}

// 0027 The contact's phone, proven by a code

export interface ProvenContactTable {
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

/** What an estate's fund moved in one year; derived from entries (decision 0014). */
export interface EstateYearTable {
  estate_id: number;
  year: number;
  deposited_fen: bigint;
  interest_fen: bigint;
  used_fen: bigint;
  refunded_fen: bigint;
  other_fen: bigint;
  first_paid_fen: bigint;
}

/** Each use of an estate's fund that stands; derived from entries (decision 0014). */
export interface EstateUseTable {
  estate_id: number;
  n: number;
  book_date: CalendarDate;
  project_name: string;
  scope_words: string;
  house_count: number;
  amount_fen: bigint;
}

/** How an estate stands now; derived from the register and the balances (decision 0014). */
export interface EstateNowTable {
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
export interface CityBookTable {
  is_only: Generated<boolean>;
  settled_journal_id: Generated<bigint>;
  seen_journal_id: Generated<bigint>;
  seen_at: Date;
  mark: Generated<bigint>;
  refreshed_at: Date | null;
}

/** The figures of a year as somebody of the fund centre prepared them for 公示. */
export interface PreparedYearTable {
  id: GeneratedAlways<bigint>;
  year: number;
  content: string;
  content_hash: Buffer;
  prepared_by: number;
  prepared_at: Date;
}

/** Which preparation a second person locked, as which version of its year. */
export interface LockedYearTable {
  prepared_year_id: bigint;
  year: number;
  version: number;
  locked_by: number;
  locked_at: Date;
}

// 0036 What was printed

export interface IssuedSlipTable {
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

// 0038 Help

/** 办事窗口: where the fund centre is met, with the way there in words. */
export interface ServiceWindowTable {
  id: GeneratedAlways<number>;
  name: string;
  district_code: string | null;
  address: string;
  phone: Generated<string>;
  by_bus: Generated<string>;
  landmarks: Generated<string>;
  step_free: Generated<string>;
  handles: Generated<string>;
}

/** 网点: a branch of a custody bank, where payments are taken. */
export interface BankBranchTable {
  id: GeneratedAlways<number>;
  bank_code: string;
  name: string;
  district_code: string | null;
  address: string;
  phone: Generated<string>;
  hours: Generated<string>;
  step_free: Generated<string>;
  is_closed: Generated<boolean>;
}

/** Which files of `migrations/` ran on this database, and when. */
export interface SchemaMigrationTable {
  name: string;
  sha256: string;
  applied_at: Generated<Date>;
}

// 0039 A change that waits for a password

/** What was typed of a change while the password is asked for once more, encrypted. */
interface InstitutionChangeDraftTable {
  submission_key: string;
  institution_user_id: number;
  form_cipher: Buffer;
  saved_at: Date;
}

// 0033 Guides and downloads

export interface LocalRuleTable {
  slug: string;
  title: string;
  issuer: string;
  document_no: string;
  issued_on: CalendarDate;
  effective_from: CalendarDate;
  body: string;
  is_demonstration: Generated<boolean>;
}

export interface BlankFormTable {
  code: string;
  /** Of everything that the form is printed from. */
  source_hash: string;
  sha256: string;
  size_bytes: number;
  published_on: CalendarDate;
  updated_on: CalendarDate;
  download_count: Generated<number>;
}

/** Every table that the migrations make, as Kysely reads and writes it. */
export interface Database {
  district: DistrictTable;
  bank: BankTable;
  custody_account: CustodyAccountTable;
  deposit_standard: DepositStandardTable;
  city_setting: CitySettingTable;
  estate: EstateTable;
  estate_alias: EstateAliasTable;
  building: BuildingTable;
  house: HouseTable;
  house_owner: HouseOwnerTable;
  ledger_account: LedgerAccountTable;
  journal: JournalTable;
  entry: EntryTable;
  house_balance: HouseBalanceTable;
  payment_notice: PaymentNoticeTable;
  payment_notice_house: PaymentNoticeHouseTable;
  bank_receipt: BankReceiptTable;
  bank_teller: BankTellerTable;
  application_kind: ApplicationKindTable;
  application_transition: ApplicationTransitionTable;
  application: ApplicationTable;
  application_event: ApplicationEventTable;
  session: SessionTable;
  audit_event: AuditEventTable;
  captcha_challenge: CaptchaChallengeTable;
  demo_outbox: DemoOutboxTable;
  news_article: NewsArticleTable;
  news_version: NewsVersionTable;
  news_file: NewsFileTable;
  news_version_file: NewsVersionFileTable;
  news_event: NewsEventTable;
  download_file: DownloadFileTable;
  local_rule: LocalRuleTable;
  blank_form: BlankFormTable;
  rate_limit: RateLimitTable;
  staff_member: StaffMemberTable;
  staff_role: StaffRoleTable;
  application_contact: ApplicationContactTable;
  calendar_day: CalendarDayTable;
  supporting_document: SupportingDocumentTable;
  unrecorded_deposit: UnrecordedDepositTable;
  owner_refund: OwnerRefundTable;
  owner_refund_claim: OwnerRefundClaimTable;
  disbursement_voucher: DisbursementVoucherTable;
  bank_disbursement: BankDisbursementTable;
  former_house_owner: FormerHouseOwnerTable;
  one_time_code: OneTimeCodeTable;
  sms_message: SmsMessageTable;
  owner_account: OwnerAccountTable;
  owner_house: OwnerHouseTable;
  house_link: HouseLinkTable;
  institution: InstitutionTable;
  institution_estate: InstitutionEstateTable;
  institution_user: InstitutionUserTable;
  institution_change: InstitutionChangeTable;
  institution_change_draft: InstitutionChangeDraftTable;
  estate_statement: EstateStatementTable;
  top_up_batch: TopUpBatchTable;
  top_up_file: TopUpFileTable;
  batch_deposit: BatchDepositTable;
  house_import: HouseImportTable;
  house_import_problem: HouseImportProblemTable;
  clearance_certificate: ClearanceCertificateTable;
  institution_registration: InstitutionRegistrationTable;
  institution_event: InstitutionEventTable;
  proven_contact: ProvenContactTable;
  estate_year: EstateYearTable;
  estate_use: EstateUseTable;
  estate_now: EstateNowTable;
  city_book: CityBookTable;
  prepared_year: PreparedYearTable;
  locked_year: LockedYearTable;
  issued_slip: IssuedSlipTable;
  service_window: ServiceWindowTable;
  bank_branch: BankBranchTable;
  schema_migration: SchemaMigrationTable;
}
