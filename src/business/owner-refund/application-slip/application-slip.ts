import { join } from "node:path";
import type { SlipMark } from "#src/platform/issued-slips/issue-slips.ts";
import { code128, qrCode } from "#src/platform/pdf/barcodes.ts";
import type { Printer } from "#src/platform/pdf/printer.ts";

const TEMPLATE = join(import.meta.dirname, "application.typ");

/** Printed across an application that is over. */
export type ApplicationOverprint = "已撤销" | "不予受理";

/** One step of the fund centre as the slip's boxes show it. */
export interface OpinionBox {
  /** 受理, 审核, 审批 */
  title: string;
  /** What was decided and when; empty while nobody has. */
  opinion: string;
}

/**
 * What stands on a 退款申请单, every value formatted and masked by the caller; the slip adds words and layout
 * only. It releases no money: only the 退款支款单 does (manual, D2).
 */
export interface ApplicationSlipData {
  authority: string;
  number: string;
  numberGroups: string;
  address: string;
  houseCode: string;
  area: string;
  standard: string;
  reason: string;
  legalBasis: string;
  /** The payments of the house: number, day and amount, or "无". */
  originalPayment: string;
  principalYuan: string;
  interestYuan: string;
  amountYuan: string;
  amountCapitals: string;
  arithmetic: string;
  /** Masked. */
  payeeName: string;
  /** Masked. */
  payeeAccount: string;
  payeeBank: string;
  /** Masked. */
  phone: string;
  statement: string;
  documents: readonly { title: string; files: string }[];
  opinions: readonly OpinionBox[];
  submittedAt: string;
  printedAt: string;
  statusUrl: string;
  /** What 验真 is asked with. */
  mark: Pick<SlipMark, "codeGroups" | "verifyPlace">;
  overprint?: ApplicationOverprint;
}

/** Prints 退款申请单 as one A4 page. The same data and instant give the same bytes. Rejects with a PrinterError. */
export async function renderRefundApplication(
  printer: Printer,
  data: ApplicationSlipData,
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
