import { sql } from "kysely";
import type { ApplicationNumber } from "#src/kernel/application-number.ts";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Fen } from "#src/kernel/money.ts";
import type { Tx } from "#src/platform/database/client.ts";
import type { DisbursementVoucherTable } from "#src/platform/database/tables/bank.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { authorisationCodeHash, newAuthorisationCode } from "./authorisation-code.ts";

/** What paying a voucher does to the register, besides the money. */
export type HouseEffect =
  | { kind: "none" | "closed" | "owner-cleared" | "exempt" }
  | { kind: "area-corrected"; areaHundredths: number };

/** How much goes back, and how much of the principal had counted as first deposit. */
export interface RefundSplit {
  principalFen: Fen;
  interestFen: Fen;
  firstDepositFen: Fen;
  /** Null exactly when nothing of it was a first deposit. */
  depositKind: NonNullable<DisbursementVoucherTable["deposit_kind"]> | null;
}

/** A disbursement voucher to be issued for what its application claims. */
export interface NewVoucher {
  no: ApplicationNumber;
  applicationId: bigint;
  split: RefundSplit;
  effect: HouseEffect;
  /** Kept with the ledger's journal for the house's detail; nothing personal. */
  basis: object;
  /** `staff:username` */
  approvedBy: string;
  issuedAt: Date;
  /** The last day on which the bank pays. */
  expiresOn: CalendarDate;
}

/** Everything but `issued` reserved nothing and wrote nothing. */
export type VoucherIssue =
  | "issued"
  | "house-closed"
  | "open-voucher"
  | "balance-short"
  | "balance-changed";

/**
 * Approves a refund: reserves its money and issues the disbursement voucher (退款支款单), both or neither.
 * Payee and account are those of the application's last claim; the database refuses at commit a voucher
 * whose amount is not the claimed one (WX021).
 */
export async function issueVoucher(
  tx: Tx,
  voucher: NewVoucher,
  personalData: PersonalData,
): Promise<VoucherIssue> {
  const { split, effect } = voucher;
  const code = newAuthorisationCode();
  const { rows } = await sql<{ outcome: VoucherIssue }>`
    select issue_disbursement_voucher(${voucher.no}, ${voucher.applicationId.toString()}::bigint,
      ${split.principalFen.toString()}::bigint, ${split.interestFen.toString()}::bigint,
      ${split.firstDepositFen.toString()}::bigint, ${split.depositKind}, ${effect.kind},
      ${effect.kind === "area-corrected" ? effect.areaHundredths : null}::integer,
      ${JSON.stringify(voucher.basis)}::jsonb, ${personalData.encrypt(code)},
      ${authorisationCodeHash(personalData, voucher.no, code)}, ${voucher.approvedBy},
      ${voucher.issuedAt}, ${voucher.expiresOn}::date) as outcome`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new Error("the issuing function answered nothing");
  return row.outcome;
}
