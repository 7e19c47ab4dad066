import type { VoucherState } from "#src/bank/find-voucher.ts";
import { groupNumber } from "#src/kernel/application-number.ts";
import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { maskAccount } from "#src/kernel/masking.ts";
import { formatYuan } from "#src/kernel/money.ts";
import type { House } from "#src/register/find-house.ts";
import { Confirmation } from "#src/ui/box/confirmation.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { type Fact, Facts } from "#src/ui/list/facts.tsx";
import { Desk, type DeskFrame, NumberForm } from "./desk-frame.tsx";
import { ClosedAmount, DueAmount } from "./due-amount.tsx";
import type { PaidVoucher } from "./queries.ts";
import { FailureForm, PayForm, type VoucherFormProps } from "./voucher-forms.tsx";
import { deadVoucherWords } from "./voucher-refusals.ts";

export interface VoucherPageProps extends DeskFrame, VoucherFormProps {
  house: House;
  state: VoucherState;
  /** The desk that holds it is this one. */
  isMine: boolean;
  paid: PaidVoucher | null;
  /** Whether text messages leave the house. */
  isSmsAvailable: boolean;
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
      <DueAmount
        title="请支付"
        titleId="pay-title"
        validity={`可以付款，有效期至 ${voucher.expiresOn}`}
        lockedUntil={voucher.lockedUntil}
        now={now}
        amountFen={voucher.amountFen}
        facts={voucherFacts(props)}
      >
        <PayForm {...props} />
      </DueAmount>
      <FailureForm {...props} />
    </>
  );
}

/** Payee and account stand in clear while the desk pays by them, and masked afterwards. */
function voucherFacts({ voucher, house, isMine }: VoucherPageProps): Fact[] {
  const account = voucher.payeeAccount;
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

function ClosedVoucher(props: VoucherPageProps) {
  const { state, done, voucher, paid } = props;
  return (
    <ClosedAmount
      why={done === null ? deadVoucherWords(state, props.isSmsAvailable) : null}
      isPaid={state === "paid"}
      title="支款单"
      amountFen={voucher.amountFen}
      facts={voucherFacts(props)}
    >
      {paid && <Payment {...paid} />}
      {state === "failed" && voucher.failureReason && <p>原因：{voucher.failureReason}</p>}
    </ClosedAmount>
  );
}

function Payment({ bankRef, valueDate, paidAt }: PaidVoucher) {
  return (
    <Facts
      columns={2}
      facts={[
        { label: "银行流水号", value: bankRef },
        { label: "付款日期", value: valueDate },
        { label: "记账", value: `已付款 ${formatShanghaiTime(paidAt)}` },
      ]}
    />
  );
}
