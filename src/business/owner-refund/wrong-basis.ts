import type { RefundReasonCode } from "#src/platform/database/tables/application-records.ts";
import { type NoRefund, type RefundFacts, reasonRefusal, refundObstacle } from "./rules.ts";
import { basisField, type TypedBasis } from "./schema.ts";

/**
 * The field that a refusal is to be told beside: what was typed there gives nothing back, something else would.
 * Null where it is not the field's fault, but the house's or the reason's.
 */
export function wrongBasisField(
  reason: RefundReasonCode,
  facts: RefundFacts,
  why: NoRefund,
): keyof TypedBasis | null {
  const isBeyondTyping = refundObstacle(facts) !== null || reasonRefusal(reason, facts) === why;
  return isBeyondTyping ? null : basisField(reason);
}
