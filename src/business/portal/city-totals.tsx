import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { type Fen, formatYuan } from "#src/kernel/money.ts";
import { SectionHead } from "#src/ui/box/card.tsx";
import { Disclosure } from "#src/ui/box/disclosure.tsx";
import { Facts } from "#src/ui/list/facts.tsx";
import { largeAmount } from "#src/ui/money/large-amount.ts";

/** The city's fund as an equation: deposited + interest − used − refunded = balance. */
export interface CityTotals {
  depositedFen: Fen;
  interestFen: Fen;
  usedFen: Fen;
  refundedFen: Fen;
  balanceFen: Fen;
  asOf: CalendarDate;
  /** Whether the custody banks have confirmed the figures of that day. */
  isReconciled?: boolean;
}

/** 全市资金公开: the equation rounded to one unit, and one step away the same to the fen. */
export function CityTotalsSection({ totals }: { totals: CityTotals }) {
  const terms = [
    { sign: "", label: "累计交存", fen: totals.depositedFen },
    { sign: "+", label: "累计利息", fen: totals.interestFen },
    { sign: "−", label: "累计使用", fen: totals.usedFen },
    { sign: "−", label: "累计退款", fen: totals.refundedFen },
  ];
  return (
    <section class="section" aria-labelledby="totals-title">
      <SectionHead
        title="全市资金公开"
        id="totals-title"
        aside={
          <p class="small">
            截至 {totals.asOf}
            {totals.isReconciled && "，已与受托银行核对一致"} <a href="/disclosure">全部公开数据</a>
          </p>
        }
      />
      <div class="card">
        <dl class="equation">
          {terms.map((term) => (
            <div key={term.label}>
              <dt>{term.label}</dt>
              <dd>
                {term.sign && <span class="sign">{term.sign}</span>}
                <Figure fen={term.fen} scale={totals.depositedFen} />
              </dd>
            </div>
          ))}
          <div class="balance-of-city">
            <dt>当前余额</dt>
            <dd>
              <Figure fen={totals.balanceFen} scale={totals.depositedFen} />
            </dd>
          </div>
        </dl>
        <Disclosure summary="看精确到分的数">
          <Facts
            facts={[...terms, { label: "当前余额", fen: totals.balanceFen }].map((term) => ({
              label: term.label,
              value: `${formatYuan(term.fen)} 元`,
            }))}
          />
        </Disclosure>
      </div>
    </section>
  );
}

function Figure({ fen, scale }: { fen: Fen; scale: Fen }) {
  const { figure, unit } = largeAmount(fen, scale);
  return (
    <>
      {figure} <span class="unit">{unit}</span>
    </>
  );
}
