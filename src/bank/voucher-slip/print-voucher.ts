import { formatShanghaiTime, shanghaiDate } from "#src/kernel/calendar-date.ts";
import { maskName } from "#src/kernel/masking.ts";
import type { Db } from "#src/platform/database/client.ts";
import { issueSlip } from "#src/platform/issued-slips/issue-slips.ts";
import type { Printer } from "#src/platform/pdf/printer.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import {
  type DisbursementVoucher,
  readCodeForPrint,
  type VoucherState,
  voucherStateNow,
} from "../find-voucher.ts";
import { renderVoucher, type VoucherOverprint, type VoucherSlipData } from "./voucher-slip.ts";
import { VOUCHER_SLIP } from "./voucher-worth.ts";

/** What a printed voucher needs besides the voucher itself. */
export interface VoucherPrintDeps {
  printer: Printer;
  /** Reads the authorisation code, and makes the code of the slip. */
  personalData: PersonalData;
  fundCentreName: string;
  /** The deployment's public address, for the QR code. */
  publicUrl: string;
}

/** What stands on a voucher however often and in whatever state it is printed. */
export type VoucherContent = Omit<
  VoucherSlipData,
  "code" | "mark" | "overprint" | "printCount" | "printedAt" | "statusUrl"
>;

const OVERPRINTS: Partial<Record<VoucherState, VoucherOverprint>> = {
  paid: "已付款",
  expired: "已过期",
  cancelled: "已作废",
  failed: "已作废",
};

/** Writes a voucher into the register of slips, counts the print and prints it with its authorisation code. */
export async function printVoucherSlip(
  deps: VoucherPrintDeps,
  db: Db,
  { voucher, content }: { voucher: DisbursementVoucher; content: VoucherContent },
  now: Date,
): Promise<Uint8Array> {
  // The register of owners may name another person later; that changes nothing about what is paid.
  const { payeeDocument: _, ...lasting } = content;
  const slip = {
    subject: voucher.no,
    datedOn: voucher.expiresOn,
    amountFen: voucher.amountFen,
    party: maskName(voucher.payeeName),
    about: content.address,
    content: lasting,
  };
  const { kind } = VOUCHER_SLIP;
  const mark = await issueSlip(deps, db, { kind, isOwnNumber: true }, slip, now);
  const { code, printCount } = await readCodeForPrint(db, voucher.no, deps.personalData);
  const overprint = OVERPRINTS[voucherStateNow(voucher, { today: shanghaiDate(now), at: now })];
  const asked = `code=${mark.code}&slip=${voucher.no}`;
  const data = {
    ...content,
    code,
    mark,
    printedAt: formatShanghaiTime(now),
    printCount,
    statusUrl: `${deps.publicUrl}/applications/${voucher.applicationNumber}?${asked}#${voucher.no}`,
    ...(overprint === undefined ? {} : { overprint }),
  };
  return await renderVoucher(deps.printer, data, now);
}
