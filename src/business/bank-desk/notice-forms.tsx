import type { PaymentNotice } from "#src/bank/find-notice.ts";
import { formatYuan, plainYuan } from "#src/kernel/money.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Disclosure } from "#src/ui/box/disclosure.tsx";
import { Actions, Button } from "#src/ui/form/button.tsx";
import { DateField } from "#src/ui/form/date-field.tsx";
import { Form, HiddenField } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { TextField } from "#src/ui/form/text-field.tsx";

/** What the forms about one notice are shown with. */
export interface NoticeFormProps {
  notice: PaymentNotice;
  typed: { bankRef: string; valueDate: string; reason: string };
  errors: FormErrors;
}

/** 确认到账: the money is there, and goes to the house or the houses. */
export function ConfirmForm(props: NoticeFormProps) {
  const { notice, errors } = props;
  const base = `/bank/notices/${notice.no}`;
  return (
    <Form action={`${base}/confirm`} label="确认到账">
      <ReceiptFields {...props} hasFocus={Object.keys(errors).length === 0} />
      <p class="quiet">
        确认后 ¥{formatYuan(notice.amountFen)} 记入{accountWords(notice)}，当天可以冲正。
      </p>
      <Actions>
        <Button kind="primary" isLarge hotkey="F9">
          确认到账 {formatYuan(notice.amountFen)} 元
        </Button>
        <Button formAction={`${base}/release`} hotkey="Escape">
          放弃，解除锁定
        </Button>
      </Actions>
    </Form>
  );
}

/** Money that was taken for a notice that is no longer valid: it goes to the suspended receipts. */
export function LateMoneyForm(props: NoticeFormProps) {
  const { notice, errors } = props;
  return (
    <Card>
      <Disclosure
        summary="钱已经收了？"
        isOpen={errors["bankRef"] !== undefined || errors["valueDate"] !== undefined}
      >
        <p>已经收到的钱请在这里登记，记入待清算款项，由维修资金管理中心退回或入账。</p>
        <Form action={`/bank/notices/${notice.no}/confirm`} label="登记已收的钱">
          <ReceiptFields {...props} />
          <Actions>
            <Button>登记到待清算</Button>
          </Actions>
        </Form>
      </Disclosure>
    </Card>
  );
}

/** What the bank's own books say of the money, with the amount that the teller saw. */
function ReceiptFields(props: NoticeFormProps & { hasFocus?: boolean }) {
  const { notice, typed, errors } = props;
  return (
    <>
      <HiddenField name="amountSeen" value={plainYuan(notice.amountFen)} />
      <TextField
        name="bankRef"
        label="银行流水号"
        autocomplete="off"
        width="long"
        value={typed.bankRef}
        error={errors["bankRef"]}
        hasFocus={props.hasFocus}
      />
      <DateField
        name="valueDate"
        label="到账日期"
        value={typed.valueDate}
        error={errors["valueDate"]}
      />
    </>
  );
}

/** 冲正: what was booked today by mistake is taken back. */
export function ReversalForm({ notice, typed, errors }: NoticeFormProps) {
  return (
    <Card>
      <Disclosure summary="收错了？当天可以冲正" isOpen={errors["reason"] !== undefined}>
        <Form action={`/bank/notices/${notice.no}/reverse`} label="冲正">
          <TextField
            name="reason"
            label="冲正原因"
            hint="例如 金额收错、收错通知单"
            width="long"
            value={typed.reason}
            error={errors["reason"]}
          />
          <Actions>
            <Button kind="danger">冲正 ¥{formatYuan(notice.amountFen)}</Button>
          </Actions>
        </Form>
      </Disclosure>
    </Card>
  );
}

/** Where the money of a notice goes, as the desk says it. */
export function accountWords(notice: PaymentNotice): string {
  return notice.house === null ? ` ${notice.houseCount} 套房屋各自的账户` : "房屋账户";
}
