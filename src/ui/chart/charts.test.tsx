import { render } from "preact-render-to-string";
import { describe, expect, test } from "vitest";
import { type CalendarDate, calendarDate } from "#src/kernel/calendar-date.ts";
import { type Fen, fen } from "#src/kernel/money.ts";
import { AreaChart } from "./area-chart.tsx";
import { moneyAxis, percentAxis, WHOLE_SHARE } from "./axes.tsx";
import { BalanceChart } from "./balance-chart.tsx";
import { BarChart } from "./bar-chart.tsx";
import type { Use } from "./chart-use-labels.ts";
import { DonutChart } from "./donut-chart.tsx";
import { LineChart } from "./line-chart.tsx";

const GROUPS = [
  { name: "2024", amounts: [fen(1_234_567n), fen(200n)] },
  { name: "2025", amounts: [fen(0n), fen(-5n)] },
  { name: "2026", amounts: [fen(765_433n), fen(100n)] },
];
const TWO = { nameTitle: "年份", series: ["交存", "<b>使用</b>"] };
const SHARES = [
  { name: "2024", shares: [1_016n, null] },
  { name: "2025", shares: [1_035n, 998n] },
  { name: "2026", shares: [1_021n, 1_000n] },
];
const PARTS = ["甲", "乙", "丙", "丁", "戊", "己"].map((name, at) => ({
  name: `${name}区`,
  fen: fen(600n - 100n * BigInt(at)),
}));

const CHARTS = {
  bars: render(<BarChart id="bars" title="每年交存" {...TWO} groups={GROUPS} />),
  lines: render(
    <LineChart
      id="lines"
      title="充足率"
      nameTitle="年份"
      series={["本区", "全市"]}
      groups={SHARES}
    />,
  ),
  areas: render(<AreaChart id="areas" title="年末余额" {...TWO} groups={GROUPS} />),
  ring: render(<DonutChart id="ring" title="余额在各区" nameTitle="区" parts={PARTS} />),
};

describe.each(Object.entries(CHARTS))("the chart of %s", (name, html) => {
  const id = name;
  test("is named and described by what stands in it", () => {
    expect(html).toContain(`aria-labelledby="${id}-title" aria-describedby="${id}-desc"`);
    expect(html).toMatch(new RegExp(`<title id="${id}-title">[^<]+</title>`));
    expect(html).toMatch(new RegExp(`<desc id="${id}-desc">[^<]{10,}</desc>`));
  });

  test("has a table beneath it, and its own ids alone", () => {
    expect(html.indexOf("<table")).toBeGreaterThan(html.indexOf("</svg>"));
    for (const [, found] of html.matchAll(/ id="([^"]+)"/g)) expect(found).toMatch(`${id}-`);
    for (const [, used] of html.matchAll(/url\(#([^)]+)\)/g))
      expect(html).toContain(`id="${used}"`);
  });

  test("holds neither a style attribute nor words as markup nor a place that is no number", () => {
    expect(html).not.toMatch(/ style=|<b>|NaN|undefined|Infinity/);
  });
});

test("every amount stands in the table to the fen, also what has no bar", () => {
  for (const amount of ["12,345.67", "7,654.33", "−0.05", "0.00"]) {
    expect(CHARTS.bars).toContain(`>${amount}<`);
  }
  expect(CHARTS.bars.match(/class="part" fill="url\(#bars-look-1\)" d/g)).toHaveLength(2);
});

test("parts are told apart by their patterns: each series has another", () => {
  const used = [...CHARTS.areas.matchAll(/<path class="part" fill="url\(#(areas-look-\d)\)"/g)];
  expect(new Set(used.map(([, look]) => look)).size).toBe(2);
});

test("a line is broken where nothing is known, and marked by a shape of its own", () => {
  const [first = "", second = ""] = [...CHARTS.lines.matchAll(/class="line look-\d" d="([^"]*)"/g)]
    .map(([, d]) => d)
    .filter((d) => d !== "M0 6h28");
  expect(first.match(/[ML]/g)?.join("")).toBe("MLL");
  expect(second.match(/[ML]/g)?.join("")).toBe("ML");
  expect(CHARTS.lines).toContain(">101.6%<");
  expect(CHARTS.lines).toContain(">—<");
});

test("a ring of six parts draws the four largest and the rest as one, and lists all six", () => {
  expect(CHARTS.ring.match(/<path class="part"/g)).toHaveLength(5);
  expect(CHARTS.ring).toContain("其他 14.3%");
  expect(CHARTS.ring).toContain(">己区<");
  const whole = render(
    <DonutChart id="one" title="一份" nameTitle="区" parts={[{ name: "甲区", fen: fen(1n) }]} />,
  );
  expect(whole).toContain("100.0%");
});

test("of nothing nothing is drawn", () => {
  expect(render(<BarChart id="a" title="a" {...TWO} groups={[]} />)).toBe("");
  expect(render(<AreaChart id="a" title="a" {...TWO} groups={[]} />)).toBe("");
  expect(render(<DonutChart id="a" title="a" nameTitle="区" parts={[]} />)).toBe("");
  const none = [{ name: "2024", shares: [null] }];
  expect(
    render(<LineChart id="a" title="a" nameTitle="年份" series={["本区"]} groups={none} />),
  ).toBe("");
});

test("an axis holds every value that is drawn, the money one from nothing on", () => {
  for (const largest of [1n, 99n, 123_456n, 9_000_000_000_000n]) {
    const { ticks } = moneyAxis(fen(largest));
    expect(ticks[0]).toBe(0n);
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(largest);
  }
  for (const [least, most] of [
    [0n, 0n],
    [1_021n, 1_048n],
    [999n, 1_000n],
    [3n, 98_765n],
  ] as const) {
    const { ticks, height } = percentAxis(least, most);
    for (const share of [least, most, WHOLE_SHARE]) {
      expect(ticks[0]).toBeLessThanOrEqual(share);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(share);
    }
    // Two points of 充足率 are no collapse.
    expect((ticks.at(-1) ?? 0n) - (ticks[0] ?? 0n)).toBeGreaterThanOrEqual(200n);
    expect(ticks.length).toBeLessThanOrEqual(7);
    expect(height(most)).toBeLessThanOrEqual(height(least));
  }
});

const day = (text: string) => calendarDate(text);
const balance = (
  uses: readonly Use[],
  points: readonly { date: CalendarDate; balanceFen: Fen }[],
) =>
  render(
    <BalanceChart
      id="balance"
      title="余额变化"
      points={points}
      asOf={day("2026-11-27")}
      topUpLineFen={fen(355_536n)}
      uses={uses}
    />,
  );

test("a use is told beside its mark where its words cover nothing, else by number below", () => {
  const first = { date: day("2020-01-01"), balanceFen: fen(1_185_120n) };
  const one = { date: day("2023-06-01"), amountFen: fen(34_566n), word: "维修" };
  const roomy = balance([one], [first, { date: one.date, balanceFen: fen(1_150_554n) }]);
  expect(roomy).toContain(">−345.66</text>");
  expect(roomy).not.toContain("chart-uses");
  const uses = [1n, 2n, 3n, 4n, 5n].map((at) => ({
    date: day(`2026-0${at}-01`),
    amountFen: fen(100_000n + at),
    word: "维修",
  }));
  const steps = uses.map(({ date }, at) => ({
    date,
    balanceFen: fen(1_185_120n - 100_000n * BigInt(at + 1)),
  }));
  const crowded = balance(uses.toReversed(), [first, ...steps]);
  expect(crowded).not.toMatch(/>−1,000\.0\d<\/text>/);
  expect(crowded).toMatch(
    /<li><b>1<\/b><span>2026-01-01 维修<\/span><span class="whole">−1,000\.01/,
  );
  expect(crowded.match(/class="strong middle halo"[^>]*>\d<\/text>/g)).toHaveLength(5);
});

test("a line by itself ends with its last share", () => {
  const groups = [
    { name: "2025", shares: [1_035n] },
    { name: "2026", shares: [1_021n] },
  ];
  const html = render(
    <LineChart id="line" title="充足率" nameTitle="年份" series={["全市"]} groups={groups} />,
  );
  expect(html).toMatch(/class="strong end halo"[^>]*>102\.1%<\/text>/);
});
