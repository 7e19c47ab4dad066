import type { Fen } from "#src/kernel/money.ts";
import type { HouseStanding } from "#src/ledger/house-standing.ts";
import type { DepositKind } from "./deposit-kinds.ts";

/** The kinds of deposit that a house can be asked for. */
export const OFFERED_KINDS = ["00", "04", "02"] as const satisfies readonly DepositKind[];
export type OfferedKind = (typeof OFFERED_KINDS)[number];

/** What a house can deposit now, or why nothing. */
export type DepositOffer =
  | { ok: true; depositKind: OfferedKind; amountFen: Fen }
  | { ok: false; reason: "closed" | "provisional" | "exempt" | "no-standard" | "paid-in-full" };

/**
 * Decides what a house is asked for: the whole first deposit while nothing was paid, what is missing of
 * it once part was paid (a second first deposit is refused), and a top-up when the balance fell below the
 * trigger (Decree 165 art. 7, 8 and 17). The amount is computed and cannot be chosen.
 */
export function offerDeposit(
  standing: HouseStanding,
  status: "recorded" | "provisional" | "closed",
): DepositOffer {
  if (status === "provisional") return { ok: false, reason: "provisional" };
  switch (standing.kind) {
    case "unpaid":
      return { ok: true, depositKind: "00", amountFen: standing.dueFen };
    case "part-paid":
      return { ok: true, depositKind: "04", amountFen: standing.owedFen };
    case "below-trigger":
      return { ok: true, depositKind: "02", amountFen: standing.topUpFen };
    default:
      return { ok: false, reason: standing.kind };
  }
}
