import { join } from "node:path";
import type { SlipMark } from "#src/platform/issued-slips/issue-slips.ts";
import { code128, qrCode } from "#src/platform/pdf/barcodes.ts";
import type { Printer } from "#src/platform/pdf/printer.ts";

const TEMPLATE = join(import.meta.dirname, "voucher.typ");

/** Printed across both copies of a voucher that nobody may be paid on any more. */
export type VoucherOverprint = "已作废" | "已过期" | "已付款";

/**
 * What stands on a 退款支款单, every value formatted by the caller; the slip adds words and layout only. Payee
 * and account are in clear, since the bank pays by them; the slip is printed for its applicant alone.
 */
export interface VoucherSlipData {
  /** Name of the fund centre under the title. */
  authority: string;
  /** The eighteen digits of 支款单号, for the bar code. */
  number: string;
  /** The same in groups. */
  numberGroups: string;
  /** The refund's own number, in groups. */
  applicationGroups: string;
  /** Last day on which the bank pays, "2026-12-23". */
  expires: string;
  address: string;
  houseCode: string;
  /** 退款原因 */
  purpose: string;
  /** Number of the payment notice that is given back, in groups; "—" without one. */
  originalNotice: string;
  payeeName: string;
  payeeAccount: string;
  payeeBank: string;
  /** Kind and last digits, "尾号 002X". */
  payeeDocument: string;
  principalYuan: string;
  interestYuan: string;
  amountYuan: string;
  amountCapitals: string;
  /** The custody account that pays. */
  accountName: string;
  accountBranch: string;
  accountNumber: string;
  /** Who took it on, reviewed and approved it, by their work names. */
  approvers: string;
  /** Eight digits, printed on the bank's copy only. */
  code: string;
  /** Where it is paid, as it follows 到. */
  payAt: string;
  printedAt: string;
  printCount: number;
  /** Absolute address of the public status page with the voucher's number behind it, in the QR code. */
  statusUrl: string;
  /** What 验真 is asked with. */
  mark: Pick<SlipMark, "codeGroups" | "verifyPlace">;
  overprint?: VoucherOverprint;
}

/**
 * Prints 退款支款单 as one A4 page with 银行联 and 客户联. `createdAt` is the instant of `printedAt`; the same data
 * and instant give the same bytes. Rejects with a PrinterError.
 */
export async function renderVoucher(
  printer: Printer,
  data: VoucherSlipData,
  createdAt: Date,
): Promise<Uint8Array> {
  return await printer.print({
    template: TEMPLATE,
    createdAt,
    data: {
      ...data,
      numberCode: code128(data.number).svg,
      statusCode: qrCode(data.statusUrl).svg,
    },
  });
}
