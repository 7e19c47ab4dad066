import type { DisbursementVoucher } from "#src/bank/find-voucher.ts";
import { formatYuan, plainYuan } from "#src/kernel/money.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Disclosure } from "#src/ui/box/disclosure.tsx";
import { Actions, Button } from "#src/ui/form/button.tsx";
import { Choices } from "#src/ui/form/choices.tsx";
import { DateField } from "#src/ui/form/date-field.tsx";
import { Form, HiddenField } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { TextField } from "#src/ui/form/text-field.tsx";
import { FAILURE_REASONS } from "./voucher-refusals.ts";

/** What the forms about one voucher are shown with. */
export interface VoucherFormProps {
  voucher: DisbursementVoucher;
  typed: {
    bankRef: string;
    valueDate: string;
    failure: string;
    failureWords: string;
  };
  errors: FormErrors;
}

/** 确认付款: the money has left, by the code that is printed for the bank alone. */
export function PayForm({ voucher, typed, errors }: VoucherFormProps) {
  const base = `/bank/vouchers/${voucher.no}`;
  return (
    <Form action={`${base}/pay`} label="确认付款">
      <HiddenField name="amountSeen" value={plainYuan(voucher.amountFen)} />
      <TextField
        name="code"
        label="授权码"
        hint="印在支款单银行联，8 位数字"
        inputMode="numeric"
        width="short"
        error={errors["code"]}
        hasFocus={Object.keys(errors).length === 0}
      />
      <TextField
        name="bankRef"
        label="银行流水号"
        width="long"
        value={typed.bankRef}
        error={errors["bankRef"]}
      />
      <DateField
        name="valueDate"
        label="付款日期"
        value={typed.valueDate}
        error={errors["valueDate"]}
      />
      <p class="quiet">先付款，再确认。确认后不能冲正。</p>
      <Actions>
        <Button kind="primary" isLarge hotkey="F9">
          确认付款 ¥{formatYuan(voucher.amountFen)}
        </Button>
        <Button formAction={`${base}/release`} hotkey="Escape">
          放弃，解除锁定
        </Button>
      </Actions>
    </Form>
  );
}

/** 付款失败: the money could not leave, and why. */
export function FailureForm({ voucher, typed, errors }: VoucherFormProps) {
  return (
    <Card>
      <Disclosure
        summary="付不出去？登记付款失败"
        isOpen={errors["failure"] !== undefined || errors["failureWords"] !== undefined}
      >
        <Form action={`/bank/vouchers/${voucher.no}/fail`} label="付款失败">
          <Choices
            name="failure"
            label="付款失败的原因"
            columns={3}
            options={Object.entries(FAILURE_REASONS).map(([value, label]) => ({ value, label }))}
            value={typed.failure}
            error={errors["failure"]}
          />
          <TextField
            name="failureWords"
            label="说明"
            hint="申请人能看到；请不要写账号、证件号码"
            isOptional
            width="long"
            value={typed.failureWords}
            error={errors["failureWords"]}
          />
          <Actions>
            <Button kind="danger">付款失败，退给申请人</Button>
          </Actions>
        </Form>
      </Disclosure>
    </Card>
  );
}
