import { addFen, type Fen, subtractFen } from "#src/kernel/money.ts";
import type { Worksheet } from "./load-worksheet.ts";
import type { OpenItem } from "./open-item.ts";
import { sumAmounts } from "./statement.ts";

/** 银行存款余额调节表: how the bank's balance and the books' come together through what is open on either side. */
export interface BalanceBridge {
  bankFen: Fen;
  bankOnlyFen: Fen;
  ledgerOnlyFen: Fen;
  /** What the bank would hold if both knew everything; the books' balance, unless something older is amiss. */
  adjustedFen: Fen;
  bookFen: Fen;
}

/**
 * Bridges the two balances of a statement's last day. What was matched although the books have it on a later day counts
 * for the books as well.
 */
export function bridgeBalances(
  sheet: Worksheet,
  { closingFen, bookFen, lastDay }: { closingFen: Fen; bookFen: Fen; lastDay: string },
): BalanceBridge {
  const sumOf = (side: OpenItem["side"]) =>
    sumAmounts(
      sheet.items.flatMap((item) => (item.side === side ? [{ amountFen: amountOf(item) }] : [])),
    );
  const later = sheet.matches.filter(({ movement }) => movement.day > lastDay);
  const bankOnlyFen = sumOf("bank");
  const ledgerOnlyFen = sumOf("ledger");
  return {
    bankFen: closingFen,
    bankOnlyFen,
    ledgerOnlyFen,
    adjustedFen: addFen(subtractFen(closingFen, bankOnlyFen), ledgerOnlyFen),
    bookFen: addFen(bookFen, sumAmounts(later.map(({ movement }) => movement))),
  };
}

/** The amount of a difference on its own side; money in is positive. */
export function amountOf(item: OpenItem): Fen {
  return item.side === "bank" ? item.line.amountFen : item.movement.amountFen;
}
