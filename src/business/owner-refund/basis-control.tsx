import { DEPOSIT_KIND_WORDS } from "#src/bank/deposit-kinds.ts";
import { groupNumber } from "#src/kernel/application-number.ts";
import { formatYuan } from "#src/kernel/money.ts";
import { AREA_DECIMALS } from "#src/register/house-fields.ts";
import { Choices } from "#src/ui/form/choices.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { TextField } from "#src/ui/form/text-field.tsx";
import type { RefundReason } from "./reasons.ts";
import { type PaidDeposit, payableDeposits, type RefundFacts } from "./rules.ts";
import type { TypedBasis } from "./schema.ts";

interface BasisProps {
  reason: RefundReason;
  basis: TypedBasis;
  errors: FormErrors;
  facts: Pick<RefundFacts, "deposits">;
}

/** The field that a reason's amount depends on; null for a reason without. */
export function basisControl({ reason, facts, basis, errors }: BasisProps) {
  switch (reason.code) {
    case "R03":
      return (
        <TextField
          name="newArea"
          label="实测建筑面积"
          hint={`照实测报告或不动产权证填写，${AREA_DECIMALS}`}
          inputMode="decimal"
          suffix="㎡"
          width="short"
          value={basis.newArea}
          error={errors["newArea"]}
        />
      );
    case "R04":
    case "R05":
      return (
        <Choices
          name="payment"
          label={reason.code === "R04" ? "重复的是哪一笔" : "交错的是哪一笔"}
          options={payableDeposits(reason.code, facts.deposits).map(depositChoice)}
          value={basis.payment}
          error={errors["payment"]}
        />
      );
    case "R07":
      return (
        <TextField
          name="asked"
          label="退款金额"
          hint="照批准文件填写，不超过余额"
          inputMode="decimal"
          suffix="元"
          width="short"
          value={basis.asked}
          error={errors["asked"]}
        />
      );
    default:
      return null;
  }
}

function depositChoice(deposit: PaidDeposit) {
  const kind = deposit.depositKind === null ? "交款" : DEPOSIT_KIND_WORDS[deposit.depositKind];
  return {
    value: deposit.journalId.toString(),
    label: `${formatYuan(deposit.principalFen)} 元`,
    hint: [
      `${deposit.valueDate} 到账`,
      kind,
      deposit.noticeNo === null ? "" : `通知单 ${groupNumber(deposit.noticeNo)}`,
    ]
      .filter(Boolean)
      .join("，"),
  };
}
