import { type CalendarDate, formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { type Fen, formatYuan } from "#src/kernel/money.ts";
import { formatTenths, shareTenths, sufficiencyTenths } from "#src/ledger/sufficiency.ts";
import { type Figure, Figures } from "#src/ui/money/figures.tsx";
import { largeAmount } from "#src/ui/money/large-amount.ts";
import { type BuildingTotals, balanceOf, countLiable, countStanding } from "./building-totals.ts";
import type { EstateBook } from "./estate-book.ts";

/** Of when figures are: the moment, the ledger's newest book date, and up to which day the estate's bank agreed, if ever. */
export function AsOf({
  book,
  reconciledUntil,
}: {
  book: EstateBook;
  reconciledUntil: CalendarDate | null;
}) {
  const { bookedUntil } = book.history;
  return (
    <p class="quiet">
      截至 {formatShanghaiTime(book.readAt)}。
      {bookedUntil === null ? "账本里还没有记过账" : `账本最近一笔记在 ${bookedUntil}`}；
      {reconciledUntil === null
        ? "专户还没有和银行核对过。"
        : `专户和银行已经核对到 ${reconciledUntil}。`}
    </p>
  );
}

/** 余额, 充足率, 已交户数 and a fourth figure that the page chooses, rounded where they are large. */
export function TotalsFigures({
  totals,
  triggerPercent,
  last,
}: {
  totals: BuildingTotals;
  triggerPercent: number;
  last?: { label: string; value: string; note?: string };
}) {
  const balance = balanceOf(totals);
  const liable = countLiable(totals);
  const paid = countStanding(totals, "paid-in-full", "below-trigger");
  const paidShare = shareTenths(paid, liable);
  const low = countStanding(totals, "below-trigger");
  return (
    <Figures
      figures={[
        ...balanceFigures(balance, totals.firstPaidFen),
        {
          label: "已交户数",
          value: `${paid} 户`,
          note: `应交 ${liable} 户${paidShare === null ? "" : `，${formatTenths(paidShare)}`}`,
        },
        last ?? { label: `不足${triggerPercent}%`, value: `${low} 户`, note: lowNote(low, liable) },
      ]}
    />
  );
}

function lowNote(low: number, liable: number): string {
  const share = shareTenths(low, liable);
  return share === null ? "" : `占应交户 ${formatTenths(share)}`;
}

/** 余额 in large and to the fen, and the 充足率 that it makes of the first deposits. */
export function balanceFigures(balance: Fen, firstPaid: Fen): Figure[] {
  const large = largeAmount(balance, balance);
  const rate = sufficiencyTenths(balance, firstPaid);
  return [
    {
      label: "余额",
      value: `${large.figure} ${large.unit}`,
      note: `${formatYuan(balance)} 元`,
    },
    {
      label: "充足率",
      value: rate === null ? "—" : formatTenths(rate),
      shareTenths: rate,
      note: rate === null ? "还没有首次交存" : "余额 ÷ 首次交存",
    },
  ];
}
