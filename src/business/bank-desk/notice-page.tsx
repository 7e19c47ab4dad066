import { DEPOSIT_KIND_WORDS } from "#src/bank/deposit-kinds.ts";
import type { NoticeState } from "#src/bank/notice-state.ts";
import type { NoticeSubject } from "#src/bank/notice-subject.ts";
import { groupNumber } from "#src/kernel/application-number.ts";
import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { maskAccount, maskName, maskPhone } from "#src/kernel/masking.ts";
import { formatYuan } from "#src/kernel/money.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Confirmation } from "#src/ui/box/confirmation.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { type Fact, Facts } from "#src/ui/list/facts.tsx";
import { Desk, type DeskFrame, NumberForm, receiptWord } from "./desk-frame.tsx";
import { ClosedAmount, DueAmount } from "./due-amount.tsx";
import {
  accountWords,
  ConfirmForm,
  LateMoneyForm,
  type NoticeFormProps,
  ReversalForm,
} from "./notice-forms.tsx";
import type { Receipt } from "./queries.ts";
import { deadNoticeWords } from "./refusals.ts";

export interface NoticePageProps extends DeskFrame, NoticeFormProps {
  subject: NoticeSubject;
  state: NoticeState;
  /** The desk that holds it is this one. */
  isMine: boolean;
  receipts: readonly Receipt[];
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

function PayableNotice(props: NoticePageProps) {
  const { notice, now } = props;
  return (
    <DueAmount
      title="请收取"
      titleId="take-title"
      validity={`可以收款，有效期至 ${notice.expiresOn}`}
      lockedUntil={notice.lockedUntil}
      now={now}
      amountFen={notice.amountFen}
      facts={noticeFacts(props)}
    >
      <ConfirmForm {...props} />
    </DueAmount>
  );
}

function ClosedNotice(props: NoticePageProps) {
  const { notice, state, done } = props;
  return (
    <>
      <ClosedAmount
        why={done === null ? deadNoticeWords(state) : null}
        isPaid={state === "paid"}
        title="通知单"
        amountFen={notice.amountFen}
        facts={noticeFacts(props)}
      />
      {(state === "expired" || state === "cancelled") && <LateMoneyForm {...props} />}
    </>
  );
}

function noticeFacts({ notice, subject }: NoticePageProps): Fact[] {
  const { place, custody } = subject;
  return [
    { label: "通知单编号", value: groupNumber(notice.no) },
    { label: "交款类别", value: DEPOSIT_KIND_WORDS[notice.depositKind] },
    { label: "交款人", value: maskName(notice.payerName) },
    { label: "手机号码", value: maskPhone(notice.payerPhone) },
    { label: notice.house === null ? "小区和户数" : "坐落", value: place },
    { label: "收款专户", value: `${custody.accountName} ${maskAccount(custody.accountNo)}` },
  ];
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
