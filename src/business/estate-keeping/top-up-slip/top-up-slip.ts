import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { SlipMark } from "#src/platform/issued-slips/issue-slips.ts";
import { markData } from "#src/platform/issued-slips/mark-data.ts";
import { qrCode } from "#src/platform/pdf/barcodes.ts";
import type { Printer } from "#src/platform/pdf/printer.ts";

const TEMPLATE = join(import.meta.dirname, "top-up.typ");

/** What stands on the 续交通知 of one house, every value formatted by the caller. It names nobody. */
export interface TopUpNotice {
  houseCode: string;
  address: string;
  /** "98.76 ㎡" */
  area: string;
  /** 首期应交, "11,851.20"; "—" without a standard that can be computed. */
  dueYuan: string;
  /** 首期已交. */
  firstPaidYuan: string;
  balanceYuan: string;
  /** What the balance must not fall below. */
  lineYuan: string;
  /** What the balance is restored to. */
  targetYuan: string;
  topUpYuan: string;
  topUpCapitals: string;
  /** Where this house's top-up is applied for. */
  depositUrl: string;
}

/** A notice with what 验真 is asked with. */
export interface MarkedTopUpNotice extends TopUpNotice {
  mark: SlipMark;
}

/** What the notices of one print share. */
export interface TopUpSlipData {
  /** Who keeps the fund. */
  authority: string;
  /** Who gives the notice out: property company or committee. */
  issuer: string;
  issuedOn: string;
  triggerPercent: number;
  targetPercent: number;
  /** The city's own rule, where it named one; may be empty. */
  cityRule: string;
  /** "示例银行任一网点" */
  payAt: string;
  /** Where the estate is, as an envelope has it; may be empty. */
  estateAddress: string;
  notices: readonly MarkedTopUpNotice[];
}

/** Prints 续交通知, one A4 page a house. The same data and instant give the same bytes. Rejects with a PrinterError. */
export async function renderTopUpNotices(
  printer: Printer,
  data: TopUpSlipData,
  createdAt: Date,
): Promise<Uint8Array> {
  const notices: unknown[] = [];
  for (const notice of data.notices) {
    // Codes are reckoned here: between two letters whoever waits for a page gets his turn.
    await setImmediate();
    const depositCode = qrCode(notice.depositUrl).svg;
    notices.push({ ...notice, depositCode, mark: markData(notice.mark) });
  }
  return await printer.print({ template: TEMPLATE, createdAt, data: { ...data, notices } });
}
