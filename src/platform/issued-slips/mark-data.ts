import { qrCode } from "../pdf/barcodes.ts";
import type { SlipMark } from "./issue-slips.ts";

/** What a template draws the line of 验真 from, with a QR code that opens it. */
export function markData(mark: SlipMark) {
  const { numberGroups, codeGroups, verifyPlace, verifyUrl } = mark;
  return { numberGroups, codeGroups, verifyPlace, verifyUrl, verifyCode: qrCode(verifyUrl).svg };
}
