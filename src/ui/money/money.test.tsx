import { render } from "preact-render-to-string";
import { expect, test } from "vitest";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { type Fen, fen } from "#src/kernel/money.ts";
import { BalanceChart } from "../chart/balance-chart.tsx";
import { dayScale, heightScale, moneyTicks, yearsToName } from "../chart/chart-scale.ts";
import { Addition } from "./addition.tsx";
import { Amount } from "./amount.tsx";
import { AmountPanel } from "./amount-panel.tsx";
import { largeAmount } from "./large-amount.ts";

const day = calendarDate;

test("a change carries its sign and its colour, a balance neither", () => {
  expect(render(<Amount fen={fen(3131n)} isChange />)).toBe(
    '<span class="amount in">+31.31</span>',
  );
  expect(render(<Amount fen={fen(-32444n)} isChange />)).toBe(
    '<span class="amount out">−324.44</span>',
  );
  expect(render(<Amount fen={fen(1031827n)} />)).toBe('<span class="amount">10,318.27</span>');
});

test("the amount panel names the amount and says it in capitals", () => {
  const html = render(
    <AmountPanel label="应交金额" fen={fen(1074240n)} capitals="人民币壹万零柒佰肆拾贰元肆角整" />,
  );
  expect(html).toMatch(/<h2[^>]*id="amount-title"[^>]*>应交金额<\/h2>/);
  expect(html).toContain('<span class="yuan">¥</span>10,742.40');
  expect(html).toContain("人民币壹万零柒佰肆拾贰元肆角整");
});

test("an addition keeps its signs beside its words", () => {
  const html = render(
    <Addition
      lines={[
        { sign: "", words: "首次交款", fen: fen(100n) },
        { sign: "−", words: "分摊", fen: fen(40n), from: "电梯" },
        { sign: "=", words: "当前余额", fen: fen(60n) },
      ]}
    />,
  );
  expect(html).toContain(
    '<span class="sign">−</span><span>分摊<span class="quiet">电梯</span></span></dt><dd>0.40</dd>',
  );
});

test.each([
  [864210340217n, 864210340217n, "86.42", "亿元"],
  [6200000000n, 864210340217n, "0.62", "亿元"],
  [1_000_000n, 1_000_000n, "1.00", "万元"],
  [1_004_999n, 1_000_000n, "1.00", "万元"],
  [1_005_000n, 1_000_000n, "1.01", "万元"],
  [-1_005_000n, 1_000_000n, "−1.01", "万元"],
  [99_999n, 99_999n, "999.99", "元"],
  [0n, 0n, "0.00", "元"],
] as const)("%d fen beside %d is %s %s", (amount, scale, figure, unit) => {
  expect(largeAmount(fen(amount), fen(scale))).toEqual({ figure, unit });
});

test("a money axis starts at 0, has four steps or fewer, and covers the largest figure", () => {
  for (const largest of [0n, 1n, 399n, 1185120n, 1206000n, 99_999_999n, 300_000_000_000n]) {
    const ticks = moneyTicks(fen(largest));
    expect(ticks[0]).toBe(0n);
    expect(ticks.length).toBeLessThanOrEqual(5);
    expect((ticks.at(-1) as Fen) >= largest).toBe(true);
  }
  expect(moneyTicks(fen(1103506n)).map(String)).toEqual([
    "0",
    "300000",
    "600000",
    "900000",
    "1200000",
  ]);
});

const FRAME = { left: 0, right: 100, top: 0, bottom: 100 };

test("heights and days lie inside the frame", () => {
  const y = heightScale(FRAME, fen(1000n));
  expect([y(fen(0n)), y(fen(250n)), y(fen(1000n))]).toEqual([100, 75, 0]);
  const x = dayScale(FRAME, day("2026-01-01"), day("2026-01-11"));
  expect([x(day("2026-01-01")), x(day("2026-01-06")), x(day("2026-01-11"))]).toEqual([0, 50, 100]);
  expect(dayScale(FRAME, day("2026-01-01"), day("2026-01-01"))(day("2026-01-01"))).toBe(0);
});

test("at most seven years stand under the axis, the last among them", () => {
  expect(yearsToName(day("2019-06-18"), day("2026-11-23"))).toEqual([
    2020, 2021, 2022, 2023, 2024, 2025, 2026,
  ]);
  const long = yearsToName(day("1999-06-18"), day("2026-11-23"));
  expect(long.length).toBeLessThanOrEqual(7);
  expect(long.at(-1)).toBe(2026);
  expect(yearsToName(day("2026-06-18"), day("2026-11-23"))).toEqual([]);
});

const CHART = {
  id: "chart",
  title: "余额变化",
  points: [
    { date: day("2019-06-18"), balanceFen: fen(1074240n) },
    { date: day("2023-03-15"), balanceFen: fen(1013005n) },
  ],
  asOf: day("2026-11-23"),
  firstDepositFen: fen(1074240n),
  topUpLineFen: fen(322272n),
  uses: [{ date: day("2023-03-15"), amountFen: fen(-61235n), word: "<b>电梯</b>" }],
};

test("the chart says in a sentence what it shows, figures included", () => {
  const html = render(<BalanceChart {...CHART} />);
  const label = html.match(/<desc id="chart-desc">([^<]+)</)?.[1] ?? "";
  expect(label).toContain("2019-06-18 为 10,742.40 元，2026-11-23 为 10,130.05 元");
  expect(label).toContain("2023-03-15 ");
  expect(label).toContain("−612.35 元");
  expect(label).toContain("30% 续交线为 3,222.72 元");
  expect(html).not.toContain("<b>电梯");
});

test("the balance is drawn as steps: only along and up or down, never aslant", () => {
  const line = render(<BalanceChart {...CHART} />).match(/class="fact" d="([^"]+)"/)?.[1] ?? "";
  expect(line).toMatch(/^M[\d.]+ [\d.]+(H[\d.]+V[\d.]+)+H[\d.]+$/);
});

test("a chart of one day, of nothing yet, and of many uses still draws", () => {
  const one = {
    id: "chart",
    title: "余额变化",
    points: [{ date: day("2026-11-23"), balanceFen: fen(0n) }],
    asOf: day("2026-11-23"),
  };
  expect(render(<BalanceChart {...one} />)).not.toContain("NaN");
  expect(render(<BalanceChart {...one} points={[]} asOf={day("2026-11-23")} />)).toBe("");
  const uses = Array.from({ length: 12 }, (_, index) => ({
    date: day("2023-03-15"),
    amountFen: fen(-100n),
    word: `第 ${index + 1} 次`,
  }));
  const html = render(<BalanceChart {...CHART} uses={uses} />);
  expect(html).not.toContain("NaN");
  for (const [, y] of html.matchAll(/ y="([\d.]+)"/g)) expect(Number(y)).toBeLessThan(268);
});

test("the words of uses in one autumn cover each other nowhere, in whatever order they come", () => {
  const uses = [
    { date: day("2026-07-21"), amountFen: fen(434544n), word: "外墙" },
    { date: day("2025-11-12"), amountFen: fen(454296n), word: "水管" },
    { date: day("2025-09-16"), amountFen: fen(34566n), word: "电梯" },
  ];
  const points = [
    { date: day("2024-05-20"), balanceFen: fen(1185120n) },
    { date: day("2025-09-16"), balanceFen: fen(1168622n) },
    { date: day("2025-11-12"), balanceFen: fen(714326n) },
    { date: day("2026-07-21"), balanceFen: fen(288352n) },
  ];
  const html = render(
    <BalanceChart {...CHART} points={points} asOf={day("2026-11-24")} uses={uses} />,
  );
  const words = [...html.matchAll(/<text class="strong middle halo" x="([\d.]+)" y="([\d.]+)"/g)];
  expect(words).toHaveLength(3);
  for (const [index, [, x, y]] of words.entries()) {
    for (const [, otherX, otherY] of words.slice(index + 1)) {
      const isBeside = Math.abs(Number(x) - Number(otherX)) >= 90;
      expect(isBeside || Math.abs(Number(y) - Number(otherY)) >= 40).toBe(true);
    }
  }
  expect(html).toContain("−4,345.44");
});
