import type { DatedCityBook } from "#src/bank/statements/dated-book.ts";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { type Fen, formatYuan, negateFen } from "#src/kernel/money.ts";
import { spanOfYears } from "#src/ledger/city-book/fund-years.ts";
import type { CityBookMissing } from "#src/ledger/city-book/read-city-book.ts";
import type { PeriodFigures } from "#src/ledger/period-figures.ts";
import { SectionHead } from "#src/ui/box/card.tsx";
import { Disclosure } from "#src/ui/box/disclosure.tsx";
import { Facts } from "#src/ui/list/facts.tsx";
import { largeAmount } from "#src/ui/money/large-amount.ts";

/** The city's fund as an equation: deposited + interest − used − refunded + other = balance. */
export interface CityTotals {
  sum: PeriodFigures;
  /** The newest day in the books; null before anything was booked. */
  bookedUntil: CalendarDate | null;
  /** The day up to which every bank agrees; null for never. */
  reconciledUntil: CalendarDate | null;
}

/** Takes the city's equation from its book; null where there is none to tell, or no year has moved yet. */
export function cityTotalsOf(book: DatedCityBook | CityBookMissing): CityTotals | null {
  if (typeof book === "string") return null;
  const sum = spanOfYears(book.years);
  const { bookedUntil, reconciledUntil } = book;
  return sum && { sum, bookedUntil, reconciledUntil };
}

/** 维修资金公示: the equation rounded to one unit, and one step away the same to the fen. */
export function CityTotalsSection({ totals }: { totals: CityTotals }) {
  const { sum, bookedUntil, reconciledUntil } = totals;
  const terms = [
    term("", "累计交存", sum.depositedFen),
    term("+", "累计利息", sum.interestFen),
    term("−", "累计使用", sum.usedFen),
    term("−", "累计退款", sum.refundedFen),
    ...(sum.otherFen === 0n ? [] : [otherTerm(sum.otherFen)]),
  ];
  return (
    <section class="section" aria-labelledby="totals-title">
      <SectionHead
        title="维修资金公示"
        id="totals-title"
        aside={<a href="/disclosure">全部公示</a>}
      />
      <div class="card">
        <p class="small">
          账面日期 {bookedUntil ?? "还没有"}，
          {reconciledUntil === null ? "还没有和银行核对" : `和银行核对到 ${reconciledUntil}`}
        </p>
        <dl class="equation">
          {terms.map((one) => (
            <div key={one.label}>
              <dt>{one.label}</dt>
              <dd>
                {one.sign && <span class="sign">{one.sign}</span>}
                <Figure fen={one.fen} scale={sum.depositedFen} />
              </dd>
            </div>
          ))}
          <div class="balance-of-city">
            <dt>当前余额</dt>
            <dd>
              <Figure fen={sum.closingFen} scale={sum.depositedFen} />
            </dd>
          </div>
        </dl>
        <Disclosure summary="看精确到分的数">
          <Facts
            facts={[...terms, { label: "当前余额", exact: sum.closingFen }].map((one) => ({
              label: one.label,
              value: `${formatYuan(one.exact)} 元`,
            }))}
          />
        </Disclosure>
      </div>
    </section>
  );
}

interface Term {
  sign: "" | "+" | "−";
  label: string;
  /** As it stands behind the sign. */
  fen: Fen;
  /** As it stands alone. */
  exact: Fen;
}

function term(sign: Term["sign"], label: string, amount: Fen): Term {
  return { sign, label, fen: amount, exact: amount };
}

/** What else the ledger knows, such as merged houses: added, or taken away where it is negative. */
function otherTerm(other: Fen): Term {
  const taken = { ...term("−", "其他调整", negateFen(other)), exact: other };
  return other < 0n ? taken : term("+", "其他调整", other);
}

function Figure({ fen, scale }: { fen: Fen; scale: Fen }) {
  const { figure, unit } = largeAmount(fen, scale);
  return (
    <>
      {figure} <span class="unit">{unit}</span>
    </>
  );
}
