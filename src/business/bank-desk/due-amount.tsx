import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import type { Fen } from "#src/kernel/money.ts";
import { rmbInCapitals } from "#src/kernel/rmb-capitals.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { Tag } from "#src/ui/drawing/tag.tsx";
import { type Fact, Facts } from "#src/ui/list/facts.tsx";
import { Amount } from "#src/ui/money/amount.tsx";
import { LockCountdown } from "#src/ui/progress/lock-countdown.tsx";

interface DueAmountProps {
  /** What the teller does with the money, and the id of that heading. */
  title: string;
  titleId: string;
  /** Until when it can be done at all. */
  validity: string;
  lockedUntil: Date | null;
  now: Date;
  amountFen: Fen;
  facts: readonly Fact[];
  /** The form that does it. */
  children: preact.ComponentChildren;
}

/** The amount of a notice or a voucher that this desk holds, and what a teller compares before money moves. */
export function DueAmount(props: DueAmountProps) {
  const { title, titleId, lockedUntil, amountFen } = props;
  return (
    <section class="next-step" aria-labelledby={titleId}>
      <p class="tags-apart">
        <Tag tone="brand" icon="shield">
          已锁定给本柜面，
          {lockedUntil && (
            <LockCountdown until={lockedUntil} now={props.now}>
              到 {formatShanghaiTime(lockedUntil).slice(11)} 为止
            </LockCountdown>
          )}
        </Tag>
        <Tag tone="ok" mark="tick">
          {props.validity}
        </Tag>
      </p>
      <h2 class="label" id={titleId}>
        {title}
      </h2>
      <p>
        <Amount fen={amountFen} size="desk" hasSign />
      </p>
      <p>{rmbInCapitals(amountFen)}</p>
      <Facts columns={2} facts={props.facts} />
      {props.children}
    </section>
  );
}

interface ClosedAmountProps {
  /** Why no money moves by it; left out right after the desk did something. */
  why: { title: string; text: string } | null;
  isPaid: boolean;
  title: string;
  amountFen: Fen;
  facts: readonly Fact[];
  children?: preact.ComponentChildren;
}

/** The amount of a notice or a voucher by which this desk moves no money, and why. */
export function ClosedAmount({
  why,
  isPaid,
  title,
  amountFen,
  facts,
  children,
}: ClosedAmountProps) {
  return (
    <>
      {why && (
        <Notice title={why.title} tone={isPaid ? "plain" : "bad"}>
          <p>{why.text}</p>
        </Notice>
      )}
      <Card title={title}>
        <p>
          <Amount fen={amountFen} size="due" hasSign />
        </p>
        <Facts columns={2} facts={facts} />
        {children}
      </Card>
    </>
  );
}
