import type { Generated, GeneratedAlways } from "kysely";
import type { InstitutionTable } from "./accounts.ts";
import type { Json } from "./json-column.ts";

/** What an application of one kind asks for, beside what all have. */
export interface ApplicationRecordTables {
  unrecorded_deposit: UnrecordedDepositTable;
  owner_refund: OwnerRefundTable;
  owner_refund_claim: OwnerRefundClaimTable;
  house_link: HouseLinkTable;
  institution_registration: InstitutionRegistrationTable;
  institution_change: InstitutionChangeTable;
  institution_change_draft: InstitutionChangeDraftTable;
  batch_deposit: BatchDepositTable;
}

interface OwnerRefundTable {
  application_id: bigint;
  estate_id: number;
  house_id: bigint;
  owner_n: number;
  is_open: GeneratedAlways<boolean>;
}

/** The reasons that are offered to owners; R08 is for institutions. */
export type RefundReasonCode = "R01" | "R02" | "R03" | "R04" | "R05" | "R06" | "R07";

interface OwnerRefundClaimTable {
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

interface UnrecordedDepositTable {
  submission_key: string;
  browser_hash: Buffer;
  estate_id: number;
  form_cipher: Buffer;
  earlier_form_ciphers: Generated<Buffer[]>;
  saved_at: Date;
  application_id: bigint | null;
}

interface HouseLinkTable {
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

interface InstitutionChangeTable {
  application_id: bigint;
  institution_id: number;
  change_cipher: Buffer;
  /** What was asked for before it was corrected. */
  earlier_change_ciphers: Generated<Buffer[]>;
  is_open: Generated<boolean>;
}

interface BatchDepositTable {
  application_id: bigint;
  institution_id: number;
  estate_id: number;
  created_by: string;
}

interface InstitutionRegistrationTable {
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

/** What was typed of a change while the password is asked for once more, encrypted. */
interface InstitutionChangeDraftTable {
  submission_key: string;
  institution_user_id: number;
  form_cipher: Buffer;
  saved_at: Date;
}
