import { join } from "node:path";
import type { markData } from "#src/platform/issued-slips/mark-data.ts";
import { qrCode } from "#src/platform/pdf/barcodes.ts";
import type { Printer } from "#src/platform/pdf/printer.ts";

const TEMPLATE = join(import.meta.dirname, "statement.typ");

/** What stands on a statement to post, every value formatted by the caller. It names nobody. */
export interface StatementSlipData {
  authority: string;
  estateName: string;
  estateNumber: string;
  periodWords: string;
  /** "2026-07-01 至 2026-09-30" */
  days: string;
  number: string;
  version: number;
  lockedBy: string;
  lockedAt: string;
  hash: string;
  /** The heads of the amounts, in the order of the addition. */
  heads: readonly string[];
  totals: readonly string[];
  houseCount: number;
  buildings: readonly { label: string; houseCount: number; amounts: readonly string[] }[];
  /** A large estate's houses are printed in several parts, counted from 1; totals stand on the first. */
  part: number;
  parts: number;
  houses: readonly { number: string; words: string; area: string; amounts: readonly string[] }[];
  /** Where anybody sees the estate's figures of today. */
  estateUrl: string;
  /** What 验真 is asked with. */
  mark: ReturnType<typeof markData>;
}

/** Prints 收支公示 as A4 pages whose tables repeat their heads. The same data and instant give the same bytes. */
export async function renderStatement(
  printer: Printer,
  data: StatementSlipData,
  createdAt: Date,
): Promise<Uint8Array> {
  return await printer.print({
    template: TEMPLATE,
    createdAt,
    data: { ...data, estateCode: qrCode(data.estateUrl).svg },
  });
}
