import type { DisbursementVoucher, VoucherState } from "#src/bank/find-voucher.ts";
import { groupNumber } from "#src/kernel/application-number.ts";
import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { maskAccount } from "#src/kernel/masking.ts";
import { formatYuan, plainYuan } from "#src/kernel/money.ts";
import { rmbInCapitals } from "#src/kernel/rmb-capitals.ts";
import type { House } from "#src/register/find-house.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Confirmation } from "#src/ui/box/confirmation.tsx";
import { Disclosure } from "#src/ui/box/disclosure.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { Tag } from "#src/ui/drawing/tag.tsx";
import { Actions, Button } from "#src/ui/form/button.tsx";
import { Choices } from "#src/ui/form/choices.tsx";
import { DateField } from "#src/ui/form/date-field.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form, HiddenField } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { TextField } from "#src/ui/form/text-field.tsx";
import { type Fact, Facts } from "#src/ui/list/facts.tsx";
import { Amount } from "#src/ui/money/amount.tsx";
import { LockCountdown } from "#src/ui/progress/lock-countdown.tsx";
import { Desk, type DeskFrame, NumberForm } from "./desk-frame.tsx";
import type { PaidVoucher } from "./queries.ts";
import { deadVoucherWords, FAILURE_REASONS } from "./voucher-refusals.ts";

export interface VoucherPageProps extends DeskFrame {
  voucher: DisbursementVoucher;
  house: House;
  state: VoucherState;
  /** The desk that holds it is this one. */
  isMine: boolean;
  paid: PaidVoucher | null;
  /** Whether text messages leave the house. */
  isSmsAvailable: boolean;
  typed: {
    bankRef: string;
    valueDate: string;
    failure: string;
    failureWords: string;
  };
  errors: FormErrors;
  /** Right after 确认付款 or 付款失败: what was done. */
  done: "paid" | "failed" | null;
  now: Date;
}

/** One disbursement voucher at the desk: pay it, see it paid, or see why it may not be paid. */
export function VoucherPage(props: VoucherPageProps) {
  const { errors, done, isMine, voucher } = props;
  return (
    <Desk
      {...props}
      title="付款"
      hasErrors={Object.keys(errors).length > 0}
      isHeadedByChildren={done !== null}
    >
      <ErrorSummary errors={errors} />
      {done === "paid" && (
        <Confirmation title={`已付款 ¥${formatYuan(voucher.amountFen)}`}>
          <p>已记账，退款业务已办结。请在银行联和客户联上盖章。</p>
        </Confirmation>
      )}
      {done === "failed" && (
        <Confirmation title="已登记付款失败">
          <p>没有记账。冻结的钱已经解冻，申请人在办理进度里看得到原因，补正后重新开具支款单。</p>
        </Confirmation>
      )}
      <NumberForm typed="" error={undefined} hasFocus={done !== null} />
      {isMine ? <PayableVoucher {...props} /> : <ClosedVoucher {...props} />}
    </Desk>
  );
}

function PayableVoucher(props: VoucherPageProps) {
  const { voucher, now } = props;
  return (
    <>
      <section class="next-step" aria-labelledby="pay-title">
        <p class="tags-apart">
          <Tag tone="brand" icon="shield">
            已锁定给本柜面，
            {voucher.lockedUntil && (
              <LockCountdown until={voucher.lockedUntil} now={now}>
                到 {formatShanghaiTime(voucher.lockedUntil).slice(11)} 为止
              </LockCountdown>
            )}
          </Tag>
          <Tag tone="ok" mark="tick">
            可以付款，有效期至 {voucher.expiresOn}
          </Tag>
        </p>
        <h2 class="label" id="pay-title">
          请支付
        </h2>
        <p>
          <Amount fen={voucher.amountFen} size="desk" hasSign />
        </p>
        <p>{rmbInCapitals(voucher.amountFen)}</p>
        <Facts columns={2} facts={voucherFacts(props, voucher.payeeAccount)} />
        <PayForm {...props} />
      </section>
      <FailureForm {...props} />
    </>
  );
}

/** Payee and account stand in clear while the desk pays by them, and masked afterwards. */
function voucherFacts({ voucher, house, isMine }: VoucherPageProps, account: string): Fact[] {
  return [
    {
      label: "收款人",
      value: isMine ? voucher.payeeName : `${[...voucher.payeeName][0] ?? ""}**`,
    },
    { label: "收款账号", value: isMine ? groupNumber(account) : maskAccount(account) },
    { label: "开户银行", value: voucher.payeeBank },
    { label: "支款单号", value: groupNumber(voucher.no) },
    { label: "申请单号", value: groupNumber(voucher.applicationNumber) },
    { label: "坐落", value: house.address },
    {
      label: "其中",
      value: `本金 ${formatYuan(voucher.principalFen)} 元，利息 ${formatYuan(voucher.interestFen)} 元`,
    },
    {
      label: "付款专户",
      value: `${house.custody.accountName} ${maskAccount(house.custody.accountNo)}`,
    },
  ];
}

function PayForm({ voucher, typed, errors }: VoucherPageProps) {
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

function FailureForm({ voucher, typed, errors }: VoucherPageProps) {
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

function ClosedVoucher(props: VoucherPageProps) {
  const { state, done, voucher, paid } = props;
  const words = deadVoucherWords(state, props.isSmsAvailable);
  return (
    <>
      {done === null && (
        <Notice title={words.title} tone={state === "paid" ? "plain" : "bad"}>
          <p>{words.text}</p>
        </Notice>
      )}
      <Card title="支款单">
        <p>
          <Amount fen={voucher.amountFen} size="due" hasSign />
        </p>
        <Facts columns={2} facts={voucherFacts(props, voucher.payeeAccount)} />
        {paid && (
          <Facts
            columns={2}
            facts={[
              { label: "银行流水号", value: paid.bankRef },
              { label: "付款日期", value: paid.valueDate },
              { label: "记账", value: `已付款 ${formatShanghaiTime(paid.paidAt)}` },
            ]}
          />
        )}
        {state === "failed" && voucher.failureReason && <p>原因：{voucher.failureReason}</p>}
      </Card>
    </>
  );
}
