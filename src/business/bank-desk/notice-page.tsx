import { DEPOSIT_KIND_WORDS } from "#src/bank/deposit-kinds.ts";
import type { PaymentNotice } from "#src/bank/find-notice.ts";
import type { NoticeState } from "#src/bank/notice-state.ts";
import type { NoticeSubject } from "#src/bank/notice-subject.ts";
import { groupNumber } from "#src/kernel/application-number.ts";
import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { maskAccount, maskName, maskPhone } from "#src/kernel/masking.ts";
import { formatYuan, plainYuan } from "#src/kernel/money.ts";
import { rmbInCapitals } from "#src/kernel/rmb-capitals.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Confirmation } from "#src/ui/box/confirmation.tsx";
import { Disclosure } from "#src/ui/box/disclosure.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { Tag } from "#src/ui/drawing/tag.tsx";
import { Actions, Button } from "#src/ui/form/button.tsx";
import { DateField } from "#src/ui/form/date-field.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form, HiddenField } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { TextField } from "#src/ui/form/text-field.tsx";
import { Facts } from "#src/ui/list/facts.tsx";
import { Amount } from "#src/ui/money/amount.tsx";
import { LockCountdown } from "#src/ui/progress/lock-countdown.tsx";
import { Desk, type DeskFrame, NumberForm, receiptWord } from "./desk-frame.tsx";
import type { Receipt } from "./queries.ts";
import { deadNoticeWords } from "./refusals.ts";

export interface NoticePageProps extends DeskFrame {
  notice: PaymentNotice;
  subject: NoticeSubject;
  state: NoticeState;
  /** The desk that holds it is this one. */
  isMine: boolean;
  receipts: readonly Receipt[];
  typed: { bankRef: string; valueDate: string; reason: string };
  errors: FormErrors;
  /** Booked today by this bank, so that it can still be taken back. */
  isReversible: boolean;
  /** Right after 确认到账 or 冲正: what was done. */
  done: "confirmed" | "suspense" | "reversed" | null;
  now: Date;
}

/** One notice at the desk: pay it, see it paid, or see why it may not be paid. */
export function NoticePage(props: NoticePageProps) {
  const { errors, done, isMine } = props;
  return (
    <Desk
      {...props}
      title="收款"
      hasErrors={Object.keys(errors).length > 0}
      isHeadedByChildren={done === "confirmed" || done === "reversed"}
    >
      <ErrorSummary errors={errors} />
      {done && <Done {...props} />}
      <NumberForm typed="" error={undefined} hasFocus={done !== null} />
      {isMine ? <PayableNotice {...props} /> : <ClosedNotice {...props} />}
      {props.receipts.length > 0 && <Receipts receipts={props.receipts} />}
      {props.isReversible && <ReversalForm {...props} />}
    </Desk>
  );
}

function Done({ done, notice }: NoticePageProps) {
  const amount = formatYuan(notice.amountFen);
  if (done === "confirmed") {
    return (
      <Confirmation title={`已入账 ¥${amount}`}>
        <p>钱已记入{accountWords(notice)}。请在客户联和银行联上盖章。</p>
      </Confirmation>
    );
  }
  if (done === "reversed") {
    return (
      <Confirmation title={`已冲正 ¥${amount}`}>
        <p>原来那一笔不算，请把钱退给交款人。还要交款的，请重新提交一张通知单。</p>
      </Confirmation>
    );
  }
  return (
    <Notice title={`¥${amount} 已记入待清算款项`} tone="wait">
      <p>这张通知单已经不能入账。钱没有丢，维修资金管理中心会联系交款人退回或入账。</p>
    </Notice>
  );
}

/** Where the money goes, as the desk says it. */
function accountWords(notice: PaymentNotice): string {
  return notice.house === null ? ` ${notice.houseCount} 套房屋各自的账户` : "房屋账户";
}

function PayableNotice(props: NoticePageProps) {
  const { notice, lockedUntil, now } = { ...props, lockedUntil: props.notice.lockedUntil };
  return (
    <section class="next-step" aria-labelledby="take-title">
      <p class="tags-apart">
        <Tag tone="brand" icon="shield">
          已锁定给本柜面，
          {lockedUntil && (
            <LockCountdown until={lockedUntil} now={now}>
              到 {formatShanghaiTime(lockedUntil).slice(11)} 为止
            </LockCountdown>
          )}
        </Tag>
        <Tag tone="ok" mark="tick">
          可以收款，有效期至 {notice.expiresOn}
        </Tag>
      </p>
      <h2 class="label" id="take-title">
        请收取
      </h2>
      <p>
        <Amount fen={notice.amountFen} size="desk" hasSign />
      </p>
      <p>{rmbInCapitals(notice.amountFen)}</p>
      <NoticeFacts {...props} />
      <ConfirmForm {...props} />
    </section>
  );
}

function NoticeFacts({ notice, subject }: NoticePageProps) {
  const { place, custody } = subject;
  return (
    <Facts
      columns={2}
      facts={[
        { label: "通知单编号", value: groupNumber(notice.no) },
        { label: "交款类别", value: DEPOSIT_KIND_WORDS[notice.depositKind] },
        { label: "交款人", value: maskName(notice.payerName) },
        { label: "手机号码", value: maskPhone(notice.payerPhone) },
        { label: notice.house === null ? "小区和户数" : "坐落", value: place },
        {
          label: "收款专户",
          value: `${custody.accountName} ${maskAccount(custody.accountNo)}`,
        },
      ]}
    />
  );
}

function ConfirmForm({ notice, typed, errors }: NoticePageProps) {
  const base = `/bank/notices/${notice.no}`;
  return (
    <Form action={`${base}/confirm`} label="确认到账">
      <HiddenField name="amountSeen" value={plainYuan(notice.amountFen)} />
      <TextField
        name="bankRef"
        label="银行流水号"
        autocomplete="off"
        width="long"
        value={typed.bankRef}
        error={errors["bankRef"]}
        hasFocus={Object.keys(errors).length === 0}
      />
      <DateField
        name="valueDate"
        label="到账日期"
        value={typed.valueDate}
        error={errors["valueDate"]}
      />
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

function ClosedNotice(props: NoticePageProps) {
  const { state, done } = props;
  const words = deadNoticeWords(state);
  return (
    <>
      {done === null && (
        <Notice title={words.title} tone={state === "paid" ? "plain" : "bad"}>
          <p>{words.text}</p>
        </Notice>
      )}
      <Card title="通知单">
        <p>
          <Amount fen={props.notice.amountFen} size="due" hasSign />
        </p>
        <NoticeFacts {...props} />
      </Card>
      {(state === "expired" || state === "cancelled") && <LateMoney {...props} />}
    </>
  );
}

function LateMoney(props: NoticePageProps) {
  return (
    <Card>
      <Disclosure
        summary="钱已经收了？"
        isOpen={props.errors["bankRef"] !== undefined || props.errors["valueDate"] !== undefined}
      >
        <p>已经收到的钱请在这里登记，记入待清算款项，由维修资金管理中心退回或入账。</p>
        <ConfirmLate {...props} />
      </Disclosure>
    </Card>
  );
}

function ConfirmLate({ notice, typed, errors }: NoticePageProps) {
  return (
    <Form action={`/bank/notices/${notice.no}/confirm`} label="登记已收的钱">
      <HiddenField name="amountSeen" value={plainYuan(notice.amountFen)} />
      <TextField
        name="bankRef"
        label="银行流水号"
        autocomplete="off"
        width="long"
        value={typed.bankRef}
        error={errors["bankRef"]}
      />
      <DateField
        name="valueDate"
        label="到账日期"
        value={typed.valueDate}
        error={errors["valueDate"]}
      />
      <Actions>
        <Button>登记到待清算</Button>
      </Actions>
    </Form>
  );
}

function ReversalForm({ notice, typed, errors }: NoticePageProps) {
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

function Receipts({ receipts }: { receipts: readonly Receipt[] }) {
  return (
    <Card title="这张通知单收到的钱">
      {receipts.map((receipt) => (
        <Facts
          key={receipt.bankRef}
          columns={2}
          facts={[
            { label: "银行流水号", value: receipt.bankRef },
            { label: "金额", value: `${formatYuan(receipt.amountFen)} 元` },
            { label: "到账日期", value: receipt.valueDate },
            {
              label: "记账",
              value: `${receiptWord(receipt)} ${formatShanghaiTime(receipt.receivedAt)}`,
            },
          ]}
        />
      ))}
    </Card>
  );
}
