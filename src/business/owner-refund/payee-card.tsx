import { Card } from "#src/ui/box/card.tsx";
import { CheckField } from "#src/ui/form/choices.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { TextArea, TextField } from "#src/ui/form/text-field.tsx";
import type { TypedRefund } from "./typed-refund.ts";

/** Where the money goes, and how its owner is told. */
export function PayeeCard({
  typed,
  errors,
  asksAccountCheck,
}: {
  typed: TypedRefund;
  errors: FormErrors;
  asksAccountCheck: boolean;
}) {
  return (
    <Card title="退款信息">
      <TextField
        name="payeeName"
        label="收款人户名"
        hint="必须是申请退款的业主本人"
        autocomplete="name"
        width="medium"
        value={typed.payeeName}
        error={errors["payeeName"]}
      />
      <TextField
        name="payeeAccount"
        label="收款账号"
        hint="银行卡号或账号，13 到 19 位数字"
        inputMode="numeric"
        width="medium"
        value={typed.payeeAccount}
        error={errors["payeeAccount"]}
      />
      {asksAccountCheck && (
        <CheckField
          name="isAccountChecked"
          label="我已对照银行卡核对，账号没有错"
          isChecked={typed.isAccountChecked === "yes"}
        />
      )}
      <TextField
        name="payeeBank"
        label="开户银行"
        hint="写到支行，例如 示例银行民生支行"
        width="medium"
        value={typed.payeeBank}
        error={errors["payeeBank"]}
      />
      <TextField
        name="phone"
        label="手机号码"
        hint="要补正或付款时，我们用它找您"
        type="tel"
        inputMode="tel"
        autocomplete="tel"
        width="short"
        value={typed.phone}
        error={errors["phone"]}
      />
      <TextArea
        name="statement"
        label="情况说明"
        hint="最多 300 个字"
        isOptional
        value={typed.statement}
        error={errors["statement"]}
      />
    </Card>
  );
}
