import { join } from "node:path";
import type { SlipMark } from "#src/platform/issued-slips/issue-slips.ts";
import { code128, qrCode } from "#src/platform/pdf/barcodes.ts";
import type { Printer } from "#src/platform/pdf/printer.ts";

const TEMPLATE = join(import.meta.dirname, "payment-notice.typ");

/** Printed across all three copies of a notice that nobody may pay any more. */
export type PaymentNoticeOverprint = "已作废" | "已过期" | "已交款";

/** The houses of a batch (清册): number, house code, address, area, standard and amount of each, as printed. */
export interface PaymentNoticeRoster {
  rows: readonly (readonly [
    n: string,
    code: string,
    address: string,
    area: string,
    standard: string,
    amount: string,
  ])[];
}

/**
 * What stands on a 交款通知单, every value formatted and masked by the caller; the slip adds words and layout
 * only. Field list: domain.md §2.5; masking: §5.7.
 */
export interface PaymentNoticeSlipData {
  /** Name of the fund centre under the title. */
  authority: string;
  /** The eighteen digits of 业务单编号, for the bar code. */
  number: string;
  /** The same in groups, "1126 1123 0482 7195 37". */
  numberGroups: string;
  /** Last day on which the bank takes it, "2026-12-08". */
  expires: string;
  /** 坐落 unless told, and so on: what the cells of a batch hold has other names. */
  placeLabel?: string;
  houseCodeLabel?: string;
  payerLabel?: string;
  address: string;
  houseCode: string;
  /** Masked, "张**"; a company in full. */
  payer: string;
  /** Kind and last digits, "尾号 002X"; "—" when no document was given. */
  payerDocument: string;
  /** Masked, "138****5678". */
  payerPhone: string;
  /** With unit and kind of measurement, "98.76 ㎡（实测）". */
  area: string;
  /** "120.00 元/㎡". */
  standard: string;
  /** 首次交款, 续交… */
  depositKind: string;
  /** "10,742.40", without currency sign. */
  amountYuan: string;
  /** "人民币壹万零柒佰肆拾贰元肆角整"; the prefix may be left out. */
  amountCapitals: string;
  accountName: string;
  accountBranch: string;
  accountNumber: string;
  /** Where the customer may pay, as it follows 到: "示例银行任一网点". */
  payAt: string;
  /** 公众服务平台自助, or the desk and operator. */
  channel: string;
  /** "2026-11-23 10:43". */
  printedAt: string;
  /** How often this notice has been printed, this time included. */
  printCount: number;
  /** Absolute address of the public status page with the slip's code, in the QR code. */
  statusUrl: string;
  /** What 验真 is asked with. */
  mark: Pick<SlipMark, "codeGroups" | "verifyPlace">;
  overprint?: PaymentNoticeOverprint;
  /** Of a batch: the list of its houses, on pages of its own. */
  roster?: PaymentNoticeRoster;
}

/**
 * Prints 交款通知单 as one A4 page with 客户联, 银行联 and 留存联; of a batch the 清册 follows. `createdAt` is the instant of `printedAt`;
 * the same data and instant give the same bytes. Rejects with a PrinterError.
 */
export async function renderPaymentNotice(
  printer: Printer,
  data: PaymentNoticeSlipData,
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
