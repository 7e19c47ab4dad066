import { z } from "zod";
import { formatArea } from "#src/kernel/area.ts";
import { type Fen, fen, formatYuan } from "#src/kernel/money.ts";
import type { RefundReasonCode } from "#src/platform/database/tables/application-records.ts";
import { standardText } from "#src/register/standards/standard-text.ts";
import type { RefundBasis, RefundFacts, RefundOffer } from "./rules.ts";

const fenText = z
  .string()
  .regex(/^[0-9]{1,15}$/)
  .transform((text) => fen(BigInt(text)));

/** What a claim was computed from, kept with it and later with the ledger's journal. Nothing personal. */
const claimBasis = z.object({
  newAreaHundredths: z.number().int().positive().nullable(),
  journalId: z
    .string()
    .regex(/^[0-9]{1,18}$/)
    .nullable(),
  askedFen: fenText.nullable(),
  /** The arithmetic in words, as the owner saw it. */
  arithmetic: z.string(),
});
export type ClaimBasis = z.infer<typeof claimBasis>;

/** Reads a kept basis. Throws when it was not written by this program. */
export function readClaimBasis(kept: unknown): ClaimBasis {
  return claimBasis.parse(kept);
}

/** The part of a kept basis that the amount is computed from again. */
export function basisOf(kept: ClaimBasis): RefundBasis {
  return {
    newAreaHundredths: kept.newAreaHundredths,
    journalId: kept.journalId === null ? null : BigInt(kept.journalId),
    askedFen: kept.askedFen,
  };
}

/** Writes a basis down, with the arithmetic in words. */
export function keepBasis(basis: RefundBasis, arithmetic: string): object {
  return {
    newAreaHundredths: basis.newAreaHundredths,
    journalId: basis.journalId?.toString() ?? null,
    askedFen: basis.askedFen?.toString() ?? null,
    arithmetic,
  };
}

/** Says in words how an amount came about, with its figures. */
export function arithmeticText(
  reason: RefundReasonCode,
  facts: RefundFacts,
  basis: RefundBasis,
  offer: RefundOffer,
): string {
  const { house, balance } = facts;
  const yuan = (amount: Fen) => `${formatYuan(amount)} 元`;
  const whole = `本金 ${yuan(offer.principalFen)} + 利息 ${yuan(offer.interestFen)}`;
  switch (reason) {
    case "R01":
    case "R06":
      return `全部余额：${whole}`;
    case "R02":
      return `已交 ${yuan(balance.firstPaidFen)} − 应交 ${yuan(house.dueFen ?? fen(0))}`;
    case "R03": {
      const standard = house.standard === null ? "" : standardText(house.standard);
      const [before, after] = [house.areaHundredths, basis.newAreaHundredths ?? 0].map(formatArea);
      return `（登记 ${before} ㎡ − 实测 ${after} ㎡）× ${standard}`;
    }
    case "R04":
    case "R05": {
      const deposit = facts.deposits.find((one) => one.journalId === basis.journalId);
      return deposit === undefined
        ? ""
        : `${deposit.valueDate} 到账的 ${yuan(deposit.principalFen)}`;
    }
    case "R07":
      return `按批准文件：${whole}`;
  }
}
