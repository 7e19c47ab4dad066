import { groupNumber } from "#src/kernel/application-number.ts";
import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { formatYuan } from "#src/kernel/money.ts";
import { Card } from "#src/ui/box/card.tsx";
import { DeskPage } from "#src/ui/desk-page.tsx";
import { Actions, Button } from "#src/ui/form/button.tsx";
import { Form } from "#src/ui/form/form.tsx";
import { TextField } from "#src/ui/form/text-field.tsx";
import { Columns } from "#src/ui/layout.tsx";
import { Amount } from "#src/ui/money/amount.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import type { DeskDay, Receipt } from "./queries.ts";
import type { Teller } from "./tellers.ts";

/** What every page of a signed-in teller shows around its subject. */
export interface DeskFrame {
  shell: PageShell;
  teller: Teller;
  day: DeskDay;
}

interface DeskProps extends DeskFrame {
  title: string;
  hasErrors: boolean;
  /** A confirmation brings the page's h1 with it. */
  isHeadedByChildren?: boolean;
  children: preact.ComponentChildren;
}

/** A page of the desk: its frame, and at the side what was done today. */
export function Desk(props: DeskProps) {
  const { shell, teller, day, title, children } = props;
  return (
    <DeskPage
      shell={shell}
      title={title}
      branchName={`${teller.bankName}${teller.branchName}`}
      tellerName={`柜员 ${teller.tellerNo}`}
      hasErrors={props.hasErrors}
    >
      {!props.isHeadedByChildren && <h1 class="heard">{title}</h1>}
      <Columns side={<Today day={day} />}>{children}</Columns>
    </DeskPage>
  );
}

/** The one field in which the desk looks everything up. */
export function NumberForm(props: { typed: string; error: string | undefined; hasFocus: boolean }) {
  return (
    <Card>
      <Form action="/bank/query" label="查询通知单" isInline>
        <TextField
          name="number"
          label="通知单编号"
          hint="扫条码或二维码，也可以手工输入 18 位数字；退款支款单的支款单号也输在这里"
          inputMode="numeric"
          autocomplete="off"
          isLarge
          value={props.typed}
          error={props.error}
          hasFocus={props.hasFocus}
        />
        <Actions>
          <Button icon="search">查询</Button>
        </Actions>
      </Form>
    </Card>
  );
}

function Today({ day }: { day: DeskDay }) {
  return (
    <>
      <Card title="今天本柜面">
        <p>
          <Amount fen={day.totalFen} size="due" />
        </p>
        <p class="quiet">{day.count === 0 ? "今天还没有收款" : `${day.count} 笔，已全部记账`}</p>
      </Card>
      {day.latest.length > 0 && (
        <Card title="最近收款">
          <ul class="recent">
            {day.latest.map((receipt) => (
              <li key={receipt.bankRef}>
                <a href={`/bank/notices/${receipt.noticeNo}`}>
                  …{groupNumber(receipt.noticeNo).slice(-7)}
                </a>
                <span class="quiet">
                  {formatShanghaiTime(receipt.receivedAt).slice(11)} {receiptWord(receipt)}
                </span>
                <span class="money">{formatYuan(receipt.amountFen)}</span>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {day.paidOutCount > 0 && <PaidOutToday day={day} />}
    </>
  );
}

function PaidOutToday({ day }: { day: DeskDay }) {
  return (
    <Card title="今天付款">
      <p>
        <Amount fen={day.paidOutFen} size="due" />
      </p>
      <p class="quiet">{day.paidOutCount} 笔退款，已全部记账</p>
      <ul class="recent">
        {day.latestPaidOut.map((paid) => (
          <li key={paid.voucherNo}>
            <a href={`/bank/vouchers/${paid.voucherNo}`}>
              …{groupNumber(paid.voucherNo).slice(-7)}
            </a>
            <span class="quiet">{formatShanghaiTime(paid.paidAt).slice(11)} 已付款</span>
            <span class="money">{formatYuan(paid.amountFen)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** What became of the money of a receipt. */
export function receiptWord(receipt: Receipt): string {
  if (receipt.isReversed) return "已冲正";
  return receipt.outcome === "credited" ? "已记账" : "待清算";
}
