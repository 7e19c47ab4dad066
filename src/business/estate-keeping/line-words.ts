import { DEPOSIT_KIND_WORDS } from "#src/bank/deposit-kinds.ts";
import type { EstateLine, LineGroup } from "#src/ledger/estate-lines.ts";

/** The groups of lines in the order in which they can be chosen. */
export const LINE_GROUP_WORDS: Readonly<Record<LineGroup, string>> = {
  "deposits-and-refunds": "交存和退款",
  deposits: "只看交存",
  refunds: "只看退款",
  uses: "使用分摊",
  interest: "结息",
  all: "全部收支",
};

/** Says what a line was, in a few words. */
export function lineWords(line: EstateLine): string {
  const words = kindWords(line);
  return line.isReversal ? `冲正：${words}` : words;
}

function kindWords({ kind, depositKind, principalFen, interestFen }: EstateLine): string {
  switch (kind) {
    case "deposit":
      return depositKind === null ? "交款" : DEPOSIT_KIND_WORDS[depositKind];
    case "refund":
      return "退款";
    case "use":
      return "维修分摊";
    case "interest":
      return "结息";
    case "house-merge":
      return principalFen + interestFen > 0n ? "房屋合并转入" : "房屋合并转出";
    default:
      return "转入余额";
  }
}
